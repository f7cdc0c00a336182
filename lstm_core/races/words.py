"""The sentences of a race's verdict."""

from __future__ import annotations

from collections.abc import Sequence

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


def say_best_is_ahead(best: Standing, second: Standing, ahead: int, num_folds: int) -> str:
    """Say that the best one's lead is more than chance over seeds.

    Args:
        ahead, num_folds: in how many folds of the test part it leads; 0 of 0: not known.
    """
    gap, spread = _measure_gap(best, second), _measure_spread(best, second)
    said = f"{best.label} has the smallest error, {say_percent(gap)} below {second.label}"
    if gap > spread:
        said += f". From seed to seed errors differ by up to {say_percent(spread)}, so the "
        said += "difference is real here"
    else:
        said += f", more than chance explains over {len(best.errors)} seeds"
    if num_folds < 2:
        return f"{said}."
    if 2 * ahead > num_folds:
        return f"{said}: it is ahead in {ahead} of {num_folds} folds of the test part."
    return (
        f"{said}. But it is ahead in only {ahead} of {num_folds} folds of the test part, so newer "
        "data may turn it around."
    )


def say_price_of_speed(fast: Standing, best: Standing) -> str:
    """Say what the fastest one saves, and what that costs."""
    price = "a larger error"
    if best.error > 0:
        price = f"an error {say_difference(fast.error / best.error)}"
    return f"{fast.label} needs {_say_time(fast, best)}, for {price}."


def say_level(level: Sequence[Standing], recommended: Standing, *, is_best_fastest: bool) -> str:
    """Say that chance can't tell these apart, the best one first, and which to take."""
    best, second = level[0], level[1]
    gap, spread = _measure_gap(best, level[-1]), _measure_spread(*level)
    if len(level) > 2:
        labels = [each.label for each in level]
        said = f"{', '.join(labels[:-1])} and {labels[-1]} can't be told apart: their errors are "
        said += f"within {say_percent(gap)}, and seeds differ by up to {say_percent(spread)}"
    elif gap == 0:
        said = f"{best.label} and {second.label} have the same error"
    elif gap <= spread:
        said = f"{best.label} has the smallest error, {say_percent(gap)} below {second.label}: no "
        said += f"more than seeds differ ({say_percent(spread)})"
    else:
        said = (
            f"{best.label} has the smallest error, {say_percent(gap)} below {second.label}, which "
        )
        said += f"can be chance with {min(len(each.errors) for each in level)} seeds"
    if recommended is not best:
        return (
            f"{said}. Of these, take {recommended.label}: it needs {_say_time(recommended, best)}."
        )
    if is_best_fastest:
        return f"{said}. Of these, take {best.label}: it is the fastest as well."
    return f"{said}. Of these, take {best.label}: no other saves much time."


def say_rival(best: Standing, rival: Rival | None) -> str:
    """Say whether the best network is worth having at all."""
    if rival is None:
        return ""
    if best.error >= rival.error:
        named = f"{rival.words}{_say_excess(best, rival)}"
        return f"But no network beats the best rule of thumb, {named}: better take that."
    said = f"{best.label} is {say_percent(_gap(best.error, rival.error))} below the best rule of "
    said += f"thumb, {rival.words}"
    num_wins = sum(each.beats_baseline for each in best.attempts if each.error is not None)
    if num_wins == len(best.errors):
        return f"{said}."
    how_many = f"{num_wins} of its {len(best.errors)} runs" if num_wins else "none of its runs"
    return f"{said}, but {how_many} {'beat' if num_wins else 'beats'} that by more than chance."


def say_unfinished(standings: RaceStandings) -> str:
    """Name those that came to no result, or not with all seeds, once nothing runs any more."""
    if standings.is_running:
        return ""
    missing = [each.label for each in standings.contestants if not each.errors]
    partial = [each.label for each in standings.judged if len(each.errors) < each.num_planned]
    said = f"Without a result: {', '.join(missing)}. " if missing else ""
    return said + (f"Not with all seeds: {', '.join(partial)}." if partial else "")


def _say_excess(best: Standing, rival: Rival) -> str:
    if rival.error == 0:
        return ", which is exact on the test part"
    ratio = rival.error / best.error
    return f", whose error is {say_difference(ratio)}" if ratio < 1 else ""


def _measure_gap(best: Standing, other: Standing) -> float:
    return _gap(best.error, other.error)


def _gap(error: float, larger: float) -> float:
    return 1.0 - error / larger if larger > 0 else 0.0


def _measure_spread(*standings: Standing) -> float:
    """Return the widest range over seeds, as a share of the mean error."""
    return max(
        (max(each.errors) - min(each.errors)) / each.error if each.error > 0 else 0.0
        for each in standings
    )


def _say_time(one: Standing, other: Standing) -> str:
    """Return such as ``"a third of the time"``; one is faster."""
    assert one.seconds is not None
    assert other.seconds is not None
    share = one.seconds / other.seconds
    return f"{next(words for most, words in _SHARES if share <= most)} of the time"
