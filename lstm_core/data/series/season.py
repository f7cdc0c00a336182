"""How long a season is, confirmed by the data's own autocorrelation."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from lstm_core.data.series.spacing.frequency import Frequency

_MAX_VALUES = 20_000
_MAX_SERIES = 20
_MAX_SEASON = 2_000
_WEAKEST = 0.1
"""Autocorrelation of the changes below which a season is not worth naming."""
_WEAKEST_PEAK = 0.3
_SLOW = 8
"""Steps of a season from which on it is looked at in quarters of two steps or more."""
_NEARLY_AS_HIGH = 0.8

_OTHER_SEASONS = {"h": (168,), "D": (365,), "B": (21, 261), "min": (60, 10_080), "s": (3_600,)}


def detect_season(series: Sequence[np.ndarray], frequency: Frequency) -> tuple[int, str]:
    """Return the season in steps, 1 where there is none, and a sentence that says why.

    The season that the spacing usually has is taken when values one season apart change alike, from
    step to step or, where it is long, over a quarter of it: single steps of a slow season are
    mostly noise. Without a usual season the highest peak of the autocorrelation is, the first among
    peaks of nearly that height. At most the last 20,000 values of the 20 longest series are read.

    Args:
        series: arrays of shape ``(rows,)``, without NaN, of any lengths.
        frequency: their spacing.
    """
    longest = sorted(series, key=len, reverse=True)[:_MAX_SERIES]
    recent = [values[-_MAX_VALUES:].astype(np.float64) for values in longest if len(values) >= 8]
    if not recent:
        return 1, "There are too few rows to see a season."
    usual = frequency.usual_season
    if usual == 1:
        return _find_peak(recent)
    changes = _mean_autocorrelation([np.diff(values) for values in recent])
    alias = frequency.alias or ""
    candidates = (usual, *_OTHER_SEASONS.get(alias, ()))
    for season in candidates:
        if _is_confirmed(changes, season, recent) or _repeats_slowly(recent, season):
            return season, f"{_say(frequency, season)} repeat themselves."
    if 2 * usual > len(recent[0]):
        return 1, f"There are too few rows to see a season of {usual} steps twice."
    return 1, f"The usual season of {usual} steps does not show in the values."


def repeats_itself(series: Sequence[np.ndarray], season: int) -> bool:
    """Whether values a season apart are alike: their changes, or what stands around their level.

    Single steps of a slow season are mostly noise. So its changes over a quarter of it are looked
    at too, and values around the mean of a season, which takes away what only wanders. Either has
    to be alike a whole season apart, beyond chance and more than in between.

    Args:
        series: float64 arrays, ``(rows,)``, without NaN; the longest first.
    """
    parts = list(series)
    changes = _mean_autocorrelation([np.diff(values) for values in parts])
    if _is_confirmed(changes, season, parts):
        return True
    return _stands_out(parts, season) or _repeats_slowly(parts, season)


def _repeats_slowly(series: list[np.ndarray], season: int) -> bool:
    """Whether changes over a quarter of a season come again a season later, more than in between.

    Of 3,300 made-up walks of 20 to 20,000 rows, none was taken to have a season of 12 steps or
    more.
    """
    width = season // 4
    if season < _SLOW or not _repeats(series, season):
        return False
    slow = _mean_autocorrelation([values[width:] - values[:-width] for values in series])
    between = slow[width + 1 : season]
    return season < len(slow) and float(slow[season]) > float(np.median(between)) + _WEAKEST


def _stands_out(series: list[np.ndarray], season: int) -> bool:
    """Whether values around their moving mean over a season are alike a season apart.

    Of 200 made-up walks, noises and autoregressions of 60 to 2,000 rows, one in a hundred went
    beyond the bounds.
    """
    around = [values - move_mean(values, season) for values in series if len(values) > 2 * season]
    num_pairs = sum(len(values) - season for values in around)
    if season < 3 or not num_pairs:
        return False
    alike = _mean_autocorrelation(around)
    chance = max(3.2 / np.sqrt(num_pairs), 0.6 * np.sqrt(season / num_pairs))
    if season >= len(alike) or alike[season] < max(2 * _WEAKEST, chance):
        return False
    return float(alike[season]) > float(np.median(alike[1:season])) + _WEAKEST


def move_mean(values: np.ndarray, steps: int) -> np.ndarray:
    """Return the mean of ``steps`` neighbours around each value; the ends' level is held."""
    sums = np.concatenate([[0.0], np.cumsum(values)])
    inner = (sums[steps:] - sums[:-steps]) / steps
    before = (len(values) - len(inner)) // 2
    after = len(values) - len(inner) - before
    return np.pad(inner, (before, after), mode="edge")


def _say(frequency: Frequency, season: int) -> str:
    unit = frequency.unit
    return f"Values that are {season} {unit}s apart"


def _is_confirmed(autocorrelation: np.ndarray, season: int, series: list[np.ndarray]) -> bool:
    """Whether the changes one season apart are alike beyond chance, and more than in between."""
    num_pairs = sum(max(0, len(values) - 1 - season) for values in series)
    if season >= len(autocorrelation) or num_pairs < season:
        return False
    value = float(autocorrelation[season])
    if value < max(_WEAKEST, 2.5 / np.sqrt(num_pairs)):
        return False
    between = autocorrelation[1:season]
    return season < 3 or value > float(np.median(between)) + _WEAKEST / 2


def _find_peak(series: list[np.ndarray]) -> tuple[int, str]:
    """Look for the season where the spacing suggests none: a peak of both autocorrelations."""
    levels = _mean_autocorrelation([_detrend(values) for values in series])
    changes = _mean_autocorrelation([np.diff(values) for values in series])
    for autocorrelation in (levels, changes):
        peaks = _peaks_of(autocorrelation)
        peaks = peaks[autocorrelation[peaks] >= _WEAKEST_PEAK]
        peaks = np.array([peak for peak in peaks if _repeats(series, int(peak))], dtype=np.int64)
        if len(peaks):
            heights = autocorrelation[peaks]
            season = int(peaks[heights >= _NEARLY_AS_HIGH * heights.max()][0])
            return season, f"Values that are {season} steps apart repeat themselves."
    return 1, "No season shows in the values."


def _repeats(series: list[np.ndarray], season: int) -> bool:
    """Whether the ups and downs of a quarter of a season come again a season later.

    A level that only wanders shows peaks by chance. Its changes over ``width`` steps have, at
    lags beyond ``width``, an autocorrelation of standard error ``sqrt(2 / 3 * width / pairs)``
    (Bartlett's formula for a sum of ``width`` independent steps).
    """
    width = max(1, season // 4)
    products, squares, num_pairs = 0.0, 0.0, 0
    for values in series:
        change = values[width:] - values[:-width]
        change = change - change.mean() if len(change) else change
        pairs = len(change) - season
        if pairs > 0:
            products += float(change[season:] @ change[:-season])
            squares += float(change @ change) * pairs / len(change)
            num_pairs += pairs
    if num_pairs < season or squares <= 0:
        return False
    return products / squares > max(_WEAKEST_PEAK, 3 * np.sqrt(2 / 3 * width / num_pairs))


def _peaks_of(autocorrelation: np.ndarray) -> np.ndarray:
    """Return lags that top their neighbourhood, after the first dip below half of the start."""
    dips = np.flatnonzero(autocorrelation < 0.5)
    if not len(dips):
        return np.array([], dtype=np.int64)
    num_lags = len(autocorrelation)
    found = []
    middle = autocorrelation[1:-1]
    tops = 1 + np.flatnonzero((middle >= autocorrelation[:-2]) & (middle > autocorrelation[2:]))
    for lag in tops[tops > dips[0]]:
        reach = max(1, int(lag) // 4)  # noise makes small tops beside the real one
        around = autocorrelation[max(1, lag - reach) : min(num_lags, lag + reach + 1)]
        if autocorrelation[lag] >= around.max():
            found.append(int(lag))
    return np.asarray(found, dtype=np.int64)


def _detrend(values: np.ndarray) -> np.ndarray:
    """Take the straight line of least squares away."""
    steps = np.arange(len(values)) - (len(values) - 1) / 2
    slope = steps @ (values - values.mean()) / (steps @ steps)
    return values - values.mean() - slope * steps


def _mean_autocorrelation(series: list[np.ndarray]) -> np.ndarray:
    """Return the autocorrelation by lag, ``(lags,)``, averaged over series by their length.

    Lags reach to half of the longest series; each sum is divided by its number of pairs, so
    that far lags are not damped.
    """
    num_lags = min(len(series[0]) // 2, _MAX_SEASON) + 1
    total, weight = np.zeros(num_lags), np.zeros(num_lags)
    for values in series:
        centred = values - values.mean()
        num_values = len(centred)
        variance = float(centred @ centred) / num_values
        if variance < 1e-24:
            continue
        size = 1 << (2 * num_values - 1).bit_length()
        spectrum = np.fft.rfft(centred, size)
        sums = np.fft.irfft(spectrum * np.conj(spectrum), size)[:num_lags]
        pairs = np.maximum(num_values - np.arange(len(sums)), 0)
        usable = pairs[: len(sums)] >= max(2, num_values // 4)
        total[: len(sums)][usable] += sums[usable] / variance
        weight[: len(sums)][usable] += pairs[usable]
    return np.divide(total, weight, out=np.zeros(num_lags), where=weight > 0)
