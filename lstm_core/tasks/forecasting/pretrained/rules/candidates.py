"""The simple forecasts themselves, all of them at once for a batch of series.

Smoothing on values less four kinds of season, plain and in logarithms; trends; seasons repeated;
means and medians; zero. Sources: Assimakopoulos and Nikolopoulos, "The theta model", International
Journal of Forecasting 16 (2000), for a level with half the slope; Gardner and McKenzie, Management
Science 31 (1985), for the damped trend; Teunter, Syntetos and Babai, "Intermittent demand",
European Journal of Operational Research 214 (2011), which comes to a smoothed level where size and
chance of a demand have one rate.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

import numpy as np

from lstm_core.tasks.forecasting.pretrained.rules.course import Course, add_up
from lstm_core.tasks.forecasting.pretrained.rules.repeating import repeat
from lstm_core.tasks.forecasting.pretrained.rules.seasons import Adjusted, adjust, season_pair
from lstm_core.tasks.forecasting.pretrained.rules.smoothing import (
    LEVEL_RATES,
    REACH,
    TREND_RATES,
    make_weights,
)
from lstm_core.tasks.forecasting.pretrained.rules.trends import Trend, damp_steps, find_trend

_THETA_LEVELS = (1, 3)
_LOG_LEVELS = (1, 2)
_LOG_WAYS = (1, 3)
_FOLLOWED = ("trend line", "recent trend", "latest slope", "latest slope damped")
_WAYS = ("plain", "short", "long", "both")
_LEAST_BELOW, _MOST_ABOVE = 30.0, 60.0
_LARGEST_LOG = 50.0


def _name_smoothed(way: str, levels: tuple[int, ...]) -> list[str]:
    return [
        *(f"{way} level {LEVEL_RATES[k]}" for k in levels),
        *(f"{way} half trend {LEVEL_RATES[k]}" for k in _THETA_LEVELS),
        *(f"{way} damped trend {rate}" for rate in TREND_RATES),
    ]


RULES: tuple[str, ...] = (
    *(name for way in _WAYS for name in _name_smoothed(way, (0, 1, 2, 3))),
    *(*_FOLLOWED, "mean"),
    *(name for k in _LOG_WAYS for name in _name_smoothed(f"log {_WAYS[k]}", _LOG_LEVELS)),
    *(f"log {name}" for name in _FOLLOWED),
    *("last value", "drift", "median", "zero"),
    *(f"short {kind}" for kind in ("naive", "drift", "mean 2", "mean 3", "median 3", "moved")),
    *(f"long {kind}" for kind in ("naive", "mean 2", "mean 3", "moved", "moved mean 2")),
)


@dataclass(frozen=True)
class Fit:
    """What the rules read of a batch, before they are asked about steps ahead.

    Attributes:
        course: the values, without their seasons in four ways: ``ways``.
        seasons: in steps, the shorter first.
        states: of each way the levels and trends of smoothing, ``(count, 4 + 2 × 2)``.
        trend: of the values without the short season. ``mean``: theirs, ``(count,)``.
    """

    course: Course
    seasons: tuple[int, ...]
    ways: list[Adjusted]
    states: list[np.ndarray]
    trend: Trend
    mean: np.ndarray

    @cached_property
    def filled(self) -> np.ndarray:
        """Values without gaps from each series' beginning on, ``(count, length)``."""
        season = self.ways[1]
        return season.filled + season.season if len(self.course.gaps) else self.course.values

    @cached_property
    def sums(self) -> np.ndarray:
        """Sums of these up to each step, ``(count, length + 1)``."""
        return add_up(self.filled) if len(self.course.gaps) else self.course.sums()[0]

    def smooth(self, way: int, levels: tuple[int, ...], ahead: np.ndarray) -> list[np.ndarray]:
        """Levels, levels with half a trend, and damped trends, ``(count, steps)`` each."""
        states, coming = self.states[way], self.ways[way].give_back(ahead)
        after = len(LEVEL_RATES)
        half_line, damped = self.trend.half_line(ahead), damp_steps(ahead)
        out = [states[:, [k]] + coming for k in levels]
        out += [states[:, [k]] + half_line + coming for k in _THETA_LEVELS]
        out += [
            states[:, [after + 2 * k]] + states[:, [after + 2 * k + 1]] * damped + coming
            for k in range(len(TREND_RATES))
        ]
        return out

    def follow(self, ahead: np.ndarray) -> list[np.ndarray]:
        """From the last value on along lines, with the short season."""
        season = self.ways[1]
        return self.trend.follow(season.filled[:, -1:] + season.give_back(ahead), ahead)


def fit_rules(course: Course, seasons: tuple[int, ...]) -> Fit:
    """Read what the rules go by, for whatever steps ahead."""
    ways = adjust(course, seasons, REACH)
    season = ways[1].filled
    latest = [way.filled[:, -REACH:] for way in ways]
    return Fit(
        course,
        seasons,
        ways,
        [one @ make_weights(one.shape[1]) for one in latest],
        find_trend(season, course.lengths, season_pair(seasons)[0]),
        _mean(season, course.lengths),
    )


@dataclass(frozen=True)
class Scale:
    """A scale that forecasts are asked for on, as it lies on that of the values, ``(count,)``."""

    location: np.ndarray
    size: np.ndarray

    def put(self, values: np.ndarray) -> np.ndarray:
        """Put ``(count, ...)`` values on it."""
        shape = (-1, *(1,) * (values.ndim - 1))
        return np.asarray((values - self.location.reshape(shape)) / self.size.reshape(shape))

    def take(self, rows: np.ndarray) -> Scale:
        """That of some of the series."""
        return Scale(self.location[rows], self.size[rows])


@dataclass(frozen=True)
class Logs:
    """Rules in logarithms, for those series that have them.

    Attributes:
        rows: which of the batch's series.
        fit: to the logarithms of their values, each less a number of its own.
        middle: ``(some,)``, the logarithm, less that number, that forecasts are bounded around.
        scale: that of forecasts, in parts of what that is the logarithm of.
    """

    rows: np.ndarray
    fit: Fit
    middle: np.ndarray
    scale: Scale


def apply_rules(
    fit: Fit, ahead: np.ndarray, scale: Scale, zero: np.ndarray, logs: Logs | None
) -> np.ndarray:
    """Forecast a batch at the steps ``ahead`` (from 1 on).

    Args:
        zero: ``(count,)``, what nothing is on the scale asked for; NaN where it is no forecast.

    Returns:
        ``(count, steps, rules)``, in the order of ``RULES``.
    """
    plain = [
        forecast for way in range(len(_WAYS)) for forecast in fit.smooth(way, (0, 1, 2, 3), ahead)
    ]
    plain += fit.follow(ahead)
    plain.append(fit.mean[:, None] + fit.ways[1].give_back(ahead))
    forecasts = scale.put(np.stack(plain, 1))

    grown = _in_logs(forecasts)
    if logs is not None:
        grown[logs.rows] = _grow(logs, ahead, forecasts[logs.rows])
    nothing = scale.location + zero * scale.size
    naive = repeat(fit.filled, fit.sums, fit.course.lengths, fit.seasons, ahead, nothing)
    forecasts = np.concatenate([forecasts, grown, scale.put(np.stack(naive, 1))], 1)
    return np.swapaxes(forecasts, 1, 2)


def _in_logs(plain: np.ndarray) -> np.ndarray:
    """What stands in for the rules in logarithms where a series has none: the same, plain."""
    each = len(LEVEL_RATES) + len(_THETA_LEVELS) + len(TREND_RATES)
    after = len(LEVEL_RATES)
    picked = []
    for way in _LOG_WAYS:
        picked += [way * each + k for k in (*_LOG_LEVELS, *range(after, each))]
    picked += [len(_WAYS) * each + k for k in range(len(_FOLLOWED))]
    return plain[:, picked]


def _grow(logs: Logs, ahead: np.ndarray, plain: np.ndarray) -> np.ndarray:
    said = [forecast for way in _LOG_WAYS for forecast in logs.fit.smooth(way, _LOG_LEVELS, ahead)]
    said += logs.fit.follow(ahead)
    grown = np.stack(said, 1) - logs.middle[:, None, None]
    values = logs.scale.put(np.exp(np.clip(grown, -_LARGEST_LOG, _LARGEST_LOG)))
    low = plain.min((1, 2), keepdims=True) - _LEAST_BELOW
    return np.clip(values, low, plain.max((1, 2), keepdims=True) + _MOST_ABOVE)


def _mean(filled: np.ndarray, lengths: np.ndarray) -> np.ndarray:
    """The mean of the real values: before them the first one is repeated."""
    before = filled.shape[1] - lengths
    return np.asarray((filled.sum(1) - before * filled[:, 0]) / lengths)
