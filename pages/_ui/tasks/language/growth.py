"""What it wrote after each epoch: beneath the live curves, and with a slider once it has ended."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

import streamlit as st

from lstm_core.charts.core.film import list_film
from lstm_core.charts.language.parts import mark_parts
from lstm_core.runs.snapshots.run import EpochPoint, Run
from pages._ui.run.watching import Look
from pages._ui.server.services import get_store
from pages._ui.shell.fragments import fragment
from pages._ui.shell.messages import escape_markdown
from pages._ui.shell.wording import say_moment

_SAME_LUCK = (
    "The grey line was given to it: with it begins what chooses when to stop, and no weight is "
    "fitted to that. The luck is the same each time."
)


def show_film_live(look: Look) -> None:
    """Show what the network in training writes by now; nothing before its first epoch."""
    latest = look.recall("text", partial(_read_latest, look.run))
    if latest is None:
        return
    with st.container(border=True, key="run.written_live"):
        st.caption(f"What it writes after {escape_markdown(say_moment(latest))}")
        st.html(mark_parts([(_read_prompt(look.run), "before"), (latest.text, "written")]))
    st.caption(_SAME_LUCK)


def _read_latest(run: Run) -> EpochPoint | None:
    latest = None if run.film is None else get_store().runs.get_latest_film(run.id)
    return latest if latest is not None and latest.text else None


@fragment()
def show_film(run: Run, points: Sequence[EpochPoint]) -> None:
    """Show what a run that has ended wrote after each epoch, with a slider; or nothing.

    Args:
        points: all its epochs, with their film.
    """
    written = [point for point in points if point.text]
    if not written:
        return
    several = len({point.network for point in written}) > 1
    st.subheader("How it learnt to write", anchor=False)
    place = len(written) - 1
    if place:
        place = st.select_slider(
            "After which epoch?",
            range(len(written)),
            value=place,
            format_func=lambda number: _name(written[number], several),
            key="run.film",
        )
    with st.container(border=True, key="run.written_then"):
        st.html(mark_parts([(_read_prompt(run), "before"), (written[place].text, "written")]))
    st.caption(_SAME_LUCK)
    with st.expander("All of them, one below the other", key="run.film_all"):
        st.dataframe(
            list_film([(_title(point, several), point.epoch, point.text) for point in written]),
            hide_index=True,
            key="run.film_table",
        )


def _name(point: EpochPoint, several: bool) -> str:
    return ", ".join(filter(None, [_title(point, several), f"epoch {point.epoch}"]))


def _title(point: EpochPoint, several: bool) -> str:
    return (point.network_title or f"network {point.network}") if several else ""


def _read_prompt(run: Run) -> str:
    return "" if run.film is None else str(run.film.get("prompt", ""))
