"""What saying a label from some probability on leads to, and the curves of all such choices."""

from __future__ import annotations

import pandas as pd
import plotly.graph_objects as go

from lstm_core.charts.core.legend import place_names
from lstm_core.charts.core.palette import ACTUAL, FORECAST, MODEL

_LINES = (
    ("precision", "precision", MODEL, "solid"),
    ("recall", "recall", "#5B8DEF", "dash"),
    ("f1", "F1", FORECAST, "dot"),
)


def draw_thresholds(table: pd.DataFrame, threshold: float) -> go.Figure:
    """Draw precision, recall and F1 over the threshold, and where it stands.

    Args:
        table: ``threshold, precision, recall, f1``, ascending.
    """
    figure = go.Figure()
    for column, name, colour, dash in _LINES:
        figure.add_trace(
            go.Scatter(
                x=table["threshold"],
                y=table[column],
                name=name,
                mode="lines",
                line={"color": colour, "width": 2, "dash": dash, "shape": "vh"},
                hovertemplate="%{y:.0%}",
            )
        )
    figure.add_vline(x=threshold, line={"color": ACTUAL, "width": 1.5})
    place_names(figure, 320)
    figure.update_layout(hovermode="x unified")
    figure.update_xaxes(title_text="said from this probability on", range=[0, 1], tickformat=".0%")
    figure.update_yaxes(range=[-0.02, 1.04], tickformat=".0%")
    return figure


def draw_roc(curve: pd.DataFrame, at: tuple[float, float]) -> go.Figure:
    """Draw hits over false alarms, and where the threshold stands.

    Args:
        curve: ``threshold, false_alarms, hits``. ``at``: false alarms and hits, shares.
    """
    figure = go.Figure()
    figure.add_trace(
        go.Scatter(
            x=[0, 1],
            y=[0, 1],
            name="chance",
            mode="lines",
            line={"color": ACTUAL, "width": 1.5, "dash": "dash"},
            hoverinfo="skip",
        )
    )
    _add_curve(figure, curve, "false_alarms", "hits", at)
    figure.update_xaxes(title_text="false alarms: of all others, called it")
    figure.update_yaxes(title_text="hits: of those that have it, called it")
    return figure


def draw_precision(curve: pd.DataFrame, share: float, at: tuple[float, float | None]) -> go.Figure:
    """Draw precision over recall, and where the threshold stands.

    Args:
        curve: ``threshold, recall, precision``.
        share: of the items that have the label: what calling everything it gives.
        at: recall and precision; None where the label is never said.
    """
    figure = go.Figure()
    figure.add_trace(
        go.Scatter(
            x=[0, 1],
            y=[share, share],
            name="chance",
            mode="lines",
            line={"color": ACTUAL, "width": 1.5, "dash": "dash"},
            hoverinfo="skip",
        )
    )
    _add_curve(figure, curve, "recall", "precision", at)
    figure.update_xaxes(title_text="recall: of those that have it, called it")
    figure.update_yaxes(title_text="precision: of those called it, have it")
    return figure


def _add_curve(
    figure: go.Figure, curve: pd.DataFrame, across: str, up: str, at: tuple[float, float | None]
) -> None:
    figure.add_trace(
        go.Scatter(
            x=curve[across],
            y=curve[up],
            name="this model",
            mode="lines",
            line={"color": MODEL, "width": 2.5},
            customdata=curve["threshold"],
            hovertemplate="from %{customdata:.0%} on: %{x:.0%}, %{y:.0%}<extra></extra>",
        )
    )
    if at[1] is not None:
        figure.add_trace(
            go.Scatter(
                x=[at[0]],
                y=[at[1]],
                name="at the threshold",
                mode="markers",
                marker={"color": FORECAST, "size": 13, "symbol": "diamond"},
                hovertemplate="%{x:.0%}, %{y:.0%}<extra></extra>",
            )
        )
    place_names(figure, 340)
    figure.update_layout(hovermode="closest")
    figure.update_xaxes(range=[-0.02, 1.02], tickformat=".0%")
    figure.update_yaxes(range=[-0.02, 1.04], tickformat=".0%")
