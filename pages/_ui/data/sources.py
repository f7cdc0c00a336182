"""The ways in: a file, a sample, a ticker. Each ends in a draft, which the address then names."""

from __future__ import annotations

import streamlit as st

from lstm_core.data.sources.samples import SAMPLES, find_sample
from lstm_core.errors import StudioError
from lstm_core.spec import SeriesDataSpec, name_file
from pages._ui.data.draft import ADDRESS, Draft, show_in_address, start_draft
from pages._ui.data.loading import fetch_table
from pages._ui.data.ticker_offers import show_no_prices
from pages._ui.server.services import get_uploads
from pages._ui.shell.messages import escape_markdown

_SAMPLE = "sample"
"""What a sample's name is called in an address."""

_LONGEST_NAME = 40
"""Of a sample's name in an address; the rest of a longer one says nothing to anybody."""

_TAKEN = "data.taken"
"""In the session's state: the file in the browser's field that a draft was begun with."""


def open_sample() -> None:
    """Begin with the sample that the address names, such as ``/data?sample=sine``.

    Raises:
        SpecError: there is no such sample.
    """
    name = st.query_params.get(_SAMPLE)
    if name is not None and ADDRESS not in st.query_params:
        show_in_address(start_draft(find_sample(name[:_LONGEST_NAME]).data))


def upload_file(draft: Draft | None) -> Draft | None:
    """Keep an uploaded file once, by its content; return the draft that begins with it.

    Returns:
        None while there is no file that is new.
    """
    file = st.file_uploader(
        "A CSV file with a column of times and at least one column of numbers",
        type=["csv", "tsv", "txt"],
        key="data.file",
    )
    if file is not None and st.session_state.get(_TAKEN) != file.file_id:
        upload = get_uploads().write(file.getvalue())
        draft = start_draft(SeriesDataSpec(source="csv", name=name_file(file.name)), upload)
        st.session_state[_TAKEN] = file.file_id
        show_in_address(draft)
        return draft
    if draft is not None and draft.spec.data.source == "csv":
        st.caption(f"In use: {escape_markdown(draft.spec.data.name)}")
    return None


def choose_sample(draft: Draft | None) -> Draft:
    """Let the person choose one of the bundled tables; return the draft of the chosen one."""
    names = list(SAMPLES)
    data = None if draft is None else draft.spec.data
    current = data.name if data and data.source == "sample" and data.name in names else None
    st.session_state.setdefault("data.sample", current or names[0])
    name = st.selectbox(
        "Which sample?",
        names,
        format_func=lambda name: SAMPLES[name].title,
        key="data.sample",
    )
    sample = SAMPLES[name]
    st.caption(
        f"{sample.description} {'Real data' if sample.real else 'Synthetic'}: {sample.origin}"
    )
    if draft is not None and name == current:
        return draft
    begun = start_draft(sample.data)
    show_in_address(begun)
    return begun


def choose_ticker(draft: Draft | None) -> Draft | None:
    """Fetch daily prices from Yahoo Finance; return the draft that begins with them.

    Returns:
        None until somebody asks for prices that there are.
    """
    with st.form("data.ticker_form", border=False):
        ticker = st.text_input(
            "Which ticker?",
            key="data.ticker",
            placeholder="AAPL",
            max_chars=15,
            help="The symbol at Yahoo Finance, such as AAPL, ^GSPC or EURUSD=X.",
        )
        fetch = st.form_submit_button("Fetch five years of daily prices", key="data.fetch")
    st.caption("Prices come from Yahoo Finance, whose terms allow personal use.")
    if not (fetch and ticker):
        return None
    data = SeriesDataSpec(source="yahoo", name=ticker.strip().upper())
    try:
        fetch_table(data)  # refused here, the draft stays
    except StudioError as error:
        show_no_prices(error, data)
        return None
    begun = start_draft(data)
    show_in_address(begun)
    return begun
