"""The little that a theme cannot say."""

from __future__ import annotations

from pathlib import Path

import streamlit as st

_LOGO = Path(__file__).with_name("logo.svg")
PAGE_ICON = _LOGO.with_name("icon.svg")
"""A file of our own: a name of an icon would be fetched from a font host by every visitor."""

_CSS = """
<style>
[data-testid="stMainBlockContainer"] { max-width: 1120px; padding-top: 4.5rem; }
@media (max-width: 640px) {
  [data-testid="stMainBlockContainer"] { padding-left: 1rem; padding-right: 1rem; }
}
/* A step from an empty field would begin at its smallest value, not at what Auto stands for. */
[data-testid="stNumberInput"]:has(input:placeholder-shown)
  :is([data-testid="stNumberInputStepUp"], [data-testid="stNumberInputStepDown"]) { display: none; }
/* Words within a drawing have the page's ink; the charts' theme would make them pale. */
.st-key-designer-drawing .annotation-text { fill: currentColor !important; }
.st-key-home_hero h1 { font-size: clamp(1.9rem, 5vw, 3rem); line-height: 1.12; }
</style>
"""


def apply_style() -> None:
    """Show whose page this is; keep lines short enough to read, on a wide screen and a phone."""
    st.html(_CSS)
    st.logo(_LOGO, size="large")
