"""What is told of a translator that was judged. Light, so that pages can read it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, ClassVar, Self

from lstm_core.judging.verdict import Comparison, Verdict

FEWEST_JUDGED = 50
"""Pairs of the test part; fewer tell nothing of a model."""


@dataclass(frozen=True, kw_only=True)
class PairComparison(Comparison):
    """The model beside one baseline.

    Attributes:
        gain: by how much it is better, in units of the measure; below 0 where it is worse.
    """

    gain: float


@dataclass(frozen=True, kw_only=True)
class PairVerdict(Verdict):
    """What to tell people of a translator.

    Attributes:
        measure: the key of the measure that decides.
        value, baseline_value: of the model and of the best baseline.
        interval: between what the measure lies with 95%.
        num_pairs: that were judged. ``num_copied``: of them, whose source is learnt from as well.
        signatures: by the key of a measure, how it was counted, for whoever compares.
    """

    comparison_kind: ClassVar[type[Comparison]] = PairComparison

    measure: str
    value: float
    baseline_value: float
    interval: tuple[float, float]
    num_pairs: int
    num_copied: int
    signatures: Mapping[str, str]

    @property
    def notes(self) -> tuple[str, ...]:
        if not self.num_copied:
            return ()
        return (
            f"Of {self.num_copied:,} of the {self.num_pairs:,} pairs judged, the source is learnt "
            "from as well: new ones will come out worse.",
        )

    def to_json(self) -> dict[str, Any]:
        return {**super().to_json(), "interval": list(self.interval)}

    @classmethod
    def from_json(cls, found: Mapping[str, Any]) -> Self:
        """Read what ``to_json`` wrote."""
        low, high = found["interval"]
        return super().from_json({**found, "interval": (low, high)})
