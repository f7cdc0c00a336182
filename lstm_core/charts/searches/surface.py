"""The score over two settings of a search, as far as the trials tell."""

from __future__ import annotations

import numpy as np
import pandas as pd
import plotly.graph_objects as go

from lstm_core.charts.searches.axes import EVEN_STEPS, Axis, describe_values, spread_words
from lstm_core.charts.searches.trials import (
    NO_SCORE,
    colour_by_score,
    describe_trials,
    draw_message,
    find_best,
    find_window,
    make_bar,
    mark_best,
    select_scored,
)

GRID_SIZE = 100
FEWEST_POINTS = 4


def draw_contour(
    trials: pd.DataFrame, x_axis: Axis, y_axis: Axis, measure: str, larger_is_better: bool
) -> go.Figure:
    """Draw the trials at two of their values, and the score between them as a surface.

    The surface joins neighbouring trials by straight lines and ends where they end. Where an axis
    has words, or trials are at fewer than ``FEWEST_POINTS`` points or on one line, there are only
    dots coloured by score. Without any score the figure says so.

    Args:
        trials: see ``charts.searches.trials``.
        x_axis, y_axis: two different settings.
        measure: what scores are in.
    """
    scored = select_scored(trials)
    if scored.empty:
        return draw_message(NO_SCORE)
    scored = scored.assign(
        x=x_axis.locate(scored[x_axis.path]), y=y_axis.locate(scored[y_axis.path])
    )
    shown = scored.dropna(subset=["x", "y"])
    if shown.empty:
        return draw_message(
            f"No trial with a score used both “{x_axis.title}” and “{y_axis.title}”."
        )
    window = find_window(shown, larger_is_better)
    scores = shown["score"].clip(window.low, window.high)
    figure = go.Figure()
    surface = None
    if "choice" not in (x_axis.scale, y_axis.scale):
        surface = interpolate_scores(shown["x"], shown["y"], scores)
    colours = colour_by_score(window)
    if surface is not None:
        grid_x, grid_y, grid = surface
        figure.add_trace(
            go.Contour(
                x=grid_x,
                y=grid_y,
                z=grid,
                zmin=window.low,
                zmax=window.high,
                colorscale=colours["colorscale"],
                reversescale=colours["reversescale"],
                showscale=False,
                ncontours=14,
                contours={"coloring": "fill", "showlines": False},
                hoverinfo="skip",
            )
        )
    shown = shown.assign(text=describe_trials(shown, measure))
    for name, axis, step in zip("xy", (x_axis, y_axis), EVEN_STEPS, strict=True):
        shown["text"] += describe_values(shown[axis.path], axis.title)
        if axis.scale == "choice":
            shown[name] = spread_words(shown[name], shown["trial"], step)
    figure.add_trace(
        go.Scatter(
            x=shown["x"],
            y=shown["y"],
            mode="markers",
            marker={
                "color": scores,
                **colours,
                "colorbar": make_bar(measure),
                "size": 9,
                "line": {"color": "white", "width": 1.2},
            },
            customdata=shown["text"],
            hovertemplate="%{customdata}<extra></extra>",
        )
    )
    star = mark_best(shown, find_best(shown, larger_is_better))
    if star is not None:
        figure.add_trace(star)
    figure.update_layout(
        height=420, margin={"l": 8, "r": 8, "t": 24, "b": 8}, hovermode="closest", showlegend=False
    )
    figure.update_xaxes(x_axis.make_layout(shown[x_axis.path]))
    figure.update_yaxes(y_axis.make_layout(shown[y_axis.path]))
    return figure


def interpolate_scores(
    x: pd.Series, y: pd.Series, scores: pd.Series
) -> tuple[np.ndarray, np.ndarray, np.ndarray] | None:
    """Return a regular grid and the scores on it, linear between trials and NaN outside of them.

    Scores at one point are averaged. None where the points span no surface.

    Args:
        x, y: ``(trials,)``, finite, on even axes.
        scores: ``(trials,)``.

    Returns:
        ``(GRID_SIZE,)``, ``(GRID_SIZE,)``, ``(GRID_SIZE, GRID_SIZE)`` with a row for each y.
    """
    from scipy.interpolate import griddata  # takes a second to import
    from scipy.spatial import QhullError

    trials = pd.DataFrame({"x": x, "y": y, "score": scores})
    points = trials.groupby(["x", "y"])[["score"]].mean().reset_index()
    if len(points) < FEWEST_POINTS or points["x"].nunique() < 2 or points["y"].nunique() < 2:
        return None
    grid_x, grid_y = (
        np.linspace(points[name].min(), points[name].max(), GRID_SIZE) for name in ("x", "y")
    )
    try:
        grid = griddata(
            points[["x", "y"]].to_numpy(),
            points["score"].to_numpy(),
            tuple(np.meshgrid(grid_x, grid_y)),
            method="linear",
            rescale=True,
        )
    except QhullError:  # all on one line
        return None
    return grid_x, grid_y, grid.astype("float32")
