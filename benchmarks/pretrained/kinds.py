"""Series of competitions: what is known, what came after, and how a forecast is scored."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pandas as pd

from lstm_core.tasks.forecasting.pretrained.history import Histories

M3_LIMITS = {"yearly": 2.42, "quarterly": 1.06, "monthly": 0.86, "other": 1.80}
WEEKLY_LIMIT, HOURLY_LIMIT = 1.66, 1.03


@dataclass(frozen=True)
class Kind:
    """Series that are scored together.

    Attributes:
        pasts: of each series the values ``(length,)`` that are known.
        futures: ``(series, steps)``, what came then.
        lag: of the changes that MASE divides by.
        limit: the largest MASE.
    """

    name: str
    pasts: list[np.ndarray]
    futures: np.ndarray
    seasons: tuple[int, ...]
    lag: int
    limit: float

    @property
    def histories(self) -> Histories:
        """The series as they are asked about."""
        return Histories.of(self.pasts, self.seasons)

    @property
    def num_steps(self) -> int:
        """How many steps ahead are scored."""
        return int(self.futures.shape[1])

    def measure_mase(self, medians: np.ndarray) -> np.ndarray:
        """The errors of forecasts ``(series, steps)``, one number a series."""
        usual = [np.abs(past[self.lag :] - past[: -self.lag]).mean() for past in self.pasts]
        return np.asarray(np.abs(self.futures - medians).mean(1) / usual)

    def measure_smape(self, medians: np.ndarray) -> float:
        """The mean over all steps of all series, in percent."""
        sizes = np.abs(self.futures) + np.abs(medians)
        return float((200 * np.abs(self.futures - medians) / sizes).mean())

    def measure_held(self, low: np.ndarray, high: np.ndarray) -> float:
        """The share of what came that lay in a range."""
        return float(((self.futures >= low) & (self.futures <= high)).mean())


def load_kinds(folder: Path) -> Iterator[Kind]:
    """M3 (a half of it), M4's weekly series (a half) and M4's hourly ones."""
    m3 = pd.read_csv(folder / "m3_half.csv.gz")
    for name, rows in m3.groupby("kind", sort=False):
        season = int(rows["period"].iloc[0])
        yield Kind(str(name), *_cut(rows), (season,), season, M3_LIMITS[str(name)])
    weekly = pd.read_csv(folder / "m4_weekly_half.csv.gz")
    yield Kind("weekly", *_cut(weekly), (52,), 1, WEEKLY_LIMIT)
    hourly = pd.read_csv(folder / "m4_hourly.csv.gz")
    yield Kind("hourly", *_cut(hourly), (24, 168), 24, HOURLY_LIMIT)


def _cut(rows: pd.DataFrame) -> tuple[list[np.ndarray], np.ndarray]:
    pasts, futures = [], []
    for _, one in rows.groupby("series", sort=False):
        values, is_past = one["value"].to_numpy(float), (one["part"] == "train").to_numpy()
        pasts.append(values[is_past])
        futures.append(values[~is_past])
    return pasts, np.stack(futures)
