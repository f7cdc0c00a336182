"""What is asked of a split."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

How = Literal["stratified", "grouped", "time", "given"]
"""Labels as even as can be; so with no group on two sides; the newest items kept apart; as the
items say themselves."""


@dataclass(frozen=True)
class SplitPlan:
    """What is asked of a split.

    Attributes:
        how: see ``How``.
        test_share: of all items, kept apart to judge.
        validation_share: of the others, kept to decide when to stop.
        seed: chooses among what is equally good.
        keep_copies_together: whether exact copies of an item are on one side. Without it what is
            reported is better than what will come; it is for showing by how much.
    """

    how: How = "stratified"
    test_share: float = 0.2
    validation_share: float = 0.15
    seed: int = 0
    keep_copies_together: bool = True

    def __post_init__(self) -> None:
        for name in ("test_share", "validation_share"):
            if not 0.0 < getattr(self, name) < 1.0:
                raise ValueError(f"{name} lies between 0 and 1, not at {getattr(self, name)}.")

    @property
    def shares(self) -> tuple[float, float, float]:
        """Of all items, in the order of ``PARTS``."""
        rest = 1.0 - self.test_share
        return (
            rest * (1.0 - self.validation_share),
            rest * self.validation_share,
            self.test_share,
        )
