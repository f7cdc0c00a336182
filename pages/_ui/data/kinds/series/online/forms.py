"""What Yahoo and FRED can be asked for, as forms."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from typing import Any, get_args

import streamlit as st

from lstm_core.data.sources.online.yahoo import COLUMNS, INTERVALS, REACH_DAYS
from lstm_core.spec.download import Period

_FIRST_DAY = date(1900, 1, 1)
_PERIODS: tuple[str, ...] = get_args(Period)

_INTERVAL_WORDS = {
    "1d": "a day",
    "1wk": "a week",
    "1mo": "a month",
    "1h": "an hour",
    "30m": "30 minutes",
    "15m": "15 minutes",
    "5m": "5 minutes",
    "1m": "a minute",
}
_PERIOD_WORDS = {
    "1mo": "a month",
    "3mo": "three months",
    "6mo": "six months",
    "1y": "a year",
    "2y": "two years",
    "5y": "five years",
    "10y": "ten years",
    "ytd": "since New Year",
    "max": "all there is",
}
_LAYOUT_WORDS = {
    "series": "a series each, one model for all",
    "columns": "side by side, so that one can help to predict another",
}

Asked = Mapping[str, Any]
"""Settings of ``data``, by their paths."""


def ask_yahoo() -> Asked | None:
    """Show the form for prices; return what it says when it is sent."""
    with st.form("data.ticker_form", border=False):
        names = st.text_input(
            "Which tickers?",
            key="data.ticker",
            placeholder="AAPL, or several: AAPL, MSFT",
            max_chars=200,
            help="Symbols at Yahoo Finance, such as AAPL, ^GSPC or EURUSD=X, with commas between "
            "several.",
        )
        left, right = st.columns(2)
        interval = left.selectbox(
            "A price for each…",
            INTERVALS,
            key="data.ticker_interval",
            format_func=_say_interval,
            help="Yahoo keeps prices within a day for a while only.",
        )
        with right:
            period = _ask_period(
                "data.ticker_period",
                "five years, of prices within a day as far as Yahoo keeps them",
            )
        with st.expander("Dates, columns, several tickers"):
            dates = _ask_dates("data.ticker")
            adjusted = st.toggle(
                "Adjust prices for splits and dividends",
                value=True,
                key="data.ticker_adjusted",
                help="As if shares had never been split and dividends had been put into more of "
                "them. Otherwise a split looks like a crash.",
            )
            columns = st.multiselect(
                "Which columns?",
                COLUMNS,
                key="data.ticker_columns",
                placeholder="All of them",
            )
            layout = _ask_layout("data.ticker_layout")
        sent = st.form_submit_button("Fetch the prices", key="data.fetch")
    if not sent:
        return None
    return _gather("yahoo", names, period, dates, layout) | {
        "data.download.interval": interval,
        "data.download.adjusted": adjusted,
        "data.download.columns": columns,
    }


def ask_fred() -> Asked | None:
    """Show the form for series of the economy; return what it says when it is sent."""
    with st.form("data.fred_form", border=False):
        names = st.text_input(
            "Which series?",
            key="data.fred",
            placeholder="UNRATE, or several: UNRATE, PAYEMS",
            max_chars=200,
            help="Ids at fred.stlouisfed.org, where they stand behind a series' title: GDP, "
            "UNRATE, CPIAUCSL, DGS10, with commas between several.",
        )
        period = _ask_period("data.fred_period", "all there is")
        with st.expander("Dates, several series"):
            dates = _ask_dates("data.fred")
            layout = _ask_layout("data.fred_layout")
        sent = st.form_submit_button("Fetch the series", key="data.fetch_fred")
    return _gather("fred", names, period, dates, layout) if sent else None


FORMS: Mapping[str, Callable[[], Asked | None]] = {"yahoo": ask_yahoo, "fred": ask_fred}
"""By source."""


def _gather(
    source: str, names: str, period: str | None, dates: tuple[date | None, date | None], layout: str
) -> dict[str, Any]:
    start, end = (None if day is None else day.isoformat() for day in dates)
    return {
        "data.source": source,
        "data.name": names,
        "data.download.period": period,
        "data.download.start": start,
        "data.download.end": end,
        "data.download.layout": layout,
    }


def _say_interval(interval: str) -> str:
    reach = REACH_DAYS.get(interval)
    kept = "" if reach is None else f" (kept for {reach} days)"
    return f"{_INTERVAL_WORDS[interval]}{kept}"


def _ask_period(key: str, usual: str) -> str | None:
    period: str | None = st.selectbox(
        "How far back?",
        _PERIODS,
        index=None,
        key=key,
        format_func=_PERIOD_WORDS.__getitem__,
        placeholder="As far as is usual",
        help=f"Nothing chosen: {usual}.",
    )
    return period


def _ask_dates(key: str) -> tuple[date | None, date | None]:
    left, right = st.columns(2)
    start = left.date_input(
        "First day",
        value=None,
        min_value=_FIRST_DAY,
        key=f"{key}_start",
        help="Instead of how far back.",
    )
    end = right.date_input("Last day", value=None, min_value=_FIRST_DAY, key=f"{key}_end")
    return start, end


def _ask_layout(key: str) -> str:
    layout: str = st.radio(
        "Several stand in the table as…",
        list(_LAYOUT_WORDS),
        format_func=_LAYOUT_WORDS.__getitem__,
        key=key,
    )
    return layout
