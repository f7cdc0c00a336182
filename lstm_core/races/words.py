"""The sentences of a race's verdict."""

from __future__ import annotations

from collections.abc import Sequence

from lstm_core.judging.measures import Measure
from lstm_core.races.standing import RaceStandings, Rival, Standing
from lstm_core.ratios import say_difference, say_percent

_SHARES = (  # up to this share, these words
    (0.015, "a hundredth"),
    (0.07, "a twentieth"),
    (0.13, "a tenth"),
    (0.22, "a fifth"),
    (0.29, "a quarter"),
    (0.42, "a third"),
    (0.6, "half"),
    (0.9, "three quarters"),
)


def say_best_is_ahead(
    best: Standing, second: Standing, ahead: int, num_folds: int, measure: Measure
) -> str:
    """Say that the best one's lead is more than chance over seeds.

    Args:
        ahead, num_folds: in how many folds of the test part it leads; 0 of 0: not known.
    """
    gap = _measure_gap(best.score, second.score, measure)
    spread = _measure_spread([best, second], measure)
    said = _say_lead(best, second, measure)
    if gap > spread:
        differ = "it differs" if measure.is_larger_better else "errors differ"
        said += f". From seed to seed {differ} by up to {_say_size(spread, measure)}, so the "
        said += "difference is real here"
    else:
        said += f", more than chance explains over {len(best.scores)} seeds"
    if num_folds < 2:
        return f"{said}."
    if 2 * ahead > num_folds:
        return f"{said}: it is ahead in {ahead} of {num_folds} folds of the test part."
    return (
        f"{said}. But it is ahead in only {ahead} of {num_folds} folds of the test part, so newer "
        "data may turn it around."
    )


def say_price_of_speed(fast: Standing, best: Standing, measure: Measure) -> str:
    """Say what the fastest one saves, and what that costs."""
    price = "a larger error"
    if measure.is_larger_better:
        size = _say_size(_measure_gap(best.score, fast.score, measure), measure)
        price = f"{measure.name} that is {size} lower"
    elif best.score > 0:
        price = f"an error {say_difference(fast.score / best.score)}"
    return f"{fast.label} needs {_say_time(fast, best)}, for {price}."


def say_level(
    level: Sequence[Standing], recommended: Standing, measure: Measure, *, is_best_fastest: bool
) -> str:
    """Say that chance can't tell these apart, the best one first, and which to take."""
    best, second = level[0], level[1]
    gap = _measure_gap(best.score, level[-1].score, measure)
    spread = _measure_spread(level, measure)
    noun = measure.name if measure.is_larger_better else "error"
    if len(level) > 2:
        labels = [each.label for each in level]
        values = f"values of {noun}" if measure.is_larger_better else "errors"
        said = f"{', '.join(labels[:-1])} and {labels[-1]} can't be told apart: their {values} are "
        said += f"within {_say_size(gap, measure)}, and seeds differ by up to "
        said += _say_size(spread, measure)
    elif gap == 0:
        said = f"{best.label} and {second.label} have the same {noun}"
    elif gap <= spread:
        said = f"{_say_lead(best, second, measure)}: no more than seeds differ "
        said += f"({_say_size(spread, measure)})"
    else:
        said = f"{_say_lead(best, second, measure)}, which can be chance with "
        said += f"{min(len(each.scores) for each in level)} seeds"
    if recommended is not best:
        return (
            f"{said}. Of these, take {recommended.label}: it needs {_say_time(recommended, best)}."
        )
    if is_best_fastest:
        return f"{said}. Of these, take {best.label}: it is the fastest as well."
    return f"{said}. Of these, take {best.label}: no other saves much time."


def say_rival(best: Standing, rival: Rival | None, measure: Measure) -> str:
    """Say whether the best network is worth having at all."""
    if rival is None:
        return ""
    if not measure.is_better(best.score, rival.score):
        named = f"{rival.words}{_say_excess(best, rival, measure)}"
        return f"But no network beats the best rule of thumb, {named}: better take that."
    size = _say_size(_measure_gap(best.score, rival.score, measure), measure)
    where = "above" if measure.is_larger_better else "below"
    said = f"{best.label} is {size} {where} the best rule of thumb, {rival.words}"
    num_wins = sum(each.beats_baseline for each in best.attempts if each.score is not None)
    if num_wins == len(best.scores):
        return f"{said}."
    how_many = f"{num_wins} of its {len(best.scores)} runs" if num_wins else "none of its runs"
    return f"{said}, but {how_many} {'beat' if num_wins else 'beats'} that by more than chance."


def say_unfinished(standings: RaceStandings) -> str:
    """Name those that came to no result, or not with all seeds, once nothing runs any more."""
    if standings.is_running:
        return ""
    missing = [each.label for each in standings.contestants if not each.scores]
    partial = [each.label for each in standings.judged if len(each.scores) < each.num_planned]
    said = f"Without a result: {', '.join(missing)}. " if missing else ""
    return said + (f"Not with all seeds: {', '.join(partial)}." if partial else "")


def _say_lead(best: Standing, second: Standing, measure: Measure) -> str:
    size = _say_size(_measure_gap(best.score, second.score, measure), measure)
    if measure.is_larger_better:
        return f"{best.label} has the highest {measure.name}, {size} above {second.label}"
    return f"{best.label} has the smallest error, {size} below {second.label}"


def _say_excess(best: Standing, rival: Rival, measure: Measure) -> str:
    if rival.score == measure.optimum:
        return ", which is exact on the test part"
    if measure.is_larger_better:
        return f", whose {measure.name} is {measure.format(rival.score)}"
    ratio = rival.score / best.score
    return f", whose error is {say_difference(ratio)}" if ratio < 1 else ""


def _measure_gap(best: float, other: float, measure: Measure) -> float:
    """Return by how much a score is better: a share of the larger error, or a difference."""
    if measure.is_larger_better:
        return best - other
    return 1.0 - best / other if other > 0 else 0.0


def _say_size(gap: float, measure: Measure) -> str:
    """Say a gap or a spread: ``"12%"`` of an error, ``"0.02"``, or ``"2 points"`` of percents."""
    if not measure.is_larger_better:
        return say_percent(gap)
    return f"{100 * gap:.2g} points" if "%" in measure.digits else f"{gap:.2g}"


def _measure_spread(standings: Sequence[Standing], measure: Measure) -> float:
    """Return the widest range over seeds: as a share of the mean error, or a difference."""
    if measure.is_larger_better:
        return max(max(each.scores) - min(each.scores) for each in standings)
    return max(
        (max(each.scores) - min(each.scores)) / each.score if each.score > 0 else 0.0
        for each in standings
    )


def _say_time(one: Standing, other: Standing) -> str:
    """Return such as ``"a third of the time"``; one is faster."""
    assert one.seconds is not None
    assert other.seconds is not None
    share = one.seconds / other.seconds
    return f"{next(words for most, words in _SHARES if share <= most)} of the time"
