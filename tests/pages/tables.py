"""Small files to upload."""

from __future__ import annotations

import csv
import io
import math
from collections.abc import Mapping, Sequence

import pandas as pd

NUM_DAYS = 120


def make_days(count: int = NUM_DAYS) -> list[str]:
    return [f"{day:%Y-%m-%d}" for day in pd.date_range("2024-01-01", periods=count)]


def make_wave(count: int = NUM_DAYS, season: int = 7, level: float = 10.0) -> list[float]:
    """Values that vary, with a season and a slow drift."""
    return [
        round(level + 3 * math.sin(2 * math.pi * row / season) + 0.01 * row, 4)
        for row in range(count)
    ]


def to_csv(columns: Mapping[str, Sequence[object]]) -> bytes:
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(columns)
    writer.writerows(zip(*columns.values(), strict=True))
    return text.getvalue().encode()


SALES = to_csv({"day": make_days(), "sales": make_wave(), "visitors": make_wave(level=50)})
"""120 days with two columns of numbers; the profile predicts the first."""
