"""What a confirm card says about a dataset."""

from __future__ import annotations

from dataclasses import dataclass

import pandas as pd

from lstm_core.data.series.dataset import Dataset
from lstm_core.data.wording import count_words


@dataclass(frozen=True)
class DatasetSummary:
    """A dataset in words.

    ``title`` is one line such as "Daily, 1,204 rows, 3 gaps filled by interpolation"; ``first``
    and ``last`` are the earliest and the latest observed time of all series; ``notes`` are the
    dataset's, but for what the title says.
    """

    title: str
    first: str
    last: str
    frequency: str
    num_rows: int
    num_series: int
    targets: tuple[str, ...]
    past_covariates: tuple[str, ...]
    known_future_covariates: tuple[str, ...]
    notes: tuple[str, ...]


def describe_dataset(dataset: Dataset) -> DatasetSummary:
    """Return what a person should confirm before training."""
    roles = dataset.roles
    times = dataset.frame.index.get_level_values("time")
    num_series = len(dataset.series_names)
    parts = [dataset.frequency.label]
    if num_series > 1:
        parts.append(f"{num_series:,} series")
    parts.append(count_words(dataset.num_rows, "row"))
    told = [note for note in dataset.notes if '"' not in note and " filled by " in note]
    in_title = told[:1] if dataset.num_filled else []
    parts.append(in_title[0].removesuffix(".") if in_title else "no gaps")
    return DatasetSummary(
        title=", ".join(parts),
        first=format_time(times.min(), dataset),
        last=format_time(times.max(), dataset),
        frequency=dataset.frequency.label,
        num_rows=dataset.num_rows,
        num_series=num_series,
        targets=roles.targets,
        past_covariates=roles.past_covariates,
        known_future_covariates=roles.known_future_covariates,
        notes=tuple(note for note in dataset.notes if note not in in_title),
    )


def format_time(time: pd.Timestamp | int, dataset: Dataset) -> str:
    """Write a time as finely as the dataset's spacing needs, or a step as its number."""
    if not dataset.frequency.is_calendar:
        return f"{int(time):,}"
    stamp = pd.Timestamp(time)
    if not dataset.frequency.is_within_days and stamp == stamp.normalize():
        return f"{stamp:%Y-%m-%d}"
    return f"{stamp:%Y-%m-%d %H:%M:%S}".removesuffix(":00")
