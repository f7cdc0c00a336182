"""Computed series of days, weeks and months."""

from __future__ import annotations

import numpy as np
import pandas as pd

from lstm_core.data.sources.sample_tables.seed import SEED

_NUM_YEARS = 15


def make_air_travel() -> pd.DataFrame:
    """Passengers a month, in thousands: each year a little more, and the summers grow with it."""
    generator = np.random.default_rng(SEED + 3)
    months = pd.date_range("2005-01-01", periods=12 * _NUM_YEARS, freq="MS")
    step = np.arange(len(months))
    summer = 1 + 0.22 * np.sin(2 * np.pi * (step - 3) / 12) + 0.06 * np.cos(4 * np.pi * step / 12)
    growth = 130 * np.exp(0.009 * step)
    noise = np.exp(generator.normal(0, 0.025, len(step)))
    return pd.DataFrame({"month": months, "passengers": (growth * summer * noise).round(1)})


def make_exchange_rate() -> pd.DataFrame:
    """A rate on business days whose changes are drawn: nothing of it can be known ahead."""
    generator = np.random.default_rng(SEED + 4)
    days = pd.bdate_range("2019-01-01", periods=1_300)
    changes = generator.normal(0, 0.0045, len(days)) * generator.choice(
        [0.6, 1.0, 2.0], len(days), p=[0.5, 0.4, 0.1]
    )
    return pd.DataFrame({"day": days, "rate": (1.12 * np.exp(np.cumsum(changes))).round(5)})


_HOLIDAYS = ("01-01", "05-01", "08-15", "12-25", "12-26")
_NUM_HIRE_DAYS = 4 * 365
_NUM_HIRE_DAYS_AHEAD = 14


def make_bicycle_hire() -> pd.DataFrame:
    """Hires a day; the forecast of the weather and the holidays reach two weeks further."""
    generator = np.random.default_rng(SEED + 5)
    num_days = _NUM_HIRE_DAYS + _NUM_HIRE_DAYS_AHEAD
    days = pd.date_range("2020-03-01", periods=num_days, freq="D")
    year = 2 * np.pi * (days.day_of_year.to_numpy() - 20) / 365.25
    spells = np.zeros(num_days)
    shocks = generator.normal(0, 2.0, num_days)
    for i in range(1, num_days):
        spells[i] = 0.7 * spells[i - 1] + shocks[i]
    temperature = 11 - 10 * np.cos(year) + spells
    rain = generator.random(num_days) < 0.3
    holiday = np.isin(days.strftime("%m-%d"), _HOLIDAYS)
    free_day = holiday | (days.day_of_week.to_numpy() >= 5)
    growth = 300 + 0.1 * np.arange(num_days)
    weather = np.clip(0.25 + temperature / 25, 0.15, 1.2) * np.where(rain, 0.6, 1.0)
    hires = growth * weather * np.where(free_day, 0.7, 1.0) * generator.normal(1, 0.06, num_days)
    hires[_NUM_HIRE_DAYS:] = np.nan
    return pd.DataFrame(
        {
            "date": days,
            "hires": hires.round(),
            "temperature": temperature.round(1),
            "rain": rain.astype(int),
            "holiday": holiday.astype(int),
        }
    )


_NUM_WEEKS = 156
_NUM_WEEKS_AHEAD = 8


def make_branches() -> pd.DataFrame:
    """Units a week in six branches; prices and promotions are set eight weeks ahead."""
    generator = np.random.default_rng(SEED + 6)
    num_weeks = _NUM_WEEKS + _NUM_WEEKS_AHEAD
    weeks = pd.date_range("2021-01-04", periods=num_weeks, freq="W-MON")
    step = np.arange(num_weeks)
    tables = []
    # a branch: level, growth a week, height of Christmas, what a promotion brings, usual price
    branches = {
        "Ashford": (420, 0.6, 0.35, 0.40, 4.9),
        "Bramley": (260, -0.2, 0.20, 0.65, 4.5),
        "Corfe": (150, 0.3, 0.10, 0.30, 5.2),
        "Dunster": (610, 0.0, 0.50, 0.25, 4.7),
        "Elstow": (330, 0.9, 0.15, 0.80, 4.4),
        "Fordham": (200, -0.4, 0.30, 0.50, 5.0),
    }
    for name, (level, growth, christmas, lift, usual) in branches.items():
        promotion = generator.random(num_weeks) < 0.15
        price = usual * np.where(promotion, 0.85, 1.0) * (1 + 0.0004 * step)
        season = 1 + christmas * np.exp(-(((weeks.day_of_year.to_numpy() - 350) / 14.0) ** 2))
        noise = generator.normal(1, 0.05, num_weeks)
        units = (level + growth * step) * season * np.where(promotion, 1 + lift, 1.0) * noise
        units[_NUM_WEEKS:] = np.nan
        tables.append(
            pd.DataFrame(
                {
                    "week": weeks,
                    "branch": name,
                    "units": units.round(),
                    "price": price.round(2),
                    "promotion": promotion.astype(int),
                }
            )
        )
    return pd.concat(tables, ignore_index=True)
