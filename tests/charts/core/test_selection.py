from __future__ import annotations

import numpy as np
import pandas as pd

from lstm_core.charts.core.selection import (
    MAX_PREVIEW_LINES,
    MAX_PREVIEW_POINTS,
    list_lines,
    sample_preview,
    select_history,
    select_line,
)
from tests.tasks.datasets import make_dataset

LONG = {"north": np.arange(5.0), "south": np.arange(10.0, 13.0)}


def test_a_line_is_a_series_and_a_target() -> None:
    table = pd.DataFrame(
        {
            "series": ["b", "b", "a", "a"],
            "target": ["y", "x", "y", "y"],
            "value": [1.0, 2.0, 3.0, 4.0],
        }
    )
    assert list_lines(table) == [("b", "y"), ("b", "x"), ("a", "y")]
    assert select_line(table, ("a", "y"))["value"].tolist() == [3.0, 4.0]
    assert select_line(table, ("b", "x"))["value"].tolist() == [2.0]


def test_history_is_that_of_the_line() -> None:
    history = select_history(make_dataset(LONG), ("south", "y0"))
    assert history["value"].tolist() == [10.0, 11.0, 12.0]
    assert history["timestamp"].iloc[0] == pd.Timestamp("2024-01-01")


def test_a_wide_table_s_lines_are_its_targets() -> None:
    dataset = make_dataset(np.column_stack([np.arange(5.0), -np.arange(5.0)]), num_targets=2)
    assert select_history(dataset, ("y1", "y1"))["value"].tolist() == [0, -1, -2, -3, -4]
    assert sample_preview(dataset)["series"].unique().tolist() == ["y0", "y1"]


def test_a_short_table_is_previewed_whole() -> None:
    preview = sample_preview(make_dataset(LONG))
    assert preview["series"].tolist() == ["north"] * 5 + ["south"] * 3
    assert preview["value"].tolist() == [*LONG["north"], *LONG["south"]]


def test_a_long_table_keeps_its_peaks_and_its_ends() -> None:
    values = np.random.default_rng(0).normal(size=50_000)
    values[[12_345, 40_001]] = [99.0, -99.0]
    preview = sample_preview(make_dataset(values))
    assert len(preview) <= MAX_PREVIEW_POINTS
    assert {99.0, -99.0, values[0], values[-1]} <= set(preview["value"])
    assert preview["timestamp"].is_monotonic_increasing


def test_many_series_are_previewed_by_the_first() -> None:
    series = {f"s{number:02}": np.arange(3.0) for number in range(MAX_PREVIEW_LINES + 5)}
    assert sample_preview(make_dataset(series))["series"].nunique() == MAX_PREVIEW_LINES


def test_a_preview_keeps_what_stands_out_and_never_what_was_filled() -> None:
    values = np.sin(np.arange(6_000) / 5)
    values[[100, 4_000]] = 50.0
    observed = np.ones((6_000, 1), dtype=bool)
    observed[4_000] = False
    preview = sample_preview(make_dataset(values, observed=observed))
    assert len(preview) < 2_000
    marked = preview[preview["stands_out"]]
    assert marked["value"].tolist() == [50.0]
