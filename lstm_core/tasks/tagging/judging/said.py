"""What was said of steps, and how it is counted: by entity or by tag, sequence by sequence."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from lstm_core.data.tagged.entities import find_entities, list_types

SMALLEST = 1e-12
"""Of a probability whose logarithm is taken."""


@dataclass(frozen=True, eq=False)
class Said:
    """What somebody says of steps.

    Attributes:
        tags: ``(steps,)`` numbers.
        shares: ``(steps, tags)`` probabilities.
    """

    tags: np.ndarray
    shares: np.ndarray

    @property
    def certainties(self) -> np.ndarray:
        """How likely each step's tag is, by what is said, ``(steps,)``."""
        found: np.ndarray = self.shares[np.arange(len(self.tags)), self.tags]
        return found


@dataclass(frozen=True, eq=False)
class Truth:
    """The sequences that are judged.

    Attributes:
        names: of the tags that can be said. ``marks_entities``: whether they mark entities.
        tags: ``(steps,)`` as they are, by name. ``lengths``: ``(sequences,)``.
        units: ``(sequences,)`` numbers from 0: sequences of one resemble each other.
    """

    names: Sequence[str]
    marks_entities: bool
    tags: np.ndarray
    lengths: np.ndarray
    units: np.ndarray

    @property
    def classes(self) -> list[str]:
        """What is counted: types of entities, or tags; those that only the truth has as well."""
        every = [*self.names, *dict.fromkeys(self.tags.tolist())]
        return list_types(every) if self.marks_entities else sorted(set(every))

    @property
    def numbers(self) -> np.ndarray:
        """The tags by number, ``(steps,)``; -1 for one that can't be said."""
        number = {name: place for place, name in enumerate(self.names)}
        return np.array([number.get(tag, -1) for tag in self.tags], np.int64)


@dataclass(frozen=True, eq=False)
class Tally:
    """What was counted in each sequence, ``(sequences, classes)`` each.

    Attributes:
        right: that are there and were said. ``said``: that were. ``there``: that are.
    """

    right: np.ndarray
    said: np.ndarray
    there: np.ndarray

    def sum_by(self, units: np.ndarray) -> Tally:
        """Return the same of units, numbers from 0 for each sequence."""
        count = int(units.max(initial=-1)) + 1

        def add_up(counts: np.ndarray) -> np.ndarray:
            total = np.zeros((count, counts.shape[1]))
            np.add.at(total, units, counts)
            return total

        return Tally(add_up(self.right), add_up(self.said), add_up(self.there))


def count(truth: Truth, tags: np.ndarray) -> Tally:
    """Count entities or tags that are right, ``tags``: ``(steps,)`` numbers that were said."""
    said = np.asarray(truth.names, object)[tags]
    classes = {name: place for place, name in enumerate(truth.classes)}
    shape = (len(truth.lengths), len(classes))
    if not truth.marks_entities:
        rows = np.repeat(np.arange(len(truth.lengths)), truth.lengths)
        own = np.array([classes[tag] for tag in truth.tags], np.int64)
        other = np.array([classes[tag] for tag in said], np.int64)
        return Tally(
            _add(shape, rows[own == other], own[own == other]),
            _add(shape, rows, other),
            _add(shape, rows, own),
        )
    right, told, there = (np.zeros(shape) for _ in range(3))
    end = 0
    for number, length in enumerate(truth.lengths.tolist()):
        begin, end = end, end + length
        real = set(find_entities(truth.tags[begin:end].tolist()))
        heard = set(find_entities(said[begin:end].tolist()))
        for counts, found in ((right, real & heard), (told, heard), (there, real)):
            for entity in found:
                counts[number, classes[entity.type]] += 1
    return Tally(right, told, there)


def _add(shape: tuple[int, int], rows: np.ndarray, columns: np.ndarray) -> np.ndarray:
    counts = np.zeros(shape)
    np.add.at(counts, (rows, columns), 1)
    return counts
