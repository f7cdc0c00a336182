"""What the difference between the contestants of a race is worth."""

from __future__ import annotations

import statistics
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from typing import Any

from lstm_core.races.standing import RaceStandings, Standing
from lstm_core.races.words import (
    say_best_is_ahead,
    say_level,
    say_price_of_speed,
    say_rival,
    say_unfinished,
)

SIGNIFICANCE = 0.05
"""How often two that are alike may be told apart by chance."""

FEWEST_SCORES = 2
"""Results that a contestant needs to have a spread."""

_WORTH_A_WORD = 0.85
"""One is faster than another if it takes less than this share of the time."""


@dataclass(frozen=True)
class RaceVerdict:
    """What to tell people.

    Attributes:
        best: the label with the best mean score; None without a result.
        recommended: the one to take: the fastest of those that chance can't tell from the best.
        is_clear: the best one is ahead of the second by more than chance over seeds explains.
        p_value: of that difference, two-sided; None with too few results.
        folds_ahead, num_folds: in how many folds of the test part the best one is ahead of the
            second; 0 of 0 where that is not known.
        sentence: all of this in words.
    """

    best: str | None
    recommended: str | None
    is_clear: bool
    p_value: float | None
    folds_ahead: int
    num_folds: int
    sentence: str

    def to_json(self) -> dict[str, Any]:
        return asdict(self)


def judge_race(standings: RaceStandings) -> RaceVerdict:
    """Compare the best with the second, with the fastest, and with the best rule of thumb.

    Differences over seeds are judged by the t test of Welch, "The Generalization of 'Student's'
    Problem when Several Different Population Variances are Involved", Biometrika 34 (1947). It
    says whether training anew would rank the two alike on this test part; for other data, the
    folds are the better witnesses.
    """
    judged = standings.judged
    unfinished = say_unfinished(standings)
    if not judged:
        return _say_nothing(None, f"There is no result. {unfinished}")
    best = judged[0]
    measure = standings.measure
    rivalry = say_rival(best, standings.rival, measure)
    others = [each for each in judged[1:] if len(each.scores) >= FEWEST_SCORES]
    if not others or len(best.scores) < FEWEST_SCORES:
        reason = "Too few runs have a result to compare networks."
        return _say_nothing(best.label, f"{reason} {rivalry} {unfinished}")
    second = others[0]
    p_value = compare_scores(best.scores, second.scores)
    ahead, num_folds = _count_folds_ahead(best, second)
    is_clear = p_value < SIGNIFICANCE
    if is_clear:
        recommended = best
        fastest = _find_fastest([best, *others])
        said = say_best_is_ahead(best, second, ahead, num_folds, measure)
        if fastest is not best:
            said += f" {say_price_of_speed(fastest, best, measure)}"
    else:
        level = [best] + [
            each for each in others if compare_scores(best.scores, each.scores) >= SIGNIFICANCE
        ]
        recommended = _find_fastest(level)
        is_fastest = all(is_faster(best, each) for each in level[1:])
        said = say_level(level, recommended, measure, is_best_fastest=is_fastest)
    return RaceVerdict(
        best=best.label,
        recommended=recommended.label,
        is_clear=is_clear,
        p_value=p_value,
        folds_ahead=ahead,
        num_folds=num_folds,
        sentence=_join(f"{said} {rivalry} {unfinished}"),
    )


def compare_scores(scores: Sequence[float], others: Sequence[float]) -> float:
    """Return the two-sided p-value of "their means are the same"; at least two scores each."""
    if len({*scores}) == len({*others}) == 1:  # the seed makes no difference at all
        return 1.0 if scores[0] == others[0] else 0.0
    from scipy import stats

    return float(stats.ttest_ind(scores, others, equal_var=False).pvalue)


def is_faster(one: Standing, other: Standing) -> bool:
    """Whether one takes so much less time that it is worth a word."""
    return bool(one.seconds and other.seconds and one.seconds < _WORTH_A_WORD * other.seconds)


def _find_fastest(standings: Sequence[Standing]) -> Standing:
    """Return the fastest, but the first where it saves too little."""
    fastest = min(standings, key=lambda each: each.seconds or float("inf"))
    return fastest if is_faster(fastest, standings[0]) else standings[0]


def _count_folds_ahead(best: Standing, second: Standing) -> tuple[int, int]:
    """Return in how many of the folds the mean error over seeds is smaller."""
    if not best.errors_by_fold or not second.errors_by_fold:
        return 0, 0
    both = (*best.errors_by_fold, *second.errors_by_fold)
    folds = [fold for fold in both[0] if all(fold in errors for errors in both)]
    ahead = sum(_average_fold(best, fold) < _average_fold(second, fold) for fold in folds)
    return ahead, len(folds)


def _average_fold(standing: Standing, fold: str) -> float:
    return statistics.fmean(errors[fold] for errors in standing.errors_by_fold)


def _say_nothing(best: str | None, sentence: str) -> RaceVerdict:
    return RaceVerdict(best, best, False, None, 0, 0, _join(sentence))


def _join(sentence: str) -> str:
    return " ".join(sentence.split())
