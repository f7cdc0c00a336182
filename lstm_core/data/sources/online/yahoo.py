"""Prices from Yahoo Finance."""

from __future__ import annotations

import logging
import re
from collections.abc import Sequence
from datetime import date, timedelta
from pathlib import Path
from typing import Any, get_args

import pandas as pd

from lstm_core.data.sources.online.face import BusyError
from lstm_core.data.sources.online.spans import find_first_day
from lstm_core.data.sources.online.yahoo_answers import Answer, explain_answer, noting_answers
from lstm_core.errors import SourceError, SpecError
from lstm_core.spec.download import DownloadPlan, Interval

INTERVALS: tuple[str, ...] = get_args(Interval)
COLUMNS = ("Open", "High", "Low", "Close", "Volume")
"""Of adjusted prices; those that were paid have ``Adj Close`` as well."""

REACH_DAYS = {"1h": 730, "30m": 60, "15m": 60, "5m": 60, "1m": 8}
"""How far back Yahoo keeps prices of an interval; of the others, all."""

_DAILY = ("1d", "1wk", "1mo")
_TICKER = re.compile(r"[A-Z0-9.^=-]{1,15}")
_TIMEOUT_SECONDS = 15

_log = logging.getLogger(__name__)


class Yahoo:
    """Open, high, low, close and volume; see ``face.OnlineSource``.

    Daily and longer intervals carry the exchange's own dates, shorter ones UTC times.

    Args:
        session: a ``requests`` or ``curl_cffi`` session instead of yfinance's own.
    """

    key = "yahoo"
    title = "Yahoo"
    names = "ticker"
    contents = "prices"
    terms = "Prices come from Yahoo Finance, whose terms allow personal use."
    ways = "prices from a CSV file, or the sample of stock prices"

    def __init__(self, session: Any = None) -> None:
        self._session = session

    def check_name(self, name: str) -> str:
        symbol = name.strip().upper()
        if not _TICKER.fullmatch(symbol) or ".." in symbol:
            raise SpecError(
                f'"{name[:40]}" is not a ticker.',
                "A ticker has up to 15 letters, digits and . ^ = - such as AAPL, ^GSPC or "
                "EURUSD=X; between several stand commas.",
            )
        return symbol

    def complete(self, plan: DownloadPlan) -> DownloadPlan:
        """Fill in a day and five years; of what is not kept as long, all that there is."""
        interval = plan.interval or "1d"
        has_span = plan.period or plan.start or plan.end
        period = plan.period if has_span else ("max" if interval in REACH_DAYS else "5y")
        return plan.model_copy(update={"interval": interval, "period": period})

    def fetch(self, name: str, plan: DownloadPlan, cache_folder: Path | None) -> pd.DataFrame:
        import yfinance as yf
        from yfinance.data import YfData
        from yfinance.exceptions import YFRateLimitError

        _check_reach(plan)
        yf.config.debug.hide_exceptions = False
        if cache_folder:
            cache_folder.mkdir(parents=True, exist_ok=True)
            yf.set_tz_cache_location(str(cache_folder))
        with noting_answers(YfData(session=self._session)._session) as answers:
            try:
                history = yf.Ticker(name, session=self._session).history(
                    interval=plan.interval,
                    actions=False,
                    auto_adjust=plan.adjusted,
                    timeout=_TIMEOUT_SECONDS,
                    **_name_span(plan),
                )
            except YFRateLimitError as error:
                raise _refuse_busy() from error
            # yfinance lets through whatever its HTTP backend, its JSON reader and its own parsing
            # raise, and calls most of them a missing ticker: the answer itself says what it was.
            except Exception as error:
                _log.info("Yahoo failed for %s", name, exc_info=error)
                raise explain_answer(name, _take_last(answers), error) from error
        if not history.empty:
            return _without_zone(history, str(plan.interval))
        raise explain_answer(name, _take_last(answers), None)

    def say_plan(self, plan: DownloadPlan) -> tuple[str, ...]:
        adjusted = (
            "Prices are adjusted for splits and dividends."
            if plan.adjusted
            else "Prices are those that were paid, not adjusted for splits and dividends."
        )
        reach = REACH_DAYS.get(str(plan.interval))
        if reach is None:
            return (adjusted,)
        kept = f"Yahoo keeps prices of the interval {plan.interval} for {reach} days only."
        return adjusted, "Times are in UTC.", kept


def _name_span(plan: DownloadPlan) -> dict[str, str]:
    """Return the span as yfinance takes it, whose end is the first day that is not wanted."""
    if plan.period:
        return {"period": plan.period}
    reach = REACH_DAYS.get(str(plan.interval))
    span = {"start": plan.start.isoformat()} if plan.start else {}
    if plan.end:
        span["end"] = (plan.end + timedelta(days=1)).isoformat()
    if not plan.start:
        # yfinance takes a month where nothing is said
        first = date.today() - timedelta(days=reach - 1) if reach else date(1900, 1, 1)
        span["start"] = first.isoformat()
    return span


def _check_reach(plan: DownloadPlan) -> None:
    reach = REACH_DAYS.get(str(plan.interval))
    first = find_first_day(plan.period) if plan.period else plan.start or plan.end
    if reach is None or first is None:
        return
    earliest = date.today() - timedelta(days=reach)
    if first < earliest - timedelta(days=1):  # two years with a day more than usual are let in
        raise SpecError(
            f"Yahoo keeps prices of the interval {plan.interval} for {reach} days only, and "
            f"{first} is longer ago.",
            f"Begin on {earliest} or later, or choose a longer interval.",
        )


def _refuse_busy() -> BusyError:
    told = explain_answer("", Answer(429, "", is_readable=False), None)
    assert isinstance(told, SourceError)
    return BusyError(told.what, told.remedy)


def _take_last(answers: Sequence[Answer | None]) -> Answer | None:
    return answers[-1] if answers else None


def _without_zone(history: pd.DataFrame, interval: str) -> pd.DataFrame:
    times = pd.DatetimeIndex(history.index)
    if times.tz is not None:
        times = times.tz_localize(None) if interval in _DAILY else times.tz_convert(None)
    frame = history.set_axis(times.as_unit("ns").rename("Date"), axis=0)
    return frame.reset_index()
