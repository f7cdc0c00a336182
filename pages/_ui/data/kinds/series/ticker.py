"""The way in for stock prices: a ticker."""

from __future__ import annotations

import streamlit as st

from lstm_core.errors import StudioError
from lstm_core.runs.snapshots.draft import Draft
from lstm_core.spec import ExperimentSpec, SeriesDataSpec
from pages._ui.data.draft import show_in_address, start_draft
from pages._ui.data.kinds.series.loading import fetch_table
from pages._ui.data.kinds.series.ticker_offers import show_no_prices


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
    begun = start_draft(ExperimentSpec(data=data))
    show_in_address(begun)
    return begun
