from __future__ import annotations

import numpy as np
import pandas as pd

from lstm_core.charts.forecasting.preparing import MOST_MARKS, draw_before_after


def make_table(before: list[float], after: list[float]) -> pd.DataFrame:
    times = pd.date_range("2024-01-01", periods=len(before))
    return pd.DataFrame({"timestamp": times, "before": before, "after": after})


def test_what_changes_is_marked_on_both_sides() -> None:
    figure = draw_before_after(make_table([1.0, 90.0, np.nan, 4.0], [1.0, 9.0, 3.0, 4.0]))
    line, was, became = figure.data
    assert list(line.y) == [1, 9, 3, 4]
    assert list(was.y) == [90]
    assert list(became.y) == [9, 3]


def test_where_nothing_changes_there_is_a_line_alone_and_many_marks_are_thinned() -> None:
    values = list(np.arange(5_000.0))
    assert len(draw_before_after(make_table(values, values)).data) == 1
    figure = draw_before_after(make_table(values, [value + 1 for value in values]))
    assert max(len(trace.y) for trace in figure.data[1:]) <= MOST_MARKS
