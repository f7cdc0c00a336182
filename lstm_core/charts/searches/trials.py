"""The trials of a search as its charts see them: what has a score, which is best, what is usual.

Every chart of a search takes the table ``trials``, a row for each trial:

- ``trial``: its number; 0 is the default spec;
- ``status``: ``running``, ``completed``, ``failed``, ``pruned`` or ``skipped``;
- ``score`` and ``spread``: mean and standard deviation over its executions, NaN where none;
- ``seconds``: of training, NaN while unknown; ``ended_after``: seconds from the search's start;
- a column for each setting that is searched, called by its path, such as ``model.units``; None or
  NaN where the setting did not matter.

A trial is drawn where it has a score, however it ended; only a completed one can be the best.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd
import plotly.graph_objects as go

from lstm_core.charts.core.palette import ACTUAL, FORECAST, LINES, MODEL, label_name

TRIAL, BEST, RUNNING, REST = MODEL, FORECAST, LINES[2], ACTUAL

SCORE_COLOURS = (ACTUAL, MODEL, LINES[4], FORECAST)
"""From the worst score to the best, on every chart; all can be told from both pages."""

NO_SCORE = "No trial has a score yet."

_FEWEST_TO_CUT = 5
"""Of fewer scores none is called unusual."""


@dataclass(frozen=True)
class ScoreWindow:
    """The scores that a chart has room for; one diverged trial does not flatten all others."""

    low: float
    high: float
    larger_is_better: bool

    @property
    def worst(self) -> float:
        return self.low if self.larger_is_better else self.high

    @property
    def symbol_beyond(self) -> str:
        """What stands at the worst edge for a trial that is further away."""
        return "triangle-down" if self.larger_is_better else "triangle-up"

    @property
    def axis_range(self) -> tuple[float, float]:
        """The window with some room at both ends, so that dots at its edges are whole."""
        room = 0.06 * (self.high - self.low) or 0.06 * abs(self.high) or 1.0
        return self.low - room, self.high + room

    def is_beyond(self, scores: pd.Series) -> pd.Series:
        """Tell which scores are worse than the window reaches."""
        return scores < self.low if self.larger_is_better else scores > self.high


def select_scored(trials: pd.DataFrame) -> pd.DataFrame:
    """Return the trials with a finite score."""
    return trials[np.isfinite(trials["score"].astype("float64"))]


def find_best(trials: pd.DataFrame, larger_is_better: bool) -> int | None:
    """Return the number of the completed trial with the best score; of equals, the first."""
    scored = select_scored(trials)
    completed = scored[scored["status"] == "completed"]
    if completed.empty:
        return None
    ordered = completed.sort_values(["score", "trial"], ascending=[not larger_is_better, True])
    return int(ordered["trial"].iloc[0])


def find_window(
    trials: pd.DataFrame, larger_is_better: bool, also: Iterable[float] = ()
) -> ScoreWindow:
    """Return what an axis of scores shows: all of them, but for those far worse than most.

    Far worse is: three times as far from the best as three quarters of the trials are.

    Args:
        trials: at least one with a score.
        also: scores that must be in sight whatever they are.
    """
    sign = -1.0 if larger_is_better else 1.0
    losses = np.sort(sign * select_scored(trials)["score"].to_numpy("float64"))
    best, end = losses[0], losses[-1]
    if len(losses) >= _FEWEST_TO_CUT:
        usual = np.quantile(losses, 0.75, method="lower")
        fence = best + 3 * (usual - best)
        # What is only just beyond the fence costs the others little room.
        if best < fence and end > fence + (usual - best):
            end = losses[losses <= fence][-1]
    shown = [sign * best, sign * end, *(value for value in also if np.isfinite(value))]
    return ScoreWindow(float(min(shown)), float(max(shown)), larger_is_better)


def say_trial(trial: int) -> str:
    return "the default, trial 0" if trial == 0 else f"trial {trial}"


def describe_trials(trials: pd.DataFrame, measure: str) -> list[str]:
    """Return a text for each trial: its number, how it ended, its score with its spread."""
    scores, spreads = (trials[name].astype("float64") for name in ("score", "spread"))
    return [
        _describe_trial(trial, status, score, spread, measure)
        for trial, status, score, spread in zip(
            trials["trial"], trials["status"], scores, spreads, strict=True
        )
    ]


def make_scale(colours: Sequence[str]) -> list[tuple[float, str]]:
    """Return a colour scale that goes evenly through some colours."""
    return [(place / (len(colours) - 1), colour) for place, colour in enumerate(colours)]


def colour_by_score(window: ScoreWindow) -> dict[str, Any]:
    """Return plotly's options for the colours of scores: orange is best on every chart."""
    return {
        "colorscale": make_scale(SCORE_COLOURS),
        "reversescale": not window.larger_is_better,
        "cmin": window.low,
        "cmax": window.high,
    }


def make_bar(title: str) -> dict[str, Any]:
    """Return plotly's options for the legend of a colour scale."""
    return {"title": {"text": label_name(title)}, "thickness": 10, "outlinewidth": 0, "nticks": 6}


def mark_best(trials: pd.DataFrame, best: int | None) -> go.Scatter | None:
    """Return a star for the best trial.

    Args:
        trials: ``trial, x, y, text``.
        best: its number; none is marked that is not among the trials.
    """
    own = trials[trials["trial"] == best]
    if best is None or own.empty:
        return None
    return go.Scatter(
        x=own["x"],
        y=own["y"],
        name=f"best: {say_trial(best)}",
        mode="markers",
        marker={
            "color": BEST,
            "size": 15,
            "symbol": "star",
            "line": {"color": "white", "width": 1},
        },
        customdata=own["text"],
        hovertemplate="best: %{customdata}<extra></extra>",
    )


def draw_message(text: str, height: int = 200) -> go.Figure:
    """Return a figure that only says why there is nothing to see."""
    figure = go.Figure()
    figure.add_annotation(
        text=label_name(text), x=0.5, y=0.5, xref="paper", yref="paper", showarrow=False
    )
    figure.update_layout(height=height, margin={"l": 8, "r": 8, "t": 8, "b": 8})
    figure.update_xaxes(visible=False)
    figure.update_yaxes(visible=False)
    return figure


def _describe_trial(trial: int, status: str, score: float, spread: float, measure: str) -> str:
    text = say_trial(trial)
    if status != "completed":
        text += f", {status}"
    if not math.isfinite(score):
        return text
    text += f"<br>{label_name(measure)} {score:.4g}"
    return f"{text} ± {spread:.2g}" if math.isfinite(spread) else text
