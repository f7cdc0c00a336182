"""Learning curves while a search runs, as a Vega-Lite chart: it keeps its zoom as they grow."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from typing import Any

import numpy as np
import pandas as pd

from lstm_core.charts.core.palette import ACTUAL, BASELINE, FORECAST, LINES
from lstm_core.charts.training.curves import ZOOM

OTHERS, RUNNING, LIMIT, BEST = "other trials", "running", "ended early above", "best so far"
MOST_POINTS = 2_000
"""Of all faded curves together: they are sent anew whenever one of them grows."""

LOG_FROM = 20.0
"""Losses whose largest is so many times their smallest need a logarithmic axis."""

_NO_TRIAL = -1


def make_live_rows(
    curves: pd.DataFrame,
    best: int | None = None,
    running: Collection[int] = (),
    limit: Sequence[float | None] | None = None,
) -> pd.DataFrame:
    """Return ``trial, epoch, loss, line``, those that lie above the others last.

    Args:
        curves: ``trial, epoch, validation_loss``.
        best: the number of the trial to highlight.
        running: the numbers of those that still learn.
        limit: for each epoch from the first, the loss above which a trial is ended early.
    """
    known = curves[np.isfinite(curves["validation_loss"]) & (curves["validation_loss"] > 0)]
    is_best = known["trial"] == best
    is_running = known["trial"].isin(list(running)) & ~is_best
    parts = [
        _thin(known[~is_best & ~is_running]).assign(line=OTHERS),
        known[is_running].assign(line=RUNNING),
        _list_limit(limit or ()),
        known[is_best].assign(line=BEST),
    ]
    columns = {"trial": "int32", "epoch": "int32", "validation_loss": "float64", "line": "str"}
    shown = [part[list(columns)].astype(columns) for part in parts if len(part)]
    rows = pd.concat(shown, ignore_index=True) if shown else _list_limit(())
    return rows.rename(columns={"validation_loss": "loss"})


def spans_decades(rows: pd.DataFrame) -> bool:
    """Whether losses lie so far apart that they need a logarithmic axis."""
    return bool(len(rows)) and bool(rows["loss"].max() > LOG_FROM * rows["loss"].min())


def draw_live_curves(is_log: bool = False) -> dict[str, Any]:
    """Return the Vega-Lite spec: the same whatever has been learnt, so the chart keeps its zoom.

    Args:
        is_log: whether losses lie on a logarithmic axis.
    """
    lines = [OTHERS, RUNNING, LIMIT, BEST]
    scale = {"type": "log", "nice": False} if is_log else {"zero": False}
    return {
        "params": [ZOOM],
        "mark": {"type": "line"},
        "encoding": {
            "x": {
                "field": "epoch",
                "type": "quantitative",
                "title": "epoch",
                "scale": {"nice": False, "zero": False, "padding": 5},
                "axis": {"tickMinStep": 1, "format": "d", "grid": False},
            },
            "y": {
                "field": "loss",
                "type": "quantitative",
                "title": "validation loss",
                "scale": scale | {"padding": 5},
                "axis": {"format": "~g", "grid": not is_log},
            },
            "color": {
                "field": "line",
                "type": "nominal",
                "title": None,
                "scale": {"domain": lines, "range": [ACTUAL, LINES[2], BASELINE, FORECAST]},
                "legend": {"orient": "top", "columns": 2},
            },
            "detail": {"field": "trial", "type": "nominal"},
            "opacity": _encode(lines, [0.4, 0.9, 0.9, 1.0]),
            "strokeWidth": _encode(lines, [1, 2, 1.5, 3]),
            "strokeDash": _encode(lines, [[1, 0], [1, 0], [5, 3], [1, 0]]),
            "tooltip": [
                {"field": "trial", "type": "quantitative"},
                {"field": "epoch", "type": "quantitative"},
                {"field": "loss", "type": "quantitative", "format": ".4~g"},
            ],
        },
    }


def _encode(lines: list[str], values: list[Any]) -> dict[str, Any]:
    return {
        "field": "line",
        "type": "nominal",
        "scale": {"domain": lines, "range": values},
        "legend": None,
    }


def _list_limit(limit: Sequence[float | None]) -> pd.DataFrame:
    rows = [
        (_NO_TRIAL, epoch, loss, LIMIT)
        for epoch, loss in enumerate(limit, start=1)
        if loss is not None and loss > 0
    ]
    return pd.DataFrame(rows, columns=["trial", "epoch", "validation_loss", "line"])


def _thin(curves: pd.DataFrame) -> pd.DataFrame:
    """Keep every so many epochs of each curve, and its last."""
    step = -(-len(curves) // MOST_POINTS)
    if step <= 1:
        return curves
    from_start = curves.groupby("trial").cumcount()
    from_end = curves.groupby("trial").cumcount(ascending=False)
    return curves[(from_start % step == 0) | (from_end == 0)]
