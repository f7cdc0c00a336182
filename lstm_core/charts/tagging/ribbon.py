"""A recording with its tags: the signal, and below it a ribbon for each that says what it is."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import plotly.graph_objects as go
from plotly.subplots import make_subplots

from lstm_core.charts.core.legend import place_names
from lstm_core.charts.core.naming import shorten
from lstm_core.charts.core.palette import LINES, label_name
from lstm_core.charts.core.signals import make_channel_traces
from lstm_core.charts.tagging.stretches import OTHER
from lstm_core.data.tagged.entities import Entity

MOST_GROUNDS = 150
"""Stretches that are laid behind the signal; of more, the ribbon alone tells."""

_GROUND_OPACITY = 0.25
_SIGNAL_PIXELS, _RIBBON_PIXELS = 200, 46
_INK = "#10151F"
"""Of names on a ribbon: readable on all colours of types."""


@dataclass(frozen=True)
class Ribbon:
    """Who says what a recording is, and when.

    Attributes:
        title: ``"its tags"``. ``stretches``: ascending, none over another.
    """

    title: str
    stretches: Sequence[Entity]


def draw_ribbons(
    values: np.ndarray,
    channels: Sequence[str],
    ribbons: Sequence[Ribbon],
    colours: Mapping[str, str],
) -> go.Figure:
    """Draw a recording's channels over its steps, on grounds of the first ribbon's colours.

    Args:
        values: ``(steps, channels)``, finite. ``channels``: a name for each.
        ribbons: at least one. ``colours``: by type.
    """
    low = _RIBBON_PIXELS * len(ribbons)
    figure = make_subplots(
        rows=2,
        shared_xaxes=True,
        vertical_spacing=0.04,
        row_heights=[_SIGNAL_PIXELS, low],
    )
    used = set(colours.values())
    inks = [colour for colour in reversed(LINES) if colour not in used]
    traces = make_channel_traces(values, channels, inks, width=1.4)
    for trace in traces:
        trace.x = np.asarray(trace.x) + 1  # people count steps from 1
    figure.add_traces(traces, rows=[1] * len(traces), cols=[1] * len(traces))
    figure.update_traces(showlegend=len(channels) > 1)
    if len(ribbons[0].stretches) <= MOST_GROUNDS:
        _lay_grounds(figure, ribbons[0], colours)
    for kind in sorted({each.type for ribbon in ribbons for each in ribbon.stretches}):
        figure.add_trace(_make_bars(kind, ribbons, colours.get(kind, OTHER)), row=2, col=1)
    place_names(figure, _SIGNAL_PIXELS + low + 40)
    figure.update_layout(
        barmode="overlay",
        bargap=0.25,
        hovermode="closest",
        uniformtext={"mode": "hide", "minsize": 9},
    )
    figure.update_xaxes(showgrid=False, range=[0.5, len(values) + 0.5])
    figure.update_xaxes(title_text="step", row=2, col=1)
    figure.update_yaxes(nticks=4, row=1, col=1)
    figure.update_yaxes(
        tickvals=list(range(len(ribbons))),
        ticktext=[ribbon.title for ribbon in ribbons],
        range=[len(ribbons) - 0.5, -0.5],
        automargin=True,
        showgrid=False,
        zeroline=False,
        row=2,
        col=1,
    )
    return figure


def _lay_grounds(figure: go.Figure, ribbon: Ribbon, colours: Mapping[str, str]) -> None:
    shapes = [
        {
            "type": "rect",
            "xref": "x",
            "yref": "y domain",
            "x0": each.first + 0.5,
            "x1": each.stop + 0.5,
            "y0": 0,
            "y1": 1,
            "fillcolor": colours.get(each.type, OTHER),
            "opacity": _GROUND_OPACITY,
            "line": {"width": 0},
            "layer": "below",
        }
        for each in ribbon.stretches
    ]
    figure.update_layout(shapes=shapes)


def _make_bars(kind: str, ribbons: Sequence[Ribbon], colour: str) -> go.Bar:
    """Return the stretches of one type, on the ribbons that have any."""
    own = [
        (place, each)
        for place, ribbon in enumerate(ribbons)
        for each in ribbon.stretches
        if each.type == kind
    ]
    name = label_name(shorten(kind))
    return go.Bar(
        x=[each.stop - each.first for _, each in own],
        base=[each.first + 0.5 for _, each in own],
        y=[place for place, _ in own],
        orientation="h",
        name=name,
        marker={"color": colour, "line": {"width": 0}},
        text=[name] * len(own),
        textposition="inside",
        insidetextanchor="middle",
        textangle=0,
        textfont={"color": _INK, "size": 12},
        customdata=[
            f"{label_name(kind[:200])}: steps {each.first + 1:,} to {each.stop:,}"
            for _, each in own
        ],
        hovertemplate="%{customdata}<extra></extra>",
    )
