"""What to take where Yahoo gave no prices: the last good copy, or the sample."""

from __future__ import annotations

import streamlit as st

from lstm_core.data.sources.samples import SAMPLES
from lstm_core.data.sources.yahoo import find_copy
from lstm_core.errors import SpecError, StudioError
from lstm_core.settings import load_settings
from lstm_core.spec import ExperimentSpec, SeriesDataSpec
from pages._ui.data.draft import show_in_address, start_draft
from pages._ui.shell.messages import errors_shown, show_error

_SAMPLE = "stocks"


def show_no_prices(error: StudioError, data: SeriesDataSpec) -> None:
    """Say why a ticker has no prices, with a button for each other way to some.

    Args:
        data: what was asked for.
    """
    show_error(error)
    if isinstance(error, SpecError):  # no ticker at all
        return
    with st.container(horizontal=True):
        age = find_copy(data.name, load_settings().cache_folder)
        if age is not None:
            st.button(
                f"Use the copy of {age} ago",
                key="data.take_copy",
                icon=":material/history:",
                on_click=_take,
                args=(data,),
                help="The prices that Yahoo gave when it was asked the last time.",
            )
        st.button(
            "Use the sample of stock prices",
            key="data.take_stocks",
            icon=":material/science:",
            on_click=_take_sample,
            help=SAMPLES[_SAMPLE].description,
        )


def _take(data: SeriesDataSpec) -> None:
    with errors_shown():
        show_in_address(start_draft(ExperimentSpec(data=data)))


def _take_sample() -> None:
    _take(SAMPLES[_SAMPLE].data)
    st.session_state["data.source"] = "sample"
    st.session_state["data.sample"] = _SAMPLE
