from __future__ import annotations

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from lstm_core.charts.searches.axes import (
    EVEN_STEPS,
    Axis,
    choose_log_ticks,
    choose_ticks,
    describe_values,
    spread_words,
    write_number,
)
from tests.charts.searches.tables import CELL, DROPOUT, RATE, UNITS, make_trials


def test_numbers_lie_where_they_are_or_at_their_logarithm() -> None:
    trials = make_trials()
    assert RATE.locate(trials[RATE.path])[:3] == pytest.approx([-3, -4, -2])
    assert DROPOUT.locate(trials[DROPOUT.path])[:3] == pytest.approx(
        [0.1, np.nan, 0.2], nan_ok=True
    )


def test_what_a_log_axis_cannot_hold_is_not_drawn() -> None:
    located = RATE.locate(pd.Series([0.0, -1.0, None, "Auto", 0.1], dtype=object))
    assert np.isnan(located).tolist() == [True, True, True, True, False]


def test_words_stand_in_the_order_of_the_space_and_strangers_after_them() -> None:
    values = pd.Series(["peephole", "gru", None, "lstm"], dtype=object)
    assert CELL.locate(values) == pytest.approx([3, 1, np.nan, 0], nan_ok=True)
    places, texts = CELL.make_ticks(values)
    assert places == [0, 1, 2, 3]
    assert texts == ["lstm", "gru", "&lt;i&gt;mine&lt;/i&gt;", "peephole"]


def test_sizes_are_marked_at_powers_of_two_and_rates_at_powers_of_ten() -> None:
    trials = make_trials()
    assert UNITS.make_ticks(trials[UNITS.path])[1] == ["16", "32", "64", "128", "256"]
    assert UNITS.make_ticks(trials[UNITS.path], most=4)[1] == ["16", "64", "256"]
    places, texts = RATE.make_ticks(trials[RATE.path])
    assert texts == ["0.0001", "0.0003", "0.001", "0.003", "0.01"]
    assert places == pytest.approx(np.log10([float(text) for text in texts]))


def test_an_axis_without_a_number_has_no_ticks() -> None:
    assert DROPOUT.make_ticks(pd.Series([None, None], dtype=object)) == ([], [])


def test_a_long_word_is_cut_on_the_axis_and_whole_in_the_text() -> None:
    axis = Axis("a.b", "Loss", "choice", ("the mean of all squared errors",))
    values = pd.Series(["the mean of all squared errors"])
    assert axis.make_ticks(values)[1] == ["the mean of all…"]
    assert describe_values(values, "Loss") == ["<br>Loss: the mean of all squared errors"]


@given(st.floats(-1e9, 1e9), st.floats(1e-4, 1e4), st.integers(2, 8))
def test_ticks_are_few_inside_and_told_apart(low: float, ratio: float, most: int) -> None:
    width = ratio * max(abs(low), 1e-6)
    ticks = choose_ticks(low, low + width, most)
    assert 1 <= len(ticks) <= most
    assert len({write_number(tick) for tick in ticks}) == len(ticks)
    assert all(low - 1e-6 * width <= tick <= low + 1.000001 * width for tick in ticks)


@given(st.floats(-9, 6), st.floats(0, 12), st.integers(2, 8), st.booleans())
def test_log_ticks_are_few_and_inside(start: float, width: float, most: int, sizes: bool) -> None:
    low, high = 10**start, 10 ** (start + width)
    ticks = choose_log_ticks(low, high, most, sizes)
    assert 1 <= len(ticks) <= most
    assert all(low * 0.999 <= tick <= high * 1.001 for tick in ticks)


@pytest.mark.parametrize(
    ("number", "text"), [(1e-5, "1e-5"), (0.0003, "0.0003"), (2048.0, "2,048"), (64.0, "64")]
)
def test_numbers_are_short(number: float, text: str) -> None:
    assert write_number(number) == text


def test_dots_at_one_word_stay_apart_and_at_their_word() -> None:
    trials = pd.Series(range(200))
    x, y = (spread_words(pd.Series([1.0] * 200), trials, step) for step in EVEN_STEPS)
    assert x.between(0.75, 1.25).all()
    assert x.nunique() == 200
    assert abs(x.corr(y)) < 0.1  # no diagonal where both axes have words
