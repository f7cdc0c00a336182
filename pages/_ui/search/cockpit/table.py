"""The trials of a search as a table, and why some of them failed."""

from __future__ import annotations

import math
from typing import Any

import pandas as pd
import streamlit as st

from lstm_core.runs.snapshots.search import Role, TrialRun, TrialStatus
from lstm_core.searches.outcome.standing import DEFAULT, SearchStanding
from pages._ui.search.cockpit.axes import list_axes
from pages._ui.search.cockpit.words import TRIAL_WORDS
from pages._ui.shell.measures import choose_format
from pages._ui.shell.messages import escape_markdown
from pages._ui.shell.share import make_address

_MOST_HEIGHT = 420
_ROW_HEIGHT = 35


def show_trials(standing: SearchStanding, table: pd.DataFrame) -> None:
    """Show a row for each trial, each with a link to its run: what runs first, then by score.

    Args:
        table: of trials, see ``tune_axes.make_table``.
    """
    if not standing.trials:
        return
    measure = standing.measure
    axes = list_axes(standing)
    winner = None if standing.winner is None else standing.winner.number
    rows = []
    for trial, values in zip(standing.trials, table.to_dict("records"), strict=True):
        run = _find_run(standing, trial.number)
        row: dict[str, Any] = {
            "Best": "★" if trial.number == winner else "",
            "Trial": trial.number,
            "Status": TRIAL_WORDS[trial.status],
            measure: trial.score,
            "Spread": trial.spread,
            "Seconds": trial.seconds,
            "Where": "" if run is None else run.place,
        }
        row |= {axis.title: values[path] for path, axis in axes.items()}
        row["Run"] = None if run is None else make_address(run.id)
        rows.append(row)
    if standing.plan.settings.executions == 1:
        for row in rows:
            del row["Spread"]
    rows.sort(key=lambda row: _rank(row["Status"], row[measure], standing.larger_is_better))
    st.dataframe(
        pd.DataFrame(rows),
        column_config=_describe_columns(standing),
        hide_index=True,
        height=min(_MOST_HEIGHT, _ROW_HEIGHT * (len(rows) + 1) + 3),
        placeholder="",
        key="search.trials",
    )
    st.caption(
        f"★ is the best. Trial {DEFAULT} is the default. Click a column's name to sort by it. An "
        "empty cell: the setting does not matter there, or is left open."
    )


def show_failures(standing: SearchStanding) -> None:
    """Say why trials failed, each reason once; nothing where none did."""
    reasons: dict[str, list[int]] = {}
    for trial in standing.trials:
        if trial.status is TrialStatus.FAILED:
            reasons.setdefault(trial.message, []).append(trial.number)
    if not reasons:
        return
    count = sum(map(len, reasons.values()))
    title = "One trial failed" if count == 1 else f"{count:,} trials failed"
    with st.expander(title, icon=":material/error:", key="search.failures"):
        for reason, numbers in reasons.items():
            whose = "Trial" if len(numbers) == 1 else "Trials"
            said = ", ".join(map(str, numbers))
            st.markdown(f"**{whose} {said}:** {escape_markdown(reason)}")
        st.caption("The search goes on without them.")


def _rank(status: str, score: float | None, larger_is_better: bool) -> tuple[bool, float]:
    if score is None:
        return status != TRIAL_WORDS[TrialStatus.RUNNING], math.inf
    return True, -score if larger_is_better else score


def _find_run(standing: SearchStanding, number: int) -> TrialRun | None:
    """Return the run that speaks for a trial: its last one."""
    runs = [run for run in standing.runs.get(number, ()) if run.role is Role.TRIAL]
    return runs[-1] if runs else None


def _describe_columns(standing: SearchStanding) -> dict[str, Any]:
    number, text = st.column_config.NumberColumn, st.column_config.TextColumn
    best = "Larger is better." if standing.larger_is_better else "Smaller is better."
    config: dict[str, Any] = {
        "Best": text(width="small", pinned=True),
        "Trial": number(width="small", pinned=True),
        standing.measure: number(
            help=f"On rows before the test part, by its folds. {best}",
            format=choose_format(standing.plan.objective),
        ),
        "Spread": number(help="Standard deviation over the trial's runs.", format="%.2g"),
        "Seconds": number(help="From its begin to its end.", format="%.3g"),
        "Where": text(help="The share of the machine that it was given."),
        "Run": st.column_config.LinkColumn(display_text="open"),
    }
    for axis in list_axes(standing).values():
        if axis.scale != "choice":
            config[axis.title] = number(axis.title, format="%.4g")
    return config
