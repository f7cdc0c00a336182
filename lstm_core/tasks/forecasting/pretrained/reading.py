"""Series as they are and as they were at earlier cutoffs: what all of these need is found once.

Values are put on the scale that they have in the end, and rules are fitted there; what a cutoff
says stands on its own scale, which was known then.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from lstm_core.tasks.forecasting.pretrained.history import Histories
from lstm_core.tasks.forecasting.pretrained.rules.candidates import (
    RULES,
    Fit,
    Logs,
    Scale,
    apply_rules,
    fit_rules,
)
from lstm_core.tasks.forecasting.pretrained.rules.course import Course
from lstm_core.tasks.forecasting.pretrained.rules.seasons import season_pair
from lstm_core.tasks.forecasting.pretrained.rules.trying import (
    count_steps_back,
    find_long_enough,
    try_rules,
)
from lstm_core.tasks.forecasting.pretrained.scaling import find_scale, measure_change

_FARTHEST = 1e9
_FARTHEST_ZERO = 50
_LARGEST_RATIO = 1e100
_FITS_KEPT = 2
"""A cutoff's own, and that of the earlier one where its rules are tried: mostly the next one."""


@dataclass(frozen=True)
class Cutoff:
    """What is known of series at a cutoff.

    Attributes:
        back: how many steps before the end it lies.
        histories: up to it. ``known``: ``(count, length)``. ``lengths``: ``(count,)``.
        changes: ``(count,)`` each: from step to step, over the short season, over the long one.
        location, scale: ``(count,)``, the scale that they are told on.
        positive: ``(count,)``, whether all values are above zero by what they are.
        fit: of the rules. ``on``: the scale that they are told on, on that of the fit.
        zero: ``(count,)``, what nothing is on it; NaN where it is no forecast.
        middle: ``(count,)``, the mean, as they are.
    """

    back: int
    histories: Histories
    known: np.ndarray
    lengths: np.ndarray
    changes: list[np.ndarray]
    location: np.ndarray
    scale: np.ndarray
    positive: np.ndarray
    fit: Fit
    on: Scale
    zero: np.ndarray
    middle: np.ndarray


class Reader:
    """Reads some series at one cutoff after the other."""

    def __init__(self, histories: Histories) -> None:
        self._histories = histories
        self._known = np.isfinite(histories.values)
        self._lengths = histories.values.shape[1] - self._known.argmax(1)
        _, self._location, self._scale = self._find_scale(0)
        with np.errstate(over="ignore"):
            scaled = (histories.values - self._location[:, None]) / self._scale[:, None]
        self._course = Course.of(np.clip(scaled, -_FARTHEST, _FARTHEST), self._lengths)
        self._fits: dict[int, Fit] = {}
        self._logs: _LogReader | None = None

    def look(self, back: int) -> Cutoff:
        """Look at them as they were ``back`` steps ago."""
        past = self._histories.without_last(back)
        values = past.values
        known = self._known[:, : values.shape[1]]
        changes, location, scale = self._find_scale(back)
        with np.errstate(over="ignore"):
            on = Scale(
                np.clip((location - self._location) / self._scale, -_LARGEST_RATIO, _LARGEST_RATIO),
                np.clip(scale / self._scale, 1 / _LARGEST_RATIO, _LARGEST_RATIO),
            )
        near = past.non_negative & (np.abs(location) < _FARTHEST_ZERO * scale)
        return Cutoff(
            back,
            past,
            known,
            self._lengths - back,
            changes,
            location,
            scale,
            past.non_negative & (np.fmin.reduce(values, 1) > 0),
            _fit(self._fits, self._course, back, past.seasons),
            on,
            np.where(near, -location / scale, np.nan),
            _mean_known(values, known),
        )

    def forecast(self, cutoff: Cutoff, ahead: np.ndarray) -> np.ndarray:
        """What the rules say at a cutoff, on its scale: ``(count, steps, rules)``."""
        logs = self._take_logs(cutoff, cutoff.back, np.ones(len(self._known), bool))
        said = apply_rules(cutoff.fit, ahead, cutoff.on, cutoff.zero, logs)
        return np.clip(said, -_FARTHEST, _FARTHEST)

    def try_rules(self, cutoff: Cutoff) -> np.ndarray:
        """How the rules would have done at an earlier cutoff; see ``rules.trying``."""
        step = count_steps_back(cutoff.histories.seasons)
        errors = np.full((len(self._known), len(RULES)), np.nan)
        chosen = find_long_enough(cutoff.known, cutoff.lengths, step)
        if not chosen.any():
            return errors
        back = cutoff.back + step
        seasons = cutoff.histories.seasons
        if chosen.all():
            fit = _fit(self._fits, self._course, back, seasons)
        else:
            fit = fit_rules(self._course.until(back, chosen), seasons)
        end = cutoff.known.shape[1]
        errors[chosen] = try_rules(
            fit,
            self._course.values[chosen, end - step : end],
            cutoff.on.take(chosen),
            cutoff.zero[chosen],
            self._take_logs(cutoff, back, chosen),
        )
        return errors

    def _find_scale(self, back: int) -> tuple[list[np.ndarray], np.ndarray, np.ndarray]:
        values = self._histories.without_last(back).values
        short, long = season_pair(self._histories.seasons)
        changes = [measure_change(values, lag) for lag in (1, short, long)]
        known = self._known[:, : values.shape[1]]
        scale, location = find_scale(values, known, self._lengths - back, short, changes)
        return changes, location, scale

    def _take_logs(self, cutoff: Cutoff, back: int, chosen: np.ndarray) -> Logs | None:
        """Of the chosen series, up to ``back`` steps ago, as a cutoff puts them in logarithms."""
        rows = np.flatnonzero(cutoff.positive & chosen)
        if not len(rows):
            return None
        logs = self._logs
        if logs is None or not np.array_equal(rows, logs.rows):
            values = cutoff.histories.values[rows]
            logs = _LogReader(rows, values, self._lengths[rows] - cutoff.back, cutoff.back)
            if not cutoff.back:
                self._logs = logs
        middle = cutoff.middle[rows]
        return Logs(
            np.cumsum(chosen)[rows] - 1,
            logs.fit(back, cutoff.histories.seasons),
            np.log(middle) - logs.middle,
            Scale(cutoff.location[rows] / middle, cutoff.scale[rows] / middle),
        )


class _LogReader:
    """Reads the logarithms of some series, each from that of its mean on."""

    def __init__(self, rows: np.ndarray, values: np.ndarray, lengths: np.ndarray, until: int):
        self.rows = rows
        self.middle = np.log(_mean_known(values, np.isfinite(values)))
        self._course = Course.of(np.log(values) - self.middle[:, None], lengths)
        self._until = until
        self._fits: dict[int, Fit] = {}

    def fit(self, back: int, seasons: tuple[int, ...]) -> Fit:
        """Fit what was known ``back`` steps ago."""
        return _fit(self._fits, self._course, back - self._until, seasons)


def _fit(fits: dict[int, Fit], course: Course, back: int, seasons: tuple[int, ...]) -> Fit:
    """Fit a course up to ``back`` steps before its end; the latest fits are kept."""
    if back not in fits:
        while len(fits) >= _FITS_KEPT:
            del fits[next(iter(fits))]
        fits[back] = fit_rules(course.until(back), seasons)
    return fits[back]


def _mean_known(values: np.ndarray, known: np.ndarray) -> np.ndarray:
    return np.asarray(np.where(known, values, 0).sum(1) / known.sum(1))
