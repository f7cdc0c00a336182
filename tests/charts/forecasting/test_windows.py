from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from lstm_core.charts.forecasting.windows import join_windows, outline_windows, pick_windows


def make_windows(cutoffs: list[int], horizon: int) -> pd.DataFrame:
    """Windows of numbered rows; the model says the row's number, a range of 1 to both sides."""
    rows = [(cutoff, step, cutoff + step) for cutoff in cutoffs for step in range(1, horizon + 1)]
    table = pd.DataFrame(rows, columns=["cutoff", "step", "timestamp"])
    value = table["timestamp"].astype(float)
    return table.assign(model=value, low_80=value - 1, high_80=value + 1)


def test_windows_that_overlap_are_left_out_from_the_end() -> None:
    picked = pick_windows(make_windows([0, 1, 2, 3, 4, 5], 2))
    assert picked["cutoff"].unique().tolist() == [1, 3, 5]
    assert picked["timestamp"].tolist() == [2, 3, 4, 5, 6, 7]


def test_cutoffs_with_holes_between_them_are_compared_by_time() -> None:
    assert pick_windows(make_windows([0, 1, 7, 9], 2))["cutoff"].unique().tolist() == [1, 7, 9]


def test_too_many_windows_are_thinned_over_the_whole_test_part() -> None:
    picked = pick_windows(make_windows(list(range(0, 1_000, 2)), 2), most_values=10)
    assert picked["cutoff"].unique().tolist() == [0, 250, 500, 750, 998]
    assert len(picked) == 10


def test_a_hole_is_between_windows_and_nowhere_else() -> None:
    times, values = join_windows(make_windows([0, 2], 2), "model")
    np.testing.assert_array_equal(values, [1, 2, np.nan, 3, 4])
    assert times.tolist() == [1, 2, 2, 3, 4]


def test_windows_of_one_step_are_joined_to_a_line() -> None:
    windows = make_windows([0, 1, 2], 1)
    assert join_windows(windows, "model")[1].tolist() == [1, 2, 3]
    assert outline_windows(windows, 80)[1].tolist() == [0, 1, 2, 4, 3, 2]


def test_ranges_are_outlines_with_holes_between_them() -> None:
    times, values = outline_windows(make_windows([0, 2], 2), 80)
    np.testing.assert_array_equal(values, [0, 1, 3, 2, np.nan, 2, 3, 5, 4])
    assert times.tolist() == [1, 2, 2, 1, 1, 3, 4, 4, 3]


@pytest.mark.parametrize("unit", ["s", "us", "ns"])
def test_times_of_the_calendar_keep_their_kind(unit: str) -> None:
    windows = make_windows([0, 1], 2)
    for name in ("cutoff", "timestamp"):
        days = windows[name].to_numpy().astype("m8[D]")
        windows[name] = (np.datetime64("2024-01-01") + days).astype(f"M8[{unit}]")
    times, values = join_windows(pick_windows(windows), "model")
    assert values.tolist() == [2, 3]
    assert times[0] == np.datetime64("2024-01-03")
