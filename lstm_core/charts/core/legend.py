"""Where the names of a figure's lines stand: above the plot and below the toolbar, and in full.

A phone shows one or two names in a row. Plotly takes the room from the plot, and draws its toolbar
over the first row; so the figure is made higher instead, and its top edge is kept for the toolbar.
"""

from __future__ import annotations

from math import ceil

import plotly.graph_objects as go

TOOLBAR_PIXELS = 34
"""At the top edge, for buttons that come when a chart is pointed at or touched."""

ROW_PIXELS = 19
NARROW_PIXELS = 320
"""What a phone's page leaves to a chart."""

_LETTER_PIXELS = 6.5
_SIGN_PIXELS = 42
_MARGIN = 8


def place_names(figure: go.Figure, height: int, *, above: int = 0) -> None:
    """Set the figure's height and margins, and where its names stand; after its last trace.

    Args:
        height: pixels of a figure with one row of names.
        above: pixels that are kept free between names and plot.
    """
    rows = count_rows(list_names(figure))
    whole = height + TOOLBAR_PIXELS - _MARGIN + (rows - 1) * ROW_PIXELS
    top = TOOLBAR_PIXELS + (rows * ROW_PIXELS + above if above else 0)
    figure.update_layout(
        height=whole,
        margin={"l": _MARGIN, "r": _MARGIN, "t": top, "b": _MARGIN},
        legend={
            "orientation": "h",
            "yref": "container",
            "y": 1 - TOOLBAR_PIXELS / whole,
            "yanchor": "top",
            "x": 0,
        },
    )


def list_names(figure: go.Figure) -> list[str]:
    """Return the names that the legend shows."""
    traces = [each for each in figure.data if each.name and each.showlegend is not False]
    shapes = [each for each in figure.layout.shapes if each.name and each.showlegend]
    return [each.name for each in (*traces, *shapes)]


def count_rows(names: list[str]) -> int:
    """Return how many rows the names take on a phone; each has the room of the longest."""
    if not names:
        return 1
    widest = _SIGN_PIXELS + _LETTER_PIXELS * max(map(len, names))
    in_a_row = max(1, int(NARROW_PIXELS / widest))
    return ceil(len(names) / in_a_row)
