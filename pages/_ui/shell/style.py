"""The little that a theme cannot say."""

from __future__ import annotations

from pathlib import Path

import streamlit as st

_FOLDER = Path(__file__).parent
_LOGO = _FOLDER / "logo.svg"
_STYLE = _FOLDER / "page.css"
_SCRIPT = f"<script>{(_FOLDER / 'page.js').read_text()}</script>"

PAGE_ICON = _FOLDER / "icon.svg"
"""A file of our own: a name of an icon would be fetched from a font host by every visitor."""


def apply_style() -> None:
    """Show whose page this is; keep lines short enough to read, on a wide screen and a phone.

    Make what the pages' own parts leave out work with a keyboard and on a phone.
    """
    st.html(_STYLE)
    with st.container(key="page_script"):
        st.html(_SCRIPT, unsafe_allow_javascript=True)
    st.logo(_LOGO, size="large")
