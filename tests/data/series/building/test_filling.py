import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from lstm_core.data.series.building.filling import (
    fill_backward,
    fill_forward,
    fill_linear,
    fill_mean,
    fill_season,
    first_known,
    last_known,
)

NAN = float("nan")
VALUES = np.array([NAN, 1, NAN, NAN, 4, NAN, NAN, 10, NAN, 30])
STARTS = np.array([0, 6])


def test_forward_stays_inside_its_series() -> None:
    expected = [NAN, 1, 1, 1, 4, 4, NAN, 10, 10, 30]
    np.testing.assert_array_equal(fill_forward(VALUES, STARTS), expected)


def test_backward_stays_inside_its_series() -> None:
    expected = [1, 1, 4, 4, 4, NAN, 10, 10, 30, 30]
    np.testing.assert_array_equal(fill_backward(VALUES, STARTS), expected)


def test_lines_run_between_known_neighbours_only() -> None:
    expected = [NAN, 1, 2, 3, 4, NAN, NAN, 10, 20, 30]
    np.testing.assert_allclose(fill_linear(VALUES, STARTS), expected)


def test_means_are_of_what_came_before_in_the_series() -> None:
    expected = [NAN, 1, 1, 1, 4, 2.5, NAN, 10, 10, 30]
    np.testing.assert_allclose(fill_mean(VALUES, STARTS), expected)


@pytest.mark.parametrize("gap", [slice(15, 16), slice(13, 18), slice(11, 27), slice(2, 5)])
def test_a_season_goes_on_in_a_gap_and_meets_its_neighbours(gap: slice) -> None:
    rows = np.arange(40)
    values = 3.0 * rows + np.array([0, 5, -2, 9, 1, -7])[rows % 6]
    blank = values.copy()
    blank[gap] = np.nan
    both = np.concatenate([values[::-1], blank])
    filled = fill_season(both, np.array([0, 40]), 6)
    np.testing.assert_array_equal(filled[:40], values[::-1])
    known = ~np.isnan(blank)
    np.testing.assert_array_equal(filled[40:][known], values[known])
    if gap.start < 6:  # nothing to go by: a straight line
        np.testing.assert_allclose(filled[40:], fill_linear(blank, np.array([0])))
    else:
        np.testing.assert_allclose(filled[40:], values)


def test_a_season_is_filled_from_no_later_value_but_the_next() -> None:
    generator = np.random.default_rng(0)
    values = generator.normal(size=60)
    values[[20, 21, 22, 40]] = np.nan
    other = values.copy()
    other[24:] = generator.normal(size=36)
    before, after = (fill_season(each, np.array([0]), 7) for each in (values, other))
    np.testing.assert_array_equal(before[:24], after[:24])


def test_ends_of_what_is_known() -> None:
    assert first_known(VALUES, STARTS).tolist() == [1, 7]
    assert last_known(VALUES, STARTS).tolist() == [4, 9]
    nothing = np.array([NAN, NAN, 1.0])
    assert first_known(nothing, np.array([0, 2])).tolist() == [3, 2]
    assert last_known(nothing, np.array([0, 2])).tolist() == [-1, 2]


series = st.lists(
    st.one_of(st.just(NAN), st.floats(-1e6, 1e6)), min_size=1, max_size=12
)  # fmt: skip


@given(st.lists(series, min_size=1, max_size=4), st.integers(0, 3), st.integers(0, 100))
def test_what_comes_later_changes_nothing_that_is_filled_forward(
    lists: list[list[float]], which: int, where: int
) -> None:
    """Causality: values from a row on are scrambled, and the rows before it stay the same."""
    values = np.concatenate([np.asarray(one, dtype=float) for one in lists])
    starts = np.cumsum([0, *(len(one) for one in lists[:-1])])
    cut = where % len(values)
    scrambled = values.copy()
    scrambled[cut:] = 1e9
    np.testing.assert_array_equal(
        fill_forward(values, starts)[:cut], fill_forward(scrambled, starts)[:cut]
    )


@given(st.lists(series, min_size=1, max_size=4))
def test_all_series_at_once_is_the_same_as_one_by_one(lists: list[list[float]]) -> None:
    arrays = [np.asarray(one, dtype=float) for one in lists]
    values, starts = np.concatenate(arrays), np.cumsum([0, *(len(one) for one in lists[:-1])])
    for fill in (fill_forward, fill_backward, fill_linear):
        one_by_one = np.concatenate([fill(array, np.array([0])) for array in arrays])
        np.testing.assert_array_equal(fill(values, starts), one_by_one)
