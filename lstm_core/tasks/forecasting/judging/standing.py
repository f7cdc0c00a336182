"""How a forecast stands beside the best rule of thumb: the facts, and what follows from them.

All that is said of a run is made from one ``Standing`` (``words``), so no two sentences can
contradict each other. Light, so that pages can read it.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass

from lstm_core.judging.outcome import SIGNIFICANCE, Outcome
from lstm_core.judging.verdict import Comparison
from lstm_core.tasks.forecasting.baselines.naming import PRETRAINED_KIND, read_name

FEWEST_JUDGED = 10
"""Values of the test part, of all series together; fewer tell nothing of a model."""

CLEARLY = 0.02
"""By more than this share an error is clearly larger: a measure that is level but for this is no
reason to withhold a win."""

SLIGHT = 0.01
"""A lead below this share of the rule's error is told, but is no win, however certain: over a
thousand series the smallest one is, and nobody would train a network for it."""

MOST_BIAS = 0.1
"""By so much more than the rule a model may lie too high or too low throughout, as a share of the
rule's mean absolute error: what is off by more than that adds up in every total."""

FAR = 0.5
"""A model whose error is larger by more than this share of the rule's, and not by chance, has
failed: nobody should plan with what it says next."""

MUCH_OF_A_TOTAL = 0.2
"""By so much less or more than what came all forecasts together may be; beyond, it is said."""

LAST_VALUE = "last_value"
"""The simplest rule, which a model is told to beat where it beats no other."""

LOSS_MEASURES = ("mae", "rmse")
"""What has to be no worse either before a win is called one."""

Scores = Mapping[str, float | None]
"""Measures by their names; None where undefined."""


@dataclass(frozen=True, kw_only=True)
class Bias:
    """By how much forecasts lie too high, or too low where it is negative.

    Attributes:
        own, rival: mean of predicted less actual values, lines averaged, as a share of the rule's
            mean absolute error.
        total, rival_total: the sum of all predictions beside that of the actual values, less 1;
            None where actual values of both signs leave no total to speak of.
    """

    own: float
    rival: float
    total: float | None = None
    rival_total: float | None = None

    @property
    def is_worse(self) -> bool:
        return abs(self.own) - abs(self.rival) > MOST_BIAS

    @property
    def misses_totals(self) -> bool:
        return self.total is not None and abs(self.total) > MUCH_OF_A_TOTAL


@dataclass(frozen=True)
class Other:
    """What has a part of the forecast beside the network.

    Attributes:
        title: a rule's, or the pre-trained LSTM's, for people. ``name``: its own.
    """

    weight: float
    title: str
    name: str = ""

    @property
    def is_pretrained(self) -> bool:
        return read_name(self.name)[0] == PRETRAINED_KIND


@dataclass(frozen=True)
class Share:
    """The network's part of the forecast in one fold, and whose the rest is."""

    weight: float
    others: tuple[Other, ...] = ()


@dataclass(frozen=True, kw_only=True)
class Standing:
    """The facts of one run, over all folds of its test part.

    Attributes:
        rival: the best rule, named for people.
        against: the model beside it.
        num_judged: values of the test part.
        ratios: by ``LOSS_MEASURES``, the model's error beside the rule's; infinite where that is 0.
        bias: None where it was not measured.
        simplest: beside the last value, where that is another rule; its name for people.
        shares: for each fold that a network was trained for; empty: all of it is the network's.
        leaking: columns that give the answer away; hostile text.
        may_fall_back: the rule may take over beyond the data, where the model failed.
    """

    rival: str
    against: Comparison
    num_judged: int
    ratios: Mapping[str, float]
    bias: Bias | None = None
    simplest: tuple[str, Comparison] | None = None
    shares: tuple[Share, ...] = ()
    leaking: tuple[str, ...] = ()
    may_fall_back: bool = False

    @property
    def worse(self) -> tuple[str, float] | None:
        """The measure by which the model is clearly and furthest behind, and the ratio."""
        return choose_worst(self.ratios)

    @property
    def is_slight(self) -> bool:
        """Whether it is better beyond chance, by next to nothing."""
        skill = self.against.skill
        return self.against.is_win and skill is not None and skill < SLIGHT

    @property
    def has_worse_bias(self) -> bool:
        return self.bias is not None and self.bias.is_worse

    @property
    def is_network_silent(self) -> bool:
        """Whether the forecast is the rules' alone in every fold."""
        return bool(self.shares) and all(share.weight == 0 for share in self.shares)

    @property
    def has_failed(self) -> bool:
        """Whether its error is far larger than the rule's, and not by chance."""
        skill = self.against.skill
        return self.outcome == "loss" and (skill is None or skill < -FAR)

    @property
    def falls_back(self) -> bool:
        """Whether the test part leaves the forecast beyond the data to the rule alone."""
        is_mine = not self.shares or self.shares[-1].weight > 0
        return self.may_fall_back and is_mine and self.has_failed

    @property
    def network_share(self) -> float:
        """The network's part of the forecast beyond the data."""
        if self.falls_back:
            return 0.0
        return self.shares[-1].weight if self.shares else 1.0

    @property
    def outcome(self) -> Outcome:
        if self.num_judged < FEWEST_JUDGED:
            return "few"
        has_fault = (
            self.worse is not None
            or self.is_slight
            or self.has_worse_bias
            or self.is_network_silent
            or bool(self.leaking)
        )
        against = self.against
        return tell_outcome(
            against.skill, against.p_value, has_fault=has_fault, is_win=against.is_win
        )


def compare_errors(metrics: Scores, rival: Scores) -> dict[str, float]:
    """Return a model's errors beside a rule's, for each of ``LOSS_MEASURES`` that both have."""
    ratios = {}
    for measure in LOSS_MEASURES:
        own, other = metrics.get(measure), rival.get(measure)
        if own is not None and other is not None:
            ratios[measure] = own / other if other > 0 else (math.inf if own > 0 else 1.0)
    return ratios


def choose_worst(ratios: Mapping[str, float]) -> tuple[str, float] | None:
    """Return the measure that is clearly and furthest behind; None where none is."""
    behind = {name: ratio for name, ratio in ratios.items() if ratio > 1.0 + CLEARLY}
    if not behind:
        return None
    worst = max(behind, key=lambda name: behind[name])
    return worst, behind[worst]


def tell_outcome(
    skill: float | None, p_value: float | None, *, has_fault: bool, is_win: bool
) -> Outcome:
    """Return how a model stands.

    Args:
        skill, p_value, is_win: as in ``Comparison``.
        has_fault: something speaks against a win that the deciding measure does not see.
    """
    if is_win:
        return "mixed" if has_fault else "win"
    if skill is None:
        return "loss"
    if skill > 0:
        return "unclear"
    if skill == 0:
        return "level"
    return "loss" if p_value is not None and p_value > 1.0 - SIGNIFICANCE else "behind"
