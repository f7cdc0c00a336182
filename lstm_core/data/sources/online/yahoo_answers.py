"""What Yahoo answered: noted beside yfinance, which drops it, and said for people."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from typing import Any

from lstm_core.errors import DataError, SourceError, StudioError

MOST_WORDS = 200
"""Letters of Yahoo's own words that are passed on."""

_ABOUT_TICKERS = ("/chart/", "/quoteSummary/")

_LATER = "Try again in some minutes."


@dataclass(frozen=True)
class Answer:
    """One answer to a request about a ticker.

    Attributes:
        status: of HTTP.
        words: what Yahoo says went wrong; empty where it says nothing.
        is_readable: it is JSON, as Yahoo's answers are.
    """

    status: int
    words: str
    is_readable: bool


_NOTES: ContextVar[list[Answer | None] | None] = ContextVar("yahoo_answers", default=None)


@contextmanager
def noting_answers(session: Any) -> Iterator[list[Answer | None]]:
    """Note what a session of ``requests`` or ``curl_cffi`` is answered about tickers.

    A request that no answer came to is noted as None. yfinance shares one session among all
    threads: each notes its own.
    """
    if not hasattr(session, "noted_get"):
        session.noted_get = session.get
        session.get = lambda *args, **options: _get(session.noted_get, *args, **options)
    answers: list[Answer | None] = []
    token = _NOTES.set(answers)
    try:
        yield answers
    finally:
        _NOTES.reset(token)


def explain_answer(symbol: str, answer: Answer | None, error: Exception | None) -> StudioError:
    """Say why there are no prices.

    Args:
        answer: the last that came; None: none did.
        error: what yfinance made of it; None: an empty table.
    """
    if answer is None:
        reason = type(error).__name__ if error is not None else "no answer"
        return SourceError(f"Yahoo could not be reached ({reason}).", "Check the network.")
    status = answer.status
    said = f': "{answer.words}"' if answer.words else ""
    if status == 404:
        return DataError(
            f'Yahoo has no prices for "{symbol}".',
            "Look the ticker up at finance.yahoo.com; it may be misspelt or no longer traded.",
        )
    if status == 429:
        return SourceError(
            "Yahoo refuses to answer because it got too many requests from this address.", _LATER
        )
    if status in (401, 403):
        return SourceError(
            f"Yahoo did not let this program in (HTTP {status}{said}); it says nothing about "
            f'"{symbol}".',
            f"{_LATER} Where it lasts, this address or this version of yfinance is shut out.",
        )
    if status >= 500:
        return SourceError(
            f"Yahoo has trouble of its own (HTTP {status}{said}); it says nothing about "
            f'"{symbol}".',
            _LATER,
        )
    if status >= 400:
        return SourceError(
            f'Yahoo does not serve this request for "{symbol}" (HTTP {status}{said}).',
            "Another period or interval may be served.",
        )
    if not answer.is_readable:
        return SourceError(
            f'Yahoo answered with something else than prices for "{symbol}", such as a page that '
            "asks for consent or says that it is down.",
            _LATER,
        )
    return SourceError(
        f'Yahoo gave an empty answer for "{symbol}"{said}.',
        f"{_LATER} Where it lasts, the ticker may have no prices for this period: look it up at "
        "finance.yahoo.com.",
    )


def _get(get: Callable[..., Any], *args: Any, **options: Any) -> Any:
    address = str(options.get("url") or (args[0] if args else ""))
    notes = _NOTES.get()
    # Cookies and crumbs are asked for elsewhere, and tell nothing of a ticker.
    if notes is None or not any(part in address for part in _ABOUT_TICKERS):
        return get(*args, **options)
    try:
        response = get(*args, **options)
    except Exception:
        notes.append(None)
        raise
    notes.append(_read(response))
    return response


def _read(response: Any) -> Answer:
    text = str(response.text)
    try:
        content = json.loads(text)
    except (ValueError, RecursionError):
        return Answer(int(response.status_code), "", is_readable=False)
    return Answer(int(response.status_code), _find_words(content), is_readable=True)


def _find_words(content: Any) -> str:
    """Return the description in ``{"chart": {"error": {"description": ...}}}``, or its like."""
    parts = content.values() if isinstance(content, dict) else ()
    for part in parts:
        error = part.get("error") if isinstance(part, dict) else None
        if isinstance(error, dict):
            words = error.get("description") or error.get("code") or ""
            return " ".join(str(words).split())[:MOST_WORDS]
    return ""
