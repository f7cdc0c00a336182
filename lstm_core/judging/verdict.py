"""What is told of a model that was judged, whatever its task. Light, so that pages can read it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass, field, fields
from typing import Any, ClassVar, Self

from lstm_core.judging.outcome import Outcome
from lstm_core.judging.peer import Peer


@dataclass(frozen=True, kw_only=True)
class Comparison:
    """The model beside one baseline.

    Attributes:
        skill: 1 - error / the baseline's error; None where that is zero.
        p_value: how likely such an advantage is by chance; None with too little to tell.
        folds_won, num_folds: in how many folds the model is better; 0 of 0 without folds.
        is_win: better on the whole, beyond chance.
    """

    skill: float | None = None
    p_value: float | None = None
    folds_won: int = 0
    num_folds: int = 0
    is_win: bool = False


@dataclass(frozen=True, kw_only=True)
class Verdict:
    """What to tell people; a task adds what only it can tell.

    Attributes:
        comparison_kind: what its comparisons are.
        outcome: how it stands beside the best baseline.
        beats_baseline: wins against that, and is worse by no other measure.
        best_baseline: its name.
        skill: against it; None where its error is zero.
        folds_won, num_folds: against it; 0 of 0 without folds.
        comparisons: for each baseline; empty where an older version kept none.
        sentence: all of this in words.
        advice: what that means for who has to choose; empty after a win.
        left_out: baselines that could not be had, each with the reason in a sentence.
    """

    comparison_kind: ClassVar[type[Comparison]] = Comparison

    outcome: Outcome
    beats_baseline: bool
    best_baseline: str
    skill: float | None = None
    folds_won: int = 0
    num_folds: int = 0
    comparisons: Mapping[str, Comparison] = field(default_factory=dict)
    sentence: str
    advice: str = ""
    left_out: Mapping[str, str] = field(default_factory=dict)

    @property
    def p_value(self) -> float | None:
        """How likely the advantage over the best baseline is by chance; None: not known."""
        against = self.comparisons.get(self.best_baseline)
        return None if against is None else against.p_value

    @property
    def notes(self) -> tuple[str, ...]:
        """Sentences that belong beneath the verdict, in a task's own words."""
        return ()

    @property
    def peers(self) -> tuple[Peer, ...]:
        """What else was judged on the same part, and is no baseline."""
        return ()

    @property
    def peer_notes(self) -> tuple[str, ...]:
        """Sentences on what peers are, and on those that are missing."""
        return ()

    def to_json(self) -> dict[str, Any]:
        return asdict(self)

    @classmethod
    def from_json(cls, found: Mapping[str, Any]) -> Self:
        """Read what ``to_json`` wrote, in this version or an older one.

        What an older one did not keep is as where there is none; what is of another task or of a
        newer version is passed over.
        """
        known = keep_fields(cls, found)
        compared = known.get("comparisons") or {}
        kind = cls.comparison_kind
        known["comparisons"] = {
            name: kind(**keep_fields(kind, each)) for name, each in compared.items()
        }
        return cls(**known)


def keep_fields(kind: type[Any], found: Mapping[str, Any]) -> dict[str, Any]:
    """Return what of stored values a dataclass has fields for."""
    names = {each.name for each in fields(kind)}
    return {name: value for name, value in found.items() if name in names}
