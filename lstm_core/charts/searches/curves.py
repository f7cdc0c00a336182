"""The learning curves of a search's trials, all over one another."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from typing import Any

import numpy as np
import pandas as pd
import plotly.graph_objects as go

from lstm_core.charts.core.legend import place_names
from lstm_core.charts.core.palette import BASELINE
from lstm_core.charts.searches.axes import choose_log_ticks, write_number
from lstm_core.charts.searches.trials import BEST, REST, RUNNING, draw_message, say_trial

MOST_POINTS = 12_000
"""Of all faded curves together: more is slow, and nobody tells them apart."""

_LOG_FROM = 20.0
"""Losses whose largest is so many times their smallest need a logarithmic axis."""


def draw_trial_curves(
    curves: pd.DataFrame,
    best: int | None = None,
    running: Collection[int] = (),
    limit: Sequence[float] | None = None,
) -> go.Figure:
    """Draw the learning curves of all trials over one another.

    Those that are over and not the best are one faded trace, with gaps between; of long curves
    only so many epochs are drawn that ``MOST_POINTS`` hold them all. Losses on many scales get a
    logarithmic axis. Without curves the figure says so.

    Args:
        curves: ``trial, epoch, validation_loss``.
        best: the number of the trial to highlight.
        running: the numbers of those that still learn.
        limit: for each epoch from the first, the loss above which a trial is ended early.
    """
    known = curves[np.isfinite(curves["validation_loss"].astype("float64"))]
    if known.empty:
        return draw_message("No trial has finished an epoch yet.")
    known = known.sort_values(["trial", "epoch"])
    is_best = known["trial"] == best
    is_running = known["trial"].isin(list(running)) & ~is_best
    figure = go.Figure()
    faded = {"color": REST, "width": 1}
    _add_curves(figure, _thin(known[~is_best & ~is_running]), "other trials", faded, 0.55)
    _add_curves(figure, known[is_running], "running", {"color": RUNNING, "width": 1.8}, 0.9)
    if limit is not None and len(limit):
        figure.add_trace(
            go.Scatter(
                x=list(range(1, len(limit) + 1)),
                y=list(limit),
                name="ended early above",
                mode="lines",
                line={"color": BASELINE, "width": 2, "dash": "dash"},
                hovertemplate="ended early above %{y:.4g}<extra></extra>",
            )
        )
    if best is not None:
        name = f"best: {say_trial(best)}"
        _add_curves(figure, known[is_best], name, {"color": BEST, "width": 3}, 1.0)
    losses = known["validation_loss"]
    spans_decades = losses.min() > 0 and losses.max() > _LOG_FROM * losses.min()
    place_names(figure, 380)
    figure.update_layout(
        showlegend=True,
        hovermode="closest",
    )
    figure.update_xaxes(
        title_text="epoch",
        tickformat="d",
        showgrid=False,
        zeroline=False,
        range=[0.5, int(known["epoch"].max()) + 0.5],
    )
    figure.update_yaxes(title_text="validation loss")
    if spans_decades:
        ticks = choose_log_ticks(losses.min(), losses.max())
        texts = [write_number(tick) for tick in ticks]
        figure.update_yaxes(type="log", tickmode="array", tickvals=ticks, ticktext=texts)
    return figure


def _thin(curves: pd.DataFrame) -> pd.DataFrame:
    """Keep every so many epochs of each curve, and its last."""
    step = -(-len(curves) // MOST_POINTS)
    if step <= 1:
        return curves
    from_start = curves.groupby("trial").cumcount()
    from_end = curves.groupby("trial").cumcount(ascending=False)
    return curves[(from_start % step == 0) | (from_end == 0)]


def _add_curves(
    figure: go.Figure, curves: pd.DataFrame, name: str, line: dict[str, Any], opacity: float
) -> None:
    """Add curves as one trace; a row without a loss stands between two trials."""
    if curves.empty:
        return
    trials = curves["trial"].to_numpy("int32")
    starts = np.flatnonzero(np.diff(trials)) + 1
    losses = np.insert(curves["validation_loss"].to_numpy("float32"), starts, np.nan)
    figure.add_trace(
        go.Scatter(
            x=np.insert(curves["epoch"].to_numpy("int32"), starts, 0),
            y=losses,
            customdata=np.insert(trials, starts, 0),
            name=name,
            mode="lines",
            line=line,
            opacity=opacity,
            connectgaps=False,
            hovertemplate="trial %{customdata}, epoch %{x}<br>validation loss %{y:.4g}"
            "<extra></extra>",
        )
    )
