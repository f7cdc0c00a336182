"""Tables of a search, as its charts get them."""

from __future__ import annotations

import math
from typing import Any

import pandas as pd

from lstm_core.charts.searches.axes import Axis

UNITS = Axis("model.units", "Units", "log")
RATE = Axis("training.learning_rate", "Learning rate", "log")
DROPOUT = Axis("model.dropout", "Dropout", "linear")
CELL = Axis("model.architecture", "<b>Cell</b>", "choice", ("lstm", "gru", "<i>$mine$</i>"))

COLUMNS = (
    *("trial", "status", "score", "spread", "seconds", "ended_after"),
    *(axis.path for axis in (UNITS, RATE, DROPOUT, CELL)),
)


def make_trials(**changes: list[Any]) -> pd.DataFrame:
    """Return eight trials: five completed, of which 3 is best, and one of each other kind."""
    nan = math.nan
    table = {
        "trial": list(range(8)),
        "status": [*("completed",) * 5, "pruned", "failed", "running"],
        "score": [1.0, 0.9, 1.1, 0.7, 0.8, 0.6, nan, nan],
        "spread": [nan] * 8,
        "seconds": [10.0, 5.0, 20.0, 40.0, 80.0, 2.0, 1.0, nan],
        "ended_after": [10.0, 15.0, 35.0, 75.0, 155.0, 157.0, 158.0, nan],
        "model.units": [64, 16, 32, 128, 256, 64, 32, 16],
        "training.learning_rate": [1e-3, 1e-4, 1e-2, 3e-3, 1e-3, 1e-2, 1e-2, 1e-3],
        "model.dropout": pd.Series([0.1, None, 0.2, 0.3, None, 0.0, 0.1, 0.2], dtype=object),
        "model.architecture": ["gru", "lstm", "lstm", "gru", "<i>$mine$</i>", *["lstm"] * 3],
    }
    return pd.DataFrame(table | changes)


def make_no_trials() -> pd.DataFrame:
    return pd.DataFrame(columns=COLUMNS)
