"""Where a network looked as it said each unit of a translation."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import plotly.graph_objects as go

from lstm_core.charts.core.bands import fade
from lstm_core.charts.core.clusters import label_text
from lstm_core.charts.core.palette import MODEL

MOST_UNITS = 60
"""Of each side; of longer ones, their beginning."""

LONGEST_LABEL = 14

_LONGEST_TOLD = 60
_CELL_PIXELS, _SMALL_PIXELS, _MOST_LARGE = 28, 16, 25
_LEAST_PIXELS, _MARGIN_PIXELS = 220, 120
_FAINTEST, _STRONGEST = 0.04, 0.85
_UPRIGHT = 2
"""Signs of a label that has room beside others; longer ones stand aslant."""
_FONT, _SMALL_FONT, _MOST_ROOMY = 12, 10, 16


def draw_attention(source: Sequence[str], said: Sequence[str], weights: np.ndarray) -> go.Figure:
    """Draw what was given to the right and what was said downward, in the order of the text.

    First stands left and on top, whatever the direction of a script: both sides are sequences.

    Args:
        source, said: units; hostile.
        weights: ``(said, source)``, each row from 0 to 1.
    """
    given, spoken = list(source[:MOST_UNITS]), list(said[:MOST_UNITS])
    shown = np.asarray(weights, float).reshape(len(said), len(source))[: len(spoken), : len(given)]
    told = [
        [
            f"{label_text(unit, _LONGEST_TOLD)} looked at {label_text(other, _LONGEST_TOLD)}"
            for other in given
        ]
        for unit in spoken
    ]
    figure = go.Figure(
        go.Heatmap(
            z=np.where(np.isfinite(shown), shown, np.nan),
            zmin=0,
            zmax=1,
            colorscale=[[0, fade(MODEL, _FAINTEST)], [1, fade(MODEL, _STRONGEST)]],
            showscale=False,
            xgap=1,
            ygap=1,
            text=told,
            hovertemplate="%{text}: %{z:.0%}<extra></extra>",
        )
    )
    count = max(len(spoken), len(given), 1)
    pixels = _CELL_PIXELS if count <= _MOST_LARGE else _SMALL_PIXELS
    figure.update_layout(
        height=max(_LEAST_PIXELS, pixels * len(spoken) + _MARGIN_PIXELS),
        margin={"l": 8, "r": 8, "t": 8, "b": 8},
        showlegend=False,
        dragmode=False,
    )
    figure.update_xaxes(
        side="top",
        tickangle=0 if all(len(unit) <= _UPRIGHT for unit in given) else -60,
        title_text=_say("given", source),
        **_name(given),
    )
    figure.update_yaxes(autorange="reversed", title_text=_say("said", said), **_name(spoken))
    return figure


def _name(units: Sequence[str]) -> dict[str, object]:
    return {
        "tickmode": "array",  # by place: a unit may stand there twice
        "tickvals": list(range(len(units))),
        "ticktext": [label_text(unit, LONGEST_LABEL) for unit in units],
        "tickfont_size": _FONT if len(units) <= _MOST_ROOMY else _SMALL_FONT,
        "showgrid": False,
        "zeroline": False,
        "automargin": True,
        "fixedrange": True,
    }


def _say(side: str, units: Sequence[str]) -> str:
    more = len(units) > MOST_UNITS
    return f"{side}, its first {MOST_UNITS} of {len(units):,}" if more else side
