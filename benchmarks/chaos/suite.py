"""What every suite of chaos takes and gives."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any


@dataclass(frozen=True)
class Effort:
    """How much to do.

    Attributes:
        seed: of every choice that is left to chance.
        count: how many of what the suite counts, runs or files or visits; None: its own default.
        seconds: how long to go on at most, where the suite goes by time; None: its own default.
        strategy: of the search, in the suite that has one.
    """

    seed: int = 0
    count: int | None = None
    seconds: float | None = None
    strategy: str = "bayesian"


@dataclass(frozen=True)
class Outcome:
    """What came of it.

    Attributes:
        figures: what was counted, ready for JSON.
        limits: what the figures are held to, by the same names.
        faults: a sentence for each thing that is wrong; empty: all is well.
    """

    figures: Mapping[str, Any]
    limits: Mapping[str, Any] = field(default_factory=dict)
    faults: tuple[str, ...] = ()

    def list_faults(self) -> list[str]:
        """Return the faults, with one for each figure above its limit."""
        beyond = [
            f"{name} is {self.figures[name]}, and may be {limit} at most"
            for name, limit in self.limits.items()
            if self.figures[name] > limit
        ]
        return [*self.faults, *beyond]
