"""What changes within a series: how far values scatter, and a season that dies."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np

from lstm_core.data.series.dataset import Dataset
from lstm_core.judging.diagnosis import Diagnosis, Fix, say_percent, say_steps
from lstm_core.ratios import say_times
from lstm_core.spec import ExperimentSpec
from lstm_core.tasks.forecasting.doctor.data import MOST_LINES, Line

FEWEST_PIECES, MOST_PIECES = 10, 24
"""Pieces that a series is cut into, for their spreads to be compared; a whole number of rows, at
least ``ROWS_OF_A_PIECE`` each."""

ROWS_OF_A_PIECE = 8
FEWEST_ON_A_SIDE = 3

SURE = 6.0
"""How many standard errors lie between both sides of a change. The best of twenty places to cut
lies beyond three by chance in one of twenty series, and spreads that come in clusters, as those of
prices do, beyond five."""

SPREAD_CHANGES = 1.6
"""A change of the spread by less than this does not matter to ranges that were learnt before."""

SEASON_WAS, SEASON_IS_LEFT = 0.6, 0.4
"""How much of the first cycles' shape there has to be before, and may be left after, a season
that is said to die."""

FEWEST_CYCLES = 8


@dataclass(frozen=True)
class _Break:
    """Two sides of a row, and what was measured on either."""

    row: int
    before: float
    after: float


def find_variance_change(
    dataset: Dataset, spec: ExperimentSpec, lines: Sequence[Line]
) -> Diagnosis | None:
    """Look whether values scatter much more, or much less, from some row on."""
    grows = spec.task.transform in ("log", "boxcox")
    season = spec.task.season or 1

    def look(values: np.ndarray) -> _Break | None:
        found = _break_spread(values, season)
        if found is None or not grows or values.min() <= 0:
            return found
        # What grows and shrinks with the level is no change where logarithms are learnt.
        return None if _break_spread(np.log(values), season) is None else found

    found, count = _find_in_most(dataset, lines, look)
    if found is None:
        return None
    more = found.after > found.before
    return Diagnosis(
        "variance_change",
        "The spread has changed",
        f"{_say_whose(count, lines)} changes from one {_say_unit(season)} to the next are "
        f"{say_times(max(found.after, found.before) / min(found.after, found.before))} as "
        f"{'large' if more else 'small'} from row {found.row + 1:,} on as before: "
        f"{found.after:.4g} instead of {found.before:.4g} on average.",
        "What was learnt before tells little of how sure a forecast can be after, and ranges are "
        "too "
        + ("narrow" if more else "wide")
        + " until they have seen enough of the new spread. Learn from newer rows if there are "
        "enough, and look at how many actual values lay in the ranges of late.",
        _fix_variance(dataset, spec, lines, season),
    )


def _fix_variance(
    dataset: Dataset, spec: ExperimentSpec, lines: Sequence[Line], season: int
) -> Fix | None:
    """Offer logarithms where they are possible and in them nothing changes."""
    values = dataset.frame.to_numpy()
    own = [values[line.rows, line.target] for line in lines[: _count_step(lines) or 1]]
    if spec.task.transform != "none" or any(each.min() <= 0 for each in own):
        return None
    if any(_break_spread(np.log(each), season) is not None for each in own):
        return None
    return Fix("Learn logarithms", {"task.transform": "log"})


def _break_spread(values: np.ndarray, season: int) -> _Break | None:
    """Look where the mean size of changes, compared with a season ago, changes most."""
    changes = np.abs(values[season:] - values[:-season]) if len(values) > season else values[:0]
    num_pieces = min(MOST_PIECES, len(changes) // max(ROWS_OF_A_PIECE, season))
    if num_pieces < FEWEST_PIECES:
        return None
    length = len(changes) // num_pieces
    first = len(changes) - num_pieces * length
    pieces = changes[first:].reshape(num_pieces, length).mean(axis=1)
    if pieces.min() <= 1e-9 * float(np.abs(values).max()):
        return None  # stretches without any change have no spread to compare
    split = _split(np.log(pieces))
    if split is None:
        return None
    before, after = float(pieces[:split].mean()), float(pieces[split:].mean())
    if max(before, after) < SPREAD_CHANGES * min(before, after):
        return None
    return _Break(season + first + split * length, before, after)


def find_dying_season(
    dataset: Dataset, spec: ExperimentSpec, lines: Sequence[Line]
) -> Diagnosis | None:
    """Look whether a season that was there is gone, or nearly so, from some row on."""
    usual = dataset.frequency.usual_season
    season = max(spec.task.season or 1, 1)
    season = season if season > 1 else usual
    if season < 2:
        return None

    def look(values: np.ndarray) -> _Break | None:
        return _break_season(values, season)

    found, count = _find_in_most(dataset, lines, look)
    if found is None:
        return None
    return Diagnosis(
        "dying_season",
        "The season is dying",
        f"{_say_whose(count, lines)} season of {say_steps(season)} has "
        f"{say_percent(max(found.after, 0.0))} of its first size from row {found.row + 1:,} on, "
        f"after {say_percent(found.before)} before.",
        "A forecast that repeats it goes on with what is no longer there. Learn from the rows "
        "after the change if there are enough, or bring a column that tells the time before from "
        "the time after.",
        None,
    )


def _break_season(values: np.ndarray, season: int) -> _Break | None:
    """Measure the first cycles' shape in each cycle, and look where it goes.

    A cycle of the first third is measured by the mean of the others of that third.
    """
    count = len(values) // season
    if count < FEWEST_CYCLES:
        return None
    skipped = len(values) - count * season
    cycles = values[skipped:].reshape(count, season)
    cycles = cycles - cycles.mean(axis=1, keepdims=True)
    num_first = max(3, count // 3)
    first = cycles[:num_first]
    shape = first.mean(axis=0)
    others = (first.sum(axis=0) - first) / (num_first - 1)
    shapes = np.vstack([others, np.repeat(shape[None], count - num_first, axis=0)])
    power = (shapes**2).sum(axis=1)
    if power.min() <= 1e-12 * max(float((values**2).max()), 1e-300):
        return None
    sizes = (cycles * shapes).sum(axis=1) / power
    # Few pieces: one cycle of many is mostly noise.
    length = max(1, count // MOST_PIECES)
    num_pieces = count // length
    pieces = sizes[count - num_pieces * length :].reshape(num_pieces, length).mean(axis=1)
    split = _split(pieces)
    if split is None:
        return None
    before, after = float(pieces[:split].mean()), float(pieces[split:].mean())
    if before < SEASON_WAS or after > SEASON_IS_LEFT * before:
        return None
    start = skipped + (count - num_pieces * length + split * length) * season
    return _Break(start, before, after)


def _split(pieces: np.ndarray) -> int | None:
    """Return where two means differ most beside what is within them; None where by too little.

    Welch's statistic; neither side's variance counts as less than half of that within both, as
    three values may be alike by chance.
    """
    count = len(pieces)
    best, place = 0.0, None
    for split in range(FEWEST_ON_A_SIDE, count - FEWEST_ON_A_SIDE + 1):
        left, right = pieces[:split], pieces[split:]
        within = float(((left - left.mean()) ** 2).sum() + ((right - right.mean()) ** 2).sum())
        least = 0.5 * within / (count - 2)
        error = sum(max(float(side.var(ddof=1)), least) / len(side) for side in (left, right))
        if error <= 0:
            return None
        found = abs(float(left.mean() - right.mean())) / float(np.sqrt(error))
        if found > best:
            best, place = found, split
    return place if best > SURE else None


def _count_step(lines: Sequence[Line]) -> int:
    return max(1, -(-len(lines) // MOST_LINES)) if lines else 0


def _find_in_most(
    dataset: Dataset, lines: Sequence[Line], look: Callable[[np.ndarray], _Break | None]
) -> tuple[_Break | None, int]:
    """Return the break of the middle line and how many have one, where most lines have."""
    values = dataset.frame.to_numpy()
    looked = list(lines[:: _count_step(lines) or 1])
    breaks = [
        found for line in looked if (found := look(values[line.rows, line.target])) is not None
    ]
    if not breaks or 2 * len(breaks) <= len(looked):
        return None, 0
    return sorted(breaks, key=lambda each: each.row)[len(breaks) // 2], len(breaks)


def _say_whose(count: int, lines: Sequence[Line]) -> str:
    return "The" if len(lines) == 1 else f"In {count} of {len(lines)} series, the"


def _say_unit(season: int) -> str:
    return "row" if season == 1 else "season"
