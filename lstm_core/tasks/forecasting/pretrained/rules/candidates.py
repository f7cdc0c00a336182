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

import numpy as np

from lstm_core.tasks.forecasting.pretrained.rules.repeating import repeat
from lstm_core.tasks.forecasting.pretrained.rules.seasons import Adjusted, adjust, season_pair
from lstm_core.tasks.forecasting.pretrained.rules.smoothing import (
    LEVEL_RATES,
    TREND_RATES,
    make_weights,
)
from lstm_core.tasks.forecasting.pretrained.rules.trends import damp_steps, find_trend

_THETA_LEVELS = (1, 3)
_LOG_LEVELS = (1, 2)
_LOG_WAYS = (1, 3)
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
    *("trend line", "recent trend", "mean"),
    *(name for k in _LOG_WAYS for name in _name_smoothed(f"log {_WAYS[k]}", _LOG_LEVELS)),
    *("log trend line", "log recent trend"),
    *("last value", "drift", "median", "zero"),
    *(f"short {kind}" for kind in ("naive", "drift", "mean 2", "mean 3", "median 3", "moved")),
    *(f"long {kind}" for kind in ("naive", "mean 2", "mean 3", "moved", "moved mean 2")),
)


@dataclass(frozen=True)
class Logs:
    """Logarithms of those series that have them.

    Attributes:
        rows: which of the batch's series. ``values``: ``(some, length)``, NaN where missing.
        scaling: ``(some, 2)``: what is taken off the exponential, and what that is divided by.
    """

    rows: np.ndarray
    values: np.ndarray
    scaling: np.ndarray

    def take(self, rows: np.ndarray, back: int) -> Logs:
        """Those of some of the batch's series, in order, without their last ``back`` values."""
        chosen = np.isin(self.rows, rows)
        return Logs(
            np.searchsorted(rows, self.rows[chosen]),
            self.values[chosen, :-back],
            self.scaling[chosen],
        )


@dataclass(frozen=True)
class Candidates:
    """What the rules say, on the scale of the values they were given.

    Attributes:
        forecasts: ``(count, steps, rules)``, in the order of ``RULES``.
        adjusted: the ways of taking out seasons that they were made by.
        filled: ``(count, length)``, the values without gaps.
        slope: ``(count,)``, a step's part of the trend line.
    """

    forecasts: np.ndarray
    adjusted: list[Adjusted]
    filled: np.ndarray
    slope: np.ndarray


def apply_rules(
    values: np.ndarray,
    lengths: np.ndarray,
    seasons: tuple[int, ...],
    ahead: np.ndarray,
    zero: np.ndarray,
    logs: Logs,
) -> Candidates:
    """Forecast ``(count, length)`` values at the steps ``ahead`` (from 1 on).

    Args:
        values: NaN where missing. ``lengths``: ``(count,)``, steps since the first value.
        zero: ``(count,)``, what nothing is on this scale; NaN where it is no forecast.
    """
    ways = adjust(values, lengths, seasons, ahead)
    short, _ = season_pair(seasons)
    season = ways[1]
    filled = season.filled + season.season
    trend = find_trend(season.filled, lengths, ahead, short)
    plain = [
        forecast for way in ways for forecast in _smooth(way, (0, 1, 2, 3), trend.half_line, ahead)
    ]
    plain += trend.follow(season)
    plain.append(_mean(season.filled, lengths)[:, None] + season.coming)
    forecasts = np.stack(plain, 1)

    grown = _in_logs(forecasts)
    if len(logs.rows):
        grown[logs.rows] = _grow(logs, lengths[logs.rows], seasons, ahead, forecasts[logs.rows])
    naive = repeat(filled, lengths, seasons, ahead, zero)
    forecasts = np.concatenate([forecasts, grown, np.stack(naive, 1)], 1)
    return Candidates(np.swapaxes(forecasts, 1, 2), ways, filled, trend.slope)


def _in_logs(plain: np.ndarray) -> np.ndarray:
    """What stands in for the rules in logarithms where a series has none: the same, plain."""
    each = len(LEVEL_RATES) + len(_THETA_LEVELS) + len(TREND_RATES)
    after = len(LEVEL_RATES)
    picked = []
    for way in _LOG_WAYS:
        picked += [way * each + k for k in (*_LOG_LEVELS, *range(after, each))]
    picked += [len(_WAYS) * each, len(_WAYS) * each + 1]
    return plain[:, picked]


def _grow(
    logs: Logs,
    lengths: np.ndarray,
    seasons: tuple[int, ...],
    ahead: np.ndarray,
    plain: np.ndarray,
) -> np.ndarray:
    ways = adjust(logs.values, lengths, seasons, ahead)
    short, _ = season_pair(seasons)
    trend = find_trend(ways[1].filled, lengths, ahead, short)
    grown = [
        forecast
        for way in _LOG_WAYS
        for forecast in _smooth(ways[way], _LOG_LEVELS, trend.half_line, ahead)
    ]
    grown += trend.follow(ways[1])
    values = np.exp(np.clip(np.stack(grown, 1), -_LARGEST_LOG, _LARGEST_LOG))
    values = (values - logs.scaling[:, :1, None]) / logs.scaling[:, 1:, None]
    low = plain.min((1, 2), keepdims=True) - _LEAST_BELOW
    return np.clip(values, low, plain.max((1, 2), keepdims=True) + _MOST_ABOVE)


def _smooth(
    way: Adjusted, levels: tuple[int, ...], half_line: np.ndarray, ahead: np.ndarray
) -> list[np.ndarray]:
    states = way.filled @ make_weights(way.filled.shape[1])
    after = len(LEVEL_RATES)
    out = [states[:, [k]] + way.coming for k in levels]
    out += [states[:, [k]] + half_line + way.coming for k in _THETA_LEVELS]
    damped = damp_steps(ahead)
    out += [
        states[:, [after + 2 * k]] + states[:, [after + 2 * k + 1]] * damped + way.coming
        for k in range(len(TREND_RATES))
    ]
    return out


def _mean(filled: np.ndarray, lengths: np.ndarray) -> np.ndarray:
    """The mean of the real values: before them the first one is repeated."""
    before = filled.shape[1] - lengths
    return np.asarray((filled.sum(1) - before * filled[:, 0]) / lengths)
