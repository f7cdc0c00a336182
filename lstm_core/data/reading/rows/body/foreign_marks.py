"""Rows that were written with another separator, of which the table's is a part."""

from __future__ import annotations

import numpy as np

from lstm_core.data.reading.rows.body.glancing import find_first_signs, find_last_signs
from lstm_core.data.reading.rows.body.heading import Heading
from lstm_core.data.reading.rows.body.lines import Lines, positions
from lstm_core.data.reading.rows.body.parsing import Body
from lstm_core.data.reading.rows.body.sorting import LONGEST_TEXT, Sorted
from lstm_core.data.reading.rows.dialect.cutting import Dialect
from lstm_core.data.reading.telling import SetAside

_MARKS = (b",", b";", b"\t", b"|", b"^", b"~", b":")
_FEWEST_CELLS = 3
_MOST_SHARE = 0.1
_CHUNK = 1_000_000


def sort_foreign_marks(
    body: Body, lines: Lines, heading: Heading, dialect: Dialect, found: Sorted
) -> None:
    """Set rows such as ``1,;2,;3`` aside, where few have a second mark beside each separator.

    The first cell ends with that mark, or the second begins with it, unless it is a blank.
    """
    separator = dialect.separator.encode()
    if len(separator) != 1 or heading.width < _FEWEST_CELLS:
        return
    dropped = set(found.dropped)
    begins = set(np.unique(find_first_signs(body.table.column(1))).tolist())
    ends = set(np.unique(find_last_signs(body.table.column(0))).tolist())
    for mark in _MARKS:
        pairs = [separator + mark] if mark[0] in begins or mark == b"\t" else []
        pairs += [mark + separator] if mark[0] in ends or mark == b"\t" else []
        if mark == separator or not pairs or mark not in lines.data:
            continue
        for pair in pairs:
            for place in _find_rows(body, lines, pair, heading.width):
                if place in dropped:
                    continue
                dropped.add(place)
                line = int(body.lines[place])
                text = lines.text(line, line + 1)[0]
                found.dropped.append(place)
                found.set_aside.append(
                    SetAside(line + 1, text[:LONGEST_TEXT], "another separator between the cells")
                )


def _holds(data: bytes, pair: bytes) -> bool:
    """Whether two signs stand side by side; quicker than to search where one of them is common."""
    for begin in range(0, len(data), _CHUNK):
        signs = np.frombuffer(data, np.uint8, min(_CHUNK + 1, len(data) - begin), begin)
        if ((signs[:-1] == pair[0]) & (signs[1:] == pair[1])).any():
            return True
    return False


def _find_rows(body: Body, lines: Lines, pair: bytes, width: int) -> list[int]:
    """Return the places of rows that hold a pair of marks between all of their cells."""
    if not _holds(lines.data, pair):
        return []
    first = positions(lines.data, pair[:1])
    signs = np.frombuffer(lines.data, np.uint8)
    at = first[signs[np.minimum(first + 1, len(signs) - 1)] == pair[1]]
    numbers = np.bincount(np.searchsorted(lines.starts, at, side="right") - 1, minlength=1)
    suspects = np.flatnonzero(numbers >= width - 1)
    places = np.flatnonzero(np.isin(body.lines, suspects))
    return places.tolist() if len(places) <= _MOST_SHARE * len(body.lines) + 1 else []
