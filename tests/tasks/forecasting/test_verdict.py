from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from lstm_core.data.frequency import Frequency
from lstm_core.tasks.forecasting.baseline_words import describe_baseline
from lstm_core.tasks.forecasting.baselines import BASELINES
from lstm_core.tasks.forecasting.shrinking import Shrinkage
from lstm_core.tasks.forecasting.verdict import SIGNIFICANCE, Verdict, judge

DAILY = Frequency("D")


def judge_errors(
    model: np.ndarray | list[float],
    best: np.ndarray | list[float],
    *,
    num_folds: int = 5,
    horizon: int = 1,
    num_lines: int = 1,
    has_scale: bool = True,
    shrinkage: Shrinkage | None = None,
) -> Verdict:
    """Judge one error a cutoff; baselines but the seasonal naive one are far worse."""
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
    return judge(windows, model_scores, scores, DAILY, 7, horizon, shrinkage)


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
        "Does not beat repeating the last 7 days: its error is 4.0% larger. It does beat "
        "repeating yesterday's value, by 99%."
    )


def test_a_draw_is_not_a_win() -> None:
    verdict = judge_errors([1.0] * 10, [1.0] * 10)
    assert (verdict.beats_baseline, verdict.skill, verdict.folds_won) == (False, 0.0, 0)
    assert "Does not beat repeating the last 7 days: its error is the same." in verdict.sentence


def test_an_exact_baseline_has_no_skill_to_compare() -> None:
    verdict = judge_errors([0.1] * 5, [0.0] * 5)
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
    verdict = judge_errors([0.5] * 20, [1.0] * 20, shrinkage=Shrinkage(weight, "theta"))
    assert verdict.network_share == weight
    assert said in verdict.blend
    assert bool(verdict.blend) == (weight < 1)


def test_a_network_that_was_not_combined_has_all_of_the_forecast() -> None:
    verdict = judge_errors([0.5] * 20, [1.0] * 20)
    assert (verdict.network_share, verdict.blend) == (1.0, "")
