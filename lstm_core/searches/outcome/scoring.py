"""What a trial's runs have come to, as one number."""

from __future__ import annotations

import math
import statistics
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import pandas as pd

from lstm_core.judging.measures import Measure
from lstm_core.runs.snapshots.search import TrialRun
from lstm_core.searches.objective import SKILL, VALIDATION_LOSS


@dataclass(frozen=True)
class Score:
    """Mean and standard deviation over a trial's runs; ``spread`` is None for a single one."""

    mean: float
    spread: float | None


def score_run(
    metrics: Mapping[str, float | None] | None,
    baselines: Mapping[str, Mapping[str, Any]] | None,
    objective: Measure,
    deciding: Measure,
    losses: Sequence[float] = (),
) -> float | None:
    """Return a completed run's score; None where it is undefined.

    Args:
        metrics, baselines: of the run, on the rows that it was scored on.
        deciding: what skill is measured by.
        losses: validation losses of its main network, epoch by epoch.
    """
    if objective == VALIDATION_LOSS:
        score = min((loss for loss in losses if math.isfinite(loss)), default=None)
    elif objective == SKILL:
        score = _measure_skill(metrics or {}, baselines or {}, deciding)
    else:
        score = (metrics or {}).get(objective.key)
    return score if score is not None and math.isfinite(score) else None


def score_trial(scores: Sequence[float]) -> Score:
    """Put the scores of one or more runs together."""
    return Score(statistics.fmean(scores), statistics.stdev(scores) if len(scores) > 1 else None)


def score_baseline(
    run: TrialRun, objective: Measure, deciding: Measure
) -> tuple[str, float] | None:
    """Return the best baseline's name and score on the rows that the run was scored on.

    None where the objective means nothing for a baseline, or is undefined.
    """
    if objective == VALIDATION_LOSS or not run.baselines:
        return None
    if objective == SKILL:
        return _find_best(run.baselines, deciding)[0], 0.0
    name, score = _find_best(run.baselines, objective)
    return None if score is None else (name, score)


def list_losses(curves: pd.DataFrame, run_id: str) -> list[float]:
    """Return a run's validation losses in ``Trials.get_curves``' table."""
    return curves.loc[curves["run_id"] == run_id, "validation_loss"].tolist()


def _measure_skill(
    metrics: Mapping[str, float | None],
    baselines: Mapping[str, Mapping[str, Any]],
    measure: Measure,
) -> float | None:
    """Return 1 − loss / loss of the best baseline."""
    own = metrics.get(measure.key)
    _, rival = _find_best(baselines, measure) if baselines else ("", None)
    if own is None or rival is None or measure.loss(rival) == 0:
        return None
    return 1.0 - measure.loss(own) / measure.loss(rival)


def _find_best(
    baselines: Mapping[str, Mapping[str, Any]], objective: Measure
) -> tuple[str, float | None]:
    known = {
        name: scores[objective.key]
        for name, scores in baselines.items()
        if scores.get(objective.key) is not None
    }
    if not known:
        return next(iter(baselines)), None
    best = min(known, key=lambda name: objective.loss(known[name]))
    return best, known[best]
