"""The pre-trained LSTM among what a network can be mixed with."""

from __future__ import annotations

import numpy as np
import pytest

from lstm_core.data.series.spacing.frequency import Frequency
from lstm_core.tasks.forecasting.baselines.fitting import Baselines, Line
from lstm_core.tasks.forecasting.baselines.pretrained import can_ask, name_pretrained
from lstm_core.tasks.forecasting.pretrained.answering import MOST_STEPS, forecast_medians
from lstm_core.tasks.forecasting.pretrained.preview.lines import lay_out
from lstm_core.tasks.forecasting.pretrained.weights import get_latest_version, load_version
from tests.tasks.datasets import make_sine

NAME = f"pretrained_{get_latest_version()}_12"


def predict(values: np.ndarray, cutoffs: list[int], name: str = NAME) -> np.ndarray:
    fitted = Baselines.fit([Line(values[:40])], 12, [name])
    return fitted.predict(0, values, np.array(cutoffs), 6)[name]


def test_its_name_tells_version_and_seasons() -> None:
    hours = np.arange(24.0 * 7 * 8)
    values = np.sin(hours * 2 * np.pi / 24) + (hours // 24 % 7 < 5)
    assert name_pretrained([values], 24, Frequency("h")) == (
        f"pretrained_{get_latest_version()}_24_168"
    )
    flat = np.random.default_rng(0).normal(size=200)
    assert name_pretrained([flat], 1, Frequency("h")) == f"pretrained_{get_latest_version()}"


def test_it_says_what_the_network_says_of_what_was_known() -> None:
    values = make_sine(90) + 10
    said = predict(values, [50, 80])
    for row, cutoff in enumerate((50, 80)):
        asked = forecast_medians(lay_out([values[: cutoff + 1]], (12,)), 6)
        np.testing.assert_allclose(said[row], asked[0], rtol=1e-6)


def test_an_older_version_goes_on_as_it_was() -> None:
    values = make_sine(90) + 10
    said = predict(values, [80], "pretrained_2_12")
    asked = forecast_medians(lay_out([values[:81]], (12,)), 6, load_version("2"))
    np.testing.assert_allclose(said, asked, rtol=1e-6)
    assert not np.allclose(said, predict(values, [80]), rtol=1e-6)


def test_it_does_not_look_beyond_the_cutoff() -> None:
    values = make_sine(90)
    scrambled = np.where(np.arange(90) > 60, 1e9, values)
    np.testing.assert_array_equal(predict(values, [60]), predict(scrambled, [60]))


def test_with_too_few_values_the_last_one_is_repeated() -> None:
    np.testing.assert_array_equal(predict(make_sine(60), [1])[0], np.full(6, make_sine(60)[1]))


@pytest.mark.parametrize(
    ("num_windows", "horizon", "can"),
    [(4_000, 48, True), (1, MOST_STEPS + 1, False), (100_000, 12, False)],
)
def test_it_is_asked_where_it_can_speak_and_that_does_not_take_long(
    num_windows: int, horizon: int, can: bool
) -> None:
    assert can_ask(num_windows, horizon) is can
