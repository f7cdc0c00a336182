"""The sentences of a search's verdict."""

from __future__ import annotations

import statistics
from collections.abc import Sequence

from lstm_core.judging.measures import Measure
from lstm_core.ratios import say_percent
from lstm_core.searches.objective import SKILL


def say_comparison(
    number: int | None,
    scores: Sequence[float],
    default: Sequence[float],
    *,
    objective: Measure,
    is_clear: bool,
    folds: tuple[int, int],
) -> str:
    """Say what the search bought.

    Args:
        number: of the best trial; None: it is the default itself.
        scores, default: of the two from fresh seeds.
        is_clear: the best trial's lead is more than chance explains.
        folds: in how many of how many folds it is ahead.
    """
    if number is None:
        return "Tuning bought nothing: the best settings found are the default's" + (
            f" ({objective.name} {_say_scores(default, objective)})." if default else "."
        )
    if not scores:
        return (
            f"Tuning bought nothing: trial {number} was the best, and has no score from fresh "
            "seeds."
        )
    if not default:
        said = f"{objective.name} {_say_scores(scores, objective)}"
        return f"Trial {number} has {said}; the default has no score."
    best, usual = statistics.fmean(scores), statistics.fmean(default)
    both = (
        f"with fresh seeds, trial {number} has {objective.name} {_say_scores(scores, objective)} "
        f"and the default {_say_scores(default, objective)}"
    )
    if not objective.is_better(best, usual):
        return f"Tuning bought nothing: {both}. Keep the default."
    gain = _say_gain(best, usual)
    if not is_clear:
        return (
            f"Tuning bought little or nothing: {both}, {gain}, which is no more than chance "
            f"explains with {min(len(scores), len(default))} seeds each."
        )
    ahead, num_folds = folds
    said = f"Tuning paid: {both}, {gain}, more than chance explains"
    if num_folds < 2:
        return f"{said}."
    if 2 * ahead > num_folds:
        return f"{said}, and it is ahead in {ahead} of {num_folds} folds."
    return (
        f"{said}. But it is ahead in only {ahead} of {num_folds} folds, so newer data may turn it "
        "around."
    )


def say_baseline(
    score: float | None, baseline: tuple[str, float] | None, objective: Measure
) -> str:
    """Say how the winner stands beside the best rule of thumb on the same folds."""
    if score is None or baseline is None:
        return ""
    words, rival = baseline
    better = objective.is_better(score, rival)
    if objective == SKILL:
        if better:
            return ""
        return f"It does not beat the best rule of thumb, {words}: better take that."
    said = f"best rule of thumb on the same folds, {words}, has {objective.format(rival)}"
    return f"The {said}." if better else f"But the {said}: better take that."


def say_test(
    score: float | None,
    baseline: tuple[str, float] | None,
    message: str,
    objective: Measure,
) -> str:
    """Say what came out on the rows that nothing of the search has seen."""
    if score is None:
        return f"The winner could not be judged on the test part. {message}".strip()
    said = "On the test part, which no trial has seen, the winner has "
    said += f"{objective.name} {objective.format(score)}"
    if baseline is None or objective == SKILL:
        return f"{said}."
    words, rival = baseline
    return f"{said}; the best rule of thumb there, {words}, has {objective.format(rival)}."


def _say_scores(scores: Sequence[float], objective: Measure) -> str:
    mean = objective.format(statistics.fmean(scores))
    return f"{mean} ± {statistics.stdev(scores):.2g}" if len(scores) > 1 else mean


def _say_gain(best: float, usual: float) -> str:
    if usual == 0:
        return "from zero"
    return f"{say_percent((best - usual) / usual)} better"
