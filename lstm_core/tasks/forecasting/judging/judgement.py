"""Comes to a verdict: was the network worth training?"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np
import pandas as pd

from lstm_core.data.series.spacing.frequency import Frequency
from lstm_core.judging.outcome import SIGNIFICANCE
from lstm_core.judging.verdict import Comparison
from lstm_core.tasks.forecasting.baselines.words import describe_baseline, say_left_out
from lstm_core.tasks.forecasting.judging.metrics import Sums
from lstm_core.tasks.forecasting.judging.pretrained_result import PretrainedResult
from lstm_core.tasks.forecasting.judging.scoreboard import MODEL
from lstm_core.tasks.forecasting.judging.standing import (
    LAST_VALUE,
    Bias,
    Other,
    Share,
    Standing,
    compare_errors,
)
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
    shrinkages: Sequence[Shrinkage] = (),
    left_out: Mapping[str, str] | None = None,
    pretrained: PretrainedResult | None = None,
    sums: Mapping[str, Sums] | None = None,
    leaking: Sequence[str] = (),
    may_fall_back: bool = False,
) -> ForecastVerdict:
    """Compare the model with each baseline, by MASE (by MAE where MASE is undefined).

    Args:
        windows: see ``Scoreboard.list_windows``; ``cutoff`` counts rows.
        shrinkages: how the network was combined with a baseline, if it was, before each fold
            that it was trained anew for.
        left_out: baselines that could not be had, each with the reason.
        pretrained: what the pre-trained network came to; nothing here depends on it.
        sums: see ``Scoreboard.sum_up``, of the model and each baseline; none: no word on bias.
        leaking: columns that give the answer away.
        may_fall_back: the best baseline may take over beyond the data, where the model failed.
    """
    measure = choose_measure(metrics)
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
    simplest = comparisons.get(LAST_VALUE)
    standing = Standing(
        rival=describe_baseline(best, frequency, season),
        against=comparisons[best],
        num_judged=int(_count_rows(windows, horizon).sum()),
        ratios=compare_errors(metrics, baselines[best]),
        bias=None if sums is None else measure_bias(sums[MODEL], sums[best]),
        simplest=None
        if simplest is None or best == LAST_VALUE
        else (describe_baseline(LAST_VALUE, frequency, season), simplest),
        shares=tuple(
            Share(
                each.weight,
                tuple(
                    Other(share, describe_baseline(name, frequency, season), name)
                    for name, share in each.shares.items()
                ),
            )
            for each in shrinkages
        ),
        leaking=tuple(leaking),
        may_fall_back=may_fall_back,
    )
    return ForecastVerdict.of(
        standing,
        best_baseline=best,
        comparisons=comparisons,
        left_out=beyond | dict(left_out or {}),
        pretrained=pretrained,
    )


def measure_bias(own: Sums, rival: Sums) -> Bias | None:
    """Compare by how much two lie too high or too low; None where the rule makes no errors."""
    if not rival.error > 0:
        return None
    totals = [
        each.predicted / each.actual - 1.0 if each.has_total else None for each in (own, rival)
    ]
    return Bias(
        own=own.bias / rival.error,
        rival=rival.bias / rival.error,
        total=totals[0],
        rival_total=totals[1],
    )


def choose_measure(metrics: Mapping[str, float | None]) -> str:
    """Return what decides: MASE, or MAE where that is undefined."""
    return "mase" if metrics["mase"] is not None else "mae"


def compare(
    windows: pd.DataFrame,
    baseline: str,
    error: float,
    rival: float,
    horizon: int,
    own: str = MODEL,
) -> Comparison:
    """Compare with one baseline, whose error on the whole is ``rival``; ``own`` has ``error``."""
    gains = windows[baseline] - windows[own]
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
