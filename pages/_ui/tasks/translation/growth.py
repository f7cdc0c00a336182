"""What it said after each epoch: beneath the live curves, and with a slider once it has ended."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

import streamlit as st

from lstm_core.charts.core.clusters import cut_text, show_unit
from lstm_core.charts.core.film import list_film
from lstm_core.charts.translation.progress import mark_progress
from lstm_core.runs.snapshots.run import EpochPoint, Run
from pages._ui.run.watching import Look
from pages._ui.server.services import get_store
from pages._ui.shell.fragments import fragment
from pages._ui.shell.messages import escape_markdown
from pages._ui.shell.wording import say_moment

_WHOSE = (
    "Texts of the part that chooses when to stop, to which no weight is fitted. It says the "
    "likeliest next unit each time; once trained, it searches more carefully."
)
_LONGEST_NAME = 60


def show_film_live(look: Look) -> None:
    """Show what the network in training says by now; nothing before its first epoch."""
    latest = look.recall("text", partial(_read_latest, look.run))
    if latest is None:
        return
    with st.container(border=True, key="run.said_live"):
        st.caption(f"What it says after {escape_markdown(say_moment(latest))}")
        _show(look.run, latest)
    st.caption(_WHOSE)


def _read_latest(run: Run) -> EpochPoint | None:
    latest = None if run.film is None else get_store().runs.get_latest_film(run.id)
    return latest if latest is not None and latest.text else None


@fragment()
def show_film(run: Run, points: Sequence[EpochPoint]) -> None:
    """Show what a run that has ended said after each epoch, with a slider; or nothing.

    Args:
        points: all its epochs, with their film.
    """
    told = [point for point in points if point.text]
    if not told or run.film is None:
        return
    several = len({point.network for point in told}) > 1
    st.subheader("How it learnt to translate", anchor=False)
    place = len(told) - 1
    if place:
        place = st.select_slider(
            "After which epoch?",
            range(len(told)),
            value=place,
            format_func=lambda number: _name(told[number], several),
            key="run.film",
        )
    with st.container(border=True, key="run.said_then"):
        _show(run, told[place])
    st.caption(_WHOSE)
    with st.expander("One text, epoch by epoch", key="run.film_all"):
        sources, _ = _read_sides(run)
        number = st.selectbox(
            "Which text?",
            range(len(sources)),
            format_func=lambda each: cut_text(show_unit(sources[each]), _LONGEST_NAME),
            key="run.film_text",
        )
        rows = [
            (_title(point, several), point.epoch, _read_said(point, len(sources))[number])
            for point in told
        ]
        st.dataframe(list_film(rows), hide_index=True, key="run.film_table")


def _show(run: Run, point: EpochPoint) -> None:
    sources, targets = _read_sides(run)
    st.html(mark_progress(sources, _read_said(point, len(sources)), targets))


def _read_sides(run: Run) -> tuple[list[str], list[str]]:
    """Return what is given and what it should become."""
    film = run.film or {}
    return [str(each) for each in film["sources"]], [str(each) for each in film["targets"]]


def _read_said(point: EpochPoint, count: int) -> list[str]:
    """Return a line for each text, whatever a line may be broken by."""
    lines = point.text.split("\n")[:count]
    return lines + [""] * (count - len(lines))


def _name(point: EpochPoint, several: bool) -> str:
    return ", ".join(filter(None, [_title(point, several), f"epoch {point.epoch}"]))


def _title(point: EpochPoint, several: bool) -> str:
    return (point.network_title or f"network {point.network}") if several else ""
