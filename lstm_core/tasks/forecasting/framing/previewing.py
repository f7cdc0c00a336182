"""What preparing does to the values, before anything is learnt: as they were, as they are read."""

from __future__ import annotations

import numpy as np
import pandas as pd

from lstm_core.data.series.dataset import Dataset
from lstm_core.spec import ExperimentSpec
from lstm_core.tasks.forecasting.framing.cutting import cut_series, is_long_enough
from lstm_core.tasks.forecasting.framing.outliers import fit_limits, limit_outliers

_BESIDE_GAP = 30
"""Rows on either side at least."""


def preview_outliers(dataset: Dataset, spec: ExperimentSpec) -> pd.DataFrame:
    """Return each target's values as they were observed, and as the network would read them.

    Args:
        spec: one that ``defaults.resolve_spec`` has filled in for this dataset.

    Returns:
        ``series, target, timestamp, before, after, is_training``: a row for each row of the
        series that are learnt from. What is filled is as it is read on both sides.
    """
    times = dataset.frame.index.get_level_values("time")
    values = dataset.frame.to_numpy()
    num_targets = len(dataset.roles.targets)
    tables = []
    for name, rows in dataset.iterate_series():
        num_rows = rows.stop - rows.start
        if not is_long_enough(num_rows, spec):
            continue
        own, end = values[rows][:, :num_targets], cut_series(num_rows, spec).train_end
        seen = dataset.observed[rows]
        limits = fit_limits(own[:end], seen[:end], spec.task.outliers, num_targets)
        after = limit_outliers(own, *limits)
        tables += [
            pd.DataFrame(
                {
                    "series": name,
                    "target": target,
                    "timestamp": times[rows],
                    "before": own[:, number],
                    "after": after[:, number],
                    "is_training": np.arange(num_rows) < end,
                }
            )
            for number, target in enumerate(dataset.roles.targets)
        ]
    return pd.concat(tables, ignore_index=True)


def preview_filling(dataset: Dataset) -> pd.DataFrame | None:
    """Return the values around the longest gap, as they were observed and as they are read.

    Returns:
        ``series, target, timestamp, before, after`` of one line; ``before`` is NaN where nothing
        was observed. None where no target has a gap.
    """
    if not dataset.num_filled:
        return None
    series = list(dataset.iterate_series())
    is_first = np.zeros(dataset.num_rows, bool)
    is_first[[rows.start for _, rows in series]] = True
    gaps = [_find_longest_gap(~each, is_first) for each in dataset.observed.T]
    number = int(np.argmax([length for _, length in gaps]))
    start, length = gaps[number]
    name, rows = next(each for each in series if each[1].stop > start)
    beside = max(_BESIDE_GAP, length)
    shown = slice(max(rows.start, start - beside), min(rows.stop, start + length + beside))
    after = dataset.frame.iloc[shown, number].to_numpy()
    return pd.DataFrame(
        {
            "series": name,
            "target": dataset.roles.targets[number],
            "timestamp": dataset.frame.index.get_level_values("time")[shown],
            "before": np.where(dataset.observed[shown, number], after, np.nan),
            "after": after,
        }
    )


def _find_longest_gap(is_filled: np.ndarray, is_first: np.ndarray) -> tuple[int, int]:
    """Return the first row of the longest gap, and how many rows it has; none goes over series.

    Args:
        is_filled, is_first: bool, ``(rows,)``; the latter where a series begins.
    """
    follows = np.append(False, is_filled[:-1]) & ~is_first
    starts = np.flatnonzero(is_filled & ~follows)
    if not len(starts):
        return 0, 0
    gap_of_each = np.searchsorted(starts, np.flatnonzero(is_filled), side="right") - 1
    lengths = np.bincount(gap_of_each)
    return int(starts[lengths.argmax()]), int(lengths.max())


def find_most_limited(preview: pd.DataFrame) -> pd.DataFrame | None:
    """Return the rows of the line in which most is drawn in; None where nothing is."""
    changed = preview[preview["before"] != preview["after"]]
    if changed.empty:
        return None
    series, target = changed[["series", "target"]].value_counts().index[0]
    return preview[(preview["series"] == series) & (preview["target"] == target)]


def count_limited(preview: pd.DataFrame) -> tuple[int, int, float]:
    """Return how many training values are drawn in, of how many, and which share of later ones.

    Args:
        preview: as ``preview_outliers`` gives it.
    """
    is_changed = preview["before"] != preview["after"]
    training = preview["is_training"]
    later = is_changed[~training]
    return (
        int(is_changed[training].sum()),
        int(training.sum()),
        float(later.mean()) if len(later) else 0.0,
    )
