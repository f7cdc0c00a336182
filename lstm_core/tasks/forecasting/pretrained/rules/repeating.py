"""Values of the past said again: the last one, seasons, their means and medians, nothing."""

from __future__ import annotations

import numpy as np

from lstm_core.tasks.forecasting.pretrained.rules.seasons import season_pair

_MEDIAN_WINDOW = 24


def repeat(
    filled: np.ndarray,
    sums: np.ndarray,
    lengths: np.ndarray,
    seasons: tuple[int, ...],
    ahead: np.ndarray,
    zero: np.ndarray,
) -> list[np.ndarray]:
    """Forecast at the steps ``ahead`` from values without gaps ``(count, length)``.

    Args:
        sums: ``(count, length + 1)``, of the values up to each step, from any number on.
        lengths: ``(count,)``, steps since the first value.
        zero: ``(count,)``, what nothing is on this scale; NaN where it is no forecast.

    Returns:
        ``(count, steps)`` of each rule: four of no season, six of the short, five of the long one.
    """
    length = filled.shape[1]
    short, long = season_pair(seasons)
    ones = np.ones_like(ahead, float)
    last = filled[:, -1:] * ones
    first = filled[np.arange(len(filled)), length - lengths]
    drift = (filled[:, -1] - first) / np.maximum(lengths - 1, 1)
    window = min(max(2 * short, _MEDIAN_WINDOW), length)
    median = _median(filled[:, -window:], np.minimum(lengths, window))[:, None] * ones
    nothing = np.where(np.isnan(zero)[:, None], median, zero[:, None])
    out = [last, last + drift[:, None] * ahead, median, nothing]

    def seasons_ago(season: int, number: int, instead: np.ndarray) -> np.ndarray:
        at = length + (ahead - 1) % season - number * season
        there = at >= (length - lengths)[:, None]
        return np.where(there, filled[:, np.maximum(at, 0)], instead)

    def mean_before(steps: int, width: int) -> np.ndarray:
        """The mean of ``width`` values that end ``steps`` before the end, or of what there is."""
        rows, start = np.arange(len(filled)), length - lengths
        end = np.maximum(length - steps, start + 1)
        begin = np.maximum(end - width, start)
        return np.asarray((sums[rows, end] - sums[rows, begin]) / (end - begin))[:, None]

    if short:
        naive = seasons_ago(short, 1, last)
        second = seasons_ago(short, 2, naive)
        third = seasons_ago(short, 3, second)
        grown = mean_before(0, short) - mean_before(short, short)
        times = 1 + (ahead - 1) // short
        out += [naive, naive + drift[:, None] * short * times, (naive + second) / 2]
        out += [(naive + second + third) / 3, np.median(np.stack([naive, second, third]), 0)]
        out.append(naive + grown * times)
    else:
        recent = [mean_before(0, width) * ones for width in (2, 3, 5)]
        out += [last, out[1], recent[0], recent[1], recent[2], (last + recent[1]) / 2]
    if long:
        naive = seasons_ago(long, 1, out[4])
        second = seasons_ago(long, 2, naive)
        third = seasons_ago(long, 3, second)
        now = mean_before(0, short)
        moved = np.where((lengths >= long + short)[:, None], now - mean_before(long, short), 0)
        before = now - mean_before(2 * long, short)
        before = np.where((lengths >= 2 * long + short)[:, None], before, moved)
        out += [naive, (naive + second) / 2, (naive + second + third) / 3]
        out += [naive + moved, (naive + second + moved + before) / 2]
    else:
        out += [out[4], out[6], out[7], out[9], (out[4] + out[9]) / 2]
    return out


def _median(values: np.ndarray, lengths: np.ndarray) -> np.ndarray:
    """Of the last ``lengths`` columns of each row."""
    at = np.arange(values.shape[1]) - values.shape[1]
    ordered = np.sort(np.where(at >= -lengths[:, None], values, np.inf), 1)
    rows = np.arange(len(values))
    return np.asarray((ordered[rows, (lengths - 1) // 2] + ordered[rows, lengths // 2]) / 2)
