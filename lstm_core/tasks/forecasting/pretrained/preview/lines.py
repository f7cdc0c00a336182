"""What is to be forecast of a dataset, line by line: a line is one target of one series."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from lstm_core.data.series.dataset import Dataset
from lstm_core.data.series.profile.seasons import find_seasons
from lstm_core.data.series.spacing.frequency import Frequency
from lstm_core.tasks.forecasting.framing.scaling import is_never_negative
from lstm_core.tasks.forecasting.pretrained.history import (
    FEWEST_VALUES,
    Histories,
    count_kept,
)

TOTAL = "All together"
"""The label of the sum of all series."""

_MOST_LOOKED_AT = 5
"""Lines whose seasons are looked for; all have one spacing, and most of them one season."""


@dataclass(frozen=True)
class Line:
    """One target of one series.

    Attributes:
        series: the series' name; ``label``: the same, or the target's in a table of one series.
        target: the target's name.
        last: its last row in the dataset.
        filled: ``(rows,)``, without gaps. ``observed``: ``(rows,)``, False where it was filled.
    """

    series: str
    target: str
    label: str
    last: int
    filled: np.ndarray
    observed: np.ndarray

    @property
    def values(self) -> np.ndarray:
        """``(rows,)``, NaN where nothing was observed."""
        return np.where(self.observed, self.filled, np.nan)

    @property
    def known_part(self) -> np.ndarray:
        """``(rows up to the last that was observed,)``, without gaps."""
        return self.filled[: int(np.flatnonzero(self.observed)[-1]) + 1]

    @property
    def num_known(self) -> int:
        return int(self.observed.sum())


def list_lines(dataset: Dataset) -> tuple[list[Line], list[str]]:
    """Return the lines that have enough values, and the labels of the others."""
    found, too_short = [], []
    values = dataset.frame.to_numpy()
    for name, rows in dataset.iterate_series():
        for number, target in enumerate(dataset.roles.targets):
            label = target if dataset.roles.series is None else name
            line = Line(
                name,
                target,
                label,
                rows.stop - 1,
                values[rows, number],
                dataset.observed[rows, number],
            )
            if line.num_known < FEWEST_VALUES:
                too_short.append(label)
            else:
                found.append(line)
    return found, too_short


def add_up(lines: Sequence[Line]) -> Line | None:
    """Return the sum of several series of one target as a line; None where they can't be added.

    They are added over the rows that all of them have, counted from the last one on.
    """
    if len(lines) < 2 or len({line.target for line in lines}) > 1:
        return None
    length = min(len(line.filled) for line in lines)
    latest = slice(-length, None)
    return Line(
        lines[0].series,
        lines[0].target,
        TOTAL,
        lines[0].last,
        np.sum([line.filled[latest] for line in lines], axis=0),
        np.all([line.observed[latest] for line in lines], axis=0),
    )


def find_common_seasons(filled: Sequence[np.ndarray], frequency: Frequency) -> tuple[int, ...]:
    """Return the seasons, in steps, that at least half of the longest lines show.

    Args:
        filled: ``(rows,)`` each, without gaps.
    """
    longest = sorted(filled, key=len, reverse=True)[:_MOST_LOOKED_AT]
    shown = Counter(
        season.steps for values in longest for season in find_seasons(values, frequency)
    )
    return tuple(sorted(steps for steps, count in shown.items() if 2 * count >= len(longest)))


def lay_out(values: Sequence[np.ndarray], seasons: Sequence[int]) -> Histories:
    """Lay histories ``(rows,)`` side by side, each told what its own latest values say of it.

    Raises:
        DataError: one has too few values.
    """
    latest = [each[-count_kept(seasons) :] for each in values]
    known = [each[np.isfinite(each)] for each in latest]
    never_negative = np.array([is_never_negative(each) for each in known])
    whole = np.array([bool((each % 1 == 0).all()) for each in known])
    return Histories.of(values, seasons, whole=whole, non_negative=never_negative)
