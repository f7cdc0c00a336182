"""Ranges around a prediction as shaded bands."""

from __future__ import annotations

import re

import numpy as np
import pandas as pd
import plotly.graph_objects as go

_LOW = re.compile(r"low_(\d+)")


def list_levels(table: pd.DataFrame) -> list[int]:
    """Return the ranges that a table has, in percent, from the outside in; old ones have none."""
    found = [int(match[1]) for name in table.columns if (match := _LOW.fullmatch(str(name)))]
    return sorted((level for level in found if f"high_{level}" in table.columns), reverse=True)


def outline_band(
    times: np.ndarray, low: np.ndarray, high: np.ndarray
) -> tuple[np.ndarray, np.ndarray]:
    """Return times and values of a band's outline: along the lower end, back along the upper."""
    return np.concatenate([times, times[::-1]]), np.concatenate([low, high[::-1]])


def add_band(
    figure: go.Figure,
    outline: tuple[np.ndarray, np.ndarray],
    name: str,
    colour: str,
    opacity: float,
    group: str | None = None,
    shows_legend: bool = True,
) -> None:
    """Shade the inside of an outline; bands of one ``group`` are switched on and off together."""
    times, values = outline
    figure.add_trace(
        go.Scatter(
            x=times,
            y=values,
            name=name,
            mode="lines",
            line={"width": 0},
            fill="toself",
            fillcolor=fade(colour, opacity),
            hoverinfo="skip",
            legendgroup=group,
            showlegend=shows_legend,
        )
    )


def fade(colour: str, opacity: float) -> str:
    """Return ``"#RRGGBB"`` as a colour that the page shines through."""
    red, green, blue = (int(colour[start : start + 2], 16) for start in (1, 3, 5))
    return f"rgba({red}, {green}, {blue}, {opacity})"
