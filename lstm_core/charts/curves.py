"""Learning curves, as a Vega-Lite chart: it keeps its zoom while points arrive."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from lstm_core.charts.palette import FORECAST, MODEL

TRAINING = "training loss"
VALIDATION = "validation loss"


def make_curve_rows(points: Iterable[tuple[int, float, float]]) -> list[dict[str, Any]]:
    """Turn ``(epoch, loss, validation loss)`` into the chart's rows."""
    rows: list[dict[str, Any]] = []
    for epoch, loss, validation_loss in points:
        rows.append({"epoch": epoch, "value": loss, "curve": TRAINING})
        rows.append({"epoch": epoch, "value": validation_loss, "curve": VALIDATION})
    return rows


def draw_curves(num_epochs: int) -> dict[str, Any]:
    """Return the Vega-Lite spec; the axis is as long as the training may last."""
    return {
        "mark": {"type": "line", "point": {"size": 28, "filled": True}, "strokeWidth": 2},
        "encoding": {
            "x": {
                "field": "epoch",
                "type": "quantitative",
                "title": "epoch",
                "scale": {"domain": [1, max(2, num_epochs)], "nice": False},
                "axis": {"tickMinStep": 1, "format": "d", "grid": False},
            },
            "y": {
                "field": "value",
                "type": "quantitative",
                "title": "loss (scaled units)",
                "scale": {"zero": False},
            },
            "color": {
                "field": "curve",
                "type": "nominal",
                "title": None,
                "scale": {"domain": [TRAINING, VALIDATION], "range": [MODEL, FORECAST]},
                "legend": {"orient": "top"},
            },
            "tooltip": [
                {"field": "curve", "type": "nominal"},
                {"field": "epoch", "type": "quantitative"},
                {"field": "value", "type": "quantitative", "format": ".5f"},
            ],
        },
    }
