"""Prices from Yahoo Finance, with patience for its limits and a copy of each answer on disk."""

from __future__ import annotations

import logging
import os
import re
import tempfile
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import pandas as pd

from lstm_core.data.reading.table import SourceTable
from lstm_core.data.reading.telling import Remark
from lstm_core.data.sources.yahoo_answers import Answer, explain_answer, noting_answers
from lstm_core.errors import DataError, SourceError, SpecError, StudioError, suggest_name

PERIODS = ("1mo", "3mo", "6mo", "1y", "2y", "5y", "10y", "ytd", "max")
INTERVALS = ("1d", "1wk", "1mo", "1h", "30m", "15m", "5m", "1m")

_TICKER = re.compile(r"[A-Z0-9.^=-]{1,15}")
_NUM_TRIES = 3
_FIRST_WAIT_SECONDS = 2.0
_FRESH_SECONDS = 4 * 3600.0
_TIMEOUT_SECONDS = 15

_log = logging.getLogger(__name__)


def fetch_prices(
    ticker: str,
    period: str = "5y",
    interval: str = "1d",
    *,
    session: Any = None,
    cache_folder: Path | None = None,
    old_copies: bool = True,
    wait: Callable[[float], None] = time.sleep,
) -> SourceTable:
    """Return open, high, low, close and volume, adjusted for splits and dividends.

    Daily and longer intervals carry the exchange's own dates, shorter ones UTC times.

    Args:
        ticker: such as ``AAPL``, ``^GSPC`` or ``EURUSD=X``; small letters are allowed.
        period, interval: one of ``PERIODS`` and ``INTERVALS``.
        session: a ``requests`` or ``curl_cffi`` session instead of yfinance's own.
        cache_folder: where answers are kept. A copy younger than four hours is used as it is;
            an older one when Yahoo fails, and then a note says why and how old it is.
        old_copies: whether that is wanted; otherwise the error speaks of the copy.
        wait: called with the seconds to wait between two tries.

    Raises:
        SpecError: the ticker, the period or the interval is not well-formed.
        DataError: Yahoo has no prices for the ticker.
        SourceError: Yahoo refused, failed, answered with nothing, or there is no network. Its
            remedy names the other ways to prices.
    """
    symbol = _check_request(ticker, period, interval)
    cached = _name_copy(symbol, period, interval, cache_folder)
    if cached and (age := _age_seconds(cached)) is not None and age < _FRESH_SECONDS:
        frame = _read_copy(cached)
        if frame is not None:
            return _as_table(frame, symbol, f"The prices were fetched {_in_words(age)} ago.")
    try:
        frame = _fetch_patiently(symbol, period, interval, session, cache_folder, wait)
    except (SourceError, DataError) as error:
        frame = _read_copy(cached) if cached else None
        if frame is None or cached is None:
            raise _add_ways(error, "") from error.__cause__
        old = _in_words(_age_seconds(cached) or 0.0)
        if not old_copies:
            raise _add_ways(error, old) from error.__cause__
        return _as_table(frame, symbol, f"{error.what} These prices are a copy, {old} old.")
    if cached:
        _write_copy(frame, cached)
    return _as_table(frame, symbol)


def find_copy(
    ticker: str, cache_folder: Path, period: str = "5y", interval: str = "1d"
) -> str | None:
    """Return how old the copy of an earlier answer is, in words; None where there is none."""
    cached = _name_copy(_check_request(ticker, period, interval), period, interval, cache_folder)
    age = _age_seconds(cached) if cached else None
    if cached is None or age is None or _read_copy(cached) is None:
        return None
    return _in_words(age)


def _name_copy(symbol: str, period: str, interval: str, folder: Path | None) -> Path | None:
    return folder / f"yahoo_{symbol}_{period}_{interval}.parquet" if folder else None


def _check_request(ticker: str, period: str, interval: str) -> str:
    symbol = ticker.strip().upper()
    if not _TICKER.fullmatch(symbol) or ".." in symbol:
        raise SpecError(
            f'"{ticker[:40]}" is not a ticker.',
            "A ticker has up to 15 letters, digits and . ^ = - such as AAPL, ^GSPC or EURUSD=X.",
        )
    for word, given, known in (("period", period, PERIODS), ("interval", interval, INTERVALS)):
        if given not in known:
            raise SpecError(
                f'Yahoo has no {word} "{given}".',
                f"Choose one of {', '.join(known)}." + suggest_name(given, known),
            )
    return symbol


def _fetch_patiently(
    symbol: str,
    period: str,
    interval: str,
    session: Any,
    cache_folder: Path | None,
    wait: Callable[[float], None],
) -> pd.DataFrame:
    """Try again after 2 and 4 seconds while Yahoo says that there are too many requests."""
    import yfinance as yf
    from yfinance.data import YfData
    from yfinance.exceptions import YFRateLimitError

    yf.config.debug.hide_exceptions = False
    if cache_folder:
        cache_folder.mkdir(parents=True, exist_ok=True)
        yf.set_tz_cache_location(str(cache_folder))
    for attempt in range(_NUM_TRIES):
        if attempt:
            wait(_FIRST_WAIT_SECONDS * 2 ** (attempt - 1))
        with noting_answers(YfData(session=session)._session) as answers:
            try:
                history = yf.Ticker(symbol, session=session).history(
                    period=period, interval=interval, actions=False, timeout=_TIMEOUT_SECONDS
                )
            except YFRateLimitError:
                _log.info("Yahoo refused try %d for %s: too many requests", attempt + 1, symbol)
                continue
            # yfinance lets through whatever its HTTP backend, its JSON reader and its own parsing
            # raise, and calls most of them a missing ticker: the answer itself says what it was.
            except Exception as error:
                _log.info("Yahoo failed for %s", symbol, exc_info=error)
                raise explain_answer(symbol, _take_last(answers), error) from error
        if not history.empty:
            return _without_zone(history, interval)
        raise explain_answer(symbol, _take_last(answers), None)
    raise explain_answer(symbol, Answer(429, "", is_readable=False), None)


def _take_last(answers: Sequence[Answer | None]) -> Answer | None:
    return answers[-1] if answers else None


def _add_ways(error: StudioError, age: str) -> StudioError:
    """Return the error with what else there is in its remedy."""
    copy = f" the copy of the prices that was fetched {age} ago," if age else ""
    ways = f"Or take{copy} prices from a CSV file, or the sample of stock prices."
    return type(error)(error.what, f"{error.remedy} {ways}")


def _without_zone(history: pd.DataFrame, interval: str) -> pd.DataFrame:
    times = pd.DatetimeIndex(history.index)
    if times.tz is not None:
        is_daily = interval in ("1d", "1wk", "1mo")
        times = times.tz_localize(None) if is_daily else times.tz_convert(None)
    frame = history.set_axis(times.as_unit("ns").rename("Date"), axis=0)
    return frame.reset_index()


def _as_table(frame: pd.DataFrame, symbol: str, *notes: str) -> SourceTable:
    told = ("Prices are adjusted for splits and dividends.", *notes)
    return SourceTable(frame, symbol, tuple(Remark("source", note) for note in told))


def _age_seconds(path: Path) -> float | None:
    try:
        return max(0.0, time.time() - path.stat().st_mtime)
    except FileNotFoundError:
        return None


def _read_copy(path: Path) -> pd.DataFrame | None:
    """Return the copy, or None where there is none or it is damaged."""
    try:
        return pd.read_parquet(path)
    except FileNotFoundError:
        return None
    except (OSError, ValueError) as error:  # pyarrow's errors are kinds of these
        _log.warning("The copy %s can't be read", path.name, exc_info=error)
        return None


def _write_copy(frame: pd.DataFrame, path: Path) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    handle, temporary = tempfile.mkstemp(dir=path.parent, suffix=".part")
    os.close(handle)
    try:
        frame.to_parquet(temporary)
        os.replace(temporary, path)
    finally:
        Path(temporary).unlink(missing_ok=True)


def _in_words(seconds: float) -> str:
    for size, one in ((86_400, "day"), (3_600, "hour"), (60, "minute")):
        if seconds >= size:
            count = int(seconds // size)
            return f"{count} {one}{'s' if count > 1 else ''}"
    return "less than a minute"
