"""What is wrong with the data for what was asked: too few rows, a season unseen, another level."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd

from lstm_core.data.series.dataset import Dataset
from lstm_core.judging.diagnosis import Diagnosis, Fix, say_steps
from lstm_core.ratios import say_times
from lstm_core.spec import ExperimentSpec
from lstm_core.tasks.forecasting.framing.cutting import Cuts, cut_series, is_long_enough

FEWEST_ROWS = 100
"""Below this, all series together, the smallest network has more weights than it has values."""

FEWEST_WINDOWS = 2
"""Fewer windows without overlap, and whatever is learnt has been seen once."""

SEASONS_SEEN = 2
"""What is to be known as returning has to have returned."""

NUM_BLOCKS, FEWEST_BLOCKS = 12, 6
"""Stretches of the training part whose levels are compared with each other; with fewer nobody
can say how far the level usually moves."""

SHIFT_OF_WANDER = 5.0
"""How far beyond the level's usual moves a shift lies; those are known from a few moves only."""

SHIFT_OF_SPREAD = 1.0
"""A shift that is smaller than the values' own spread, season left out, is lost in it."""

DAYS_A_YEAR = 365.25

MOST_LINES = 200
"""Lines that are looked at for a shift; of more, an even choice is."""


@dataclass(frozen=True)
class Line:
    """One target of a series that is long enough: its rows in the dataset, and its cuts."""

    rows: slice
    target: int
    cuts: Cuts

    @property
    def num_training_rows(self) -> int:
        return self.cuts.train_end - self.cuts.train_start


def list_lines(dataset: Dataset, spec: ExperimentSpec) -> list[Line]:
    """Return every target of every series that is not left out, cut as without refit."""
    return [
        Line(rows, target, cut_series(rows.stop - rows.start, spec))
        for _, rows in dataset.iterate_series()
        if is_long_enough(rows.stop - rows.start, spec)
        for target in range(len(dataset.roles.targets))
    ]


def find_too_few_rows(spec: ExperimentSpec, lines: Sequence[Line]) -> Diagnosis | None:
    """Look how many rows there are to learn from, and how often they hold a window."""
    lookback, horizon = spec.task.sizes
    own = [line for line in lines if line.target == 0]
    num_rows = sum(line.num_training_rows for line in own)
    num_windows = sum(line.num_training_rows / (lookback + horizon) for line in own)
    if num_rows >= FEWEST_ROWS and num_windows >= FEWEST_WINDOWS:
        return None
    fix = None
    shorter = max(1, lookback // 2, min(lookback, spec.task.season or 1))
    if num_windows < FEWEST_WINDOWS and shorter < lookback:
        fix = Fix(f"Look back {say_steps(shorter)}", {"task.lookback": shorter})
    return Diagnosis(
        "too_few_rows",
        "Too few rows",
        f"The training part holds {num_rows:,} rows. A window of {lookback} steps back and "
        f"{horizon} ahead fits in {num_windows:.1f} times without overlap.",
        "Bring a longer history, or several series of the same kind in one table: one network "
        "learns from all of them. A shorter lookback or horizon makes more of what is there.",
        fix,
    )


def find_unseen_season(spec: ExperimentSpec, lines: Sequence[Line]) -> Diagnosis | None:
    """Look whether a window shows a season, and the training part shows it returning."""
    lookback, horizon = spec.task.sizes
    season = spec.task.season or 1
    num_rows = max((line.num_training_rows for line in lines), default=0)
    evidence, fix = "", None
    if season > 1 and num_rows < SEASONS_SEEN * season:
        evidence = (
            f"A season has {season} steps, and the longest training part {num_rows} rows: less "
            f"than {SEASONS_SEEN} seasons."
        )
    elif SEASONS_SEEN * horizon > num_rows:
        evidence = (
            f"It predicts {say_steps(horizon)} from a training part of {num_rows} rows: less than "
            f"{SEASONS_SEEN} times the horizon."
        )
        shorter = num_rows // (2 * SEASONS_SEEN)
        if shorter:
            fix = Fix(f"Predict {say_steps(shorter)}", {"task.horizon": shorter})
    elif 1 < lookback < season:
        evidence = f"It looks back {lookback} steps, and a season has {season}."
        fix = _lengthen_lookback(spec, lines)
    if not evidence:
        return None
    return Diagnosis(
        "unseen_season",
        "Further ahead than it has seen",
        evidence,
        "What the network has not seen returning, it can't expect to return. Let it look back "
        "at least one season, and bring a history of several.",
        fix,
    )


def _lengthen_lookback(spec: ExperimentSpec, lines: Sequence[Line]) -> Fix | None:
    season = spec.task.season or 1
    for longer in (2 * season, season):
        changed = spec.update("task", {"lookback": longer})
        lengths = [line.rows.stop - line.rows.start for line in lines]
        if longer <= 10_000 and all(is_long_enough(length, changed) for length in lengths):
            return Fix(f"Look back {say_steps(longer)}", {"task.lookback": longer})
    return None


def find_level_shift(
    dataset: Dataset, spec: ExperimentSpec, lines: Sequence[Line]
) -> Diagnosis | None:
    """Look whether the level moved further to the test part than it ever did in training."""
    values = dataset.frame.to_numpy()
    times = dataset.frame.index.get_level_values("time")
    grows = spec.task.transform in ("log", "boxcox")
    step = max(1, -(-len(lines) // MOST_LINES))
    season = spec.task.season or 1
    shifts = [
        shift
        for line in lines[::step]
        if (
            shift := _measure_shift(
                values[line.rows, line.target],
                line.cuts,
                season,
                grows,
                _count_years(times[line.rows], line.cuts),
            )
        )
        is not None
    ]
    moved = [shift for shift in shifts if shift.is_large]
    if not moved or 2 * len(moved) <= len(shifts):
        return None
    shift = sorted(moved, key=lambda found: found.of_spread)[len(moved) // 2]
    whose = (
        f"In {len(moved)} of {len(shifts)} series; in the middle one of them"
        if len(shifts) > 1
        else "On the whole"
    )
    return Diagnosis(
        "level_shift",
        "The level has moved",
        f"{whose}, the level went from {shift.before:.4g} at the end of the training part to "
        f"{shift.after:.4g} in the test part. That is {say_times(shift.of_spread)} the usual "
        f"spread, season left out, and {say_times(shift.of_wander)} what the level usually moves "
        "over such a time.",
        "Something has changed that the training part knows nothing of. Find out what; learn "
        "from newer rows, or bring a column that tells the time before from the time after.",
        _fix_level_shift(spec),
    )


@dataclass(frozen=True)
class _Shift:
    """The levels of the last training block and of the test part, and how unusual the step is.

    ``is_known``: the training part had been at that level before, or it may be a season of the
    year that is moving on.
    """

    before: float
    after: float
    of_spread: float
    of_wander: float
    is_known: bool

    @property
    def is_large(self) -> bool:
        is_far = self.of_spread > SHIFT_OF_SPREAD and self.of_wander > SHIFT_OF_WANDER
        return is_far and not self.is_known


def _count_years(times: pd.Index, cuts: Cuts) -> float:
    """Return how many years the training part spans; infinite where rows are only numbered."""
    if not isinstance(times, pd.DatetimeIndex):
        return float("inf")
    span = times[cuts.train_end - 1] - times[cuts.train_start]
    return float(span / pd.Timedelta(days=DAYS_A_YEAR))


def _measure_shift(
    values: np.ndarray, cuts: Cuts, season: int, grows: bool, num_years: float = np.inf
) -> _Shift | None:
    """Compare the step to the test part with all steps as long within the training part.

    Levels are means over blocks of whole seasons, so that a season is not taken for a step. The
    usual trend is taken off: the median of the steps. Where the spread ``grows`` with the level,
    so do steps, and logarithms are compared.
    """
    is_log = grows and bool(values.min() > 0)
    if is_log:
        values = np.log(values)
    train = values[cuts.train_start : cuts.train_end]
    test = values[cuts.test_start : cuts.test_end]
    length = season * max(1, len(train) // (NUM_BLOCKS * season))
    num_blocks, num_test = len(train) // length, len(test) // length
    if num_test == 0:
        return None
    centre = cuts.test_start + num_test * length / 2
    distance = max(1, round((centre - cuts.train_end) / length + 0.5))
    if num_blocks < FEWEST_BLOCKS or num_blocks - distance < FEWEST_BLOCKS // 2:
        return None
    recent = train[-num_blocks * length :]
    levels = recent.reshape(num_blocks, length).mean(axis=1)
    steps = levels[distance:] - levels[:-distance]
    wander = max(float(steps.std(ddof=1)), float(np.diff(levels).std(ddof=1)) * distance**0.5)
    spread = float((recent.reshape(-1, season) - recent.reshape(-1, season).mean(axis=0)).std())
    # Rounding is no spread: a constant or a pure season has none.
    least = 1e-9 * max(float(np.abs(recent).max()), 1e-30)
    before, after = float(levels[-1]), float(test[: num_test * length].mean())
    step = abs(after - before - float(np.median(steps)))
    is_known = bool(levels.min() <= after <= levels.max())
    if not is_known and num_years < SEASONS_SEEN:
        start = cuts.train_end - 3 * length
        is_known = not _is_sudden(values[max(start, 0) : cuts.test_end], season)
    if is_log:
        before, after = float(np.exp(before)), float(np.exp(after))
    return _Shift(before, after, step / max(spread, least), step / max(wander, least), is_known)


def _is_sudden(values: np.ndarray, season: int) -> bool:
    """Whether a single step fits a stretch better than a bend does, as winter brings it.

    Both have about as many coefficients: two levels and a place, and a polynomial of degree 3.
    """
    length = season * max(1, len(values) // (2 * NUM_BLOCKS * season))
    count = len(values) // length
    if count < FEWEST_BLOCKS:
        return True
    levels = values[len(values) - count * length :].reshape(count, length).mean(axis=1)
    stepped = min(
        float(levels[:split].var() * split + levels[split:].var() * (count - split))
        for split in range(1, count)
    )
    places = np.linspace(-1.0, 1.0, count)
    bent = levels - np.polyval(np.polyfit(places, levels, 3), places)
    return stepped < float((bent**2).sum())


def _fix_level_shift(spec: ExperimentSpec) -> Fix | None:
    if spec.task.window_normalisation == "none":
        return Fix("Predict changes", {"task.window_normalisation": "last_value"})
    if not spec.task.refit:
        return Fix("Train anew before each fold", {"task.refit": True})
    if not spec.training.retrain:
        return Fix("Learn from the validation part, too", {"training.retrain": True})
    return None
