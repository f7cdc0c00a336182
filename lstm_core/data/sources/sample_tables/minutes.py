"""Computed series within a day."""

from __future__ import annotations

import numpy as np
import pandas as pd

from lstm_core.data.sources.sample_tables.seed import SEED

_NUM_SUNNY_DAYS = 40


def make_solar_power() -> pd.DataFrame:
    """Quarters of an hour of a roof's power in kilowatts: nothing at night, clouds by day."""
    generator = np.random.default_rng(SEED + 7)
    times = pd.date_range("2024-05-01", periods=96 * _NUM_SUNNY_DAYS, freq="15min")
    hour = times.hour.to_numpy() + times.minute.to_numpy() / 60
    height = np.clip(np.sin(np.pi * (hour - 5) / 15.5), 0, None) ** 1.3
    clear = generator.beta(4, 1.5, _NUM_SUNNY_DAYS).repeat(96)
    passing = np.zeros(len(times))
    shocks = generator.normal(0, 0.08, len(times))
    for i in range(1, len(times)):  # a cloud takes about an hour
        passing[i] = 0.8 * passing[i - 1] + shocks[i]
    power = 8.5 * height * np.clip(clear * (1 + passing), 0.05, 1)
    return pd.DataFrame({"time": times, "power": power.round(3)})


_NUM_MINUTES = 3 * 24 * 60
_CYCLE_MINUTES = 37


def make_cold_store() -> pd.DataFrame:
    """Minutes of a cold store's temperature: a compressor that switches, doors, a slow drift."""
    generator = np.random.default_rng(SEED + 8)
    times = pd.date_range("2024-09-02", periods=_NUM_MINUTES, freq="min")
    minute = np.arange(_NUM_MINUTES)
    phase = (minute % _CYCLE_MINUTES) / _CYCLE_MINUTES
    switching = np.where(phase < 0.4, 1 - phase / 0.2, -1 + (phase - 0.4) / 0.3)
    hour = times.hour.to_numpy()
    is_open = (generator.random(_NUM_MINUTES) < 0.012) & (hour >= 7) & (hour < 19)
    warmth = np.zeros(_NUM_MINUTES)
    for i in range(1, _NUM_MINUTES):  # what an open door lets in takes minutes to go
        warmth[i] = 0.93 * warmth[i - 1] + 0.9 * is_open[i]
    outside = 0.4 * np.sin(2 * np.pi * (minute / 60 - 9) / 24)
    noise = generator.normal(0, 0.05, _NUM_MINUTES)
    temperature = -18 + 0.7 * switching + warmth + outside + 0.0001 * minute + noise
    return pd.DataFrame(
        {"time": times, "temperature": temperature.round(2), "door open": is_open.astype(int)}
    )
