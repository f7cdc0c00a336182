"""Comes to a verdict: was the network worth training?"""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
import pandas as pd

from lstm_core.data.series.spacing.frequency import Frequency
from lstm_core.data.wording import count_words
from lstm_core.judging.outcome import SIGNIFICANCE, Outcome
from lstm_core.judging.verdict import Comparison
from lstm_core.ratios import say_difference, say_percent
from lstm_core.tasks.forecasting.baselines.words import describe_baseline, say_left_out
from lstm_core.tasks.forecasting.judging.outcome import (
    ADVICE,
    FEWEST_JUDGED,
    find_worse,
    tell_outcome,
)
from lstm_core.tasks.forecasting.judging.scoreboard import MODEL
from lstm_core.tasks.forecasting.judging.verdict import ForecastVerdict
from lstm_core.tasks.forecasting.predicting.shrinking import Shrinkage

ROUNDING = 1e-12
"""Errors that are smaller than another by this are none beside it."""

MOST_BLOCKS = 20
FEWEST_LINES = 12
"""From here on, lines with few cutoffs each are compared line by line."""


def judge(
    windows: pd.DataFrame,
    metrics: Mapping[str, float | None],
    baselines: Mapping[str, Mapping[str, float | None]],
    frequency: Frequency,
    season: int,
    horizon: int,
    shrinkage: Shrinkage | None = None,
    left_out: Mapping[str, str] | None = None,
) -> ForecastVerdict:
    """Compare the model with each baseline, by MASE (by MAE where MASE is undefined).

    Args:
        windows: see ``Scoreboard.list_windows``; ``cutoff`` counts rows.
        shrinkage: how the network was combined with a baseline, if it was.
        left_out: baselines that could not be had, each with the reason.
    """
    measure = "mase" if metrics["mase"] is not None else "mae"
    errors = {name: scores[measure] for name, scores in baselines.items()}
    known = {name: error for name, error in errors.items() if error is not None}
    beyond = {
        name: say_left_out(name, "what it predicts is beyond all numbers", frequency, season)
        for name in errors.keys() - known.keys()
    }
    error = metrics[measure]
    assert error is not None
    comparisons = {
        name: compare(windows, name, error, rival, horizon) for name, rival in known.items()
    }
    best = min(known, key=lambda name: known[name])
    against = comparisons[best]
    worse = find_worse(metrics, baselines[best])
    outcome = tell_outcome(against.skill, against.p_value, worse, is_win=against.is_win)
    sentence = _say(outcome, comparisons, best, worse, frequency, season)
    num_judged = int(_count_rows(windows, horizon).sum())
    if num_judged < FEWEST_JUDGED:
        outcome = "few"
        sentence = _say_few(num_judged, against, describe_baseline(best, frequency, season))
    return ForecastVerdict(
        outcome=outcome,
        beats_baseline=outcome == "win",
        best_baseline=best,
        skill=against.skill,
        folds_won=against.folds_won,
        num_folds=against.num_folds,
        comparisons=comparisons,
        sentence=sentence,
        advice=ADVICE[outcome],
        network_share=1.0 if shrinkage is None else shrinkage.weight,
        blend="" if shrinkage is None else _say_blend(shrinkage, frequency, season),
        left_out=beyond | dict(left_out or {}),
    )


def compare(
    windows: pd.DataFrame, baseline: str, error: float, rival: float, horizon: int
) -> Comparison:
    """Compare with one baseline, whose error on the whole is ``rival``."""
    gains = windows[baseline] - windows[MODEL]
    by_fold = gains.groupby(windows["fold"]).mean()
    won, count = int((by_fold > 0).sum()), len(by_fold)
    # What lies below the rounding of the error is no error.
    skill = 1.0 - error / rival if rival > ROUNDING * error else None
    p_value = _test_gain(windows, gains, horizon)
    is_win = error < rival and won * 2 > count and p_value is not None and p_value < SIGNIFICANCE
    return Comparison(skill=skill, p_value=p_value, folds_won=won, num_folds=count, is_win=is_win)


def _test_gain(windows: pd.DataFrame, gains: pd.Series, horizon: int) -> float | None:
    """Return the one-sided p-value of "the mean gain is not above zero".

    Neighbouring windows share most of what they predict, so their gains are no independent
    evidence: the test part is cut into blocks of at least one horizon, and the blocks' means go
    into a t test. The idea of Diebold and Mariano, "Comparing Predictive Accuracy", Journal of
    Business & Economic Statistics 13 (1995), by batch means. Many lines with a few cutoffs each
    are compared line by line.
    """
    lines = windows.groupby("line", sort=False)["cutoff"]
    spans = _count_rows(windows, horizon)
    num_blocks = int(min(MOST_BLOCKS, spans.median() // horizon))
    if len(spans) >= FEWEST_LINES and len(spans) > num_blocks:
        means = gains.groupby(windows["line"]).mean()
    else:
        place = windows["cutoff"] - lines.transform("min")
        span = lines.transform("max") - lines.transform("min") + 1
        means = gains.groupby((place * num_blocks // span).astype(int)).mean()
    if len(means) < 3:
        return None
    spread = float(means.std(ddof=1))
    mean = float(means.mean())
    if spread == 0:
        return 0.0 if mean > 0 else 1.0
    from scipy import stats

    return float(stats.t.sf(mean / (spread / np.sqrt(len(means))), len(means) - 1))


def _count_rows(windows: pd.DataFrame, horizon: int) -> pd.Series:
    """Return how many rows the windows of each line predict."""
    lines = windows.groupby("line", sort=False)["cutoff"]
    return lines.max() - lines.min() + horizon


def _say_few(num_judged: int, against: Comparison, rival: str) -> str:
    sentence = f"Too few rows to judge: the test part holds {count_words(num_judged, 'value')}."
    if against.skill is None:
        return sentence
    return f"{sentence} Beside {rival}, its error there is {say_difference(1.0 - against.skill)}."


def _say(
    outcome: Outcome,
    comparisons: Mapping[str, Comparison],
    best: str,
    worse: tuple[str, float] | None,
    frequency: Frequency,
    season: int,
) -> str:
    against = comparisons[best]
    rival = describe_baseline(best, frequency, season)
    skill = against.skill
    folds = f"{against.folds_won} of {against.num_folds} folds of the test part"
    if against.num_folds == 1:
        folds = "the test part"
    if skill is None:
        return f"Does not beat {rival}, which is exact on the test part."
    if outcome == "win":
        return f"Beats {rival} by {say_percent(skill)}, in {folds}."
    if outcome == "mixed":
        return (
            f"Beats {rival} by {say_percent(skill)} on average, in {folds}, but not by every "
            f"measure: {_say_worse(worse)}."
        )
    if skill > 0:
        sentence = (
            f"No clear winner: {say_percent(skill)} better than {rival} on the whole, better in "
            f"{folds}, which can be chance."
        )
        if worse is not None:
            sentence += f" And {_say_worse(worse)}."
    elif skill == 0:
        sentence = f"Does not beat {rival}: its error is the same."
    else:
        sentence = f"Does not beat {rival}: its error is {say_difference(1.0 - skill)}."
    naive = comparisons.get("last_value")
    if best != "last_value" and naive is not None and naive.is_win and naive.skill is not None:
        usual = describe_baseline("last_value", frequency, season)
        sentence += f" It does beat {usual}, by {say_percent(naive.skill)}."
    return sentence


def _say_worse(worse: tuple[str, float] | None) -> str:
    assert worse is not None
    measure, ratio = worse
    titles = {
        "mae": "its mean absolute error, in the units of the data,",
        "rmse": "its RMSE, to which large misses count more,",
    }
    return f"{titles[measure]} is {say_difference(ratio)}"


def _say_blend(shrinkage: Shrinkage, frequency: Frequency, season: int) -> str:
    baseline = describe_baseline(shrinkage.baseline, frequency, season)
    if shrinkage.weight == 1:
        return ""
    if shrinkage.weight == 0:
        return (
            f"The forecast is that of {baseline} alone: on the validation part, the network added "
            "nothing to it."
        )
    return (
        f"The forecast is a mean: {shrinkage.weight:.0%} of it the network's, the rest that of "
        f"{baseline}, as was best on the validation part."
    )
