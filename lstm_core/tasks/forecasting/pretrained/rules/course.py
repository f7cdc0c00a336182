"""Values of a batch of series, with what is summed over them once and read many times."""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np

from lstm_core.tasks.forecasting.pretrained.rules.gaps import Gaps, find_gaps


@dataclass(frozen=True)
class Course:
    """Values of a batch of series.

    Attributes:
        values: ``(count, length)``, NaN where one is missing, and before the first.
        lengths: ``(count,)``, steps since the first value.
        gaps: what is missing after it.
    """

    values: np.ndarray
    lengths: np.ndarray
    gaps: Gaps
    _later: Course | None = None
    _found: dict[object, tuple[np.ndarray, np.ndarray]] = field(default_factory=dict, repr=False)

    @classmethod
    def of(cls, values: np.ndarray, lengths: np.ndarray) -> Course:
        """The course of ``(count, length)`` values."""
        return cls(values, lengths, find_gaps(values, lengths))

    def __len__(self) -> int:
        return len(self.values)

    @property
    def length(self) -> int:
        """Steps from the first value of the longest series on."""
        return int(self.values.shape[1])

    @property
    def is_whole(self) -> bool:
        """Whether all series begin in the first column and nothing is missing."""
        return not len(self.gaps) and bool((self.lengths == self.length).all())

    def until(self, back: int, chosen: np.ndarray | None = None) -> Course:
        """What was known ``back`` steps ago, of all series or of some, ``(count,)``.

        Of all of them, what is summed up here is not summed up again.
        """
        if not back:
            return self
        values, lengths = self.values[:, : self.length - back], self.lengths - back
        if chosen is not None and not chosen.all():
            return Course.of(values[chosen], lengths[chosen])
        gaps = find_gaps(values, lengths) if len(self.gaps) else self.gaps.of_lengths(lengths)
        return Course(values, lengths, gaps, self)

    def sums(self) -> tuple[np.ndarray, np.ndarray]:
        """Sums of values, and of how many are known, up to each step: ``(count, length + 1)``.

        The latter is one row where it is the same in all of them.
        """
        if self._later is not None:
            return tuple(one[:, : self.length + 1] for one in self._later.sums())  # type: ignore
        if "sums" not in self._found:
            values = self.values
            if self.is_whole:
                known = np.arange(self.length + 1.0)[None]
            else:
                there = np.isfinite(values)
                values, known = np.where(there, values, 0), add_up(there)
            self._found["sums"] = add_up(values), known
        return self._found["sums"]

    def around(self, season: int) -> tuple[np.ndarray, np.ndarray]:
        """What values lie from the mean of the season around them, and where that is known.

        Returns:
            ``(count, season + length)`` each, after a season of nothing; zeros where unknown. The
            latter is one row where it is the same in all of them. The last half season is zero
            too, but not in what was known before (see ``until``).
        """
        if self._later is not None:
            return tuple(  # type: ignore[return-value]
                one[:, : season + self.length] for one in self._later.around(season)
            )
        if season not in self._found:
            self._found[season] = self._look_around(season)
        return self._found[season]

    def _look_around(self, season: int) -> tuple[np.ndarray, np.ndarray]:
        half, length = season // 2, self.length
        inner = slice(season + half, season + length - half)
        sums, number = self.sums()
        around = np.zeros((len(self), season + length))
        known = np.zeros((len(number), season + length))
        if self.is_whole:
            middle = _sum_around(self.values, sums, season)
            middle /= -season
            middle += self.values[:, half : length - half]
            around[:, inner] = middle
            known[:, inner] = 1
            return around, known
        there = np.isfinite(self.values)
        total = _sum_around(np.where(there, self.values, 0), sums, season)
        total /= np.maximum(_sum_around(there.astype(float), number, season), 0.5)
        begun = np.arange(length - 2 * half) >= (length - self.lengths)[:, None]
        inside = begun & there[:, half : length - half]
        around[:, inner] = np.where(inside, self.values[:, half : length - half] - total, 0)
        known[:, inner] = inside
        return around, known


def add_up(values: np.ndarray) -> np.ndarray:
    """Sums of ``(count, length)`` up to each step: ``(count, length + 1)``."""
    sums = np.zeros((len(values), values.shape[1] + 1))
    np.cumsum(values, 1, out=sums[:, 1:])
    return sums


def _sum_around(values: np.ndarray, sums: np.ndarray, season: int) -> np.ndarray:
    """Return ``(count, length - 2 × half)``; an even season has half a weight at either end."""
    half = season // 2
    width = 2 * half + 1
    total = sums[:, width:] - sums[:, :-width]
    if season % 2 == 0:
        ends = values[:, : -2 * half] + values[:, 2 * half :]
        total -= 0.5 * ends
    return total
