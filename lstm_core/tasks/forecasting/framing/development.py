"""The data that a search may see: everything before the test part, as a dataset of its own.

What is not there can't be looked at: trials are ordinary runs on this dataset, and no setting
of theirs reaches the rows that the winner will be judged on.
"""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pandas as pd

from lstm_core.data.series.dataset import Dataset, drop_unused_series
from lstm_core.errors import DataError
from lstm_core.spec import ExperimentSpec
from lstm_core.tasks.forecasting.framing.cutting import cut_series, is_long_enough
from lstm_core.tasks.forecasting.framing.examples import use_known_future


def hold_out_test(dataset: Dataset, spec: ExperimentSpec) -> Dataset:
    """Return the dataset up to where the test part begins, or the gap before it.

    Each series ends with a row where a target was observed. Known-future covariates go on for
    one horizon, as they would in use: they are known ahead. Series that are too short for the
    spec are left out.

    Args:
        spec: one that ``defaults.resolve_spec`` has filled in for this dataset.

    Raises:
        DataError: nothing is left.
    """
    _, horizon = spec.task.sizes
    usable = use_known_future(dataset, spec)
    kept: list[np.ndarray] = []
    ahead: list[pd.DataFrame] = []
    known = list(usable.roles.known_future_covariates)
    for name, rows in usable.iterate_series():
        num_rows = rows.stop - rows.start
        if not is_long_enough(num_rows, spec):
            continue
        end = cut_series(num_rows, spec).validation_end
        observed = np.flatnonzero(np.any(usable.observed[rows][:end], axis=1))
        if not len(observed):
            continue
        stop = rows.start + int(observed[-1]) + 1
        kept.append(np.arange(rows.start, stop))
        if known:
            own_future = usable.future[usable.future.index.get_level_values("series") == name]
            later = pd.concat([usable.frame.iloc[stop : rows.stop][known], own_future])
            ahead.append(later.iloc[:horizon])
    if not kept:
        raise DataError(
            "No series has rows enough before its test part.",
            "Shorten the lookback or the horizon, or bring more rows.",
        )
    places = np.concatenate(kept)
    return replace(
        usable,
        frame=drop_unused_series(usable.frame.iloc[places]),
        observed=usable.observed[places],
        future=drop_unused_series(pd.concat(ahead)) if known else usable.future,
        notes=(*usable.notes, "The rows of the test part are held out for the end of the search."),
    )
