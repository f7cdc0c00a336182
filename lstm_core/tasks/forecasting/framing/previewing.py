"""What preparing does to the values, before anything is learnt: as they were, as they are read."""

from __future__ import annotations

import numpy as np
import pandas as pd

from lstm_core.data.series.dataset import Dataset
from lstm_core.spec import ExperimentSpec
from lstm_core.tasks.forecasting.framing.cutting import cut_series, is_long_enough
from lstm_core.tasks.forecasting.framing.outliers import fit_limits, limit_outliers


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


def preview_filling(dataset: Dataset) -> pd.DataFrame:
    """Return each target's values as they were observed, NaN in gaps, and as they are read.

    Returns:
        ``series, target, timestamp, before, after``.
    """
    times = dataset.frame.index.get_level_values("time")
    values = dataset.frame.to_numpy()
    return pd.concat(
        [
            pd.DataFrame(
                {
                    "series": name,
                    "target": target,
                    "timestamp": times[rows],
                    "before": np.where(
                        dataset.observed[rows, number], values[rows, number], np.nan
                    ),
                    "after": values[rows, number],
                }
            )
            for name, rows in dataset.iterate_series()
            for number, target in enumerate(dataset.roles.targets)
        ],
        ignore_index=True,
    )


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
