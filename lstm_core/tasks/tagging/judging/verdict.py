"""What is told of a tagger that was judged. Light, so that pages can read it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, ClassVar, Self

from lstm_core.judging.verdict import Comparison, Verdict

FEWEST_JUDGED = 20
"""Entities of the test part, or sequences of plain tags; fewer tell nothing of a model."""


@dataclass(frozen=True, kw_only=True)
class TagComparison(Comparison):
    """The model beside one baseline.

    Attributes:
        gain: by how much it is better, in units of the measure; below 0 where it is worse.
    """

    gain: float


@dataclass(frozen=True, kw_only=True)
class TagVerdict(Verdict):
    """What to tell people of a tagger.

    Attributes:
        measure: the key of the measure that decides.
        value, baseline_value: of the model and of the best baseline.
        interval: between what F1 of entities, or the share of right tags, lies with 95%.
        num_sequences, num_steps: what was judged. ``num_entities``: in it; 0 of plain tags.
    """

    comparison_kind: ClassVar[type[Comparison]] = TagComparison

    measure: str
    value: float
    baseline_value: float
    interval: tuple[float, float]
    num_sequences: int
    num_steps: int
    num_entities: int

    def to_json(self) -> dict[str, Any]:
        return {**super().to_json(), "interval": list(self.interval)}

    @classmethod
    def from_json(cls, found: Mapping[str, Any]) -> Self:
        """Read what ``to_json`` wrote."""
        low, high = found["interval"]
        return super().from_json({**found, "interval": (low, high)})
