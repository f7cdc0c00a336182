"""How pages come by the draft, and what they say when there is none."""

from __future__ import annotations

import streamlit as st

from lstm_core.errors import StudioError
from lstm_core.runs.snapshots.draft import Draft
from pages._ui.data.draft import ADDRESS, address_draft, get_draft, get_seen
from pages._ui.shell.fragments import fragment
from pages._ui.shell.messages import escape_markdown, show_error

_SELDOM_SECONDS = 3600.0


def find_draft(invitation: str) -> Draft | None:
    """Return the draft of the address; without one, invite to choose the data.

    When the address names one that can't be had, say why, and lead back to the session's own.
    """
    try:
        draft = get_draft()
    except StudioError as error:
        show_error(error)
        offer_own_draft()
    else:
        if draft is not None:
            return draft
        st.info(invitation)
    st.page_link("pages/data.py", label="Choose the data", icon=":material/table:")
    return None


def offer_own_draft() -> None:
    """Lead from an address that leads nowhere back to what this session worked on."""
    own = get_seen()
    if own is not None and own.id != st.query_params.get(ADDRESS):
        st.page_link(
            "pages/data.py",
            label=f"Go on with {escape_markdown(own.spec.data.name)}",
            icon=":material/undo:",
            query_params=address_draft(),
        )


@fragment(run_every=_SELDOM_SECONDS)
def await_server() -> None:
    """Let the page be drawn anew as soon as a server that has gone is back.

    A browser asks for that by itself only where something on the page is drawn on a clock.
    Without it, the first click after a restart meets a server that has not seen the page.
    """
