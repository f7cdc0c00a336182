"""The tables that the goldens come of; rounded, so that they are the same on every machine."""

from __future__ import annotations

import numpy as np
import pandas as pd


def make_waves(
    num_rows: int, period: float, *, seed: int, noise: float = 0.1, slope: float = 0.0
) -> np.ndarray:
    """A wave, a trend and noise, ``(rows,)``."""
    rows = np.arange(num_rows)
    drawn = np.random.default_rng(seed).normal(0.0, noise, num_rows)
    return np.round(np.sin(2 * np.pi * rows / period) + slope * rows + drawn, 4)


def make_daily(num_rows: int) -> pd.DataFrame:
    """A week's rhythm on a rising level."""
    return pd.DataFrame(
        {
            "day": pd.date_range("2023-03-01", periods=num_rows, freq="D").strftime("%Y-%m-%d"),
            "visits": np.round(20 + 4 * make_waves(num_rows, 7, seed=1, slope=0.01), 4),
        }
    )


def make_numbered(num_rows: int = 260) -> pd.DataFrame:
    """Rows without a time: one wave, and another that goes before it."""
    return pd.DataFrame(
        {
            "level": make_waves(num_rows, 12, seed=2),
            "inflow": make_waves(num_rows + 2, 12, seed=3)[2:],
        }
    )


def make_hourly(num_rows: int = 260, num_ahead: int = 6) -> pd.DataFrame:
    """Load that jumps with the shifts that are worked, which are known for some hours ahead."""
    count = num_rows + num_ahead
    shifts = np.random.default_rng(4).integers(0, 3, count)
    load = 50 + 9 * shifts + 3 * make_waves(count, 12, seed=5)
    load[num_rows:] = np.nan
    times = pd.date_range("2024-02-01", periods=count, freq="h").strftime("%Y-%m-%d %H:%M")
    return pd.DataFrame({"time": times, "load": np.round(load, 3), "shifts": shifts})


def make_shops() -> pd.DataFrame:
    """Three series of unequal lengths and levels, with gaps, beside what moves with them."""
    tables = []
    for number, (name, count) in enumerate({"north": 120, "south": 100, "west": 90}.items()):
        sales = (10 + 40 * number) * np.exp(0.4 * make_waves(count, 7, seed=10 + number))
        sales[20 + number : 23 + number] = np.nan
        sales[60] = np.nan
        footfall = 5 + make_waves(count, 7, seed=20 + number)
        tables.append(
            pd.DataFrame(
                {
                    "date": pd.date_range("2024-01-01", periods=count, freq="D"),
                    "shop": name,
                    "sales": np.round(sales, 3),
                    "footfall": np.round(footfall, 3),
                }
            )
        )
    return pd.concat(tables, ignore_index=True)


def make_two_targets(num_rows: int = 220) -> pd.DataFrame:
    """Two prices on business days, one of them with a hole, and a volume."""
    days = pd.date_range("2024-01-01", periods=num_rows, freq="B").strftime("%Y-%m-%d")
    table = pd.DataFrame(
        {
            "day": days,
            "open": np.round(100 + 8 * make_waves(num_rows, 10, seed=6, slope=0.005), 4),
            "close": np.round(30 + 5 * make_waves(num_rows, 5, seed=7), 4),
            "volume": make_waves(num_rows, 9, seed=8),
        }
    )
    table.loc[30:33, "close"] = np.nan
    return table
