"""A small table, where what is in it does not matter."""

from __future__ import annotations

import numpy as np
import pandas as pd

from lstm_core.data.reading.table import SourceTable
from lstm_core.data.series.building.building import build_dataset
from lstm_core.data.series.dataset import Dataset
from lstm_core.spec import SeriesDataSpec


def make_dataset(num_rows: int = 50, seed: int = 0) -> Dataset:
    """Return daily noise."""
    frame = pd.DataFrame(
        {
            "date": pd.date_range("2024-01-01", periods=num_rows, freq="D"),
            "value": np.random.default_rng(seed).normal(size=num_rows).cumsum(),
        }
    )
    return build_dataset(SourceTable(frame, f"noise-{seed}.csv"), SeriesDataSpec())
