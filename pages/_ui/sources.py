"""The ways in: a file, a sample, a ticker. Each ends in a draft."""

from __future__ import annotations

import streamlit as st

from lstm_core.data.sources.samples import SAMPLES
from lstm_core.errors import StudioError
from lstm_core.spec import DataSpec, name_file
from pages._ui.draft import get_draft, start_draft
from pages._ui.loading import fetch_table
from pages._ui.messages import escape_markdown
from pages._ui.services import get_uploads
from pages._ui.ticker_offers import show_no_prices


def upload_file() -> None:
    """Keep an uploaded file once, by its content, and start a draft with it."""
    file = st.file_uploader(
        "A CSV file with a column of times and at least one column of numbers",
        type=["csv", "tsv", "txt"],
        key="data.file",
    )
    if file is not None:
        upload = get_uploads().write(file.getvalue())
        start_draft(DataSpec(source="csv", name=name_file(file.name)), upload)
        return
    draft = get_draft()
    if draft is not None and draft.spec.data.source == "csv":
        st.caption(f"In use: {escape_markdown(draft.spec.data.name)}")


def choose_sample() -> None:
    """Let the person choose one of the bundled tables."""
    draft = get_draft()
    names = list(SAMPLES)
    current = draft.spec.data.name if draft and draft.spec.data.source == "sample" else names[0]
    name = st.selectbox(
        "Which sample?",
        names,
        index=names.index(current),
        format_func=lambda name: SAMPLES[name].title,
        key="data.sample",
    )
    sample = SAMPLES[name]
    st.caption(
        f"{sample.description} {'Real data' if sample.real else 'Synthetic'}: {sample.origin}"
    )
    start_draft(sample.data)


def choose_ticker() -> None:
    """Fetch daily prices from Yahoo Finance."""
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
    if fetch and ticker:
        data = DataSpec(source="yahoo", name=ticker.strip().upper())
        try:
            fetch_table(data)  # refused here, the draft stays
        except StudioError as error:
            show_no_prices(error, data)
        else:
            start_draft(data)
