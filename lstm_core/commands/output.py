"""What commands print: one JSON object, or tables; never anything else on stdout."""

from __future__ import annotations

import json
import math
import os
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import Any

import pandas as pd

from lstm_core.data.series.dataset import Dataset
from lstm_core.data.series.summary import describe_dataset


@contextmanager
def stdout_to_stderr() -> Iterator[None]:
    """Send what libraries print, in Python or below it, to stderr."""
    sys.stdout.flush()
    kept = os.dup(1)
    os.dup2(2, 1)
    try:
        yield
    finally:
        sys.stdout.flush()
        os.dup2(kept, 1)
        os.close(kept)


def make_printable(text: str) -> str:
    """Blank out what moves a terminal's cursor or colours it: names in files may hold anything."""
    return "".join(letter if letter.isprintable() else " " for letter in text)


def print_json(content: dict[str, Any]) -> None:
    """Print one JSON object; what is not a number is null, and a terminal gets plain letters."""
    is_seen = sys.stdout.isatty()
    print(json.dumps(_make_plain(content), ensure_ascii=is_seen, allow_nan=False))


def print_csv(text: str) -> None:
    """Print a table: as it is for a file or a program, and harmless for a terminal."""
    if sys.stdout.isatty():
        text = "".join(f"{make_printable(line)}\n" for line in text.split("\n")[:-1])
    sys.stdout.write(text)


def print_dataset(dataset: Dataset, notes: Sequence[str] = (), *, then: str = "") -> None:
    """Say on stderr what was read, and what was done to it; ``then`` ends the first line."""
    summary = describe_dataset(dataset)
    for line in (f"{summary.title}{then}", *(f"  {note}" for note in (*summary.notes, *notes))):
        print(make_printable(line), file=sys.stderr)


def list_columns(forecast: pd.DataFrame) -> list[str]:
    """Return the columns of a forecast that people want, ranges (``low_80``) included."""
    ranges = [name for name in forecast.columns if name.startswith(("low_", "high_"))]
    return ["series", "target", "timestamp", "value", *ranges]


def list_forecast(forecast: pd.DataFrame) -> list[dict[str, Any]]:
    """Return a forecast's rows, by the names of ``list_columns``."""
    rows = forecast[list_columns(forecast)].to_dict("records")
    return [
        {str(name): value for name, value in row.items()}
        | {"timestamp": say_time(row["timestamp"])}
        for row in rows
    ]


def say_time(timestamp: Any) -> Any:
    """ISO 8601 for times of the calendar; numbers stay numbers."""
    return timestamp.isoformat() if isinstance(timestamp, pd.Timestamp) else int(timestamp)


def _make_plain(value: Any) -> Any:
    if isinstance(value, dict):
        return {key: _make_plain(item) for key, item in value.items()}
    if isinstance(value, list | tuple):
        return [_make_plain(item) for item in value]
    if isinstance(value, float) and not math.isfinite(value):
        return None
    return value
