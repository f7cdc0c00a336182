"""Prices from Yahoo Finance, with patience for its limits and a copy of each answer on disk."""

from __future__ import annotations

import logging
import os
import re
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pandas as pd

from lstm_core.data.dataset import SourceTable
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
    wait: Callable[[float], None] = time.sleep,
) -> SourceTable:
    """Return open, high, low, close and volume, adjusted for splits and dividends.

    Daily and longer intervals carry the exchange's own dates, shorter ones UTC times.

    Args:
        ticker: such as ``AAPL``, ``^GSPC`` or ``EURUSD=X``; small letters are allowed.
        period, interval: one of ``PERIODS`` and ``INTERVALS``.
        session: a ``requests`` or ``curl_cffi`` session instead of yfinance's own.
        cache_folder: where answers are kept. A copy younger than four hours is used as it is;
            an older one when Yahoo can't be reached, and then a note says how old it is.
        wait: called with the seconds to wait between two tries.

    Raises:
        SpecError: the ticker, the period or the interval is not well-formed.
        DataError: Yahoo has no prices for the ticker.
        SourceError: Yahoo refused (too many requests), failed, or there is no network.
    """
    symbol = _check_request(ticker, period, interval)
    cached = cache_folder / f"yahoo_{symbol}_{period}_{interval}.parquet" if cache_folder else None
    if cached and (age := _age_seconds(cached)) is not None and age < _FRESH_SECONDS:
        frame = _read_copy(cached)
        if frame is not None:
            return _as_table(frame, symbol, f"The prices were fetched {_in_words(age)} ago.")
    try:
        frame = _fetch_patiently(symbol, period, interval, session, cache_folder, wait)
    except SourceError as error:
        frame = _read_copy(cached) if cached else None
        if frame is None or cached is None:
            raise
        age = _age_seconds(cached) or 0.0
        return _as_table(
            frame, symbol, f"{error.what} These prices are a copy, {_in_words(age)} old."
        )
    if cached:
        _write_copy(frame, cached)
    return _as_table(frame, symbol)


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
    from yfinance.exceptions import YFRateLimitError, YFTickerMissingError

    yf.config.debug.hide_exceptions = False
    if cache_folder:
        cache_folder.mkdir(parents=True, exist_ok=True)
        yf.set_tz_cache_location(str(cache_folder))
    for attempt in range(_NUM_TRIES):
        if attempt:
            wait(_FIRST_WAIT_SECONDS * 2 ** (attempt - 1))
        try:
            history = yf.Ticker(symbol, session=session).history(
                period=period, interval=interval, actions=False, timeout=_TIMEOUT_SECONDS
            )
        except YFRateLimitError:
            _log.info("Yahoo refused try %d for %s: too many requests", attempt + 1, symbol)
            continue
        except YFTickerMissingError as error:
            raise _no_prices(symbol) from error
        # yfinance lets through whatever its HTTP backend, its JSON reader and its own parsing
        # raise; for a person they all mean that Yahoo gave no answer
        except Exception as error:
            if _means_unknown(error):
                raise _no_prices(symbol) from error
            _log.info("Yahoo failed for %s", symbol, exc_info=error)
            raise SourceError(
                f"Yahoo could not be reached ({type(error).__name__}).",
                "Check the network and try again, or upload the prices as a CSV file.",
            ) from error
        if history.empty:
            raise _no_prices(symbol)
        return _without_zone(history, interval)
    raise SourceError(
        "Yahoo refuses to answer because it got too many requests from this address.",
        "Wait some minutes and try again, or upload the prices as a CSV file.",
    )


def _means_unknown(error: Exception) -> bool:
    """Whether Yahoo answered that it has no such page, or with a list that has nothing in it."""
    status = getattr(getattr(error, "response", None), "status_code", None)
    return status == 404 or isinstance(error, IndexError)


def _no_prices(symbol: str) -> StudioError:
    return DataError(
        f'Yahoo has no prices for "{symbol}".',
        "Look the ticker up at finance.yahoo.com; it may be misspelt or no longer traded.",
    )


def _without_zone(history: pd.DataFrame, interval: str) -> pd.DataFrame:
    times = pd.DatetimeIndex(history.index)
    if times.tz is not None:
        is_daily = interval in ("1d", "1wk", "1mo")
        times = times.tz_localize(None) if is_daily else times.tz_convert(None)
    frame = history.set_axis(times.as_unit("ns").rename("Date"), axis=0)
    return frame.reset_index()


def _as_table(frame: pd.DataFrame, symbol: str, *notes: str) -> SourceTable:
    return SourceTable(frame, symbol, ("Prices are adjusted for splits and dividends.", *notes))


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
