"""Runs as lines that one can open."""

from __future__ import annotations

from collections.abc import Callable

import streamlit as st

from lstm_core.runs.estimate import Place
from lstm_core.runs.snapshots.run import Run
from lstm_core.runs.snapshots.status import RunStatus
from lstm_core.spec import ExperimentSpec
from lstm_core.tasks.verdicts import read_verdict
from pages._ui.data.kinds.registry import find_data_kind
from pages._ui.server.services import get_backend, get_store
from pages._ui.shell.messages import escape_markdown
from pages._ui.shell.time_left import look_up_places
from pages._ui.shell.wording import choose_badge, say_age, say_duration, say_place

NUM_RECENT = 3


def show_recent_runs() -> None:
    """Show the newest runs, if there are any."""
    get_backend()
    runs = get_store().runs.list_newest(limit=NUM_RECENT, with_trials=False)
    if not runs:
        return
    st.header("Recent runs")
    places = look_up_places(runs)
    for run in runs:
        show_run_line(run, places.get(run.id))


def show_run_line(
    run: Run, place: Place | None, show_action: Callable[[], None] | None = None
) -> None:
    """Show one run: what it was trained on, how it goes, a way to open it, and an action.

    Args:
        place: in the queue, for a run that waits.
    """
    with st.container(border=True):
        words, icon, color = choose_badge(run)
        with st.container(horizontal=True, vertical_alignment="center"):
            st.page_link(
                "pages/run.py",
                label=f"**{escape_markdown(title_run(run))}**",
                query_params={"id": run.id},
            )
            st.badge(words, icon=icon, color=color)
            if show_action is not None:
                st.space("stretch")
                show_action()
        st.caption(_describe(run, place))


def title_run(run: Run) -> str:
    """Name a run: its own name, or what it predicts from what; in a group, what it is there."""
    title = run.name or name_task(run.resolved_spec or run.spec, run.dataset_name)
    return f"{run.label}, seed {run.spec.training.seed} · {title}" if run.label else title


def name_task(spec: ExperimentSpec, dataset_name: str) -> str:
    """Say what is predicted from what; hostile text is in it."""
    data = spec.data
    kind = find_data_kind(data.kind)
    targets = ", ".join(kind.list_wanted(data)[:3])
    sample = kind.samples.get(data.name) if kind.ways[data.source] == "sample" else None
    table = sample.title if sample else dataset_name
    return f"{targets} · {table}" if targets else table


def _describe(run: Run, place: Place | None) -> str:
    if run.status is RunStatus.QUEUED:
        outcome = say_place(run, place)
    elif (verdict := read_verdict(run)) is not None:
        outcome = escape_markdown(verdict.sentence)
    else:
        outcome = escape_markdown(run.message)
    parts = [outcome, say_age(run.created_at)]
    if run.is_finished and run.started_at:
        parts.append(say_duration(run.seconds))
    return " · ".join(part for part in parts if part)
