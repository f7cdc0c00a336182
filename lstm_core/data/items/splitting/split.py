"""The parts that items are split into."""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np

from lstm_core.errors import DataError

PARTS = ("train", "validation", "test")


def _nothing() -> np.ndarray:
    return np.empty(0, np.int64)


@dataclass(frozen=True, eq=False)
class Split:
    """Positions of items by part, each ascending; no item is in two.

    Attributes:
        train: ``(n,)`` what is learnt from, and all that anything is fitted to.
        validation: ``(n,)`` what decides when to stop, and chooses.
        test: ``(n,)`` what is kept apart to judge.
        left_out: ``(n,)`` what is used for nothing: copies, in the training or validation part as
            given, of what is kept apart; and, in order of time, what comes after the fold's test.
        missing_labels: labels that occur, but not in the training part.
    """

    train: np.ndarray
    validation: np.ndarray
    test: np.ndarray
    left_out: np.ndarray = field(default_factory=_nothing)
    missing_labels: tuple[int, ...] = ()

    @classmethod
    def read(cls, parts: np.ndarray, labels: np.ndarray) -> Split:
        """Take the number of each item's part in ``PARTS``, ``(n,)``; negative is left out.

        Raises:
            DataError: a part is empty.
        """
        train, validation, test = (np.flatnonzero(parts == part) for part in range(len(PARTS)))
        missing = np.setdiff1d(labels[parts >= 0], labels[train])
        split = cls(
            train,
            validation,
            test,
            np.flatnonzero(parts < 0),
            tuple(int(label) for label in missing),
        )
        split._check()
        return split

    @property
    def sizes(self) -> tuple[int, int, int]:
        """Items in the training, the validation and the test part."""
        return len(self.train), len(self.validation), len(self.test)

    def number_parts(self, num_items: int) -> np.ndarray:
        """Return the number of each item's part in ``PARTS``, ``(num_items,)``; -1 is none."""
        parts = np.full(num_items, -1)
        for number, positions in enumerate((self.train, self.validation, self.test)):
            parts[positions] = number
        return parts

    def _check(self) -> None:
        for name, positions in zip(PARTS, (self.train, self.validation, self.test), strict=True):
            if not len(positions):
                raise DataError(
                    f"No item is left for the {name} part.",
                    "Bring more items, keep fewer of them together, or split them another way.",
                )
