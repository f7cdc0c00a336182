"""What is known of series when they are asked for a forecast."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Self

import numpy as np

from lstm_core.errors import DataError

FEWEST_VALUES = 3
MOST_VALUES = 2_100
"""Of a longer history the latest are looked at: three weeks of quarters of an hour."""
_LEAST_KEPT = 512
_SEASONS_KEPT = 4


@dataclass(frozen=True)
class Histories:
    """Series with the same seasons, side by side; each ends in the last column.

    Attributes:
        values: ``(count, length)``; NaN where a value is missing, and before a series begins.
        seasons: at most two, in steps, the shorter first; none below 2.
        whole: ``(count,)``, whether all values of a series are whole numbers by what they are.
        non_negative: ``(count,)``, whether they can't be below zero.
    """

    values: np.ndarray
    seasons: tuple[int, ...]
    whole: np.ndarray
    non_negative: np.ndarray

    @classmethod
    def of(
        cls,
        series: Sequence[np.ndarray],
        seasons: Sequence[int] = (),
        *,
        whole: np.ndarray | None = None,
        non_negative: np.ndarray | None = None,
    ) -> Self:
        """Lay series ``(length,)`` of any lengths side by side.

        Args:
            seasons: in steps, in any order; the two that matter are kept.
            whole: ``(count,)``; read from the values where nobody says it.
            non_negative: ``(count,)``; the same.

        Raises:
            DataError: there is none, or one has fewer than ``FEWEST_VALUES`` values.
        """
        kept_seasons = choose_seasons(seasons)
        trimmed = [_trim(values)[-count_kept(kept_seasons) :] for values in series]
        fewest = min((int(np.isfinite(values).sum()) for values in trimmed), default=0)
        if fewest < FEWEST_VALUES:
            raise DataError(
                f"A series has {fewest} values, and a forecast needs {FEWEST_VALUES}.",
                "Leave it out, or bring more of it.",
            )
        length = max(map(len, trimmed))
        values = np.full((len(trimmed), length), np.nan)
        for row, one in enumerate(trimmed):
            values[row, length - len(one) :] = one
        return cls(
            values,
            kept_seasons,
            _are_whole(values) if whole is None else np.asarray(whole, bool),
            _are_non_negative(values) if non_negative is None else np.asarray(non_negative, bool),
        )

    def __len__(self) -> int:
        return len(self.values)

    def without_last(self, number: int) -> Self:
        """What was known ``number`` steps ago."""
        return replace(self, values=self.values[:, : self.values.shape[1] - number])

    def without_first(self, number: int) -> Self:
        """What came after the first ``number`` columns."""
        return replace(self, values=self.values[:, number:])

    def take(self, rows: slice | np.ndarray) -> Self:
        """Some of the series."""
        return replace(
            self,
            values=self.values[rows],
            whole=self.whole[rows],
            non_negative=self.non_negative[rows],
        )


def choose_seasons(seasons: Sequence[int]) -> tuple[int, ...]:
    """The two that matter: the shortest, and the longest of which a history holds two."""
    fitting = sorted({int(season) for season in seasons if 2 <= season <= MOST_VALUES // 2})
    return tuple(fitting) if len(fitting) <= 2 else (fitting[0], fitting[-1])


def count_kept(seasons: Sequence[int]) -> int:
    """How many of the latest values are looked at: four of the longest season, within bounds."""
    longest = _SEASONS_KEPT * max(seasons, default=1)
    return min(max(longest, _LEAST_KEPT), MOST_VALUES)


def _trim(values: np.ndarray) -> np.ndarray:
    """Leave out what is missing before the first value; endless numbers count as missing."""
    known = np.where(np.isfinite(values), values, np.nan).astype(float)
    there = np.flatnonzero(np.isfinite(known))
    return known[there[0] :] if len(there) else known[:0]


def _are_whole(values: np.ndarray) -> np.ndarray:
    return np.asarray((np.isnan(values) | (values == np.round(values))).all(1))


def _are_non_negative(values: np.ndarray) -> np.ndarray:
    return np.asarray((np.isnan(values) | (values >= 0)).all(1))
