"""``Dataset``: the validated table that everything after the data layer works from."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator
from dataclasses import asdict, dataclass, field
from typing import ClassVar

import numpy as np
import pandas as pd

from lstm_core.data.reading.telling import Question
from lstm_core.data.series.spacing.frequency import Frequency
from lstm_core.spec.reading import Repeats

SINGLE_SERIES = "series"
"""The name of the only series of a table without a series column."""


@dataclass(frozen=True)
class Roles:
    """What each column is for; column names as they stand in the file."""

    time: str
    targets: tuple[str, ...]
    past_covariates: tuple[str, ...] = ()
    known_future_covariates: tuple[str, ...] = ()
    series: str | None = None

    @property
    def columns(self) -> tuple[str, ...]:
        """Every column of numbers, targets first: the column order of ``Dataset.frame``."""
        return self.targets + self.past_covariates + self.known_future_covariates


@dataclass(frozen=True)
class Dataset:
    """One or several series on a regular grid without holes.

    Attributes:
        frame: float64 columns in the order of ``roles.columns``; the index has the levels
            ``series`` (str) and ``time`` (``datetime64[ns]`` or int64), sorted, unique, and
            regular within each series: each step of the spacing, but for holidays that no series
            has a row for. No NaN. Each series ends with an observed target.
        observed: bool, ``(len(frame), len(roles.targets))``: False where a target was filled.
            Metrics and losses leave those out.
        future: known-future covariates after each series' last row, the same index; empty when
            there are none.
        roles: what each column is for.
        frequency: the spacing.
        source: ``csv``, ``yahoo`` or ``sample``.
        name: the file's name, ticker or sample's name, as it was given (hostile text).
        notes: what was done to the table, one sentence each, for the confirm card.
        repeats: what was made of several rows at one time; None where that was not asked.
        questions: what the times leave open; the first choices are what was done.
    """

    kind: ClassVar[str] = "series"

    frame: pd.DataFrame
    observed: np.ndarray
    future: pd.DataFrame
    roles: Roles
    frequency: Frequency
    source: str
    name: str
    notes: tuple[str, ...] = field(default=())
    repeats: Repeats | None = None
    questions: tuple[Question, ...] = field(default=())

    @property
    def series_names(self) -> list[str]:
        return list(self.frame.index.unique("series"))

    @property
    def num_rows(self) -> int:
        return len(self.frame)

    @property
    def num_filled(self) -> int:
        """How many target values were filled."""
        return int((~self.observed).sum())

    def iterate_series(self) -> Iterator[tuple[str, slice]]:
        """Yield each series' name and the slice of its rows in ``frame`` and ``observed``."""
        index = _index_of(self.frame)
        codes = index.codes[0]
        bounds = np.flatnonzero(np.diff(codes)) + 1
        names = index.levels[0]
        starts = [0, *bounds.tolist()]
        for start, stop in zip(starts, [*starts[1:], len(codes)], strict=True):
            yield str(names[codes[start]]), slice(start, stop)

    @property
    def fingerprint(self) -> str:
        """SHA-256 of the values, times and roles: equal for equal content, whatever its name."""
        digest = hashlib.sha256()
        digest.update(json.dumps([asdict(self.roles), asdict(self.frequency)]).encode())
        for frame in (self.frame, self.future):
            index = _index_of(frame)
            digest.update(json.dumps(list(index.unique("series"))).encode())
            digest.update(np.ascontiguousarray(index.codes[0], dtype=np.int32).tobytes())
            times = index.get_level_values("time")
            digest.update(np.ascontiguousarray(times.to_numpy().astype(np.int64)).tobytes())
            digest.update(np.ascontiguousarray(frame.to_numpy(np.float64)).tobytes())
        digest.update(np.packbits(self.observed).tobytes())
        return digest.hexdigest()


def drop_unused_series(frame: pd.DataFrame) -> pd.DataFrame:
    """Drop index levels that a slice left unused, so that codes count the series present."""
    return frame.set_axis(_index_of(frame).remove_unused_levels(), axis=0)


def _index_of(frame: pd.DataFrame) -> pd.MultiIndex:
    assert isinstance(frame.index, pd.MultiIndex)
    return frame.index
