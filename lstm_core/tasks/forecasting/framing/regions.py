"""The parts of a series as stretches of time, for people who want to see what was tested where."""

from __future__ import annotations

import pandas as pd

from lstm_core.spec import ExperimentSpec
from lstm_core.tasks.forecasting.framing.cutting import Cuts, cut_series, find_stretches


def list_regions(timestamps: pd.Series, spec: ExperimentSpec) -> pd.DataFrame:
    """Return ``training, part, fold, start, end``: a row for each part of each training.

    Args:
        timestamps: ``(rows,)`` of one series that is long enough, in order.
        spec: with every default filled in.

    ``training`` counts from 1; with refit there is one for each fold. ``part`` is ``train``,
    ``validation`` or ``test``; ``fold`` counts from 1 and is 0 for the other parts. A part ends
    where the next row begins, so that parts without a gap between them touch.
    """
    times = timestamps.to_numpy()
    if not spec.task.refit:
        cuts = cut_series(len(times), spec)
        rows = _list_parts(1, cuts, list(enumerate(find_stretches(cuts, spec), 1)))
    else:
        rows = []
        for fold in range(spec.task.num_folds or 1):
            cuts = cut_series(len(times), spec, fold)
            rows += _list_parts(fold + 1, cuts, [(fold + 1, (cuts.test_start, cuts.test_end))])
    regions = pd.DataFrame(rows, columns=["training", "part", "fold", "start", "end"])
    last = len(times) - 1
    return regions.assign(
        start=times[regions["start"].clip(upper=last)], end=times[regions["end"].clip(upper=last)]
    )


def _list_parts(
    training: int, cuts: Cuts, stretches: list[tuple[int, tuple[int, int]]]
) -> list[tuple[int, str, int, int, int]]:
    """Return the parts of one training, in rows of the series."""
    return [
        (training, "train", 0, cuts.train_start, cuts.train_end),
        (training, "validation", 0, cuts.validation_start, cuts.validation_end),
        *((training, "test", fold, start, end) for fold, (start, end) in stretches),
    ]
