"""A run's address, to be sent to somebody."""

from __future__ import annotations

from urllib.parse import urlsplit

import streamlit as st


def show_link(run_id: str) -> None:
    """Show the address with a button that copies it."""
    address = urlsplit(st.context.url or "")
    server = f"{address.scheme}://{address.netloc}" if address.netloc else ""
    with st.popover("Share", icon=":material/link:"):
        st.caption("Everybody who can reach this server sees the run at this address.")
        st.code(f"{server}/run?id={run_id}", language=None)
