"""The rows of one line (a series and a target) of the tables that figures are drawn from."""

from __future__ import annotations

from itertools import pairwise

import numpy as np
import pandas as pd

from lstm_core.charts.core.gaps import find_gap_edges, read_filled
from lstm_core.data.series.dataset import Dataset
from lstm_core.data.series.profile.outliers import find_far, find_spikes

MAX_PREVIEW_POINTS = 2_000
MAX_PREVIEW_LINES = 8
MOST_OUTLIERS = 200
"""Of one line."""

GAPS_A_POINT = 8
"""Of so many points that are drawn, one gap at most is: it takes four of them."""


def list_lines(forecast: pd.DataFrame) -> list[tuple[str, str]]:
    """Return each (series, target) of a forecast, in its order."""
    pairs = forecast[["series", "target"]].drop_duplicates()
    return [(str(series), str(target)) for series, target in pairs.itertuples(index=False)]


def select_line(table: pd.DataFrame, line: tuple[str, str]) -> pd.DataFrame:
    """Return the rows of one line."""
    series, target = line
    return table[(table["series"] == series) & (table["target"] == target)]


def select_history(dataset: Dataset, line: tuple[str, str]) -> pd.DataFrame:
    """Return ``timestamp, value, filled`` of one line."""
    series, target = line
    rows = slice(None)
    if dataset.roles.series is not None:
        rows = next(rows for name, rows in dataset.iterate_series() if str(name) == series)
    return _take(dataset, rows, target)


def sample_preview(dataset: Dataset) -> pd.DataFrame:
    """Return ``series, timestamp, value, filled, stands_out`` thin enough to draw.

    Several targets or series are lines of their own, up to ``MAX_PREVIEW_LINES``. Values are
    thinned to the smallest and largest of each stretch; peaks and gaps are kept, and values that
    stand far from all others or from their neighbours.
    """
    lines: list[pd.DataFrame] = []
    for name, rows in dataset.iterate_series():
        for target in dataset.roles.targets:
            if len(lines) == MAX_PREVIEW_LINES:
                return pd.concat(lines, ignore_index=True)
            line = _take(dataset, rows, target)
            stands_out = _find_outliers(line)
            kept = keep_extremes(line, MAX_PREVIEW_POINTS // MAX_PREVIEW_LINES * 2)
            kept = np.union1d(kept, np.flatnonzero(stands_out)[:MOST_OUTLIERS])
            label = target if dataset.roles.series is None else name
            lines.append(line.assign(stands_out=stands_out, series=label).iloc[kept])
    return pd.concat(lines, ignore_index=True)


def _find_outliers(line: pd.DataFrame) -> np.ndarray:
    """Return which known values stand far from all others, or from their neighbours."""
    values, filled = line["value"].to_numpy(), line["filled"].to_numpy()
    is_outlier = np.zeros(len(values), dtype=bool)
    is_outlier[find_far(np.where(filled, np.nan, values))] = True
    is_outlier[find_spikes(values)] = True
    return is_outlier & ~filled


def _take(dataset: Dataset, rows: slice, target: str) -> pd.DataFrame:
    observed = dataset.observed[rows, dataset.roles.targets.index(target)]
    return pd.DataFrame(
        {
            "timestamp": dataset.frame.index.get_level_values("time")[rows],
            "value": dataset.frame[target].to_numpy()[rows],
            "filled": ~observed,
        }
    )


def keep_extremes(history: pd.DataFrame, count: int) -> np.ndarray:
    """Return rows of the smallest and largest value of each of ``count // 2`` stretches.

    The ends of the longest gaps are kept too.

    Args:
        history: ``timestamp, value, filled``.
    """
    values = history["value"].to_numpy()
    if len(values) <= count:
        return np.arange(len(values))
    edges = np.linspace(0, len(values), count // 2 + 1).astype(int)
    kept = {0, len(values) - 1}
    for start, stop in pairwise(edges.tolist()):
        kept.add(int(start + values[start:stop].argmin()))
        kept.add(int(start + values[start:stop].argmax()))
    edges = find_gap_edges(read_filled(history), count // GAPS_A_POINT)
    return np.union1d(np.array(sorted(kept)), edges)
