"""Where lines and records begin in the bytes of a text."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise

import numpy as np

from lstm_core.data.reading.rows.dialect.cutting import (
    LONGEST_LINE,
    MOST_LINES_IN_A_CELL,
    Dialect,
    find_end,
    is_left_open,
)
from lstm_core.errors import DataError

_CHUNK = 16_000_000
_MANY_MARKS = 20_000


@dataclass(frozen=True)
class Lines:
    """The lines of a text.

    Attributes:
        data: UTF-8 with ``\\n`` between lines.
        starts: int64, ``(lines + 1,)``; the byte that each begins at, and where one more would.
    """

    data: bytes
    starts: np.ndarray

    def __len__(self) -> int:
        return len(self.starts) - 1

    def text(self, first: int, last: int) -> list[str]:
        """Return lines ``first`` to ``last``, the latter not among them."""
        if first >= last:
            return []
        piece = self.data[self.starts[first] : self.starts[last] - 1]
        return piece.decode("utf-8", "replace").split("\n")


def find_lines(data: bytes, name: str) -> Lines:
    """Return where the lines of a text begin.

    Raises:
        DataError: a line is longer than any table's.
    """
    ends = positions(data, b"\n")
    if not data.endswith(b"\n"):
        ends = np.append(ends, len(data))
    starts = np.concatenate([[0], ends + 1])
    longest = int(np.diff(starts).max(initial=0))
    if longest > LONGEST_LINE:
        raise DataError(
            f'The file "{name[:80]}" has a line of {longest:,} bytes, which no table has.',
            "Save the table as CSV with one row on each line.",
        )
    return Lines(data, starts)


def positions(data: bytes, sign: bytes, start: int = 0, end: int | None = None) -> np.ndarray:
    """Return where a single byte stands, int64."""
    end = len(data) if end is None else end
    found = []
    for begin in range(start, end, _CHUNK):
        chunk = np.frombuffer(data, np.uint8, min(_CHUNK, end - begin), begin)
        found.append(np.flatnonzero(chunk == sign[0]) + begin)
    return np.concatenate(found) if found else np.empty(0, np.int64)


@dataclass(frozen=True)
class Held:
    """Lines that quotation marks make more or less than a record.

    Attributes:
        continued: int64; lines that go on with the record of the one above.
        broken: int64; lines that open a quotation mark which is never closed.
    """

    continued: np.ndarray
    broken: np.ndarray


def find_odd(lines: Lines, first: int, last: int, dialect: Dialect) -> np.ndarray:
    """Return the lines from ``first`` to ``last`` with an odd number of quotation marks; int64."""
    if not dialect.quote or not dialect.quote.isascii():
        return np.empty(0, np.int64)
    begin, end = int(lines.starts[first]), min(int(lines.starts[last]), len(lines.data))
    mark = dialect.quote.encode()
    if lines.data.find(mark, begin, end) < 0:
        return np.empty(0, np.int64)
    is_odd = _have_odd_number(lines, first, last, mark, escape=dialect.escape)
    return np.flatnonzero(is_odd) + first


def find_even(lines: Lines, odd: np.ndarray, dialect: Dialect, width: int) -> Held | None:
    """Return what quotation marks hold together where many cells go over lines, all in pairs.

    None where few do, a mark has no partner or a line within a cell could be a row: then each
    line is to be looked at. That every record has the right width is for the caller to see.

    Args:
        odd: the lines with an odd number of marks.
    """
    separator = dialect.separator.encode()
    if len(separator) != 1 or width < 2 or len(odd) < _MANY_MARKS or len(odd) % 2:
        return None
    openers, closers = odd[::2], odd[1::2]
    spans = closers - openers
    if spans.max() >= MOST_LINES_IN_A_CELL:
        return None
    before = np.concatenate([[0], np.cumsum(spans)[:-1]])
    continued = np.arange(spans.sum()) + np.repeat(openers + 1 - before, spans)
    counts = np.diff(np.searchsorted(positions(lines.data, separator), lines.starts))
    is_wide = counts >= width - 1
    are_rows = is_wide[openers] & is_wide[closers]
    is_wide[closers] = False
    if are_rows.any() or is_wide[continued].any():
        return None
    return Held(continued.astype(np.int64), np.empty(0, np.int64))


def find_held(lines: Lines, odd: np.ndarray, last: int, dialect: Dialect, width: int) -> Held:
    """Find which of the lines before ``last`` are no record of their own.

    Args:
        odd: those that may open a cell over several lines.
    """
    if not len(odd):
        nothing = np.empty(0, np.int64)
        return Held(nothing, nothing)
    return _sort_out(lines, odd, last, dialect, width)


def find_marked(lines: Lines, first: int, last: int, dialect: Dialect) -> np.ndarray:
    """Return the lines from ``first`` to ``last`` with a quotation mark; int64."""
    if not dialect.quote or not dialect.quote.isascii():
        return np.empty(0, np.int64)
    begin, end = int(lines.starts[first]), min(int(lines.starts[last]), len(lines.data))
    marks = positions(lines.data, dialect.quote.encode(), begin, end)
    numbers = np.diff(np.searchsorted(marks, lines.starts[first : last + 1]))
    return np.flatnonzero(numbers > 0) + first


def _have_odd_number(
    lines: Lines, first: int, last: int, mark: bytes, *, escape: bool
) -> np.ndarray:
    """Return for each line whether a sign stands on it an odd number of times."""
    starts = lines.starts[first : last + 1]
    parity = np.zeros(len(starts) - 1, np.uint8)
    low = 0
    while low < len(parity):  # whole lines, as many at a time as the processor's cache holds
        begin = int(starts[low])
        high = max(int(np.searchsorted(starts, begin + _CHUNK, side="right")) - 1, low + 1)
        end = min(int(starts[high]), len(lines.data))
        chunk = np.frombuffer(lines.data, np.uint8, end - begin, begin)
        marks = chunk == mark[0]
        if escape:
            marks[1:] &= chunk[:-1] != ord("\\")
        parity[low:high] = np.bitwise_xor.reduceat(marks.view(np.uint8), starts[low:high] - begin)
        low = high
    return parity != 0


def _sort_out(lines: Lines, suspects: np.ndarray, last: int, dialect: Dialect, width: int) -> Held:
    """Tell lines that open a cell over several lines from damaged ones."""
    continued: list[int] = []
    broken: list[int] = []
    done = -1
    for at, following in pairwise([*suspects.tolist(), last]):
        if at <= done:
            continue
        end = min(following + 1, at + MOST_LINES_IN_A_CELL, last)
        ahead = lines.text(at, end)
        if not is_left_open(ahead[0], dialect):
            continue
        length = find_end(ahead, 0, dialect, width)
        if length:
            continued.extend(range(at + 1, at + length))
            done = at + length - 1
        else:
            broken.append(at)
    return Held(np.array(continued, np.int64), np.array(broken, np.int64))
