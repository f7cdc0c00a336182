"""The address of a run, or of a race, to be sent to somebody."""

from __future__ import annotations

from urllib.parse import urlsplit

import streamlit as st


def show_link(address_id: str, page: str = "run") -> None:
    """Show the address of a run, or of what another page shows by an id, ready to copy."""
    with st.popover("Share", icon=":material/link:"):
        st.caption("Everybody who can reach this server sees the same at this address.")
        st.code(make_address(address_id, page), language=None)


def make_address(address_id: str, page: str = "run") -> str:
    """Return the address under which this server shows a run, or something else by its id."""
    address = urlsplit(st.context.url or "")
    server = f"{address.scheme}://{address.netloc}" if address.netloc else ""
    return f"{server}/{page}?id={address_id}"
