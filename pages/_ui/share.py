"""The address of a run, or of a race, to be sent to somebody."""

from __future__ import annotations

from urllib.parse import urlsplit

import streamlit as st


def show_link(address_id: str, page: str = "run") -> None:
    """Show the address of a run, or of what another page shows by an id, ready to copy."""
    address = urlsplit(st.context.url or "")
    server = f"{address.scheme}://{address.netloc}" if address.netloc else ""
    with st.popover("Share", icon=":material/link:"):
        st.caption("Everybody who can reach this server sees the same at this address.")
        st.code(f"{server}/{page}?id={address_id}", language=None)
