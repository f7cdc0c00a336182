"""What is known, as a line that ends at gaps; what was filled into them is drawn apart.

A value that nobody measured must not look like one. Tables tell it by a column ``filled``; without
one, all values are known.
"""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd
import plotly.graph_objects as go

FILLED = "filled in"
FADED = 0.55

_DOT_PIXELS = 4


def make_known_traces(
    rows: pd.DataFrame, name: str, colour: str | None, width: float
) -> list[go.Scatter]:
    """Return the line of what is known and, where there are gaps, a dotted one of what was filled.

    Args:
        rows: ``timestamp, value`` and, where there may be gaps, ``filled``.
    """
    is_filled = read_filled(rows)
    times, values = rows["timestamp"], rows["value"]
    line = {"color": colour, "width": width}
    if not is_filled.any():
        return [go.Scatter(x=times, y=values, name=name, mode="lines", line=line)]
    known = go.Scatter(
        x=times, y=values.where(~is_filled), name=name, mode="lines+markers", line=line
    )
    known.connectgaps = False
    # A line through one point alone is not seen.
    known.marker = {"size": np.where(_find_lonely(is_filled), _DOT_PIXELS, 0).tolist()}
    beside = is_filled.copy()
    beside[1:] |= is_filled[:-1]
    beside[:-1] |= is_filled[1:]
    filled = go.Scatter(
        x=times,
        y=values.where(beside),
        name=FILLED,
        mode="lines",
        line={**line, "width": max(1.0, width - 0.5), "dash": "dot"},
        opacity=FADED,
        connectgaps=False,
        hoverinfo="skip",
    )
    return [known, filled]


def add_known(figure: go.Figure, rows: pd.DataFrame, name: str, **style: Any) -> None:
    """Add what ``make_known_traces`` returns to a figure."""
    figure.add_traces(make_known_traces(rows, name, **style))


def name_gaps_once(figure: go.Figure) -> bool:
    """Let one name stand for the gaps of all lines; return whether there are any."""
    gaps = [trace for trace in figure.data if trace.name == FILLED]
    for trace in gaps:
        trace.legendgroup = FILLED
        trace.showlegend = trace is gaps[0]
    return bool(gaps)


def find_gap_edges(is_filled: np.ndarray, most: int) -> np.ndarray:
    """Return the first and last filled row of the longest gaps, and the known rows beside them.

    Args:
        most: gaps at most.
    """
    edges = np.flatnonzero(np.diff(np.concatenate([[0], is_filled.astype("int8"), [0]])))
    starts, ends = edges[::2], edges[1::2] - 1
    longest = np.argsort(starts - ends, kind="stable")[:most]
    rows = np.concatenate([starts, ends, starts - 1, ends + 1]).reshape(4, -1)[:, longest].ravel()
    return np.unique(rows[(rows >= 0) & (rows < len(is_filled))])


def read_filled(rows: pd.DataFrame) -> np.ndarray:
    if "filled" not in rows:
        return np.zeros(len(rows), dtype=bool)
    return rows["filled"].to_numpy(dtype=bool)


def _find_lonely(is_filled: np.ndarray) -> np.ndarray:
    """Return which known rows have no known neighbour."""
    before = np.concatenate([[True], is_filled[:-1]])
    after = np.concatenate([is_filled[1:], [True]])
    return ~is_filled & before & after
