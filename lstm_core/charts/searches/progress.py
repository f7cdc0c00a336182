"""How a search gets on: the best so far, and what a score cost."""

from __future__ import annotations

from typing import Any, Literal

import numpy as np
import pandas as pd
import plotly.graph_objects as go

from lstm_core.charts.core.legend import place_names
from lstm_core.charts.core.palette import ACTUAL, BASELINE, label_name
from lstm_core.charts.searches.axes import choose_log_ticks, write_number
from lstm_core.charts.searches.trials import (
    BEST,
    NO_SCORE,
    REST,
    TRIAL,
    ScoreWindow,
    describe_trials,
    draw_message,
    find_best,
    find_window,
    mark_best,
    select_scored,
)

COMPLETED, ENDED_EARLY, FAR_WORSE, WITHOUT_SCORE = (
    "completed",
    "ended early",
    "far worse",
    "without a score",
)
CROSS = {"color": REST, "width": 1.5}


def draw_best_over_time(
    trials: pd.DataFrame,
    measure: str,
    larger_is_better: bool,
    default: float | None = None,
    baseline: tuple[str, float] | None = None,
    over: Literal["time", "trial"] = "time",
) -> go.Figure:
    """Draw each trial's score as a dot, and the best of the completed ones so far as steps.

    Trials without a score, and those far worse than most, stand at the edge where scores are
    worst. Without any score the figure says so.

    Args:
        trials: see ``charts.searches.trials``.
        measure: what scores are in, such as ``"MASE"``.
        default: the score of the default spec, drawn across; finite.
        baseline: name and score of the best baseline, drawn across; finite.
        over: ``"time"`` since the search's start, or the number of the ``"trial"``.
    """
    ended = trials[trials["status"] != "running"]
    if over == "time":
        ended = ended[ended["ended_after"].notna()]
    if select_scored(ended).empty:
        return draw_message(NO_SCORE)
    lines = [] if baseline is None else [(*baseline, BASELINE)]
    lines += [] if default is None else [("default", default, ACTUAL)]
    window = find_window(ended, larger_is_better, [score for _, score, _ in lines])
    unit, seconds = _choose_unit(ended["ended_after"].max()) if over == "time" else ("", 1.0)
    places = ended["ended_after"] / seconds if over == "time" else ended["trial"]
    ended = ended.assign(x=places).sort_values(["x", "trial"])
    where = f"<br>after %{{x:.3~g}} {unit}" if over == "time" else ""

    figure = go.Figure()
    _add_steps(figure, ended, larger_is_better)
    _add_dots(figure, ended, window, measure, where)
    for line in lines:
        _add_line(figure, *line)
    _lay_out(figure, window, measure)
    if over == "time":
        figure.update_xaxes(title_text=f"{unit} since the start", rangemode="tozero")
    else:
        figure.update_xaxes(title_text="trial", tickformat="d")
    return figure


def draw_cost(trials: pd.DataFrame, measure: str, larger_is_better: bool) -> go.Figure:
    """Draw scores against the training's seconds, and link those that no other trial beats at both.

    Only completed trials stand on that front. Without any trial of a known score and time the
    figure says so.

    Args:
        trials: see ``charts.searches.trials``.
        measure: what scores are in.
    """
    timed = trials[trials["seconds"].gt(0) & trials["status"].ne("running")]
    if select_scored(timed).empty:
        return draw_message(NO_SCORE)
    timed = select_scored(timed)
    unit, seconds = _choose_unit(timed["seconds"].max())
    timed = timed.assign(x=timed["seconds"] / seconds)
    window = find_window(timed, larger_is_better)
    front = find_front(timed, larger_is_better)
    figure = go.Figure()
    figure.add_trace(
        go.Scatter(
            x=front["x"],
            y=front["score"],
            name="best for its time",
            mode="lines",
            line={"color": BEST, "width": 2, "shape": "hv"},
            hoverinfo="skip",
        )
    )
    where = f"<br>%{{x:.3~g}} {unit} of training"
    _add_dots(figure, timed, window, measure, where)
    _lay_out(figure, window, measure)
    ticks = choose_log_ticks(timed["x"].min(), timed["x"].max())
    figure.update_xaxes(
        title_text=f"{unit} of training",
        type="log",
        tickmode="array",
        tickvals=ticks,
        ticktext=[write_number(tick) for tick in ticks],
    )
    return figure


def find_front(trials: pd.DataFrame, larger_is_better: bool) -> pd.DataFrame:
    """Return the completed trials than which none is faster and at least as good, fastest first."""
    completed = select_scored(trials[trials["status"] == "completed"])
    ordered = completed.sort_values(["seconds", "score"], ascending=[True, not larger_is_better])
    losses = -ordered["score"] if larger_is_better else ordered["score"]
    return ordered[losses < losses.cummin().shift(fill_value=np.inf)]


def _choose_unit(seconds: float) -> tuple[str, float]:
    """Return the name and the seconds of the unit in which a duration is easily read."""
    if seconds < 180:
        return "seconds", 1.0
    return ("minutes", 60.0) if seconds < 180 * 60 else ("hours", 3600.0)


def _add_steps(figure: go.Figure, ended: pd.DataFrame, larger_is_better: bool) -> None:
    completed = select_scored(ended[ended["status"] == "completed"])
    if completed.empty:
        return
    scores = completed["score"]
    best = scores.cummax() if larger_is_better else scores.cummin()
    figure.add_trace(
        go.Scatter(
            x=[*completed["x"], ended["x"].max()],
            y=[*best, best.iloc[-1]],
            name="best so far",
            mode="lines",
            line={"color": BEST, "width": 2.5, "shape": "hv"},
            hoverinfo="skip",
        )
    )


def _add_dots(
    figure: go.Figure, trials: pd.DataFrame, window: ScoreWindow, measure: str, where: str
) -> None:
    """Add a trace for each way in which trials ended, and the star of the best.

    Args:
        trials: with ``x``, where each stands.
        where: what its hover text says about that, as plotly's template.
    """
    scores = trials["score"].astype("float64")
    has_score = np.isfinite(scores)
    is_beyond = has_score & window.is_beyond(scores)
    is_completed = trials["status"] == "completed"
    ways: dict[str, tuple[Any, dict[str, Any]]] = {
        COMPLETED: (has_score & ~is_beyond & is_completed, {"color": TRIAL}),
        ENDED_EARLY: (
            has_score & ~is_beyond & ~is_completed,
            {"color": TRIAL, "symbol": "circle-open", "line": {"width": 1.5}},
        ),
        FAR_WORSE: (is_beyond, {"color": REST, "symbol": window.symbol_beyond}),
        WITHOUT_SCORE: (~has_score, {"color": REST, "symbol": "x-thin", "line": CROSS}),
    }
    trials = trials.assign(
        y=scores.where(has_score & ~is_beyond, window.worst), text=describe_trials(trials, measure)
    )
    for name, (is_member, marker) in ways.items():
        own = trials[is_member]
        if own.empty:
            continue
        figure.add_trace(
            go.Scatter(
                x=own["x"],
                y=own["y"],
                name=name,
                mode="markers",
                marker={"size": 8, **marker},
                error_y=_make_bars(own["spread"]) if name in (COMPLETED, ENDED_EARLY) else None,
                customdata=own["text"],
                hovertemplate=f"%{{customdata}}{where}<extra></extra>",
            )
        )
    star = mark_best(trials, find_best(trials, window.larger_is_better))
    if star is not None:
        figure.add_trace(star)


def _make_bars(spread: pd.Series) -> dict[str, Any] | None:
    if not spread.notna().any():
        return None
    return {"array": spread, "thickness": 1, "width": 0}


def _add_line(figure: go.Figure, name: str, score: float, colour: str) -> None:
    figure.add_hline(
        y=score,
        name=label_name(name),
        showlegend=True,
        line={"color": colour, "width": 1.5, "dash": "dash"},
        layer="below",
    )


def _lay_out(figure: go.Figure, window: ScoreWindow, measure: str) -> None:
    place_names(figure, 380)
    figure.update_layout(
        showlegend=True,
        hovermode="closest",
    )
    figure.update_xaxes(showgrid=False, zeroline=False)
    figure.update_yaxes(title_text=label_name(measure), range=window.axis_range)
