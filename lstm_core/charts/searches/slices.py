"""The score against each setting of a search."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pandas as pd
import plotly.graph_objects as go

from lstm_core.charts.core.palette import BASELINE, LINES, MODEL, label_name
from lstm_core.charts.searches.axes import Axis, describe_values, spread_words
from lstm_core.charts.searches.trials import (
    NO_SCORE,
    ScoreWindow,
    describe_trials,
    draw_message,
    find_best,
    find_window,
    make_bar,
    make_scale,
    mark_best,
    select_scored,
)

ORDER_COLOURS = (BASELINE, LINES[2], MODEL)
"""From the first trial to the last."""

HEIGHT = 280
MOST_TICKS = 4


def draw_slices(
    trials: pd.DataFrame, axes: Sequence[Axis], measure: str, larger_is_better: bool
) -> list[go.Figure]:
    """Draw the score against each setting: small figures, one for each axis, of one height.

    They are apart so that a page can put them beside one another and, on a phone, below. Scores
    share one range. A trial is missing where the setting did not matter to it, and stands at the
    worst edge where it is far worse than most. A figure without any dot says so.

    Args:
        trials: see ``charts.searches.trials``.
        axes: the settings.
        measure: what scores are in.
    """
    scored = select_scored(trials)
    if scored.empty:
        return [draw_message(NO_SCORE) for _ in axes]
    window = find_window(scored, larger_is_better)
    best = find_best(scored, larger_is_better)
    scored = scored.assign(
        y=scored["score"].clip(window.low, window.high), text=describe_trials(scored, measure)
    )
    return [_draw_slice(scored, axis, window, best, measure) for axis in axes]


def _draw_slice(
    scored: pd.DataFrame, axis: Axis, window: ScoreWindow, best: int | None, measure: str
) -> go.Figure:
    scored = scored.assign(x=axis.locate(scored[axis.path]))
    shown = scored[scored["x"].notna()]
    if shown.empty:
        return draw_message(f"No trial with a score used “{axis.title}”.", HEIGHT)
    if axis.scale == "choice":
        shown = shown.assign(x=spread_words(shown["x"], shown["trial"]))
    shown = shown.assign(text=shown["text"] + describe_values(shown[axis.path], axis.title))
    is_beyond = window.is_beyond(shown["score"])
    figure = go.Figure(
        go.Scatter(
            x=shown["x"],
            y=shown["y"],
            mode="markers",
            marker={
                "color": shown["trial"],
                "colorscale": make_scale(ORDER_COLOURS),
                "cmin": 0,
                "cmax": max(1, int(scored["trial"].max())),
                "colorbar": make_bar("trial"),
                "size": 8,
                "symbol": np.where(is_beyond, window.symbol_beyond, "circle"),
            },
            customdata=shown["text"],
            hovertemplate="%{customdata}<extra></extra>",
        )
    )
    star = mark_best(shown, best)
    if star is not None:
        figure.add_trace(star)
    figure.update_layout(
        height=HEIGHT,
        margin={"l": 8, "r": 8, "t": 8, "b": 8},
        showlegend=False,
        hovermode="closest",
    )
    figure.update_xaxes(axis.make_layout(shown[axis.path], MOST_TICKS))
    figure.update_yaxes(title_text=label_name(measure), range=window.axis_range)
    return figure
