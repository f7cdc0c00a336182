"""The series that every result so far was shown on."""

from __future__ import annotations

import numpy as np
import pandas as pd

from lstm_core.data.sources.sample_tables.seed import SEED


def make_sine() -> pd.DataFrame:
    generator = np.random.default_rng(SEED)
    steps = np.arange(1_000)
    values = np.sin(2 * np.pi * steps / 50) + generator.normal(0, 0.05, len(steps))
    return pd.DataFrame({"step": steps, "value": values.round(5)})


_NUM_LOAD_DAYS = 120
_NUM_LOAD_DAYS_AHEAD = 7
_HOLIDAYS = ("2024-01-01", "2024-03-29", "2024-04-01", "2024-05-01", "2024-05-09")


def make_load() -> pd.DataFrame:
    """Hourly load in megawatts; weather and holidays reach a week beyond the last load."""
    generator = np.random.default_rng(SEED + 1)
    num_hours = 24 * (_NUM_LOAD_DAYS + _NUM_LOAD_DAYS_AHEAD)
    times = pd.date_range("2024-01-01", periods=num_hours, freq="h")
    hour, day = times.hour.to_numpy(), np.arange(num_hours) / 24
    holiday = times.normalize().isin(pd.to_datetime(list(_HOLIDAYS)))
    free_day = holiday | (times.day_of_week.to_numpy() >= 5)
    weather = np.zeros(num_hours)
    shocks = generator.normal(0, 0.35, num_hours)
    for i in range(1, num_hours):  # warm and cold spells that last for days
        weather[i] = 0.985 * weather[i - 1] + shocks[i]
    temperature = 2 + 0.11 * day + 4 * np.sin(2 * np.pi * (hour - 9) / 24) + weather
    working_hours = np.exp(-(((hour - 13) / 5.5) ** 2)) + 0.35 * np.exp(-(((hour - 19) / 2) ** 2))
    load = (
        410
        + 0.25 * day
        + 170 * working_hours * np.where(free_day, 0.55, 1.0)
        + 6 * np.maximum(15 - temperature, 0)
        + generator.normal(0, 8, num_hours)
    )
    load[24 * _NUM_LOAD_DAYS :] = np.nan
    return pd.DataFrame(
        {
            "time": times,
            "load": load.round(1),
            "temperature": temperature.round(1),
            "holiday": holiday.astype(int),
        }
    )


def make_three_series() -> pd.DataFrame:
    generator = np.random.default_rng(SEED + 2)
    times = pd.date_range("2023-01-01", periods=730, freq="D")
    day = np.arange(len(times))
    weekday = times.day_of_week.to_numpy()
    # the name of a shop: level, growth a day, value of each weekday, height of summer
    shops = {
        "bakery": (120, 0.04, (0.9, 0.9, 1.0, 1.0, 1.2, 1.5, 0.5), 0.05),
        "garden centre": (60, 0.01, (0.8, 0.8, 0.8, 0.9, 1.1, 1.6, 1.0), 0.6),
        "station kiosk": (240, -0.05, (1.2, 1.2, 1.2, 1.2, 1.2, 0.6, 0.4), -0.1),
    }
    tables = []
    for name, (level, growth, weekdays, summer) in shops.items():
        year = 1 + summer * np.sin(2 * np.pi * (day - 105) / 365.25)
        noise = generator.normal(1, 0.06, len(day))
        sales = (level + growth * day) * np.asarray(weekdays)[weekday] * year * noise
        tables.append(pd.DataFrame({"date": times, "shop": name, "sales": sales.round(1)}))
    return pd.concat(tables, ignore_index=True)
