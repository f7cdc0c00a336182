from __future__ import annotations

import json
import re
from collections.abc import Sequence

import numpy as np
import pandas as pd
import pytest

from lstm_core.data.series.spacing.frequency import Frequency
from lstm_core.judging.outcome import SIGNIFICANCE
from lstm_core.tasks.forecasting.baselines.simple import BASELINES
from lstm_core.tasks.forecasting.baselines.words import describe_baseline
from lstm_core.tasks.forecasting.judging.judgement import judge
from lstm_core.tasks.forecasting.judging.outcome import read_outcome
from lstm_core.tasks.forecasting.judging.verdict import ForecastVerdict, read_verdict
from lstm_core.tasks.forecasting.predicting.shrinking import Shrinkage

DAILY = Frequency("D")


def judge_errors(
    model: np.ndarray | list[float],
    best: np.ndarray | list[float],
    *,
    num_folds: int = 5,
    horizon: int = 1,
    num_lines: int = 1,
    has_scale: bool = True,
    shrinkages: Sequence[Shrinkage] = (),
    rmse: tuple[float, float] | None = None,
) -> ForecastVerdict:
    """Judge one error a cutoff; baselines but the seasonal naive one are far worse.

    Args:
        rmse: of the model and of the best baseline.
    """
    errors = {"model": np.asarray(model, float)}
    count = len(errors["model"])
    errors |= {name: np.full(count, 100.0) for name in BASELINES}
    errors["seasonal_naive"] = np.asarray(best, float)
    each = count // num_lines
    windows = pd.DataFrame(
        {
            "line": np.repeat(np.arange(num_lines), each),
            "fold": np.tile(1 + np.arange(each) * num_folds // each, num_lines),
            "cutoff": np.tile(np.arange(each), num_lines),
            **errors,
        }
    )
    measure, other = ("mase", "mae") if has_scale else ("mae", "mase")
    scores: dict[str, dict[str, float | None]] = {
        name: {measure: float(found.mean()), other: None} for name, found in errors.items()
    }
    model_scores = scores.pop("model")
    if rmse is not None:
        model_scores["rmse"], scores["seasonal_naive"]["rmse"] = rmse
    return judge(windows, model_scores, scores, DAILY, 7, horizon, shrinkages)


def test_a_clear_win() -> None:
    verdict = judge_errors([0.5, 0.6, 0.5, 0.4, 0.5] * 4, [1.0] * 20)
    assert verdict.beats_baseline
    assert verdict.best_baseline == "seasonal_naive"
    assert verdict.skill == pytest.approx(0.5)
    assert (verdict.folds_won, verdict.num_folds) == (5, 5)
    assert verdict.sentence == (
        "Beats repeating the last 7 days by 50%, in 5 of 5 folds of the test part."
    )
    assert set(verdict.to_json()["comparisons"]) == set(BASELINES)


def test_one_lucky_fold_is_no_win() -> None:
    verdict = judge_errors([0.0] * 4 + [1.1] * 16, [1.0] * 20)
    assert not verdict.beats_baseline
    assert verdict.sentence == (
        "No clear winner: 12% better than repeating the last 7 days on the whole, better in 1 of "
        "5 folds of the test part, which can be chance. It does beat repeating yesterday's value, "
        "by 99%."
    )


def test_an_advantage_within_the_noise_is_no_win() -> None:
    generator = np.random.default_rng(0)
    noise = generator.normal(size=40)
    noise -= noise.mean()
    lucky = judge_errors(10.0 + noise - 0.05, [10.0] * 40)
    assert lucky.skill
    assert lucky.skill > 0
    assert not lucky.beats_baseline
    found = lucky.comparisons["seasonal_naive"].p_value
    assert found is not None
    assert found > SIGNIFICANCE
    assert judge_errors(10.0 + noise - 1.0, [10.0] * 40).beats_baseline


def test_windows_that_overlap_are_not_counted_as_so_many_witnesses() -> None:
    generator = np.random.default_rng(3)
    slow = np.repeat(generator.normal(size=8), 25) - 0.5  # eight independent stretches
    alone = judge_errors(10.0 + slow, [10.0] * 200, horizon=1)
    together = judge_errors(10.0 + slow, [10.0] * 200, horizon=50)
    found = [verdict.comparisons["seasonal_naive"].p_value for verdict in (alone, together)]
    assert found[0] is not None
    assert found[1] is not None
    assert found[0] < found[1]


def test_many_lines_with_one_cutoff_each_are_compared_line_by_line() -> None:
    generator = np.random.default_rng(0)
    errors = 1.0 + generator.normal(0, 0.1, 50)
    verdict = judge_errors(errors - 0.1, errors, num_folds=1, num_lines=50, horizon=48)
    assert verdict.beats_baseline
    assert verdict.sentence.endswith("in the test part.")
    noise = generator.normal(0, 0.1, 50)
    assert not judge_errors(
        errors + noise - noise.mean(), errors, num_folds=1, num_lines=50, horizon=48
    ).beats_baseline


def test_too_few_windows_tell_nothing() -> None:
    verdict = judge_errors([0.5, 0.5], [1.0, 1.0], num_folds=2)
    assert not verdict.beats_baseline
    assert verdict.comparisons["seasonal_naive"].p_value is None


def test_a_loss() -> None:
    verdict = judge_errors([1.04] * 10, [1.0] * 10)
    assert not verdict.beats_baseline
    assert verdict.skill == pytest.approx(-0.04)
    assert verdict.sentence == (
        "Does not beat repeating the last 7 days: its error is 4% larger. It does beat "
        "repeating yesterday's value, by 99%."
    )


WIN, LUCK = [0.5, 0.6, 0.5, 0.4, 0.5] * 4, [0.0] * 4 + [1.1] * 16


def test_most_folds_won_is_no_win_where_chance_explains_it() -> None:
    by_fold = (0.9, 0.9, 0.9, 1.3, 0.95)
    verdict = judge_errors([error for error in by_fold for _ in range(4)], [1.0] * 20)
    against = verdict.comparisons["seasonal_naive"]
    assert (against.folds_won, against.num_folds) == (4, 5)
    assert against.skill is not None
    assert against.skill > 0
    assert against.p_value is not None
    assert against.p_value > 0.05
    assert verdict.outcome == "unclear"


@pytest.mark.parametrize(
    ("errors", "outcome", "advice"),
    [
        (WIN, "win", ""),
        (LUCK, "unclear", "A simple rule may do as well"),
        ([1.0] * 20, "level", "A simple rule does as well here"),
        ([1.3, 0.8] * 10, "behind", "did better here, though by no more than chance"),
        ([1.2, 1.1] * 10, "loss", "A simple rule does better here"),
    ],
)
def test_the_advice_says_which_of_the_cases_it_is(
    errors: list[float], outcome: str, advice: str
) -> None:
    verdict = judge_errors(errors, [1.0] * 20)
    assert verdict.outcome == outcome == read_outcome(verdict.to_json(), None, None)
    assert verdict.advice.startswith(advice) or advice in verdict.advice
    assert verdict.beats_baseline == (outcome == "win")


def test_a_win_by_one_measure_and_a_loss_by_another_are_both_told() -> None:
    verdict = judge_errors(WIN, [1.0] * 20, rmse=(1.06, 1.0))
    assert (verdict.outcome, verdict.beats_baseline) == ("mixed", False)
    assert verdict.comparisons["seasonal_naive"].is_win
    assert verdict.sentence == (
        "Beats repeating the last 7 days by 50% on average, in 5 of 5 folds of the test part, but "
        "its RMSE, to which large misses count more, is 6% larger."
    )
    assert judge_errors(WIN, [1.0] * 20, rmse=(1.0, 1.0)).outcome == "win"
    assert judge_errors(WIN, [1.0] * 20, rmse=(1.019, 1.0)).outcome == "win"  # not clearly worse
    assert judge_errors(WIN, [1.0] * 20, rmse=(1.021, 1.0)).outcome == "mixed"
    assert "is more than 100 times as large" in judge_errors(WIN, [1.0] * 20, rmse=(1, 0)).sentence


def test_what_can_be_chance_tells_of_a_worse_measure_as_well() -> None:
    assert (
        "which can be chance; and its RMSE"
        in judge_errors(LUCK, [1.0] * 20, rmse=(1.06, 1.0)).sentence
    )


@pytest.mark.parametrize(
    ("beats", "skill", "p_value", "rmse", "outcome"),
    [
        (True, 0.2, 0.01, 1.0, "win"),
        (True, 0.2, 0.01, 1.1, "mixed"),
        (False, 0.2, 0.2, 1.0, "unclear"),
        (False, 0.0, None, 1.0, "level"),
        (False, -0.2, 0.8, 1.1, "behind"),
        (False, -0.2, 0.99, 1.1, "loss"),
        (False, None, None, 1.1, "loss"),
    ],
)
def test_a_verdict_of_a_time_before_outcomes_has_one(
    beats: bool, skill: float | None, p_value: float | None, rmse: float, outcome: str
) -> None:
    verdict = {
        "beats_baseline": beats,
        "skill": skill,
        "best_baseline": "ets",
        "comparisons": {"ets": {"p_value": p_value}},
    }
    assert read_outcome(verdict, {"rmse": rmse}, {"ets": {"rmse": 1.0}}) == outcome
    without = {key: value for key, value in verdict.items() if key != "comparisons"}
    assert read_outcome(without, None, None) in (outcome, "win", "behind")


@pytest.mark.parametrize("size", [1e-300, 1e-12, 1.0, 1e12, 1e300])
@pytest.mark.parametrize("rival", [0.0, 1e-300, 1e-12, 1.0, 1e12])
def test_no_size_of_an_error_makes_a_sentence_that_nobody_can_read(
    size: float, rival: float
) -> None:
    verdict = judge_errors([size] * 20, [rival] * 20)
    json.dumps(verdict.to_json(), allow_nan=False)
    assert re.findall(r"inf|nan|\de[+-]|\d{5}", verdict.sentence) == []


def test_a_baseline_whose_errors_are_no_numbers_is_left_out_with_a_reason() -> None:
    windows = pd.DataFrame(
        {"line": 0, "fold": 1, "cutoff": range(9), "model": 1.0, "last_value": 2.0, "ets": np.inf}
    )
    scores: dict[str, dict[str, float | None]] = {
        "last_value": {"mase": 2.0},
        "ets": {"mase": None},
    }
    verdict = judge(windows, {"mase": 1.0}, scores, DAILY, 7, 1)
    assert set(verdict.comparisons) == {"last_value"}
    assert verdict.left_out["ets"].startswith("Exponential smoothing (ETS) is not among")


def test_a_draw_is_not_a_win() -> None:
    verdict = judge_errors([1.0] * 10, [1.0] * 10)
    assert (verdict.beats_baseline, verdict.skill, verdict.folds_won) == (False, 0.0, 0)
    assert "Does not beat repeating the last 7 days: its error is the same." in verdict.sentence


def test_an_exact_baseline_has_no_skill_to_compare() -> None:
    verdict = judge_errors([0.1] * 10, [0.0] * 10)
    assert (verdict.beats_baseline, verdict.skill) == (False, None)
    assert "repeating the last 7 days, which is exact on the test part." in verdict.sentence


def test_without_a_scale_the_mean_absolute_error_decides() -> None:
    verdict = judge_errors([0.5] * 5, [1.0] * 5, has_scale=False)
    assert verdict.skill == pytest.approx(0.5)


@pytest.mark.parametrize(
    ("name", "frequency", "season", "words"),
    [
        ("last_value", DAILY, 7, "repeating yesterday's value"),
        ("last_value", Frequency("MS"), 12, "repeating the last month's value"),
        ("last_value", Frequency("15min"), 96, "repeating the last value"),
        ("seasonal_naive", Frequency("h"), 24, "repeating the last 24 hours"),
        ("seasonal_naive", Frequency("B"), 1, "repeating the last business day's value"),
        ("seasonal_mean", DAILY, 7, "the mean of the last 4 seasons of 7 days"),
        ("seasonal_mean", DAILY, 1, "the mean of the last 4 days"),
        ("drift", DAILY, 7, "drawing the trend on (drift)"),
        ("historic_mean", DAILY, 7, "the mean of all values before"),
        ("ets", DAILY, 7, "exponential smoothing (ETS)"),
        ("theta", DAILY, 7, "the Theta method"),
    ],
)
def test_baselines_have_names_for_people(
    name: str, frequency: Frequency, season: int, words: str
) -> None:
    assert describe_baseline(name, frequency, season) == words


@pytest.mark.parametrize(
    ("weight", "said"),
    [
        (1.0, ""),
        (0.4, "40% of it the network's, the rest that of the Theta method"),
        (0.0, "that of the Theta method alone"),
    ],
)
def test_a_forecast_that_is_not_the_network_s_alone_is_told(weight: float, said: str) -> None:
    verdict = judge_errors([0.5] * 20, [1.0] * 20, shrinkages=[Shrinkage(weight, "theta")])
    assert (verdict.network_share, verdict.network_shares) == (weight, (weight,))
    assert said in verdict.blend
    assert bool(verdict.blend) == (weight < 1)


def test_a_network_that_was_not_combined_has_all_of_the_forecast() -> None:
    verdict = judge_errors([0.5] * 20, [1.0] * 20)
    assert (verdict.network_share, verdict.blend) == (1.0, "")


def test_too_few_values_are_no_ground_for_a_verdict() -> None:
    verdict = judge_errors([0.1] * 4, [1.0] * 4, num_folds=2)
    assert (verdict.outcome, verdict.beats_baseline) == ("few", False)
    assert verdict.sentence == (
        "Too few rows to judge: the test part holds 4 values. Beside repeating the last 7 days, "
        "its error there is 90% smaller."
    )
    assert "Bring more rows" in verdict.advice
    assert judge_errors([0.1] * 10, [1.0] * 10, num_folds=2).outcome != "few"


def test_a_stored_verdict_is_read_as_it_was_told() -> None:
    verdict = judge_errors(WIN, [1.0] * 20, rmse=(1.06, 1.0), shrinkages=[Shrinkage(0.5, "ets")])
    assert read_verdict(json.loads(json.dumps(verdict.to_json())), None, None) == verdict
    assert verdict.notes == (verdict.blend,)


def test_an_old_verdict_is_read_as_far_as_its_run_tells() -> None:
    stored = {
        "beats_baseline": False,
        "best_baseline": "ets",
        "skill": -0.1,
        "sentence": "Does not beat exponential smoothing.",
    }
    verdict = read_verdict(stored, {"rmse": 1.2}, {"ets": {"rmse": 1.0}})
    assert (verdict.outcome, verdict.comparisons, verdict.notes) == ("behind", {}, ())
    assert verdict.advice.startswith("A simple rule did better here")
