"""The address of a run, or of a race, to be sent to somebody."""

from __future__ import annotations

from urllib.parse import urljoin

import streamlit as st


def show_link(address_id: str, page: str = "run") -> None:
    """Show the address of a run, or of what another page shows by an id, ready to copy."""
    with st.popover("Share", icon=":material/link:"):
        st.caption("Everybody who can reach this server sees the same at this address.")
        st.code(make_address(address_id, page), language=None)


def show_draft_link(draft_id: str) -> None:
    """Show the address of a draft's card, ready to copy."""
    with st.popover("Share", icon=":material/link:", key="draft.share"):
        st.caption(
            "This card, as it will be when it is opened: who has the address can change it too. "
            "What is taken or trained stays as it is, and has an address of its own."
        )
        st.code(urljoin(st.context.url or "/", f"data?draft={draft_id}"), language=None)


def make_address(address_id: str, page: str = "run") -> str:
    """Return the address under which this server shows a run, or something else by its id.

    It is told from a page beside it, so that it holds on a server that is reached below a path.
    """
    return urljoin(st.context.url or "/", f"{page}?id={address_id}")
