"""What is told of a classifier that was judged. Light, so that pages can read it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from typing import Any, Literal

from lstm_core.judging.outcome import Outcome

Test = Literal["mcnemar", "exchange", "groups", "folds", "none"]
"""McNemar's; exchanging what both say of an item, or of a group; over folds; nothing to test."""


@dataclass(frozen=True)
class Comparison:
    """The model beside one baseline.

    Attributes:
        gain: by how much it is better, in units of the measure; below 0 where it is worse.
        skill: 1 - error / the baseline's; None where that is zero.
        p_value: how likely such a gain is by chance; None with too little to tell.
        test: how that was found.
        model_alone, rival_alone: items that only one of them has right.
        is_win: better, beyond chance.
    """

    gain: float
    skill: float | None
    p_value: float | None
    test: Test
    model_alone: int
    rival_alone: int
    is_win: bool


@dataclass(frozen=True)
class Verdict:
    """What to tell people.

    Attributes:
        outcome: how it stands beside the best baseline.
        beats_baseline: wins against that, and is worse by no other measure of labels.
        best_baseline: the best of them by the measure.
        measure: the key of the measure that decides.
        value, baseline_value: of the model and of that baseline.
        accuracy: the share of items that got their right label, with the ends of its 95% interval.
        skill: 1 - error / the baseline's; None where that is zero.
        num_items, num_labels: what was judged, and how many labels there are to choose from.
        comparisons: for each baseline.
        sentence: all of this in words.
        advice: what that means for who has to choose; empty after a win.
        left_out: baselines that could not be had, each with the reason in a sentence.
    """

    outcome: Outcome
    beats_baseline: bool
    best_baseline: str
    measure: str
    value: float
    baseline_value: float
    accuracy: tuple[float, float, float]
    skill: float | None
    num_items: int
    num_labels: int
    comparisons: Mapping[str, Comparison]
    sentence: str
    advice: str
    left_out: Mapping[str, str] = field(default_factory=dict)

    def to_json(self) -> dict[str, Any]:
        found = asdict(self)
        found["accuracy"] = list(self.accuracy)
        return found

    @classmethod
    def from_json(cls, found: Mapping[str, Any]) -> Verdict:
        """Read what ``to_json`` wrote."""
        known = dict(found)
        low, middle, high = known["accuracy"]
        known["accuracy"] = (low, middle, high)
        known["comparisons"] = {
            name: Comparison(**each) for name, each in known["comparisons"].items()
        }
        return cls(**known)
