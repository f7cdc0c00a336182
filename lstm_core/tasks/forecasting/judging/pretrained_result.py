"""How the pre-trained LSTM did on a run's test part. Light, so that pages can say it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Self

from lstm_core.data.wording import list_names
from lstm_core.judging.peer import Peer
from lstm_core.judging.verdict import Comparison, keep_fields
from lstm_core.ratios import say_difference
from lstm_core.tasks.forecasting.judging.measures import MEASURES

PRETRAINED = "pretrained"
"""The column of tables, and what stands for it in a verdict's JSON."""

TITLE = "Pre-trained LSTM"


@dataclass(frozen=True, kw_only=True)
class PretrainedResult:
    """The pre-trained network beside a run's own; no baseline, and without a say in the verdict.

    Attributes:
        version: of its weights.
        measure: what it is compared by, ``mase`` or ``mae``.
        scores: its measures; None where undefined, empty where it could not be asked.
        own: those of the run's own networks on the same windows.
        num_windows, num_all: how many windows of the test part it was asked on, and all of them.
        comparison: the run's own networks beside it.
        is_better: it is better than they are, by more than chance.
        beats_rules: its error is below that of the best baseline, on the same windows.
        untold: columns that the run's networks read, and it does not.
        left_out: why it was not asked, a clause; empty where it was.
    """

    version: str = ""
    measure: str = ""
    scores: Mapping[str, float | None] = field(default_factory=dict)
    own: Mapping[str, float | None] = field(default_factory=dict)
    num_windows: int = 0
    num_all: int = 0
    comparison: Comparison = field(default_factory=Comparison)
    is_better: bool = False
    beats_rules: bool = False
    untold: tuple[str, ...] = ()
    left_out: str = ""

    @classmethod
    def from_json(cls, found: Mapping[str, Any]) -> Self:
        """Read what ``dataclasses.asdict`` wrote, in this version or another one."""
        known = keep_fields(cls, found)
        known["comparison"] = Comparison(**keep_fields(Comparison, known.get("comparison") or {}))
        known["untold"] = tuple(known.get("untold") or ())
        return cls(**known)

    @property
    def peers(self) -> tuple[Peer, ...]:
        if self.left_out:
            return ()
        return (
            Peer(
                key=PRETRAINED,
                title=TITLE,
                scores=self.scores,
                comparison=self.comparison,
                is_partial=self.is_partial,
            ),
        )

    @property
    def is_partial(self) -> bool:
        return self.num_windows < self.num_all

    @property
    def advice(self) -> str:
        """What it means for who has to choose; empty unless it is clearly the better one."""
        error, own = self.scores.get(self.measure), self.own.get(self.measure)
        if not self.is_better or error is None or not own:
            return ""
        said = (
            "The pre-trained LSTM, trained beforehand on made-up series and never on these, does "
            f"better here: its error is {say_difference(error / own)}."
        )
        if not self.beats_rules:
            return f"{said} The simple rule is better still."
        return f"{said} Take its forecast, or fine-tune it on these rows."

    @property
    def notes(self) -> tuple[str, ...]:
        """What it is, on what it was asked, and what it is not told of."""
        if self.left_out:
            return (f"The pre-trained LSTM is not among them: {self.left_out}.",)
        said = [
            "The pre-trained LSTM was trained beforehand on made-up series, and never on these "
            f"(version {self.version}). It is no baseline to beat."
        ]
        if self.is_partial:
            measure = next(each for each in MEASURES if each.key == self.measure)
            said.append(
                f"It was asked on {self.num_windows:,} of the {self.num_all:,} windows, evenly "
                f"spread, and is compared there: this model's {measure.name} on the same ones is "
                f"{measure.format(self.own.get(self.measure))}."
            )
        if self.untold:
            said.append(
                "It goes by the past of what is predicted alone: it is not told of "
                f"{list_names(self.untold)}."
            )
        return (" ".join(said),)
