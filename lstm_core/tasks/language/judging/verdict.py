"""What is told of a model that writes."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, ClassVar, Self

from lstm_core.judging.verdict import Comparison, Verdict

FEWEST_JUDGED = 1_000
"""Characters; fewer tell nothing of a model."""


@dataclass(frozen=True, kw_only=True)
class TextComparison(Comparison):
    """The model beside one baseline.

    Attributes:
        gain: by how much it is less surprised, in nats a unit; below 0 where it is more.
    """

    gain: float


@dataclass(frozen=True, kw_only=True)
class TextVerdict(Verdict):
    """What to tell people of a model that writes.

    Attributes:
        measure: the key of the measure that decides.
        value, baseline_value: of the model and of the best baseline.
        interval: between what nats a unit lie with 95%.
        num_characters, num_units: what was judged.
        num_copied: characters that were not, as they stand in the training part as well.
        num_left: characters that were not, for time.
    """

    comparison_kind: ClassVar[type[Comparison]] = TextComparison

    measure: str
    value: float
    baseline_value: float
    interval: tuple[float, float]
    num_characters: int
    num_units: int
    num_copied: int = 0
    num_left: int = 0

    @property
    def notes(self) -> tuple[str, ...]:
        told = []
        if self.num_copied:
            told.append(
                f"{self.num_copied:,} characters of the held-out text stand in the training part "
                "as well, and are not judged by."
            )
        if self.num_left:
            judged = self.num_characters
            told.append(
                f"Judged at {judged:,} of {judged + self.num_copied + self.num_left:,} characters."
            )
        return tuple(told)

    def to_json(self) -> dict[str, Any]:
        return {**super().to_json(), "interval": list(self.interval)}

    @classmethod
    def from_json(cls, found: Mapping[str, Any]) -> Self:
        """Read what ``to_json`` wrote."""
        low, high = found["interval"]
        return super().from_json({**found, "interval": (low, high)})
