"""The parts of a series as stretches of time, for people who want to see what was tested where."""

from __future__ import annotations

import pandas as pd

from lstm_core.data.series.dataset import Dataset
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


def outline_parts(dataset: Dataset, spec: ExperimentSpec) -> pd.DataFrame:
    """Return ``part, start, end``: where the validation and the test part lie in all series alike.

    Args:
        spec: with every default filled in.

    With several trainings, from the first row that one of them keeps apart so. Empty where series
    begin or end at different times.
    """
    times = dataset.frame.index.get_level_values("time")
    spans = {(times[rows][0], times[rows][-1]) for _, rows in dataset.iterate_series()}
    outline = pd.DataFrame({"part": [], "start": [], "end": []})
    if len(spans) > 1:
        return outline
    _, rows = next(dataset.iterate_series())
    regions = list_regions(pd.Series(times[rows]), spec)
    first = regions[(regions["training"] == 1) & (regions["part"] == "validation")]
    tests = regions[regions["part"] == "test"]
    return pd.DataFrame(
        {
            "part": ["validation", "test"],
            "start": [first["start"].iloc[0], tests["start"].min()],
            "end": [first["end"].iloc[0], tests["end"].max()],
        }
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
