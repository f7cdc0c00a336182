"""Targets, columns that give them away, and columns that are honest; made up."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np


@dataclass(frozen=True)
class Target:
    name: str
    values: np.ndarray
    season: int


@dataclass(frozen=True)
class Column:
    """``known``: it is given as known ahead of time."""

    name: str
    values: np.ndarray
    known: bool = False


@dataclass(frozen=True)
class Pair:
    """A target and a column that may honestly stand beside it."""

    name: str
    target: np.ndarray
    column: np.ndarray
    season: int


def shift(values: np.ndarray, steps: int) -> np.ndarray:
    """Return at each row the value ``steps`` later; at the ends the outermost."""
    rows = np.clip(np.arange(len(values)) + steps, 0, len(values) - 1)
    return np.asarray(values[rows])


def average(values: np.ndarray, first: int, last: int) -> np.ndarray:
    """Return the mean of the rows from ``first`` to ``last`` steps later."""
    rows = np.arange(len(values))[:, None] + np.arange(first, last + 1)
    return np.asarray(values[np.clip(rows, 0, len(values) - 1)].mean(axis=1))


def smooth(values: np.ndarray, share: float) -> np.ndarray:
    """Smooth exponentially, there and back."""
    found = values.astype(float)
    for _ in range(2):
        for row in range(1, len(found)):
            found[row] = share * found[row] + (1 - share) * found[row - 1]
        found = found[::-1].copy()
    return found


def wander_back(noise: np.ndarray, memory: float) -> np.ndarray:
    found = np.zeros(len(noise))
    for row in range(1, len(noise)):
        found[row] = memory * found[row - 1] + noise[row]
    return found


def make_targets(rng: np.random.Generator, num_rows: int) -> Iterator[Target]:
    time = np.arange(num_rows)
    noise = rng.normal(size=num_rows)
    day = np.sin(2 * np.pi * time / 24)
    yield Target("walk", 100 + noise.cumsum(), 1)
    yield Target("price", 100 * np.exp(0.02 * noise.cumsum()), 1)
    yield Target("noise", 50 + 5 * noise, 1)
    yield Target("week", 50 + 10 * np.sin(2 * np.pi * time / 7) + 2 * noise, 7)
    yield Target("load", 200 + 40 * day + 15 * np.sin(4 * np.pi * time / 24) + 8 * noise, 24)
    yield Target("slow", 20 + wander_back(noise, 0.9), 1)
    yield Target("counts", rng.poisson(3 + 2 * np.sin(2 * np.pi * time / 7)).astype(float), 7)


def make_leaks(rng: np.random.Generator, values: np.ndarray, horizon: int) -> Iterator[Column]:
    chance = rng.normal(size=len(values)) * np.diff(values).std()
    for lead in sorted({1, 2, horizon}):
        yield Column(f"{lead} later", shift(values, lead))
    yield Column("another scale", -3.7 * shift(values, 1) + 12)
    yield Column("noise upon it", shift(values, 1) + 0.15 * chance)
    yield Column("next change", shift(values, 1) - values)
    yield Column("change over the horizon", shift(values, horizon) - values)
    yield Column("running total", shift(values, 1).cumsum())
    yield Column("centred mean of 3", average(values, -1, 1))
    yield Column("centred mean of 7", average(values, -3, 3))
    yield Column("centred mean of 15", average(values, -7, 7))
    yield Column("mean of what comes", average(values, 1, horizon))
    yield Column("smoothed there and back", smooth(values, 0.3))
    yield Column("next square", shift(values, 1) ** 2)
    _, place = np.unique(values, return_inverse=True)
    yield Column("next rank", shift(place.astype(float), 1))
    if values.min() > 0:
        yield Column("next return", shift(values, 1) / values - 1)
        yield Column("next logarithm", np.log(shift(values, 1)))
    yield Column("itself", values, known=True)
    yield Column("itself, scaled", 2 * values - 5, known=True)
    yield Column("itself with noise", values + 0.1 * chance, known=True)
    yield Column("the value before", shift(values, -1), known=True)
    yield Column("a value before, within the horizon", shift(values, 1 - horizon), known=True)
    yield Column("mean of the 7 before", average(values, -7, -1), known=True)
    yield Column("centred mean, known", average(values, -3, 3), known=True)
    yield Column("running total, known", values.cumsum(), known=True)
    yield Column("change, known", values - shift(values, -1), known=True)


def make_honest(rng: np.random.Generator, num_rows: int) -> Iterator[Pair]:
    time = np.arange(num_rows)
    first, second, third = rng.normal(size=(3, num_rows))
    day = np.sin(2 * np.pi * time / 24)
    week = 20 * np.sin(2 * np.pi * time / 7)
    workday = ((time // 24) % 7 < 5).astype(float)
    temperature = 15 + 8 * np.sin(2 * np.pi * time / 24 + 1) + wander_back(second, 0.95)
    load = 500 - 8 * temperature + 60 * day + 5 * first
    yield Pair("temperature of load", load, temperature, 24)
    yield Pair("temperature of load on workdays", load + 80 * workday, temperature, 24)
    yield Pair("workday of load", load + 80 * workday, workday, 24)
    yield Pair("hour of load", load + 80 * workday, (time % 24).astype(float), 24)
    yield Pair("wave of load", load, day, 24)
    steps = (second * (rng.random(num_rows) < 0.05)).cumsum()
    price = np.clip(10 + steps, 3, 30)
    yield Pair("price of sales", 200 - 8 * price + week + 5 * first, price, 7)
    price = 10 + 2 * second
    yield Pair("new price every day", 200 - 8 * price + week + 5 * first, price, 7)
    campaign = (rng.random(num_rows) < 0.1).astype(float)
    sales = 100 + week + 80 * campaign + 5 * first
    is_open = (time % 7 != 6).astype(float)
    yield Pair("campaign", sales, campaign, 7)
    yield Pair("open", sales * is_open, is_open, 7)
    yield Pair("weekday", sales, (time % 7).astype(float), 7)
    yield Pair("time", sales, time.astype(float), 7)
    common = second.cumsum()
    yield Pair("two walks", 100 + first.cumsum(), 100 + common, 1)
    yield Pair("side by side", 100 + common + first, 50 + 2 * common + third, 1)
    yield Pair("side by side, closer", 100 + common + 0.3 * first, 2 * common + 0.3 * third, 1)
    yield Pair("without noise of its own", 100 + common + first, 50 + 2 * common, 1)
    shared, own, other = (wander_back(noise, 0.95) for noise in (second, first, third))
    yield Pair("sister", 10 + shared + 0.5 * own, 20 + shared + 0.5 * other, 1)
    smoothly = average(common, -7, 7)
    yield Pair("smooth sister", smoothly + 0.3 * first, smoothly + 0.3 * third, 1)
    yield Pair("week before", sales, shift(sales, -7), 7)
    yield Pair("mean of two weeks before", sales, average(sales, -13, -7), 7)


def make_honest_pasts(rng: np.random.Generator, target: Target) -> Iterator[Column]:
    """Columns that are made of a target, and known no later than it."""
    values = target.values
    yield Column("a copy", values)
    yield Column("a scaled copy", 3 - 2 * values)
    yield Column("the value before", shift(values, -1))
    yield Column("the change", values - shift(values, -1))
    yield Column("running mean", average(values, -6, 0))
    yield Column("running total", values.cumsum())
    yield Column("a total", values + rng.gamma(2, 1, len(values)) * values.std())
