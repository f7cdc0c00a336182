"""How the parts of a series are coloured and called, wherever they are drawn."""

from __future__ import annotations

from lstm_core.charts.core.palette import ACTUAL, BASELINE, FORECAST

PARTS = {  # colour and words
    "train": (ACTUAL, "training part"),
    "validation": (BASELINE, "validation part"),
    "test": (FORECAST, "test part"),
}
