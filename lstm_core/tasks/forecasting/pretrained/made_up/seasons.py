"""Seasons: figures that come again, and how they move, grow and change."""

from __future__ import annotations

import numpy as np

from lstm_core.tasks.forecasting.pretrained.made_up.draws import Draws

MOST_WAVES = 6
_SHORT, _LONG = 7, 31
_EXACT = {52: 365.25 / 7, 365: 365.25}
"""What whole steps only come near: a year in weeks, and one in days."""


def draw_season(draws: Draws, period: int, length: int) -> np.ndarray:
    """``(count, length)``, of unit size at the start.

    A smooth figure of up to six waves, one with spikes (feasts, ends of accounts), or one that
    follows no curve (days of a week). For half of them it wanders from one season to the next,
    for one in five its size changes, for one in twelve it comes earlier or later by and by, and
    one in thirty becomes another one.
    """
    seasons = -(-length // period)
    figure = draw_figure(draws, period)
    wandering = draws.some(0.5, draws.log_uniform(0.005, 0.15))
    moved = np.repeat(figure[:, None], seasons, 1)
    rough = draws.normal(seasons * period).reshape(draws.count, seasons, period)
    moved[:, 1:] += wandering[:, :, None] * np.cumsum(rough[:, 1:], 1)
    another = np.flatnonzero(draws.chance(0.03))
    if len(another):
        some = draws.of(len(another))
        later = np.arange(seasons)[None] >= (some.uniform(0.2, 0.95) * seasons)
        moved[another] = np.where(
            later[:, :, None], draw_figure(some, period)[:, None], moved[another]
        )
    out = moved.reshape(draws.count, -1)[:, :length]
    if period in _EXACT:
        out = _stretch(out, period, np.arange(length)[None] * (period / _EXACT[period] - 1))
    shifting = np.flatnonzero(draws.chance(0.08))
    if len(shifting) and period > 3:
        some = draws.of(len(shifting))
        walk = np.cumsum(some.normal(length), 1) / np.sqrt(length)
        steady = np.linspace(0, 1, length)[None] * some.normal()
        shift = some.log_uniform(0.01, 0.15) * period * (walk + steady)
        out[shifting] = _stretch(out[shifting], period, shift)
    growth = draws.some(0.2, draws.uniform(-0.6, 0.9))
    return np.asarray(out * (1 + growth * np.linspace(0, 1, length)[None]))


def draw_figure(draws: Draws, period: int) -> np.ndarray:
    """One season, ``(count, period)``, of zero mean and unit size."""
    figure = draw_waves(draws, period)
    spiky, uneven = _find_roughness(period)
    spikes = draws.chance(1.2 / period, period) * 2.5 * draws.normal(period)
    figure = figure + draws.some(spiky, spikes)
    figure = draws.some(uneven, draws.normal(period), figure)
    return standardise(figure)


def _find_roughness(period: int) -> tuple[float, float]:
    """How many figures have spikes, and how many follow no curve: days of a week mostly do not,
    hundreds of steps nearly always do."""
    if period <= _SHORT:
        return 0.2, 0.45
    return (0.3, 0.1) if period <= _LONG else (0.3, 0.02)


def draw_waves(draws: Draws, period: int, most: int = MOST_WAVES, least: float = 0.0) -> np.ndarray:
    """Sines of a season and its fractions, ``(count, period)``; the faster, mostly the smaller.

    Args:
        most: how many waves there are.
        least: the power of its number by which a wave is smaller at least.
    """
    waves = max(min(period // 2, most), 1)
    numbers = np.arange(1, waves + 1)
    sizes = draws.normal(waves) * numbers ** -draws.uniform(least, 1.8)
    shifts = draws.uniform(0, 2 * np.pi, waves)
    phases = 2 * np.pi * numbers[:, None] * np.arange(period)[None] / period
    return np.asarray(
        (sizes * np.cos(shifts)) @ np.sin(phases) + (sizes * np.sin(shifts)) @ np.cos(phases)
    )


def standardise(figure: np.ndarray) -> np.ndarray:
    """Zero mean and unit size along the last axis."""
    centred = figure - figure.mean(-1, keepdims=True)
    return np.asarray(centred / (figure.std(-1, keepdims=True) + 1e-9))


def _stretch(values: np.ndarray, period: int, shift: np.ndarray) -> np.ndarray:
    """Read a season at other places, ``shift`` steps later: between two values in a line."""
    length = values.shape[1]
    places = np.arange(length)[None] + shift
    # Beyond the ends the season nearby comes again.
    places = np.where(places < 0, places % period, places)
    over = np.maximum(np.ceil((places - (length - 1)) / period), 0)
    places = np.clip(places - over * period, 0, length - 1)
    places = np.broadcast_to(places, values.shape)
    left = np.minimum(places.astype(int), max(length - 2, 0))
    rest = places - left
    low = np.take_along_axis(values, left, 1)
    high = np.take_along_axis(values, np.minimum(left + 1, length - 1), 1)
    return np.asarray(low + rest * (high - low))
