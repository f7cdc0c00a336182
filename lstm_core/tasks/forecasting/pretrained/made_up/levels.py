"""Where a series stands without its season: trends of all shapes, turns of business, shifts."""

from __future__ import annotations

import numpy as np

from lstm_core.tasks.forecasting.pretrained.made_up.draws import Draws
from lstm_core.tasks.forecasting.pretrained.made_up.recursion import persist, remember

UPWARDS = 0.65
"""What is measured over years grows more often than it shrinks: what shrinks is soon given up."""
_SHRINKING = 0.6
"""How steep slopes down are beside slopes up: nothing shrinks by more than it is."""


def draw_level(draws: Draws, length: int, pace: float, roughness: float = 1.0) -> np.ndarray:
    """A level that wanders, on a slope that wanders and mostly fades.

    The local linear trend with a damped slope (Harvey, *Forecasting, Structural Time Series Models
    and the Kalman Filter*, 1989): linear, damped and stochastic trends are its special cases.

    Args:
        pace: how much of a slope drawn for years falls on one step.
        roughness: what the wandering is multiplied by.
    """
    level_noise = draws.some(0.75, draws.log_uniform(1e-3, 0.25)) * roughness
    slope_noise = draws.some(0.5, draws.log_uniform(1e-4, 0.03)) * roughness
    damping = draws.some(0.6, draws.uniform(0.8, 1.0), 1.0)
    size = np.abs(draws.normal()) * draws.log_uniform(0.002, 0.12)
    slope = draws.some(0.75, np.where(draws.chance(UPWARDS), size, -_SHRINKING * size)) * pace
    drift = draws.some(0.5, slope)
    fading = (slope - drift) * damping ** np.arange(length)
    slopes = drift + fading + slope_noise * remember(draws.normal(length), damping)
    level = np.cumsum(slopes + level_noise * draws.shocks(length, 0.15), 1)
    return tame(level, draws.log_uniform(1.5, 6))


def draw_growth(draws: Draws, length: int, a_year: float) -> np.ndarray:
    """The growth of money and of people that half of all series ride on: up to 8% a year.

    Of six in ten of them it slows down once, ends or turns, as that of most countries did in the
    1970s (Perron, Econometrica 57, 1989).

    Args:
        a_year: steps in a year.
    """
    rate = draws.some(0.5, draws.uniform(0, 0.08)) / a_year
    steps = np.arange(length)[None]
    after = np.maximum(steps - draws.uniform(0.2, 1.0) * length, 0)
    lost = draws.some(0.6, draws.uniform(0.2, 1.3))
    return np.asarray(rate * (steps - lost * after))


def tame(level: np.ndarray, most: np.ndarray) -> np.ndarray:
    """Shrink what strays farther than ``most`` from end to end, ``(count, 1)``: in logarithms, few
    things grow or shrink by more than a factor of ten or a hundred while they are watched."""
    strays = np.ptp(level, axis=1, keepdims=True)
    return np.asarray(level * np.minimum(1, most / np.maximum(strays, 1e-12)))


def draw_trend(draws: Draws, length: int) -> np.ndarray:
    """A trend of one shape over the whole length, about 1 in size: what a plan would draw.

    Linear, bent once or twice, fading to a limit, an S on the way from one level to another, or
    growing ever faster.
    """
    at = np.linspace(0, 1, length)[None]
    shape = draws.one_of(0.3, 0.25, 0.15, 0.2, 0.1)
    bends = sum(
        draws.normal() * draws.log_uniform(0.3, 3) * np.maximum(at - draws.uniform(0.1, 0.98), 0)
        for _ in range(2)
    )
    rate = draws.log_uniform(1.5, 6)
    limited = (1 - np.exp(-rate * at)) / (1 - np.exp(-rate))
    middle, steepness = draws.uniform(0.1, 1.1), draws.log_uniform(5, 30)
    saturating = 1 / (1 + np.exp(-np.clip(steepness * (at - middle), -50, 50)))
    faster = (np.exp(rate * at) - 1) / (np.exp(rate) - 1)
    out = np.choose(shape, [at + 0 * rate, at + bends, limited, saturating, faster])
    return np.asarray(out * draws.sign(UPWARDS))


def draw_cycle(draws: Draws, length: int, a_year: float) -> np.ndarray:
    """Ups and downs of 1.7 to 9 years that nothing keeps in step, of unit size.

    Most of them are waves of one length, one in four a turn that shocks push about (Harvey's
    stochastic cycle, also known as Yule's pendulum under a rain of peas).
    """
    steps = np.arange(length)[None]
    turn = 2 * np.pi / (a_year * draws.log_uniform(1.7, 9))
    out = np.sin(turn * steps + draws.uniform(0, 2 * np.pi)) * np.sqrt(2)
    pushed = np.flatnonzero(draws.chance(0.25))
    if len(pushed):
        some = draws.of(len(pushed))
        fading = 1 - 1 / (a_year * some.log_uniform(1, 12))
        out[pushed] = persist(some.normal(length), fading * np.exp(1j * turn[pushed])).real
    return np.asarray(out)


def draw_shifts(draws: Draws, length: int) -> np.ndarray:
    """Levels that jump, or move over within a while, and stay; and jolts that fade (strikes,
    closures, runs on goods). In size about 1; most series have none."""
    steps = np.arange(length)[None]
    out = np.zeros((draws.count, length))
    for share in (0.1, 0.02):
        start = draws.uniform(0.05, 0.98) * length
        takes = draws.some(0.3, draws.log_uniform(1, max(length / 8, 2)), 1.0)
        out += draws.some(share, draws.normal()) * np.clip((steps - start) / takes, 0, 1)
    since = steps - draws.uniform(0.05, 0.98) * length
    fading = np.exp(-np.maximum(since, 0) / draws.log_uniform(1, max(length / 8, 2)))
    return np.asarray(out + draws.some(0.02, 1.5 * draws.normal()) * fading * (since >= 0))
