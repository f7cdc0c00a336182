"""What a trial's runs have come to, as one number."""

from __future__ import annotations

import math
import statistics
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import pandas as pd

from lstm_core.runs.snapshots.search import TrialRun
from lstm_core.spec.search import LARGER_IS_BETTER, Objective

MEASURES: dict[Objective, str] = {
    "mase": "MASE",
    "mae": "MAE",
    "rmse": "RMSE",
    "smape": "sMAPE",
    "r2": "R²",
    "skill": "skill",
    "validation_loss": "validation loss",
}


@dataclass(frozen=True)
class Score:
    """Mean and standard deviation over a trial's runs; ``spread`` is None for a single one."""

    mean: float
    spread: float | None


def score_run(
    metrics: Mapping[str, float | None] | None,
    baselines: Mapping[str, Mapping[str, Any]] | None,
    objective: Objective,
    losses: Sequence[float] = (),
) -> float | None:
    """Return a completed run's score; None where it is undefined.

    Args:
        metrics, baselines: of the run, on the rows that it was scored on.
        losses: validation losses of its main network, epoch by epoch.
    """
    if objective == "validation_loss":
        score = min((loss for loss in losses if math.isfinite(loss)), default=None)
    elif objective == "skill":
        score = _measure_skill(metrics or {}, baselines or {})
    else:
        score = (metrics or {}).get(objective)
    return score if score is not None and math.isfinite(score) else None


def score_trial(scores: Sequence[float]) -> Score:
    """Put the scores of one or more runs together."""
    return Score(statistics.fmean(scores), statistics.stdev(scores) if len(scores) > 1 else None)


def score_baseline(run: TrialRun, objective: Objective) -> tuple[str, float] | None:
    """Return the best baseline's name and score on the rows that the run was scored on.

    None where the objective means nothing for a baseline, or is undefined.
    """
    if objective == "validation_loss" or not run.baselines:
        return None
    if objective == "skill":
        return _find_best(run.baselines, "mase")[0], 0.0
    name, score = _find_best(run.baselines, objective)
    return None if score is None else (name, score)


def is_better(score: float, other: float, objective: Objective) -> bool:
    return score > other if objective in LARGER_IS_BETTER else score < other


def list_losses(curves: pd.DataFrame, run_id: str) -> list[float]:
    """Return a run's validation losses in ``Trials.get_curves``' table."""
    return curves.loc[curves["run_id"] == run_id, "validation_loss"].tolist()


def _measure_skill(
    metrics: Mapping[str, float | None], baselines: Mapping[str, Mapping[str, Any]]
) -> float | None:
    """Return 1 − MASE / MASE of the best baseline."""
    own = metrics.get("mase")
    _, rival = _find_best(baselines, "mase") if baselines else ("", None)
    return None if own is None or not rival else 1.0 - own / rival


def _find_best(
    baselines: Mapping[str, Mapping[str, Any]], objective: Objective
) -> tuple[str, float | None]:
    known = {
        name: scores[objective]
        for name, scores in baselines.items()
        if scores.get(objective) is not None
    }
    if not known:
        return next(iter(baselines)), None
    choose = max if objective in LARGER_IS_BETTER else min
    best = choose(known, key=lambda name: known[name])
    return best, known[best]
