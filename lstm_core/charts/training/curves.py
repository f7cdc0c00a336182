"""Learning curves, as a Vega-Lite chart: it keeps its zoom while points arrive."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import groupby
from typing import Any

from lstm_core.charts.core.palette import FORECAST, MODEL

TRAINING = "training loss"
VALIDATION = "validation loss"

FADED = 0.22
"""How opaque the curves of earlier networks are."""

MOST_DRAWN = 250
"""Epochs of a network that are drawn: more than a screen can tell apart, and than it draws at once.
"""

_Point = tuple[int, str, int, float, float]

ZOOM_NAME = "zoom"
ZOOM = {
    "name": ZOOM_NAME,
    "select": {"type": "interval", "zoom": "wheel![event.shiftKey]"},
    "bind": "scales",
}
"""Drag to move, shift and wheel to zoom, double click for all; the wheel alone turns the page."""


def make_curve_rows(points: Iterable[_Point]) -> list[dict[str, Any]]:
    """Turn points into the chart's rows; of very many, as many as can be told apart.

    Args:
        points: ``(network, its title, epoch, loss, validation loss)``, one network after the
            other; the last one is the one that people look at.
    """
    points = list(points)
    latest = points[-1][0] if points else None
    return [
        {
            "network": network,
            "title": title or f"network {network}",
            "shown": "latest" if network == latest else "earlier",
            "epoch": epoch,
            "value": value,
            "curve": curve,
        }
        for network, title, epoch, loss, validation_loss in _thin(points)
        for curve, value in ((TRAINING, loss), (VALIDATION, validation_loss))
    ]


def _thin(points: Sequence[_Point]) -> Iterable[_Point]:
    """Keep every second, fourth, and so on, of each network, the first, the best and the last.

    So a curve that grows keeps the points that it has until there are twice as many.
    """
    for _, found in groupby(points, key=lambda point: point[0]):
        own = list(found)
        stride = 1
        while len(own) > MOST_DRAWN * stride:
            stride *= 2
        best = min(own, key=lambda point: point[4])
        for number, point in enumerate(own):
            if number % stride == 0 or point is best or number == len(own) - 1:
                yield point


def draw_curves(num_epochs: int, num_networks: int = 1, first_epoch: int = 1) -> dict[str, Any]:
    """Return the Vega-Lite spec: a line for each network and curve.

    Args:
        num_epochs: where the axis ends: while they are trained the most that one network may have,
            so that it need not grow; then the most that one had.
        num_networks: how many there will be; of several each point tells its own.
        first_epoch: where the axis begins: 0 where networks came trained.
    """
    tooltip = [
        {"field": "curve", "type": "nominal"},
        {"field": "epoch", "type": "quantitative"},
        {"field": "value", "type": "quantitative", "format": ".5f"},
    ]
    if num_networks > 1:
        tooltip.insert(0, {"field": "title", "type": "nominal", "title": "network"})
    return {
        "params": [ZOOM],
        "mark": {
            "type": "line",
            "point": {"size": 28, "filled": True},
            "strokeWidth": 2,
        },
        "encoding": {
            "x": {
                "field": "epoch",
                "type": "quantitative",
                "title": "epoch",
                # A chart that can be zoomed is cut at its edges: the padding saves the points.
                "scale": {"domain": [first_epoch, max(2, num_epochs)], "nice": False, "padding": 5},
                "axis": {"tickMinStep": 1, "format": "d", "grid": False},
            },
            "y": {
                "field": "value",
                "type": "quantitative",
                "title": "loss (scaled units)",
                "scale": {"zero": False, "padding": 5},
            },
            "color": {
                "field": "curve",
                "type": "nominal",
                "title": None,
                "scale": {"domain": [TRAINING, VALIDATION], "range": [MODEL, FORECAST]},
                "legend": {"orient": "top"},
            },
            "detail": {"field": "network", "type": "nominal"},
            "opacity": {
                "field": "shown",
                "type": "nominal",
                "scale": {"domain": ["earlier", "latest"], "range": [FADED, 1.0]},
                "legend": None,
            },
            "tooltip": tooltip,
        },
    }
