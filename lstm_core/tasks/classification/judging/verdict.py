"""What is told of a classifier that was judged. Light, so that pages can read it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, ClassVar, Literal, Self

from lstm_core.judging.verdict import Comparison, Verdict

Test = Literal["mcnemar", "exchange", "groups", "folds", "none"]
"""McNemar's; exchanging what both say of an item, or of a group; over folds; nothing to test."""

FEWEST_JUDGED = 20
"""Items of the test part; fewer tell nothing of a model."""


@dataclass(frozen=True, kw_only=True)
class LabelComparison(Comparison):
    """The model beside one baseline.

    Attributes:
        gain: by how much it is better, in units of the measure; below 0 where it is worse.
        test: how ``p_value`` was found.
        model_alone, rival_alone: items that only one of them has right.
    """

    gain: float
    test: Test
    model_alone: int
    rival_alone: int


@dataclass(frozen=True, kw_only=True)
class LabelVerdict(Verdict):
    """What to tell people of a classifier.

    Attributes:
        measure: the key of the measure that decides.
        value, baseline_value: of the model and of the best baseline.
        accuracy: the share of items that got their right label, with the ends of its 95% interval.
        num_items, num_labels: what was judged, and how many labels there are to choose from.
    """

    comparison_kind: ClassVar[type[Comparison]] = LabelComparison

    measure: str
    value: float
    baseline_value: float
    accuracy: tuple[float, float, float]
    num_items: int
    num_labels: int

    def to_json(self) -> dict[str, Any]:
        return {**super().to_json(), "accuracy": list(self.accuracy)}

    @classmethod
    def from_json(cls, found: Mapping[str, Any]) -> Self:
        """Read what ``to_json`` wrote."""
        low, middle, high = found["accuracy"]
        return super().from_json({**found, "accuracy": (low, middle, high)})
