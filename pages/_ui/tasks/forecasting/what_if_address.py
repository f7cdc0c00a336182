"""Edits of a what-if in the page's address, so that a reload or another person finds them."""

from __future__ import annotations

from collections.abc import Sequence

import pandas as pd
import streamlit as st

from lstm_core.data.series.what_if.link import decode_edits, encode_edits
from lstm_core.errors import DataError
from pages._ui.shell.messages import show_error

PARAMETER = "what_if"
"""In the address: the number of a series, a dot, and its edits."""

_BEGUN = "run.what_if_begun"


def begin_with(what: str, number: int, known: pd.DataFrame) -> pd.DataFrame:
    """Return what a series' grid shows before anybody edits it in this session.

    That is what the address says, at the first look; it changes with each edit from then on.

    Args:
        what: a name of the grid.
        number: of the series.
        known: what is known ahead, as it is in the run.
    """
    begun: dict[str, pd.DataFrame] = st.session_state.setdefault(_BEGUN, {})
    if what not in begun:
        begun[what] = known
        given, _, text = st.query_params.get(PARAMETER, "").partition(".")
        if text and given == str(number):
            try:
                begun[what] = decode_edits(known, text)
            except DataError as error:
                show_error(error)
    return begun[what]


def begin_anew(what: str, known: pd.DataFrame) -> None:
    """Let a grid show what is known."""
    st.session_state.setdefault(_BEGUN, {})[what] = known


def keep_in_address(number: int, known: pd.DataFrame, edits: pd.DataFrame) -> bool:
    """Put a series' edits into the address; False where they are too many."""
    text = encode_edits(known, edits)
    if text:
        value = f"{number}.{text}"
        if st.query_params.get(PARAMETER) != value:
            st.query_params[PARAMETER] = value
    elif PARAMETER in st.query_params:
        del st.query_params[PARAMETER]
    return text is not None


def find_series(names: Sequence[str]) -> str | None:
    """Return the series that the address has edits of."""
    given, dot, _ = st.query_params.get(PARAMETER, "").partition(".")
    if dot and given.isascii() and given.isdigit() and int(given) < len(names):
        return names[int(given)]
    return None
