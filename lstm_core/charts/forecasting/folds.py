"""The whole series with its parts, and what was predicted in each fold of the test part."""

from __future__ import annotations

from typing import Any

import pandas as pd
import plotly.graph_objects as go
from plotly.subplots import make_subplots

from lstm_core.charts.core.bands import add_band, list_levels
from lstm_core.charts.core.gaps import add_known
from lstm_core.charts.core.legend import place_names
from lstm_core.charts.core.palette import ACTUAL, FORECAST, MODEL
from lstm_core.charts.core.selection import keep_extremes
from lstm_core.charts.forecasting.parts import PARTS
from lstm_core.charts.forecasting.windows import join_windows, outline_windows, pick_windows

MOST_HISTORY_POINTS = 3_000
MOST_FOLD_LABELS = 6

DRAWN_LEVEL = 80
"""The range that is drawn around past predictions."""

SERIES_PIXELS = 340
LANE_PIXELS = 22
_LINE_PIXELS = 1.6
_NUMBER_PIXELS = 24
"""Above the plot, where the numbers of the folds stand."""

_TINTS = (0.08, 0.18)
"""How strongly odd and even folds are shaded: neighbours are told apart."""


def draw_folds(
    history: pd.DataFrame, predictions: pd.DataFrame, regions: pd.DataFrame
) -> go.Figure:
    """Draw one series and target with its folds, and beneath them what each training was given.

    Args:
        history: ``timestamp, value, filled``; of a long one its peaks are kept.
        predictions: its rows of the prediction table.
        regions: ``training, part, fold, start, end``: a lane for each training; a gap between
            parts stays empty.
    """
    num_lanes = int(regions["training"].max())
    lanes_pixels = LANE_PIXELS * num_lanes
    height = SERIES_PIXELS + lanes_pixels + 70
    figure = make_subplots(
        rows=2,
        shared_xaxes=True,
        vertical_spacing=18 / height,
        row_heights=[SERIES_PIXELS, lanes_pixels],
    )
    _add_series(figure, history, predictions)
    _shade_folds(figure, regions[regions["part"] == "test"])
    _add_lanes(figure, regions)
    place_names(figure, height, above=_NUMBER_PIXELS)
    figure.update_layout(hovermode="closest")
    figure.update_xaxes(showgrid=False, showticklabels=True, row=2, col=1)
    figure.update_xaxes(showgrid=False, showticklabels=False, row=1, col=1)
    figure.update_yaxes(
        row=2,
        col=1,
        range=[num_lanes + 0.5, 0.5],
        fixedrange=True,
        showgrid=False,
        zeroline=False,
        showticklabels=num_lanes > 1,
        dtick=1,
    )
    return figure


def _shade_folds(figure: go.Figure, tests: pd.DataFrame) -> None:
    label_every = -(-len(tests) // MOST_FOLD_LABELS)
    for fold, start, end in tests[["fold", "start", "end"]].itertuples(index=False):
        label: dict[str, Any] = {}
        if (fold - 1) % label_every == 0:
            label = {
                "annotation_text": str(fold),
                "annotation_position": "top",
                "annotation_yanchor": "bottom",
                "annotation_font": {"size": 12, "color": FORECAST},
            }
        figure.add_vrect(
            x0=start,
            x1=end,
            row=1,
            col=1,
            fillcolor=FORECAST,
            opacity=_TINTS[fold % 2],
            line_width=0,
            layer="below",
            **label,
        )


def _add_series(figure: go.Figure, history: pd.DataFrame, predictions: pd.DataFrame) -> None:
    kept = history.iloc[keep_extremes(history, MOST_HISTORY_POINTS)]
    picked = pick_windows(predictions)
    if DRAWN_LEVEL in list_levels(predictions):
        outline = outline_windows(picked, DRAWN_LEVEL)
        add_band(figure, outline, f"its {DRAWN_LEVEL}% range", MODEL, 0.35)
    add_known(figure, kept, "actual", colour=ACTUAL, width=_LINE_PIXELS)
    times, values = join_windows(picked, "model")
    line = {"color": MODEL, "width": _LINE_PIXELS}
    figure.add_trace(go.Scatter(x=times, y=values, name="model", mode="lines", line=line))


def _add_lanes(figure: go.Figure, regions: pd.DataFrame) -> None:
    alternates = regions["training"].max() == 1
    named: set[str] = set()
    for training, part, fold, start, end in regions.itertuples(index=False):
        colour, words = PARTS[part]
        told = f"{words}, fold {fold}" if fold else words
        middle = start + (end - start) / 2  # a bar is found by its points
        figure.add_trace(
            go.Scatter(
                x=[start, middle, end],
                y=[training] * 3,
                name=words,
                mode="lines",
                line={"color": colour, "width": 0.6 * LANE_PIXELS},
                opacity=0.6 if alternates and fold % 2 == 0 and fold else 1.0,
                hovertemplate=f"{told}<br>{_say(start)} to {_say(end)}<extra></extra>",
                legendgroup=part,
                showlegend=part not in named,
            ),
            row=2,
            col=1,
        )
        named.add(part)


def _say(time: pd.Timestamp | int) -> str:
    return str(time).removesuffix(" 00:00:00")
