"""A dataset is forecast without training, and is told how that would have done."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import numpy as np
import pandas as pd
import pytest

from lstm_core.data.series.dataset import SINGLE_SERIES
from lstm_core.data.series.spacing.frequency import Frequency
from lstm_core.errors import DataError
from lstm_core.tasks.forecasting.levels import LEVELS
from lstm_core.tasks.forecasting.pretrained.preview.lines import TOTAL
from lstm_core.tasks.forecasting.pretrained.preview.making import (
    Preview,
    list_history,
    preview_dataset,
)
from lstm_core.tasks.forecasting.pretrained.preview.past import MOST_CUTOFFS, choose_cutoffs
from lstm_core.tasks.forecasting.pretrained.preview.words import say_expected, say_past, say_value
from tests.tasks.datasets import make_dataset
from tests.tasks.forecasting.pretrained.untrained import make_untrained

PRETRAINED = make_untrained()
MONTHLY = Frequency("MS")
SEASON = 100 + 20 * np.sin(np.arange(60) * np.pi / 6) + np.random.default_rng(0).normal(size=60)


def preview(series: Any, horizon: int | None = None, **given: Any) -> Preview:
    dataset = make_dataset(series, **given)
    return preview_dataset(dataset, horizon, with_total=True, pretrained=PRETRAINED)


def test_it_goes_on_from_the_last_row_with_ranges_in_order() -> None:
    found = preview(SEASON, frequency=MONTHLY, first="2019-01-01")
    assert found.seasons == (12,)
    assert found.horizon == 12
    assert found.table["timestamp"].tolist() == list(
        pd.date_range("2024-01-01", periods=12, freq="MS")
    )
    ends = [f"low_{level}" for level in reversed(LEVELS)] + ["value"]
    ends += [f"high_{level}" for level in LEVELS]
    assert (np.diff(found.table[ends].to_numpy(), axis=1) >= 0).all()


def test_a_cutoff_of_the_past_knows_nothing_of_what_came_then() -> None:
    whole = preview(SEASON, frequency=MONTHLY)
    assert whole.past is not None
    assert whole.past.num_cutoffs == MOST_CUTOFFS
    spoilt = SEASON.copy()
    spoilt[-1] = 1e4  # the last cutoffs are judged by it, and nothing else changes
    other = preview(spoilt, frequency=MONTHLY)
    assert other.past is not None
    assert other.past.mase > whole.past.mase
    rows, own = (found.errors[found.errors[:, 1] < 59] for found in (whole.past, other.past))
    np.testing.assert_array_equal(rows, own)


def test_three_values_are_enough_and_two_are_not() -> None:
    found = preview(np.array([3.0, 5.0, 4.0]))
    assert np.isfinite(found.table["value"]).all()
    assert found.past is None
    with pytest.raises(DataError, match="three values"):
        preview(np.array([3.0, 5.0]))


def test_what_was_filled_counts_as_missing() -> None:
    observed = np.ones((60, 1), bool)
    observed[30:40] = False
    (line,) = preview(SEASON, observed=observed).lines
    assert np.isnan(line.values[30:40]).all()
    assert line.num_known == 50


def test_several_series_come_after_their_sum() -> None:
    found = preview({"a": SEASON, "b": 3 * SEASON})
    assert [line.label for line in found.lines] == [TOTAL, "a", "b"]
    np.testing.assert_allclose(found.lines[0].filled, 4 * SEASON)
    assert found.table["series"].unique().tolist() == [TOTAL, "a", "b"]


def test_of_many_series_the_largest_come_behind_the_sum_of_all() -> None:
    dataset = make_dataset({"a": SEASON, "b": 3 * SEASON, "c": 2 * SEASON})
    found = preview_dataset(dataset, with_total=True, most_lines=2, pretrained=PRETRAINED)
    assert [line.label for line in found.lines] == [TOTAL, "b", "c"]
    np.testing.assert_allclose(found.lines[0].filled, 6 * SEASON)
    assert set(found.forecast_of(1)["series"]) == {"b"}
    history = list_history(dataset, found.lines[1])
    np.testing.assert_array_equal(history["value"], 3 * SEASON)
    assert history["timestamp"].iloc[-1] < found.forecast_of(1)["timestamp"].iloc[0]


def test_series_that_end_at_different_times_are_not_added() -> None:
    found = preview({"a": SEASON, "b": SEASON[:-3]})
    assert [line.label for line in found.lines] == ["a", "b"]


def test_what_is_known_ahead_and_decides_is_a_reason_to_train() -> None:
    rng = np.random.default_rng(1)
    price, other = rng.normal(size=(2, 200))
    ahead = {SINGLE_SERIES: rng.normal(size=(30, 1))}
    with pytest.raises(DataError, match="known ahead of time"):
        preview(np.column_stack([50 + 10 * price, price]), future=ahead)
    assert preview(np.column_stack([50 + 10 * other, price]), future=ahead).past is not None


def test_a_clock_is_not_forecast() -> None:
    with pytest.raises(DataError, match="counts on"):
        preview(np.arange(40.0))


@pytest.mark.parametrize("num_rows", [4, 7, 12, 30, 200, 5_000])
def test_cutoffs_lie_within_and_as_many_as_there_is_room_for(num_rows: int) -> None:
    (line,) = preview(np.arange(num_rows) ** 0.5, 1).lines
    for steps, season in ((1, 1), (6, 7), (30, 365)):
        cutoffs = choose_cutoffs(line, steps, season, MOST_CUTOFFS)
        assert len(cutoffs) <= MOST_CUTOFFS
        assert (np.diff(cutoffs) > 0).all()
        if len(cutoffs):
            assert cutoffs[0] >= 5
            assert cutoffs[-1] + steps == num_rows - 1
        else:
            assert num_rows < 6 + steps + 1


def test_it_is_said_in_words() -> None:
    found, frequency = preview(SEASON, frequency=MONTHLY), MONTHLY
    said = say_expected(found, frequency)
    assert said.startswith("About ")
    assert " next month, between " in said
    assert " in 12 months, between " in said
    assert found.past is not None
    better = replace(found.past, mase=0.5, best_rule="seasonal_naive", best_rule_mase=1.0, held=0.8)
    text = say_past(better, frequency, 12)
    assert "50% less off than repeating the last 12 months" in text
    assert "held 80% of the values." in text
    worse = say_past(replace(better, mase=1.5, held=0.5), frequency, 12)
    assert "50% more off" in worse
    assert "too narrow here" in worse
    assert "can't be said" in say_past(None, frequency, 12)


@pytest.mark.parametrize(
    ("value", "width", "expected"),
    [
        (412.345, 70.0, "412"),
        (41234.5, 7000.0, "41,200"),
        (0.01234, 0.002, "0.0123"),
        (3.0, 0.0, "3"),
        (0.0, 0.0, "0"),
        (-12.04, 1.0, "-12"),
        (1.5e18, 1e17, "1.5e+18"),
    ],
)
def test_a_number_has_the_digits_that_its_range_makes_meaningful(
    value: float, width: float, expected: str
) -> None:
    assert say_value(value, width) == expected
