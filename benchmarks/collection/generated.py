"""Series whose truth is known, because they are made here: each from ``SEED`` and its own number.

``draw`` takes kinds of ``pretrained.made_up``, on whose like the pre-trained network was trained;
the others are made of a few lines each, and no network has seen their like.
"""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
import pandas as pd

from benchmarks.collection.series import TARGET, TIME, Series, make_series
from lstm_core.tasks.forecasting.pretrained.made_up import KINDS, RHYTHMS, make_up

SEED = 7_301
_MADE = "made here"
_DRAWN = "made here, a kind that the pre-trained network knows"
_AHEAD = 30


def list_few() -> Iterator[Series]:
    """Yield series of at most 200 rows."""
    parts = draw("intermittent", "monthly", 72, 3)
    yield make_series("spare-parts", parts, "MS", "monthly counts zeros", _DRAWN)
    rng = np.random.default_rng((SEED, 2))
    rare = rng.poisson(2 + np.sin(2 * np.pi * np.arange(104) / 52))
    yield make_series("complaints", rare, "W", "weekly counts", _MADE)
    rng = np.random.default_rng((SEED, 1))
    months = np.arange(96)
    moved = 50 + 8 * np.sin(2 * np.pi * months / 12) + 25 * (months >= 58) + rng.normal(0, 3, 96)
    yield make_series("moved-level", moved, "MS", "monthly season shift", _MADE)
    walk = 100 + np.cumsum(np.random.default_rng((SEED, 4)).normal(size=150))
    yield make_series("short-walk", walk, "W", "weekly walk", _MADE)
    yield make_promotions()
    rng = np.random.default_rng((SEED, 6))
    price = 60 - 0.12 * np.arange(120) + np.cumsum(rng.normal(0, 0.6, 120))
    yield make_series("falling-price", price, "D", "daily trend new-lows", _MADE)


def list_many() -> Iterator[Series]:
    """Yield series of 1,200 to 6,000 rows."""
    walk = 500 + np.cumsum(np.random.default_rng((SEED, 11)).normal(size=5_000))
    yield make_series("long-walk", walk, "D", "daily walk", _MADE)
    returns = make_returns(2_500)
    yield make_series("returns", returns, "B", "working-days returns", _MADE)
    rng = np.random.default_rng((SEED, 13))
    load = make_rhythm(6_000, 96) + carry(rng.normal(0, 12, 6_000), 0.8)
    yield make_series("quarter-hours", load, "15min", "15-minutes seasons", _MADE)
    sun = draw("sun and weather", "quarter-hourly", 4_000, 14)
    yield make_series("sunshine", sun, "15min", "15-minutes floor season", _DRAWN)
    yield make_series("seldom-sold", make_demand(1_500), "D", "daily counts zeros", _MADE)
    rng = np.random.default_rng((SEED, 16))
    calls = rng.poisson(np.exp(make_rhythm(2_000, 24) / 100 - 1.5))
    yield make_series("calls", calls, "h", "hourly counts seasons", _MADE)
    yield make_workdays(1_200)
    rng = np.random.default_rng((SEED, 18))
    steps = np.repeat(rng.normal(0, 30, 8), 250)
    moved = 100 + steps + 10 * np.sin(2 * np.pi * np.arange(2_000) / 24) + rng.normal(0, 4, 2_000)
    yield make_series("moving-levels", moved, "h", "hourly season shift", _MADE)
    rng = np.random.default_rng((SEED, 19))
    slow = 10 * np.sin(2 * np.pi * np.arange(4_000) / 288) + carry(rng.normal(0, 0.5, 4_000), 0.9)
    yield make_series("slow-day", 20 + slow, "5min", "5-minutes slow-season", _MADE)
    rng = np.random.default_rng((SEED, 20))
    year = 12 - 9 * np.cos(2 * np.pi * np.arange(1_461) / 365.25)
    year = year + carry(rng.normal(0, 2, 1_461), 0.7)
    yield make_series("slow-year", year, "D", "daily slow-season", _MADE)
    rng = np.random.default_rng((SEED, 21))
    fading = np.clip(1.6 - np.arange(3_000) / 1_500, 0, 1)
    dying = 40 + fading * 12 * np.sin(2 * np.pi * np.arange(3_000) / 24) + rng.normal(0, 2, 3_000)
    yield make_series("dying-season", dying, "h", "hourly season shift", _MADE)


def draw(kind: str, rhythm: str, length: int, number: int) -> np.ndarray:
    """Draw the first series without gaps of a kind, ``(length,)``; see ``KINDS``, ``RHYTHMS``."""
    shares = {one.name: float(one.name == kind) for one in KINDS}
    spacing = next(one for one in RHYTHMS if one.name == rhythm)
    made = make_up(np.random.default_rng((SEED, number)), spacing, 20, length, shares)
    whole = made.values[np.isfinite(made.values).all(1) & (np.ptp(made.values, axis=1) > 0)]
    return np.asarray(whole[0], float)


def carry(shocks: np.ndarray, share: float) -> np.ndarray:
    """Carry a share of each value on to the next, ``(rows,)``: an autoregression of order one."""
    values = np.empty_like(shocks)
    last = 0.0
    for row, shock in enumerate(shocks.tolist()):
        last = share * last + shock
        values[row] = last
    return values


def make_rhythm(num_rows: int, a_day: int) -> np.ndarray:
    """Make a load's day, whose height and shape differ at weekends, ``(num_rows,)``."""
    rows = np.arange(num_rows)
    day, turn = rows // a_day % 7, 2 * np.pi * (rows % a_day) / a_day
    works = day < 5
    shape = -80 * np.cos(turn) - np.where(works, 40, -15) * np.cos(2 * turn + 0.6)
    return np.asarray(300 + shape - 70 * ~works)


def make_returns(num_rows: int) -> np.ndarray:
    """Make returns in percent that nothing foretells but by their size: GARCH(1, 1)."""
    rng = np.random.default_rng((SEED, 12))
    shocks, values, variance = rng.standard_t(6, num_rows), np.empty(num_rows), 1.0
    for row, shock in enumerate(shocks.tolist()):
        values[row] = np.sqrt(variance) * shock / np.sqrt(1.5)
        variance = 0.05 + 0.08 * values[row] ** 2 + 0.87 * variance
    return values


def make_demand(num_rows: int) -> np.ndarray:
    """Make what is asked for on one day in four, more often at weekends; whole numbers."""
    rng = np.random.default_rng((SEED, 15))
    often = np.where(np.arange(num_rows) % 7 >= 5, 0.4, 0.18)
    sizes = 1 + rng.negative_binomial(2, 0.4, num_rows)
    return np.asarray(np.where(rng.random(num_rows) < often, sizes, 0))


def make_promotions() -> Series:
    """Make 170 days of sales that a promotion doubles; promotions are known ahead."""
    rng = np.random.default_rng((SEED, 5))
    num_rows = 170
    days = np.arange(num_rows + _AHEAD)
    promoted = np.repeat(rng.random(len(days) // 5 + 1) < 0.25, 5)[: len(days)]
    level = 40 + 8 * (days % 7 >= 5) + 35 * promoted
    sold = rng.poisson(level).astype(float)
    columns = {"promotion": promoted.astype(int)}
    return _tell_ahead("promotions", sold, num_rows, columns, "daily counts covariates")


def make_workdays(num_rows: int) -> Series:
    """Make days of use that follow from the warmth and from workdays, both known ahead."""
    rng = np.random.default_rng((SEED, 17))
    days = np.arange(num_rows + _AHEAD)
    warmth = 12 - 9 * np.cos(2 * np.pi * days / 365.25) + carry(rng.normal(0, 2, len(days)), 0.7)
    works = (days % 7 < 5) & (rng.random(len(days)) > 0.04)
    used = (
        200 + 60 * works + 4 * np.maximum(16 - warmth, 0) + carry(rng.normal(0, 8, len(days)), 0.5)
    )
    columns = {"workday": works.astype(int), "warmth": warmth.round(1)}
    return _tell_ahead("workdays", used, num_rows, columns, "daily covariates seasons")


def _tell_ahead(
    name: str, values: np.ndarray, num_rows: int, columns: dict[str, np.ndarray], traits: str
) -> Series:
    times = pd.date_range("2001-01-01", periods=len(values), freq="D")
    frame = pd.DataFrame({TIME: times, TARGET: values.astype(float), **columns})
    frame.loc[num_rows:, TARGET] = np.nan
    return Series(name, frame, tuple(traits.split()), _MADE)
