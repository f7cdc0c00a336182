"""What is sought in the list of runs, and where in it one is."""

from __future__ import annotations

from dataclasses import dataclass

import streamlit as st

from lstm_core.runs.stores.listing import PAGE_SIZE, Page, Standing
from pages._ui.server.services import get_store

_FIRST, _SOUGHT = "runs.first", "runs.sought"

_STANDINGS = {
    Standing.ANY: "All",
    Standing.ACTIVE: "Waiting or training",
    Standing.COMPLETED: "With a result",
    Standing.ENDED: "Failed or stopped",
}


@dataclass(frozen=True)
class Sought:
    """What a run has to say and where it has to stand."""

    text: str = ""
    standing: Standing = Standing.ANY

    @property
    def is_all(self) -> bool:
        return self == Sought()


def ask_what_is_sought() -> Sought:
    """Ask for a text and a state, once there is more than one page, or something was asked."""
    before: Sought = st.session_state.get(_SOUGHT, Sought())
    if before.is_all and get_store().listing.count() <= PAGE_SIZE:
        return before
    left, right = st.columns([2, 1])
    text = left.text_input(
        "Search",
        value=before.text,
        key="runs.text",
        placeholder="A name, a file, or what was said",
        max_chars=200,
    )
    standing = right.selectbox(
        "Which ones",
        list(_STANDINGS),
        index=list(_STANDINGS).index(before.standing),
        key="runs.standing",
        format_func=_STANDINGS.__getitem__,
    )
    return Sought(text.strip(), standing)


def read_place(sought: Sought) -> int:
    """Return how many newer entries are left out: none where something else was sought before."""
    if st.session_state.get(_SOUGHT, Sought()) != sought:
        st.session_state[_SOUGHT] = sought
        st.session_state[_FIRST] = 0
    return int(st.session_state.get(_FIRST, 0))


def show_paging(page: Page) -> None:
    """Say which entries these are, with a way to newer and older ones where there are some.

    Above them: a page that was scrolled down stays so, and would show the end of the next.
    """
    if not page.has_newer and not page.has_older:
        return
    with st.container(horizontal=True, vertical_alignment="center"):
        st.button(
            "Newer",
            key="runs.newer",
            icon=":material/chevron_left:",
            disabled=not page.has_newer,
            on_click=_go,
            args=(page.first - PAGE_SIZE,),
        )
        st.button(
            "Older",
            key="runs.older",
            icon=":material/chevron_right:",
            disabled=not page.has_older,
            on_click=_go,
            args=(page.first + PAGE_SIZE,),
        )
        st.caption(f"{page.first + 1:,} to {page.last:,} of {page.num_found:,}, the newest first")


def _go(first: int) -> None:
    st.session_state[_FIRST] = max(0, first)
