from __future__ import annotations

import pytest
from scipy import stats

from lstm_core.judging.measures import Measure
from lstm_core.races.verdict import RaceVerdict, compare_scores, judge_race
from lstm_core.runs.snapshots.status import RunStatus
from tests.races.standings import RULE, make_race, make_standing

STEADY = (0.70, 0.71, 0.72)


def test_a_clear_winner_is_named_with_the_price_of_the_fast_one() -> None:
    verdict = judge_race(
        make_race(
            make_standing("Slow", STEADY, seconds=30),
            make_standing("Quick", (0.80, 0.81, 0.82), seconds=10),
            make_standing("Last", (0.90, 0.91, 0.92), seconds=20),
        )
    )
    assert (verdict.best, verdict.recommended, verdict.is_clear) == ("Slow", "Slow", True)
    assert verdict.p_value is not None
    assert verdict.p_value < 0.01
    assert verdict.sentence == (
        "Slow has the smallest error, 12% below Quick. From seed to seed errors differ by up to "
        "2.8%, so the difference is real here. Quick needs a third of the time, for an error 14% "
        f"larger. Slow is 29% below the best rule of thumb, {RULE}."
    )


def test_of_two_that_are_level_the_faster_one_is_to_be_taken() -> None:
    verdict = judge_race(
        make_race(
            make_standing("Slow", STEADY, seconds=30),
            make_standing("Quick", (0.70, 0.72, 0.73), seconds=15),
            make_standing("Last", (0.90, 0.91, 0.92), seconds=1),
        )
    )
    assert (verdict.best, verdict.recommended, verdict.is_clear) == ("Slow", "Quick", False)
    assert verdict.sentence.startswith(
        "Slow has the smallest error, 0.93% below Quick: no more than seeds differ (4.2%). Of "
        "these, take Quick: it needs half of the time."
    )


def test_the_best_is_to_be_taken_where_speed_is_no_reason() -> None:
    level = (0.70, 0.72, 0.73)
    faster = judge_race(make_race(make_standing("A", STEADY, 10), make_standing("B", level, 30)))
    alike = judge_race(make_race(make_standing("A", STEADY, 30), make_standing("B", level, 28)))
    assert (faster.recommended, alike.recommended) == ("A", "A")
    assert "it is the fastest as well" in faster.sentence
    assert "no other saves much time" in alike.sentence


def test_three_that_are_level_are_named_together() -> None:
    verdict = judge_race(
        make_race(
            make_standing("A", STEADY, 30),
            make_standing("B", (0.70, 0.72, 0.73), 20),
            make_standing("C", (0.70, 0.71, 0.76), 3),
        )
    )
    assert verdict.recommended == "C"
    assert "A, B and C can't be told apart" in verdict.sentence
    assert "take C: it needs a tenth of the time" in verdict.sentence


def test_a_large_gap_between_unsteady_ones_may_still_be_chance() -> None:
    unsteady = make_standing("B", (0.80, 0.90, 0.81))
    verdict = judge_race(make_race(make_standing("A", STEADY), unsteady))
    assert not verdict.is_clear
    assert "15% below B, which can be chance with 3 seeds" in verdict.sentence


def test_folds_say_whether_it_will_hold() -> None:
    def race(ahead: int) -> str:
        best = [{str(fold): 0.5 if fold < ahead else 0.9 for fold in range(4)}] * 3
        second = [dict.fromkeys("0123", 0.7)] * 3
        verdict = judge_race(
            make_race(
                make_standing("A", STEADY, folds=best),
                make_standing("B", (0.80, 0.81, 0.82), folds=second),
            )
        )
        assert (verdict.folds_ahead, verdict.num_folds) == (ahead, 4)
        return verdict.sentence

    assert "it is ahead in 3 of 4 folds of the test part." in race(3)
    assert "ahead in only 2 of 4 folds of the test part, so newer data may" in race(2)


def test_a_rule_of_thumb_that_no_network_beats_is_the_one_to_take() -> None:
    contestants = make_standing("A", STEADY), make_standing("B", (0.80, 0.81, 0.82))

    def race(rule_error: float) -> str:
        return judge_race(make_race(*contestants, rule_error=rule_error)).sentence

    assert f"no network beats the best rule of thumb, {RULE}, whose error is 30%" in race(0.5)
    assert "% smaller: better take that." in race(0.1)
    assert "which is exact on the test part: better take that." in race(0.0)
    assert "no network" not in race(0.72)


@pytest.mark.parametrize(
    ("wins", "words"), [(2, "but 2 of its 3 runs beat"), (0, "none of its runs beats")]
)
def test_a_lead_over_the_rule_that_may_be_chance_is_said_so(wins: int, words: str) -> None:
    best = make_standing("A", STEADY, wins=wins)
    verdict = judge_race(make_race(best, make_standing("B", (0.8, 0.81, 0.82))))
    assert f"{words} that by more than chance." in verdict.sentence


def test_those_without_a_result_are_named_and_the_others_judged() -> None:
    verdict = judge_race(
        make_race(
            make_standing("A", STEADY),
            make_standing("B", (None, 0.80, 0.81)),
            make_standing("C", (None, None, None)),
        )
    )
    assert verdict.is_clear
    assert verdict.sentence.endswith("Without a result: C. Not with all seeds: B.")


def test_too_few_results_are_no_comparison() -> None:
    only = make_race(make_standing("A", STEADY), make_standing("B", (None, 0.5, None)))
    verdict = judge_race(only)
    assert (verdict.is_clear, verdict.p_value) == (False, None)
    assert verdict.sentence.startswith("Too few runs have a result to compare networks.")
    nothing = judge_race(make_race(make_standing("A", (None,) * 3), rule_error=None))
    assert (nothing.best, nothing.recommended) == (None, None)
    assert nothing.sentence == "There is no result. Without a result: A."


def test_while_something_runs_nobody_is_said_to_be_without_a_result() -> None:
    waiting = make_standing("C", (None,) * 3, missing=RunStatus.QUEUED)
    race = make_race(make_standing("A", STEADY), make_standing("B", STEADY), waiting)
    assert "Without" not in judge_race(race).sentence


def test_errors_of_zero_divide_nothing() -> None:
    exact = (0.0, 0.0, 0.0)
    verdict = judge_race(make_race(make_standing("A", exact), make_standing("B", exact)))
    assert "A and B have the same error" in verdict.sentence
    ahead = judge_race(make_race(make_standing("A", exact), make_standing("B", STEADY, seconds=1)))
    assert "for a larger error" in ahead.sentence


def test_unequal_spreads_are_compared_by_the_formula_of_welch() -> None:
    one, other = [1.0, 2.0, 3.0], [2.0, 4.0, 6.0]
    variance_one, variance_other = 1.0 / 3, 4.0 / 3  # of the means
    statistic = 2.0 / (variance_one + variance_other) ** 0.5
    freedom = (variance_one + variance_other) ** 2 / (variance_one**2 / 2 + variance_other**2 / 2)
    expected = 2 * stats.t.sf(statistic, freedom)
    assert compare_scores(one, other) == pytest.approx(expected)
    assert compare_scores([1.0, 1.0], [1.0, 1.0]) == 1.0
    assert compare_scores([1.0, 1.0], [2.0, 2.0]) == 0.0


def test_a_verdict_is_plain_json() -> None:
    content = judge_race(make_race(make_standing("A", STEADY), make_standing("B", STEADY)))
    assert {"best", "recommended", "is_clear", "p_value", "sentence"} <= set(content.to_json())


def test_where_larger_is_better_the_largest_is_ahead_and_the_words_say_so() -> None:
    accuracy = Measure("accuracy", "Accuracy", "The share that is right.", "larger", 1.0, ".1%")

    def judge(rule: float) -> RaceVerdict:
        slow = make_standing("Slow", (0.90, 0.91, 0.92), seconds=30)
        quick = make_standing("Quick", (0.70, 0.71, 0.72), seconds=10)
        return judge_race(make_race(quick, slow, rule_error=rule, measure=accuracy))

    verdict = judge(0.6)
    assert (verdict.best, verdict.is_clear) == ("Slow", True)
    assert verdict.sentence == (
        "Slow has the highest accuracy, 20 points above Quick. From seed to seed it differs by up "
        "to 2 points, so the difference is real here. Quick needs a third of the time, for "
        f"accuracy that is 20 points lower. Slow is 31 points above the best rule of thumb, {RULE}."
    )
    assert f"no network beats the best rule of thumb, {RULE}, whose accuracy is 95.0%" in (
        judge(0.95).sentence
    )
    assert "which is exact on the test part" in judge(1.0).sentence
