from __future__ import annotations

from collections.abc import Mapping

import numpy as np
import pandas as pd
import pytest

from lstm_core.data.frequency import Frequency
from lstm_core.tasks.forecasting.baselines import BASELINES
from lstm_core.tasks.forecasting.metrics import score_table
from lstm_core.tasks.forecasting.verdict import Verdict, describe_baseline, judge

DAILY = Frequency("D")


def judge_errors(
    model: list[float],
    best: list[float],
    scale: float = 1.0,
    series: Mapping[str, float] | None = None,
) -> Verdict:
    """Judge one prediction a cutoff, from absolute errors; other baselines are far worse."""
    tables, scales = [], {}
    for name, factor in (series or {"y": 1.0}).items():
        table = pd.DataFrame(
            {
                "series": name,
                "target": "y",
                "cutoff": pd.date_range("2024-01-01", periods=len(model)),
                "actual": 0.0,
                "model": np.array(model) * factor,
            }
        )
        for baseline in BASELINES:
            table[baseline] = (100.0 if baseline != "seasonal_naive" else np.array(best)) * factor
        tables.append(table)
        scales[name, "y"] = scale * factor
    table = pd.concat(tables)
    scores = {name: score_table(table, name, scales) for name in ("model", *BASELINES)}
    return judge(table, scores.pop("model"), scores, scales, DAILY, season=7)


def test_a_clear_win() -> None:
    verdict = judge_errors([0.5, 0.5, 0.5, 0.5, 1.5], [1.0] * 5)
    assert verdict.to_json() == {
        "beats_baseline": True,
        "best_baseline": "seasonal_naive",
        "skill": pytest.approx(0.3),
        "stretches_won": 4,
        "num_stretches": 5,
        "sentence": "Beats repeating the last 7 days by 30%, in 4 of 5 stretches of the test part.",
    }


def test_one_lucky_stretch_is_no_win() -> None:
    verdict = judge_errors([0.0, 1.1, 1.1, 1.1, 1.1], [1.0] * 5)
    assert not verdict.beats_baseline
    assert verdict.sentence == (
        "No clear winner: 12% better than repeating the last 7 days on the whole, but better only "
        "in 1 of 5 stretches of the test part."
    )


def test_a_loss() -> None:
    verdict = judge_errors([1.04] * 10, [1.0] * 10)
    assert not verdict.beats_baseline
    assert verdict.skill == pytest.approx(-0.04)
    assert verdict.sentence == (
        "Does not beat repeating the last 7 days: its error is 4.0% larger."
    )


def test_a_draw_is_not_a_win() -> None:
    verdict = judge_errors([1.0] * 10, [1.0] * 10)
    assert (verdict.beats_baseline, verdict.skill, verdict.stretches_won) == (False, 0.0, 0)
    assert verdict.sentence == "Does not beat repeating the last 7 days: its error is the same."


def test_an_exact_baseline_has_no_skill_to_compare() -> None:
    verdict = judge_errors([0.1] * 5, [0.0] * 5)
    assert (verdict.beats_baseline, verdict.skill) == (False, None)
    assert verdict.sentence == (
        "Does not beat repeating the last 7 days, which is exact on the test part."
    )


@pytest.mark.parametrize("scale", [0.0, float("nan")])
def test_without_a_scale_the_mean_absolute_error_decides(scale: float) -> None:
    assert judge_errors([0.5] * 5, [1.0] * 5, scale=scale).skill == pytest.approx(0.5)


def test_a_large_series_does_not_drown_a_small_one() -> None:
    verdict = judge_errors([0.5] * 5, [1.0] * 5, series={"small": 1.0, "large": 1e6})
    assert verdict.skill == pytest.approx(0.5)
    assert (verdict.stretches_won, verdict.num_stretches) == (5, 5)


def test_stretches_are_chronological() -> None:
    errors = [0.0] * 4 + [2.0] * 6  # better in the first two fifths only
    assert judge_errors(errors, [1.0] * 10).stretches_won == 2


def test_fewer_cutoffs_than_stretches() -> None:
    assert judge_errors([0.5, 0.5], [1.0, 1.0]).num_stretches == 2


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
    ],
)
def test_baselines_have_names_for_people(
    name: str, frequency: Frequency, season: int, words: str
) -> None:
    assert describe_baseline(name, frequency, season) == words
