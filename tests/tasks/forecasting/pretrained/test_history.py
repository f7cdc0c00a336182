from __future__ import annotations

import numpy as np
import pytest

from lstm_core.errors import DataError
from lstm_core.tasks.forecasting.pretrained.history import (
    MOST_VALUES,
    Histories,
    choose_seasons,
    count_kept,
)


def test_series_end_together_and_begin_with_a_value() -> None:
    histories = Histories.of([np.array([np.nan, np.nan, 1.0, 2, 3]), np.arange(5.0)])
    assert np.isnan(histories.values[0, :2]).all()
    assert histories.values[:, -1].tolist() == [3, 4]


def test_what_they_are_is_read_from_the_values_unless_it_is_said() -> None:
    series = [np.array([1.0, 2, np.nan, 0]), np.array([1.0, 2, 2.5]), np.array([-1.0, 2, 3])]
    read = Histories.of(series)
    assert read.whole.tolist() == [True, False, True]
    assert read.non_negative.tolist() == [True, True, False]
    said = Histories.of(series, whole=np.zeros(3, bool), non_negative=np.zeros(3, bool))
    assert not said.whole.any()
    assert not said.non_negative.any()


def test_endless_numbers_count_as_missing() -> None:
    histories = Histories.of([np.array([np.inf, 1.0, -np.inf, 2, 3])])
    assert np.isfinite(histories.values).sum() == 3


@pytest.mark.parametrize("values", [[], [1.0, 2.0], [np.nan] * 9, [1.0, np.nan, 2.0]])
def test_under_three_values_nothing_can_be_said(values: list[float]) -> None:
    with pytest.raises(DataError, match="a forecast needs 3"):
        Histories.of([np.arange(9.0), np.array(values)])


def test_no_series_is_no_answer() -> None:
    with pytest.raises(DataError):
        Histories.of([])


@pytest.mark.parametrize(
    ("given", "kept"),
    [
        ((), ()),
        ((1,), ()),
        ((12,), (12,)),
        ((168, 24), (24, 168)),
        ((24, 168, 720), (24, 720)),
        ((24, 168, 8766), (24, 168)),
        ((7, 7), (7,)),
    ],
)
def test_two_seasons_matter(given: tuple[int, ...], kept: tuple[int, ...]) -> None:
    assert choose_seasons(given) == kept


def test_of_long_histories_the_latest_are_kept() -> None:
    values = np.arange(9_000.0)
    for seasons, length in (((), 512), ((24, 168), 672), ((96, 672), MOST_VALUES)):
        histories = Histories.of([values], seasons)
        assert histories.values.shape == (1, length) == (1, count_kept(seasons))
        assert histories.values[0, -1] == values[-1]
