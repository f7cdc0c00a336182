"""An interpolated n-gram model of any units: what a language model has to beat.

Its order is chosen on the validation part. Everything is arrays: nothing runs unit by unit.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from lstm_core.tasks.language.baselines.counting import (
    NONE,
    Runs,
    count_runs,
    join_streams,
    number_contexts,
)
from lstm_core.tasks.language.baselines.levels import Level, fit_level

LONGEST = {"characters": 10, "words": 5, "pieces": 6}
"""Units in the longest runs that are tried, by kind; a context is one shorter."""

MOST_RUNS = 15_000_000
"""Different runs of all lengths together; about 70 bytes each while it is fitted."""

_CHUNK = 2_000_000
"""Units that are looked up at once."""


@dataclass(frozen=True)
class Ngrams:
    """A fitted model.

    Attributes:
        num_units: different units, also those that never occurred.
        runs, levels: of 1, 2, … units; as many as the order.
        validation: nats a unit on the validation part of each order that was tried, from 1;
            empty where there was none.
    """

    num_units: int
    runs: tuple[Runs, ...]
    levels: tuple[Level, ...]
    validation: tuple[float, ...] = ()

    @property
    def order(self) -> int:
        return len(self.levels)

    def score(self, streams: Sequence[np.ndarray]) -> np.ndarray:
        """Return the natural log-probability of each unit given those before it, float64 ``(n,)``.

        Documents one behind another; the first unit of one has no context.
        """
        scored = [self._score(*join_streams([stream])) for stream in streams]
        return np.concatenate(scored) if scored else np.zeros(0)

    def predict(self, context: np.ndarray) -> np.ndarray:
        """Return the natural log-probability of each unit that may come next, ``(units,)``.

        Args:
            context: units so far, of which the last ones count.
        """
        shown = np.asarray(context, np.int64)[max(0, len(context) - self.order + 1) :]
        depths = np.arange(len(shown))
        numbers = number_contexts(shown, depths, self.runs[:-1], self.num_units)
        spread = np.full(self.num_units, 1.0 / self.num_units)
        for length, level in enumerate(self.levels):
            number = 0 if not length else int(numbers[length - 1][-1]) if len(shown) else NONE
            spread = level.spread(spread, number)
        return np.log(spread)

    def _score(self, flat: np.ndarray, depths: np.ndarray) -> np.ndarray:
        scores = np.empty(len(flat))
        for start in range(0, len(flat), _CHUNK):
            begin = max(0, start - self.order)
            part = slice(begin, start + _CHUNK)
            # Places before the chunk are context alone; a chunk's depth must not hide them.
            own = _Places.of(flat[part], depths[part] - depths[begin], self.runs, self.num_units)
            below = own.uniform
            for length, level in enumerate(self.levels):
                below = level.refine(below, own.contexts(length), own.numbers[length])
            scores[start : start + _CHUNK] = np.log(below[start - begin :])
        return scores


@dataclass(frozen=True)
class _Places:
    """The places of a text and the runs that end there."""

    numbers: list[np.ndarray]
    num_units: int

    @classmethod
    def of(
        cls, flat: np.ndarray, depths: np.ndarray, runs: Sequence[Runs], num_units: int
    ) -> _Places:
        return cls(number_contexts(flat, depths, runs, num_units), num_units)

    @property
    def uniform(self) -> np.ndarray:
        return np.full(len(self.numbers[0]), 1.0 / self.num_units)

    def contexts(self, length: int) -> np.ndarray:
        """Return the number of the run of ``length`` units before each place."""
        if not length:
            return np.zeros(len(self.numbers[0]), np.int64)
        moved = np.full(len(self.numbers[0]), NONE, np.int64)
        moved[1:] = self.numbers[length - 1][:-1]
        return moved


def fit_ngrams(
    train: Sequence[np.ndarray],
    validation: Sequence[np.ndarray],
    num_units: int,
    longest: int,
    *,
    most_runs: int = MOST_RUNS,
) -> Ngrams:
    """Count the training part and choose the order that tells the validation part best.

    Args:
        train, validation: int32 units from 0, one array a document; without any validation, the
            longest order is taken.
        num_units: different units that there may be.
        longest: the highest order that is tried.
        most_runs: different runs that are counted; see ``MOST_RUNS``.
    """
    runs = count_runs(train, num_units, longest, most_runs)
    if not runs:
        raise ValueError("there is nothing to count")
    lower, top = [], []
    for length, known in enumerate(runs):
        num_contexts = runs[length - 1].num_runs if length else 1
        top.append(fit_level(known, known.counts, num_contexts, num_units))
        if known.preceded is not None:
            lower.append(fit_level(known, known.preceded, num_contexts, num_units))
    losses = _compare_orders(validation, runs, lower, top, num_units)
    order = int(np.argmin(losses)) + 1 if losses else len(runs)
    levels = (*lower[: order - 1], top[order - 1])
    return Ngrams(num_units, tuple(runs[:order]), levels, tuple(losses))


def _compare_orders(
    validation: Sequence[np.ndarray],
    runs: Sequence[Runs],
    lower: Sequence[Level],
    top: Sequence[Level],
    num_units: int,
) -> list[float]:
    """Return nats a unit of each order; all orders share what stands below their highest."""
    flat, depths = join_streams(validation)
    if not len(flat):
        return []
    places = _Places.of(flat, depths, runs, num_units)
    below = places.uniform
    losses = []
    for length, level in enumerate(top):
        contexts, own = places.contexts(length), places.numbers[length]
        contexts = np.where(depths >= length, contexts, NONE)
        losses.append(float(-np.log(level.refine(below, contexts, own)).mean()))
        if length < len(lower):
            below = lower[length].refine(below, contexts, own)
    return losses
