"""The table that a script reads, as CSV."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable

import pandas as pd

from lstm_core.export.cells import guard_text


def name_channels(channels: Iterable[str], taken: Iterable[str]) -> list[str]:
    """Return what the columns of the channels are called: no two alike, none that would run."""
    used = set(taken)
    found = []
    for channel in channels:
        spelt = candidate = guard_text(channel) or "unnamed"
        number = 1
        while candidate in used:
            number += 1
            candidate = f"{spelt} ({number})"
        used.add(candidate)
        found.append(candidate)
    return found


def write_table(table: pd.DataFrame) -> bytes:
    """Return a table as CSV, in which texts may break lines in any way."""
    buffer = io.StringIO(newline="")
    table.to_csv(buffer, index=False, quoting=csv.QUOTE_NONNUMERIC, lineterminator="\n")
    return buffer.getvalue().encode("utf-8", "replace")
