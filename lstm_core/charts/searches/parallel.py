"""All settings of a search at once: a line for each trial."""

from __future__ import annotations

import html
from collections.abc import Sequence
from typing import Any

import numpy as np
import pandas as pd
import plotly.graph_objects as go

from lstm_core.charts.core.palette import ACTUAL, label_name
from lstm_core.charts.searches.axes import INACTIVE, Axis
from lstm_core.charts.searches.trials import (
    NO_SCORE,
    colour_by_score,
    draw_message,
    find_window,
    select_scored,
)

LONGEST_TITLE = 26
LABEL_ANGLE = -28
"""Titles that rise need no more room than their height, on a phone as well."""
LETTER_PIXELS = 6


def draw_parallel_coordinates(
    trials: pd.DataFrame, axes: Sequence[Axis], measure: str, larger_is_better: bool
) -> go.Figure:
    """Draw a line for each trial through its values, coloured by its score; ranges can be picked.

    Scores far worse than most share the worst colour and place. Without any score the figure says
    so.

    Args:
        trials: see ``charts.searches.trials``.
        axes: the settings, from left to right; the score comes last.
        measure: what scores are in.
    """
    scored = select_scored(trials)
    if scored.empty:
        return draw_message(NO_SCORE)
    window = find_window(scored, larger_is_better)
    # Later lines lie over earlier ones: the best come last.
    scored = scored.sort_values("score", ascending=larger_is_better, kind="stable")
    scores = scored["score"].clip(window.low, window.high)
    score_axis = Axis("score", measure, "linear")
    dimensions = [_make_dimension(axis, scored[axis.path]) for axis in axes]
    dimensions.append(_make_dimension(score_axis, scores))
    figure = go.Figure(
        go.Parcoords(
            line={"color": scores, **colour_by_score(window)},
            dimensions=dimensions,
            labelangle=LABEL_ANGLE,
            labelfont={"size": 12},
            tickfont={"size": 11, "shadow": "none"},  # plotly's own is made for a white page
            rangefont={"size": 1, "color": "rgba(0, 0, 0, 0)"},  # the ticks say it already
            unselected={"line": {"opacity": 0.06}},
        )
    )
    for place in range(len(dimensions)):
        # Plotly's own lines are black, which a dark page hides.
        x = place / (len(dimensions) - 1) if len(dimensions) > 1 else 0.5
        figure.add_shape(
            type="line",
            **{"xref": "paper", "yref": "paper", "x0": x, "x1": x, "y0": 0, "y1": 1},
            line={"color": ACTUAL, "width": 1},
        )
    figure.update_layout(
        height=440,
        margin={"l": _measure_margin(dimensions[0]), "r": 56, "t": 112, "b": 16},
    )
    return figure


def _make_dimension(axis: Axis, values: pd.Series) -> dict[str, Any]:
    places = axis.locate(values)
    ticks, texts = axis.make_ticks(values)
    drawn = [*places[np.isfinite(places)], *ticks]
    low, high = (min(drawn), max(drawn)) if drawn else (0.0, 0.0)
    room = 0.12 * (high - low) or 0.5
    is_missing = ~np.isfinite(places)
    if is_missing.any():
        low -= room
        ticks, texts = [low, *ticks], [INACTIVE, *texts]
        places = np.where(is_missing, low, places)
    if low == high:
        low, high = low - room, high + room
    return {
        "label": label_name(_shorten(axis.title)),
        "values": places,
        "range": [low, high],
        "tickvals": ticks,
        "ticktext": texts,
    }


def _measure_margin(dimension: dict[str, Any]) -> int:
    """Return the pixels that the first axis needs at its left for its ticks."""
    ticks = max((len(html.unescape(text)) for text in dimension["ticktext"]), default=0)
    return max(48, 16 + LETTER_PIXELS * ticks)


def _shorten(title: str) -> str:
    return title if len(title) <= LONGEST_TITLE else f"{title[: LONGEST_TITLE - 1]}…"
