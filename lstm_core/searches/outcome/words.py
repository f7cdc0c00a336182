"""The sentences of a search's verdict."""

from __future__ import annotations

import statistics
from collections.abc import Sequence

from lstm_core.ratios import say_percent
from lstm_core.spec.search import LARGER_IS_BETTER, Objective


def say_comparison(
    number: int | None,
    scores: Sequence[float],
    default: Sequence[float],
    *,
    measure: str,
    larger_is_better: bool,
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
            f" ({measure} {_say_scores(default)})." if default else "."
        )
    if not scores:
        return (
            f"Tuning bought nothing: trial {number} was the best, and has no score from fresh "
            "seeds."
        )
    if not default:
        return f"Trial {number} has {measure} {_say_scores(scores)}; the default has no score."
    best, usual = statistics.fmean(scores), statistics.fmean(default)
    both = (
        f"with fresh seeds, trial {number} has {measure} {_say_scores(scores)} and the default "
        f"{_say_scores(default)}"
    )
    if best <= usual if larger_is_better else best >= usual:
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
    score: float | None, baseline: tuple[str, float] | None, measure: str, objective: Objective
) -> str:
    """Say how the winner stands beside the best rule of thumb on the same folds."""
    if score is None or baseline is None:
        return ""
    words, rival = baseline
    better = score > rival if objective in LARGER_IS_BETTER else score < rival
    if objective == "skill":
        if better:
            return ""
        return f"It does not beat the best rule of thumb, {words}: better take that."
    if better:
        return f"The best rule of thumb on the same folds, {words}, has {rival:.4g}."
    return (
        f"But the best rule of thumb on the same folds, {words}, has {rival:.4g}: better take that."
    )


def say_test(
    score: float | None,
    baseline: tuple[str, float] | None,
    message: str,
    measure: str,
    objective: Objective,
) -> str:
    """Say what came out on the rows that nothing of the search has seen."""
    if score is None:
        return f"The winner could not be judged on the test part. {message}".strip()
    said = f"On the test part, which no trial has seen, the winner has {measure} {score:.4g}"
    if baseline is None or objective == "skill":
        return f"{said}."
    words, rival = baseline
    return f"{said}; the best rule of thumb there, {words}, has {rival:.4g}."


def _say_scores(scores: Sequence[float]) -> str:
    mean = f"{statistics.fmean(scores):.4g}"
    return f"{mean} ± {statistics.stdev(scores):.2g}" if len(scores) > 1 else mean


def _say_gain(best: float, usual: float) -> str:
    if usual == 0:
        return "from zero"
    return f"{say_percent((best - usual) / usual)} better"
