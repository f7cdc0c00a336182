"""A session that answers as FRED's graphs do, without a network."""

from collections.abc import Callable
from typing import Any

import requests

MONTHS = "observation_date,UNRATE\n2024-01-01,3.7\n2024-02-01,3.9\n2024-03-01,.\n2024-04-01,3.9\n"
QUARTERS = "DATE,GDP\n2023-10-01,28296.967\n2024-01-01,28624.069\n2024-04-01,\n"

SERIES = {"UNRATE": MONTHS, "GDP": QUARTERS, "PAYEMS": MONTHS.replace("UNRATE", "PAYEMS")}

Answer = Callable[[dict[str, str]], tuple[int, str]]


def good(asked: dict[str, str]) -> tuple[int, str]:
    return (200, SERIES[asked["id"]]) if asked["id"] in SERIES else (404, "<html>Error</html>")


def too_many(asked: dict[str, str]) -> tuple[int, str]:
    return 429, "<html>Too many</html>"


def unplugged(asked: dict[str, str]) -> tuple[int, str]:
    raise requests.ConnectionError("no route to host")


class CannedFred(requests.Session):
    """Answers what is asked of it from a function instead of the network."""

    def __init__(self, answer: Answer = good) -> None:
        super().__init__()
        self.answer = answer
        self.asked: list[dict[str, str]] = []

    def get(self, url: Any, **options: Any) -> requests.Response:  # type: ignore[override]
        assert url == "https://fred.stlouisfed.org/graph/fredgraph.csv"
        assert options["timeout"]
        self.asked.append(options["params"])
        status, text = self.answer(options["params"])
        response = requests.Response()
        response.status_code, response.url = status, url
        response._content = text.encode()
        return response
