"""Quotation marks that hold nothing: damage where few rows have them, inches where many do."""

from __future__ import annotations

import re
from collections.abc import Sequence

import numpy as np
import pyarrow.compute as pc

from lstm_core.data.reading.rows.body.glancing import holds
from lstm_core.data.reading.rows.body.heading import Heading
from lstm_core.data.reading.rows.body.lines import Lines
from lstm_core.data.reading.rows.body.parsing import Body, take_cells
from lstm_core.data.reading.rows.body.sorting import (
    LONGEST_TEXT,
    MOST_LOOKED_AT,
    Sorted,
    agrees,
)
from lstm_core.data.reading.rows.dialect.cutting import Dialect, cut_cells
from lstm_core.data.reading.telling import SetAside
from lstm_core.spec.reading import SPACES


def mend_quotes(text: str, heading: Heading, dialect: Dialect) -> list[str]:
    """Return the cells of a line but for its one stray quotation mark; none if that is no row."""
    if text.count(dialect.quote or '"') != 1:
        return []
    plain = Dialect(dialect.separator, "", False, dialect.wide_spaces)
    cells = cut_cells(text.replace(dialect.quote or '"', ""), plain)
    fits = len(cells) == heading.width and agrees(cells, heading.kinds)
    return cells if fits else []


def cut_loosely(text: str, dialect: Dialect) -> list[str]:
    """Return the cells of a record in which a mark only ends a cell where a separator follows.

    So it was meant by programs that write ``"a 32" screen"`` without doubling the inner mark.
    None where no cell begins and ends with one.
    """
    quote, separator = re.escape(dialect.quote), re.escape(dialect.separator)
    if not quote or not separator:
        return []
    held = rf"[ \t]*{quote}(.*?){quote}[ \t]*"
    cell = re.compile(rf"(?:{held}|([^{quote}]*?))(?:{separator}|$)", re.DOTALL)
    cells, at, is_held = [], 0, False
    while at <= len(text):
        found = cell.match(text, at)
        if found is None:
            return []
        is_held = is_held or found.group(1) is not None
        taken = found.group(2) if found.group(1) is None else found.group(1)
        cells.append(taken.replace(dialect.quote * 2, dialect.quote).strip())
        if found.end() == len(text) and not found.group(0).endswith(dialect.separator):
            return cells if is_held else []
        at = found.end()
    return []


def sort_stray_quotes(
    body: Body, lines: Lines, heading: Heading, dialect: Dialect, found: Sorted
) -> None:
    """Decide on rows with quotation marks in the midst of cells, where few rows have them.

    Where many have, they are inches or seconds.
    """
    if not dialect.quote or dialect.separator == SPACES:
        return
    has_mark = np.zeros(body.table.num_rows, bool)
    for column in body.table.columns:
        if not holds(column, dialect.quote):
            continue
        marked = pc.fill_null(pc.match_substring(column, dialect.quote), False)
        has_mark |= marked.to_numpy(zero_copy_only=False)
    places = np.flatnonzero(has_mark).tolist()
    if not places or len(places) > MOST_LOOKED_AT:
        return
    held = make_strict(dialect)
    records = [
        (place, _record_text(lines, int(body.lines[place]), cells))
        for place, cells in zip(places, take_cells(body.table, places), strict=True)
    ]
    stray = [(place, text) for place, text in records if not is_strict(text, dialect, held)]
    _reread_spaced(body, records, dialect, found)
    are_many = len(stray) > max(1, 0.01 * body.table.num_rows)
    for place, text in stray:
        loose = cut_loosely(text, dialect) if are_many else []
        if are_many and not loose:
            continue  # no cell is held by marks: inches
        line = int(body.lines[place])
        found.dropped.append(place)
        if len(loose) == heading.width and agrees(loose, heading.kinds):
            found.mended.append((line, loose))
            found.leave_out("inner_quotes", line)
            continue
        mended = mend_quotes(text, heading, dialect)
        if mended:
            found.mended.append((line, mended))
            found.leave_out("stray_quotes", line)
        else:
            found.set_aside.append(
                SetAside(line + 1, text[:LONGEST_TEXT], "a stray quotation mark")
            )


def _reread_spaced(
    body: Body, records: Sequence[tuple[int, str]], dialect: Dialect, found: Sorted
) -> None:
    """Take off quotation marks that a blank after the separator left standing."""
    spaced = [(place, text) for place, text in records if f" {dialect.quote}" in text]
    if not spaced:
        return
    held = make_strict(dialect)
    before = take_cells(body.table, [place for place, _ in spaced])
    for (place, text), cells in zip(spaced, before, strict=True):
        again = cut_cells(text, dialect)
        if again != cells and len(again) == len(cells) and is_strict(text, dialect, held):
            found.dropped.append(place)
            found.mended.append((int(body.lines[place]), again))


def is_strict(text: str, dialect: Dialect, held: re.Pattern[str]) -> bool:
    """Whether quotation marks hold whole cells of a record, if any stand in it."""
    if not dialect.quote or dialect.quote not in text or dialect.separator == SPACES:
        return True
    if len(dialect.separator) > 1:
        text = text.replace(dialect.separator, "\x1f")
    return held.fullmatch(text) is not None


def make_strict(dialect: Dialect) -> re.Pattern[str]:
    """Return what records look like whose quotation marks hold whole cells."""
    quote, separator = re.escape(dialect.quote or '"'), re.escape(dialect.separator)
    if len(dialect.separator) != 1:
        separator = "\x1f"
    inner = (
        rf"(?:[^{quote}\\]|\\.|{quote}{quote})*"
        if dialect.escape
        else (rf"(?:[^{quote}]|{quote}{quote})*")
    )
    cell = rf"(?:[ \t]*{quote}{inner}{quote}[ \t]*|[^{quote}{separator}]*)"
    return re.compile(rf"{cell}(?:{separator}{cell})*", re.DOTALL)


def _record_text(lines: Lines, line: int, cells: Sequence[str]) -> str:
    """Return the lines of a row, those that its quotation marks hold together."""
    num_lines = 1 + sum(cell.count("\n") for cell in cells)
    return "\n".join(lines.text(line, line + num_lines))
