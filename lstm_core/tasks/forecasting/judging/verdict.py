"""What is told of a forecast that was judged. Light, so that pages can read it."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any, Self

from lstm_core.judging.peer import Peer
from lstm_core.judging.verdict import Comparison, Verdict
from lstm_core.spec import ExperimentSpec
from lstm_core.tasks.forecasting.baselines.naming import read_name
from lstm_core.tasks.forecasting.judging.outcome import ADVICE, read_outcome
from lstm_core.tasks.forecasting.judging.pretrained_result import PRETRAINED, PretrainedResult
from lstm_core.tasks.forecasting.judging.standing import Scores, Standing
from lstm_core.tasks.forecasting.judging.words import say_advice, say_blend, say_verdict


@dataclass(frozen=True, kw_only=True)
class ForecastVerdict(Verdict):
    """What to tell people of a forecast.

    Attributes:
        network_share: of the forecast beyond the data; the rest is a baseline's, or the pre-trained
            LSTM's.
        rule: that baseline, by its own name; that LSTM's where there is none; empty where neither
            is, or an older version kept none.
        fell_back: the rule has taken over beyond the data because the network failed its test.
        network_shares: the network's part for each fold that one was trained for; empty where all
            of it is the network's, or an older version kept none.
        blend: that in a sentence; empty where all of it is the network's.
        rmse_ratio: the model's RMSE beside the best baseline's; None: not known, or without bounds.
        bias, rival_bias: by how much both lie too high, too low where negative, as a share of the
            best baseline's mean absolute error; None: not known.
        total_bias: the sum of all predictions beside that of the actual values, less 1; None: not
            known, or there is no total to speak of.
        drawn: that not every cutoff was judged at, in a sentence; else empty.
        leaking: columns that give the answer away; hostile text.
        pretrained: what the pre-trained network came to; None where nobody asked it.
    """

    network_share: float = 1.0
    rule: str = ""
    fell_back: bool = False
    network_shares: tuple[float, ...] = ()
    blend: str = ""
    rmse_ratio: float | None = None
    bias: float | None = None
    rival_bias: float | None = None
    total_bias: float | None = None
    drawn: str = ""
    leaking: tuple[str, ...] = ()
    pretrained: PretrainedResult | None = None

    @classmethod
    def of(
        cls,
        standing: Standing,
        *,
        best_baseline: str,
        comparisons: Mapping[str, Comparison],
        left_out: Mapping[str, str],
        pretrained: PretrainedResult | None,
    ) -> Self:
        """Tell a standing: every sentence and every figure comes from it."""
        outcome, against, bias = standing.outcome, standing.against, standing.bias
        ratio = standing.ratios.get("rmse", math.inf)
        return cls(
            outcome=outcome,
            beats_baseline=outcome == "win",
            best_baseline=best_baseline,
            skill=against.skill,
            folds_won=against.folds_won,
            num_folds=against.num_folds,
            comparisons=comparisons,
            sentence=say_verdict(standing),
            advice=say_advice(standing),
            left_out=left_out,
            network_share=standing.network_share,
            rule=_find_rule(standing, best_baseline),
            fell_back=standing.falls_back,
            network_shares=tuple(share.weight for share in standing.shares),
            blend=say_blend(standing),
            rmse_ratio=ratio if math.isfinite(ratio) else None,
            bias=None if bias is None else bias.own,
            rival_bias=None if bias is None else bias.rival,
            total_bias=None if bias is None else bias.total,
            leaking=standing.leaking,
            pretrained=pretrained,
        )

    def follows_covariates(self, spec: ExperimentSpec) -> bool:
        """Whether other values of what is known ahead would change what lies beyond the data.

        Args:
            spec: of the run, filled in.
        """
        is_read = self.network_share > 0 and spec.task.covariates != "none"
        return is_read or read_name(self.rule)[0] == "regression"

    @property
    def notes(self) -> tuple[str, ...]:
        advice = "" if self.pretrained is None else self.pretrained.advice
        return tuple(note for note in (self.blend, advice, self.drawn) if note)

    @property
    def peers(self) -> tuple[Peer, ...]:
        return () if self.pretrained is None else self.pretrained.peers

    @property
    def peer_notes(self) -> tuple[str, ...]:
        return () if self.pretrained is None else self.pretrained.notes

    def to_json(self) -> dict[str, Any]:
        found = super().to_json()
        found["left_out"] = found.pop("left_out")  # last, where all versions have written it
        if not self.drawn:
            found.pop("drawn")
        if self.pretrained is None:
            found.pop(PRETRAINED)
        return found

    @classmethod
    def from_json(cls, found: Mapping[str, Any]) -> Self:
        lists = {name: tuple(found.get(name) or ()) for name in ("network_shares", "leaking")}
        verdict = super().from_json({**found, **lists, PRETRAINED: None})
        stored = found.get(PRETRAINED)
        if stored is None:
            return verdict
        return replace(verdict, pretrained=PretrainedResult.from_json(stored))


def _find_rule(standing: Standing, best_baseline: str) -> str:
    if standing.falls_back:
        return best_baseline
    others = standing.shares[-1].others if standing.shares else ()
    rules = [other.name for other in others if not other.is_pretrained]
    return next(iter([*rules, *(other.name for other in others)]), "")


def read_verdict(
    verdict: Mapping[str, Any], metrics: Scores | None, baselines: Mapping[str, Scores] | None
) -> ForecastVerdict:
    """Read a stored verdict; of an older one, as far as its run tells."""
    outcome = read_outcome(verdict, metrics, baselines)
    known = {"best_baseline": "", **verdict, "outcome": outcome}
    known["advice"] = verdict.get("advice") or ADVICE[outcome]
    return ForecastVerdict.from_json(known)
