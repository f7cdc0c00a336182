"""What is told of a forecast that was judged. Light, so that pages can read it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from lstm_core.judging.verdict import Verdict
from lstm_core.tasks.forecasting.judging.outcome import ADVICE, Scores, read_outcome


@dataclass(frozen=True, kw_only=True)
class ForecastVerdict(Verdict):
    """What to tell people of a forecast.

    Attributes:
        network_share: of the forecast; the rest is a baseline's.
        blend: that in a sentence; empty where all of it is the network's.
    """

    network_share: float = 1.0
    blend: str = ""

    @property
    def notes(self) -> tuple[str, ...]:
        return (self.blend,) if self.blend else ()

    def to_json(self) -> dict[str, Any]:
        found = super().to_json()
        found["left_out"] = found.pop("left_out")  # last, where all versions have written it
        return found


def read_verdict(
    verdict: Mapping[str, Any], metrics: Scores | None, baselines: Mapping[str, Scores] | None
) -> ForecastVerdict:
    """Read a stored verdict; of an older one, as far as its run tells."""
    outcome = read_outcome(verdict, metrics, baselines)
    known = {"best_baseline": "", **verdict, "outcome": outcome}
    known["advice"] = verdict.get("advice") or ADVICE[outcome]
    return ForecastVerdict.from_json(known)
