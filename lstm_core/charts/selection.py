"""The rows of one line (a series and a target) of the tables that figures are drawn from."""

from __future__ import annotations

from itertools import pairwise

import numpy as np
import pandas as pd

from lstm_core.data.dataset import Dataset

MAX_PREVIEW_POINTS = 2_000
MAX_PREVIEW_LINES = 8


def list_lines(forecast: pd.DataFrame) -> list[tuple[str, str]]:
    """Return each (series, target) of a forecast, in its order."""
    pairs = forecast[["series", "target"]].drop_duplicates()
    return [(str(series), str(target)) for series, target in pairs.itertuples(index=False)]


def select_line(table: pd.DataFrame, line: tuple[str, str]) -> pd.DataFrame:
    """Return the rows of one line."""
    series, target = line
    return table[(table["series"] == series) & (table["target"] == target)]


def select_history(dataset: Dataset, line: tuple[str, str]) -> pd.DataFrame:
    """Return ``timestamp, value`` of one line; filled values are in it."""
    series, target = line
    frame = dataset.frame[target]
    if dataset.roles.series is not None:
        frame = frame.loc[[series]]
    return pd.DataFrame(
        {"timestamp": frame.index.get_level_values("time"), "value": frame.to_numpy()}
    )


def sample_preview(dataset: Dataset) -> pd.DataFrame:
    """Return ``series, timestamp, value`` thin enough to draw, peaks kept.

    Several targets or series are lines of their own, up to ``MAX_PREVIEW_LINES``. Values are
    thinned to the smallest and largest of each stretch.
    """
    times = dataset.frame.index.get_level_values("time")
    lines: list[pd.DataFrame] = []
    for name, rows in dataset.iterate_series():
        for target in dataset.roles.targets:
            if len(lines) == MAX_PREVIEW_LINES:
                return pd.concat(lines, ignore_index=True)
            values = dataset.frame[target].to_numpy()[rows]
            kept = keep_extremes(values, MAX_PREVIEW_POINTS // MAX_PREVIEW_LINES * 2)
            label = target if dataset.roles.series is None else name
            lines.append(
                pd.DataFrame(
                    {"series": label, "timestamp": times[rows][kept], "value": values[kept]}
                )
            )
    return pd.concat(lines, ignore_index=True)


def keep_extremes(values: np.ndarray, count: int) -> np.ndarray:
    """Return rows of the smallest and largest value of each of ``count // 2`` stretches."""
    if len(values) <= count:
        return np.arange(len(values))
    edges = np.linspace(0, len(values), count // 2 + 1).astype(int)
    kept = {0, len(values) - 1}
    for start, stop in pairwise(edges.tolist()):
        kept.add(int(start + values[start:stop].argmin()))
        kept.add(int(start + values[start:stop].argmax()))
    return np.array(sorted(kept))
