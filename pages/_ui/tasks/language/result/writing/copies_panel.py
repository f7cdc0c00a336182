"""A warning where what was written stands in the training part, and where it stands there."""

from __future__ import annotations

import streamlit as st

from lstm_core.charts.language.parts import mark_parts
from lstm_core.ratios import say_percent
from lstm_core.runs.snapshots.run import Run
from lstm_core.tasks.language.copying import LEAST, Copied
from pages._ui.shell.messages import escape_markdown
from pages._ui.tasks.language.result.writing.copies import (
    Copies,
    find_copies,
    is_quick,
    locate_copy,
)

_MOST_SHOWN = 5


def look_for_copies(run: Run, text: str, key: str) -> Copies | None:
    """Return what of a text is copied; none where nobody has asked for what takes long."""
    if not text:
        return None
    wanted = f"{run.id}.wants_copies"
    if not is_quick(run) and not st.session_state.get(wanted):
        st.button(
            "Look for copies",
            key=f"{key}_copies",
            icon=":material/content_copy:",
            help="Whether long stretches stand in the training part word for word. There is much "
            "of it: to sort it takes a while.",
            on_click=st.session_state.__setitem__,
            args=(wanted, True),
        )
        return None
    return find_copies(run, text)


def warn_of_copies(run: Run, copies: Copies, key: str) -> None:
    """Say how much is copied, and show where; one line where nothing is."""
    longest = copies.longest
    if longest is None:
        st.caption(f"No {LEAST} characters in a row stand in the training part.")
        return
    st.warning(
        f"**{say_percent(copies.share)} of it stands in the training part word for word**, in "
        f"stretches of {LEAST} characters or more; the longest has "
        f"{longest.stop - longest.start:,}. What is not new is not the model's own: mind whose "
        "it is before you pass it on.",
        icon=":material/content_copy:",
    )
    if not st.toggle("Show where", key=f"{key}_where"):
        return
    ordered = sorted(copies.found, key=lambda each: each.start - each.stop)
    for copied in ordered[:_MOST_SHOWN]:
        _show_place(run, copied)
    if len(ordered) > _MOST_SHOWN:
        st.caption(f"The {_MOST_SHOWN} longest of {len(ordered):,}.")


def _show_place(run: Run, copied: Copied) -> None:
    place = locate_copy(run, copied)
    with st.container(border=True):
        st.caption(
            f"{copied.stop - copied.start:,} characters, in {escape_markdown(place.document)}"
        )
        st.html(
            mark_parts(
                [
                    (f"…{place.before}", "before"),
                    (place.copied, "marked"),
                    (f"{place.after}…", "before"),
                ]
            )
        )
