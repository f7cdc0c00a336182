"""A session that answers as Yahoo does, without a network; the library on top is the real one."""

import json
from collections.abc import Callable
from typing import Any

import requests

Answer = Callable[[str], tuple[int, Any]]


class CannedSession(requests.Session):
    """Answers each request from a function instead of the network."""

    def __init__(self, answer: Answer) -> None:
        super().__init__()
        self.answer = answer
        self.num_charts = 0

    def get(self, url: Any, **_: Any) -> requests.Response:  # type: ignore[override]
        if "/chart/" in url:
            self.num_charts += 1
        status, content = self.answer(url)
        response = requests.Response()
        response.status_code, response.url = status, url
        text = content if isinstance(content, str) else json.dumps(content)
        response._content = text.encode()
        return response


def make_chart(num_days: int = 5) -> dict[str, Any]:
    midnight = 1_704_205_800  # 2024-01-02 09:30 in New York
    prices = [100.0 + day for day in range(num_days)]
    meta = {
        "currency": "USD",
        "symbol": "AAPL",
        "instrumentType": "EQUITY",
        "exchangeTimezoneName": "America/New_York",
        "timezone": "EST",
        "gmtoffset": -18_000,
        "regularMarketTime": midnight + 86_400 * num_days,
        "firstTradeDate": 345_479_400,
        "dataGranularity": "1d",
        "range": "5y",
        "priceHint": 2,
        "validRanges": ["1d", "5d", "1mo", "5y", "max"],
        "currentTradingPeriod": {},
    }
    quote = dict.fromkeys(("open", "high", "low", "close"), prices)
    result = {
        "meta": meta,
        "timestamp": [midnight + 86_400 * day for day in range(num_days)],
        "indicators": {
            "quote": [quote | {"volume": [1_000] * num_days}],
            "adjclose": [{"adjclose": prices}],
        },
    }
    return {"chart": {"result": [result], "error": None}}


def good(url: str) -> tuple[int, Any]:
    return 200, make_chart() if "/chart/" in url else "crumb"


def hourly(url: str) -> tuple[int, Any]:
    """Answer with a day of six hours, as the exchange trades."""
    if "/chart/" not in url:
        return 200, "crumb"
    chart = make_chart(6)
    (result,) = chart["chart"]["result"]
    opens = result["timestamp"][0]
    result["timestamp"] = [opens + 3_600 * hour for hour in range(6)]
    hours = {"timezone": "EST", "gmtoffset": -18_000, "start": opens, "end": opens + 23_400}
    result["meta"] |= {"dataGranularity": "1h", "tradingPeriods": [[hours]]}
    return 200, chart


def too_many(url: str) -> tuple[int, Any]:
    return 429, "Too Many Requests"


def unknown(url: str) -> tuple[int, Any]:
    if "crumb" in url:
        return 200, "crumb"
    error = {"code": "Not Found", "description": "No data found, symbol may be delisted"}
    part = "chart" if "/chart/" in url else "quoteSummary"
    return 404, {part: {"result": None, "error": error}}


def empty(url: str) -> tuple[int, Any]:
    return 200, {"chart": {"result": [], "error": None}} if "/chart/" in url else "crumb"


def fail(status: int, content: Any) -> Answer:
    """Answer everything about a ticker so; crumbs are handed out."""
    return lambda url: (200, "crumb") if "crumb" in url or "fc.yahoo" in url else (status, content)


def describe(code: str, description: str, part: str = "chart") -> dict[str, Any]:
    return {part: {"result": None, "error": {"code": code, "description": description}}}


NO_CANDLES = make_chart()
del NO_CANDLES["chart"]["result"][0]["timestamp"]
NO_CANDLES["chart"]["result"][0]["indicators"] = {"quote": [{}]}

FAILURES: dict[str, tuple[Answer, str]] = {
    "crumb": (fail(401, describe("Unauthorized", "Invalid Crumb")), "Invalid Crumb"),
    "signed out": (fail(401, describe("Unauthorized", "Log in", "finance")), "HTTP 401"),
    "forbidden": (fail(403, "<html>Forbidden</html>"), "HTTP 403"),
    "too far back": (fail(422, describe("Unprocessable Entity", "Only 8 days")), "Only 8 days"),
    "out of order": (fail(500, describe("Internal Server Error", "oops")), "trouble of its own"),
    "no gateway": (fail(502, ""), "HTTP 502"),
    "overloaded": (fail(503, "<html>Service Unavailable</html>"), "HTTP 503"),
    "down": (fail(200, "Will be right back"), "something else than prices"),
    "consent": (fail(200, "<html>consent</html>"), "something else than prices"),
    "no bytes": (fail(200, ""), "something else than prices"),
    "null": (fail(200, "null"), "empty answer"),
    "no object": (fail(200, {}), "empty answer"),
    "no result": (fail(200, {"chart": {"result": None, "error": None}}), "empty answer"),
    "no entry": (empty, "empty answer"),
    "no candles": (fail(200, NO_CANDLES), "empty answer"),
}
"""What goes wrong at Yahoo's end, and what is to be said of it."""


def unplugged(url: str) -> tuple[int, Any]:
    raise requests.ConnectionError("no route to host")
