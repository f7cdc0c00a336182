"""What is said of a run follows from its facts, and no two sentences contradict each other."""

from __future__ import annotations

import json
import math
import re
from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from lstm_core.judging.verdict import Comparison
from lstm_core.spec import ExperimentSpec
from lstm_core.tasks.forecasting.judging.judgement import measure_bias
from lstm_core.tasks.forecasting.judging.metrics import Sums
from lstm_core.tasks.forecasting.judging.scoreboard import Block, Scoreboard
from lstm_core.tasks.forecasting.judging.standing import Bias, Other, Share, Standing
from lstm_core.tasks.forecasting.judging.verdict import ForecastVerdict, read_verdict
from lstm_core.tasks.forecasting.judging.words import say_blend, say_verdict
from lstm_core.tasks.forecasting.levels import LEVELS

WON = Comparison(skill=0.2, p_value=0.001, folds_won=3, num_folds=3, is_win=True)
LEVEL = {"mae": 0.8, "rmse": 0.9}


def stand(**facts: object) -> Standing:
    known = {"rival": "the Theta method", "against": WON, "num_judged": 90, "ratios": LEVEL}
    return Standing(**known | facts)  # type: ignore[arg-type]


def share(weight: float, title: str, name: str = "") -> Share:
    return Share(weight, () if weight == 1 else (Other(1 - weight, title, name),))


def tell(standing: Standing) -> ForecastVerdict:
    return ForecastVerdict.of(
        standing, best_baseline="theta", comparisons={}, left_out={}, pretrained=None
    )


def test_a_win_without_fault_is_one() -> None:
    bias = Bias(own=0.25, rival=-0.16, total=0.02, rival_total=-0.01)
    verdict = tell(stand(bias=bias))
    assert (verdict.outcome, verdict.beats_baseline, verdict.advice) == ("win", True, "")
    assert verdict.sentence == "Beats the Theta method by 20%, in 3 of 3 folds of the test part."
    assert (verdict.bias, verdict.rival_bias, verdict.total_bias) == (0.25, -0.16, 0.02)


@pytest.mark.parametrize(("own", "outcome"), [(0.1, "win"), (-0.1, "win"), (0.11, "mixed")])
def test_a_win_lies_no_more_to_one_side_than_is_stated(own: float, outcome: str) -> None:
    assert stand(bias=Bias(own=own, rival=0.0)).outcome == outcome


@pytest.mark.parametrize(("skill", "outcome"), [(0.004, "mixed"), (0.0099, "mixed"), (0.01, "win")])
def test_a_lead_of_next_to_nothing_is_no_win_however_certain(skill: float, outcome: str) -> None:
    standing = stand(against=replace(WON, skill=skill))
    assert standing.outcome == outcome
    verdict = tell(standing)
    assert verdict.beats_baseline == (outcome == "win")
    assert ("hardly worth a network" in verdict.sentence) == (outcome == "mixed")
    assert ("take it" in verdict.advice) == (outcome == "mixed")


def test_a_forecast_of_zeros_wins_nothing() -> None:
    bias = Bias(own=-0.97, rival=0.02, total=-0.97, rival_total=0.03)
    verdict = tell(stand(bias=bias))
    assert (verdict.outcome, verdict.beats_baseline) == ("mixed", False)
    assert verdict.sentence == (
        "Beats the Theta method by 20% on average, in 3 of 3 folds of the test part, but it "
        "under-forecasts totals by 97%, where that rule over-forecasts totals by 3%."
    )
    assert "totals count" in verdict.advice


@pytest.mark.parametrize("against", [WON, replace(WON, skill=-0.1, is_win=False)])
def test_a_total_that_is_missed_is_said_whoever_misses_it_as_well(against: Comparison) -> None:
    """A rule that says zero of what is mostly zero is no better there."""
    bias = Bias(own=-0.97, rival=-0.97, total=-0.97, rival_total=-0.98)
    said = tell(stand(against=against, bias=bias)).sentence
    assert said.endswith(" It under-forecasts totals by 97%.")
    near = replace(bias, total=-0.19)
    assert "totals" not in tell(stand(against=against, bias=near)).sentence


def test_what_lies_to_one_side_without_a_total_is_told_in_errors_of_the_rule() -> None:
    said = tell(stand(bias=Bias(own=0.4, rival=-0.05))).sentence
    assert said.endswith(
        "but it lies too high by 40% of that rule's usual miss, where the rule lies too low by 5%."
    )


def test_all_that_is_worse_stands_in_one_sentence() -> None:
    ratios = {"mae": 0.8, "rmse": 1.06}
    said = tell(stand(ratios=ratios, bias=Bias(own=0.4, rival=0.0), leaking=("a*b",))).sentence
    assert "RMSE" in said
    assert "too high" in said
    assert said.endswith('and "a*b" gives the answer away.')
    assert said.count(". ") == 0


def test_a_win_that_a_column_gave_away_is_none() -> None:
    verdict = tell(stand(leaking=("next", "mean")))
    assert (verdict.outcome, verdict.beats_baseline) == ("mixed", False)
    assert verdict.sentence.endswith('but "next", "mean" give the answer away.')
    assert "when such a value is really known" in verdict.advice
    assert verdict.leaking == ("next", "mean")


def test_a_win_without_the_network_is_not_the_network_s() -> None:
    verdict = tell(stand(shares=(share(0.0, "a"), share(0.0, "b"))))
    assert verdict.outcome == "mixed"
    assert "the network added nothing to it: all of it is simple rules'" in verdict.sentence
    assert verdict.blend == (
        "Beyond the data, the forecast is that of b alone. In no fold is any of it the network's: "
        "on rows held out before, it added nothing."
    )
    assert "an LSTM is not needed" in verdict.advice


def test_a_win_of_the_pretrained_lstm_is_not_that_of_rules() -> None:
    alone = Share(0.0, (Other(1.0, "the pre-trained LSTM", "pretrained_3_24"),))
    verdict = tell(stand(shares=(alone,)))
    assert (verdict.outcome, verdict.rule) == ("mixed", "pretrained_3_24")
    assert verdict.sentence.endswith("all of it is the pre-trained LSTM's.")
    assert verdict.blend == (
        "The forecast is that of the pre-trained LSTM alone. On rows held out, the network "
        "added nothing to it."
    )
    assert "take it as it comes" in verdict.advice
    assert not verdict.follows_covariates(ExperimentSpec())


def test_all_who_speak_are_told_with_their_share() -> None:
    others = Other(0.7, "the pre-trained LSTM", "pretrained_3_24"), Other(0.2, "ETS", "ets")
    verdict = tell(stand(shares=(Share(0.1, others),)))
    assert (verdict.outcome, verdict.rule) == ("win", "ets")
    assert verdict.blend == (
        "The forecast is a mean: 10% of it the network's, 70% that of the pre-trained LSTM and 20% "
        "that of ETS, as was best on rows held out."
    )
    silent = Share(0.0, (replace(others[0], weight=0.8), others[1]))
    told = tell(stand(shares=(silent,)))
    assert told.sentence.endswith("all of it is the pre-trained LSTM's and simple rules'.")
    assert "take it as it comes" in told.advice
    assert told.blend == (
        "The forecast is a mean: 80% of it that of the pre-trained LSTM, the rest that of ETS. On "
        "rows held out, the network added nothing to it."
    )


def test_a_share_that_differs_by_fold_is_not_told_by_the_last_alone() -> None:
    blend = say_blend(stand(shares=(share(0.6, "ETS"), share(0.2, "ETS"), share(0.0, "drift"))))
    assert blend == (
        "Beyond the data, the forecast is that of drift alone. In the folds of the test part the "
        "network's share went from 0% to 60%, as was best on rows held out before each."
    )
    assert "added nothing" not in blend


LOST = Comparison(skill=-0.51, p_value=0.99, folds_won=0, num_folds=3, is_win=False)


def test_a_network_that_failed_its_test_leaves_what_comes_to_the_rule() -> None:
    verdict = tell(stand(against=LOST, may_fall_back=True, shares=(share(0.6, "ETS", "ets"),)))
    assert (verdict.fell_back, verdict.rule, verdict.network_share) == (True, "theta", 0.0)
    assert verdict.network_shares == (0.6,)
    assert verdict.blend == (
        "Beyond the data, the forecast is that of the Theta method alone: what the network said of "
        "the test part was too far off."
    )
    assert verdict.advice.startswith("A simple rule does far better here, so it has taken over.")
    assert not verdict.follows_covariates(ExperimentSpec())


@pytest.mark.parametrize(
    "facts",
    [
        {"may_fall_back": False},
        {"against": replace(LOST, skill=-0.49)},
        {"against": replace(LOST, p_value=0.6)},
        {"num_judged": 9},
        {"shares": (share(0.0, "ETS", "ets"),)},
    ],
    ids=["is not wanted", "not so far off", "can be chance", "few values", "is a rule already"],
)
def test_it_does_not_where_that_says_too_little(facts: dict[str, object]) -> None:
    verdict = tell(stand(**{"against": LOST, "may_fall_back": True} | facts))
    assert not verdict.fell_back
    assert "too far off" not in verdict.blend


def test_what_is_known_ahead_matters_to_a_network_and_to_a_regression() -> None:
    mixed = (share(0.4, "ETS", "ets"),)
    regressed = (share(0.0, "a regression", "regression_7"),)
    ruled = (share(0.0, "ETS", "ets"),)
    verdicts = [tell(stand(shares=each)) for each in ((), mixed, regressed, ruled)]
    spec = ExperimentSpec()
    assert [each.follows_covariates(spec) for each in verdicts] == [True, True, True, False]
    silent = spec.with_values({"task.covariates": "none"})
    assert [each.follows_covariates(silent) for each in verdicts] == [False, False, True, False]


COMPARISONS = st.builds(
    lambda skill, p_value, won, count: Comparison(
        skill=skill,
        p_value=p_value,
        folds_won=min(won, count),
        num_folds=count,
        is_win=skill is not None and skill > 0 and p_value is not None and p_value < 0.05
        and min(won, count) * 2 > count,
    ),
    st.none() | st.floats(-5, 1) | st.just(0.0),
    st.none() | st.floats(0, 1),
    st.integers(0, 9),
    st.integers(1, 9),
)  # fmt: skip
BIASES = st.builds(
    Bias,
    own=st.floats(-9, 9),
    rival=st.floats(-9, 9),
    total=st.none() | st.floats(-1, 9),
    rival_total=st.none() | st.floats(-1, 9),
)
RATIOS = st.fixed_dictionaries(
    {"mae": st.floats(0, 9), "rmse": st.floats(0, 9) | st.just(math.inf)}
)
SHARES = st.lists(
    st.builds(share, st.sampled_from([0.0, 0.5, 1.0]), st.sampled_from(["ETS", "drift"])),
    max_size=3,
)
STANDINGS = st.builds(
    Standing,
    rival=st.just("the Theta method"),
    against=COMPARISONS,
    num_judged=st.integers(1, 99),
    ratios=RATIOS,
    bias=st.none() | BIASES,
    simplest=st.none() | st.tuples(st.just("repeating the last value"), COMPARISONS),
    shares=SHARES.map(tuple),
    leaking=st.lists(st.just("next"), max_size=1).map(tuple),
    may_fall_back=st.booleans(),
)


@given(STANDINGS)
def test_no_facts_make_sentences_that_contradict_each_other(standing: Standing) -> None:
    verdict = tell(standing)
    said, outcome = verdict.sentence, verdict.outcome
    assert verdict.beats_baseline == (outcome == "win") == (verdict.advice == "")
    assert said.startswith("Beats") == (outcome in ("win", "mixed"))
    assert (", but " in said) == (outcome == "mixed")
    assert said.startswith("No clear winner") == (outcome == "unclear")
    assert said.startswith("Does not beat") == (outcome in ("level", "behind", "loss"))
    if outcome == "win":
        assert standing.worse is None
        assert not standing.has_worse_bias
        assert not standing.leaking
        assert standing.against.is_win
        assert not standing.is_slight
        assert any(share > 0 for share in verdict.network_shares or (1.0,))
    if "added nothing" in said + verdict.blend:
        assert not any(verdict.network_shares)
    if verdict.fell_back:
        assert verdict.network_share == 0.0
        assert outcome == "loss"
        assert "too far off" in verdict.blend
    elif standing.shares:
        assert verdict.network_share == standing.shares[-1].weight
    assert not re.search(r"inf|nan|None", said)
    stored = json.loads(json.dumps(verdict.to_json(), allow_nan=False))
    assert read_verdict(stored, None, None) == verdict


def test_bias_and_totals_are_added_up_over_blocks_and_lines() -> None:
    board = Scoreboard()
    actual = np.array([[1.0, 3.0], [2.0, np.nan]])
    for line, scale, size in (("a", 2.0, 1.0), ("b", 20.0, 10.0)):
        board.add(
            Block(
                (line, "y"),
                scale,
                np.ones(2, int),
                np.arange(2),
                size * actual,
                {"model": size * (actual - 1.0), "last_value": size * (actual + 0.5)},
                np.zeros((2, 2, len(LEVELS), 2)),
            )
        )
    own, rival = board.sum_up("model"), board.sum_up("last_value")
    assert own == Sums(error=0.5, bias=-0.5, predicted=33.0, actual=66.0, size=66.0)
    assert measure_bias(own, rival) == Bias(own=-2.0, rival=1.0, total=-0.5, rival_total=0.25)
    assert say_verdict(stand(bias=measure_bias(own, rival))).endswith("by 50%, where that rule "
        "over-forecasts totals by 25%.")  # fmt: skip


def test_values_of_both_signs_have_no_total() -> None:
    own = Sums(error=1.0, bias=0.5, predicted=3.0, actual=1.0, size=9.0)
    found = measure_bias(own, own)
    assert found is not None
    assert found.total is None
    assert measure_bias(own, Sums(0.0, 0.0, 1.0, 1.0, 1.0)) is None
