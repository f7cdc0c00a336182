"""Rows that don't fit: left out with a word, mended where it is certain how, or set aside."""

from __future__ import annotations

import re
from collections.abc import Sequence

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from lstm_core.data.reading.rows.body.glancing import find_first_signs
from lstm_core.data.reading.rows.body.heading import Heading, is_ruler
from lstm_core.data.reading.rows.body.lines import Lines
from lstm_core.data.reading.rows.body.parsing import Body, Misfit, take_cells
from lstm_core.data.reading.rows.body.sorting import (
    LONGEST_TEXT,
    MOST_LOOKED_AT,
    Sorted,
    agrees,
)
from lstm_core.data.reading.rows.body.stray_quotes import is_strict, make_strict, mend_quotes
from lstm_core.data.reading.rows.dialect.cutting import Dialect, cut_cells
from lstm_core.data.reading.rows.dialect.kinds import Kind, kind_of
from lstm_core.data.reading.telling import SetAside

_TOTAL = re.compile(
    r"(?:grand |sub-?)?(?:totals?|sum|summe|gesamt(?:summe|ergebnis)?|somme|suma|somma|totale|"
    r"итого|всего|合計|合计|总计|합계|average|mean|mittelwert|durchschnitt|moyenne|promedio|media)"
    r"\b.{0,20}",
    re.IGNORECASE,
)
_LONGEST_FOOTER = 20
_LONGEST_NOTES = 10
_FEWEST_BESIDE_NOTES = 3
_MOST_NAMED = 2_000
"""Rows that begin with a letter; where they are more, months are written in words."""
_TIMES = ("date", "clock")
_REASONS = {
    "total": "a total, not a row of its own",
    "note": "one text below the rows, as notes are",
    "untimed": "the last row has no time, as totals have none",
    "words": "words where numbers or times stand",
}


def sort_misfits(
    body: Body, heading: Heading, dialect: Dialect, comment: str, *, finds_footer: bool
) -> Sorted:
    """Decide on records of another width than the table's."""
    found = Sorted()
    for line in body.empty if heading.width > 1 else ():
        found.leave_out("empty_rows", line)
    width, kinds = heading.width, heading.kinds
    last_good = int(body.lines[-1]) if len(body.lines) else -1
    cut = [(misfit, _cut(misfit, dialect)) for misfit in body.misfits]
    short = [cells for misfit, cells in cut if len(cells) < width and not misfit.is_open]
    fills = _is_filled_regularly(short, body, width, kinds, dialect)
    num_below = sum(misfit.line > last_good for misfit, _ in cut)
    finds_footer = finds_footer and num_below <= max(_LONGEST_FOOTER, len(body.lines) // 2)
    surplus = sum(len(cells) > width and not any(cells[width:]) for _, cells in cut)
    trims = surplus >= 3 and surplus >= 0.03 * (len(body.lines) + surplus)
    strict = make_strict(dialect)
    has_empty = [bool(column.null_count) for column in body.table.columns]
    for misfit, cells in cut:
        line = misfit.line
        if not any(cells):
            if misfit.text.strip():
                found.leave_out("empty_rows", line)
            continue
        if found.footer is not None:
            found.leave_out("footer", line)
        elif comment and misfit.text.lstrip().startswith(comment):
            found.leave_out("comments", line)
        elif is_ruler(cells):
            found.leave_out("rulers", line)
        elif heading.names and [c for c in cells if c] == [n for n in heading.names if n]:
            found.leave_out("repeated_header", line)
        elif (
            finds_footer
            and line > last_good
            and not _ends_a_cell(misfit, cells, dialect)
            and _is_footer(misfit, cells, kinds, cut)
        ):
            found.footer = line
            found.leave_out("footer", line)
        elif misfit.is_open and (mended := mend_quotes(misfit.text, heading, dialect)):
            found.mended.append((line, mended))
            found.leave_out("stray_quotes", line)
        elif misfit.is_open:
            found.set_aside.append(_put_aside(misfit, "a quotation mark is opened and not closed"))
        elif not is_strict(misfit.text, dialect, strict):
            found.set_aside.append(_put_aside(misfit, "a stray quotation mark"))
            _set_beginning_aside(misfit, cells, body, dialect, found)
        elif len(cells) == width and agrees(cells, kinds):
            found.mended.append((line, cells))
        elif (
            len(cells) > width
            and not any(cells[width:])
            and (_matches(cells[:width], kinds, has_empty) or (trims and agrees(cells, kinds)))
        ):
            found.mended.append((line, cells[:width]))
        elif len(cells) < width and fills and agrees(cells, kinds):
            found.mended.append((line, [*cells, *[""] * (width - len(cells))]))
            found.filled.append(line)
        else:
            found.set_aside.append(_put_aside(misfit, f"{_count(len(cells))} instead of {width:,}"))
    return found


def _set_beginning_aside(
    misfit: Misfit, cells: Sequence[str], body: Body, dialect: Dialect, found: Sorted
) -> None:
    """Set aside the row above a line that closes a quoted cell, if nothing opened it there."""
    place = int(np.searchsorted(body.lines, misfit.line - 1))
    is_above = place < len(body.lines) and body.lines[place] == misfit.line - 1
    if is_above and _ends_a_cell(misfit, cells, dialect):
        last = body.table.num_columns - 1
        text = body.table.column(last)[place].as_py() or ""
        found.dropped.append(place)
        found.set_aside.append(
            SetAside(misfit.line, f"… {text}"[:LONGEST_TEXT], "its last cell goes on below")
        )


def _ends_a_cell(misfit: Misfit, cells: Sequence[str], dialect: Dialect) -> bool:
    """Whether a line's one quotation mark stands at its end."""
    text, quote = misfit.text.rstrip(), dialect.quote
    return bool(quote) and len(cells) == 1 and text.endswith(quote) and text.count(quote) == 1


def _cut(misfit: Misfit, dialect: Dialect) -> list[str]:
    used = dialect
    if misfit.is_open:
        used = Dialect(dialect.separator, "", False, dialect.wide_spaces)
    return cut_cells(misfit.text, used)


def _count(number: int) -> str:
    return f"{number:,} cell{'' if number == 1 else 's'}"


def _put_aside(misfit: Misfit, reason: str) -> SetAside:
    return SetAside(misfit.line + 1, misfit.text[:LONGEST_TEXT], reason)


def _is_footer(
    misfit: Misfit,
    cells: Sequence[str],
    kinds: Sequence[Kind],
    cut: Sequence[tuple[Misfit, list[str]]],
) -> bool:
    """Whether a line below the last row is a remark rather than a damaged row."""
    if misfit.is_open:
        return False
    if len(kinds) > 1 and len(cells) > 1:
        is_row = kinds[0] not in ("text", "missing") and kind_of(cells[0]) == kinds[0]
        alike = sum(kind_of(cell) == kind for cell, kind in zip(cells, kinds, strict=False) if cell)
        return not is_row and alike < 0.5 * max(sum(map(bool, cells)), 1)
    return not (kinds[0] in _TIMES and kind_of(re.split(r"[;,\t|]", cells[0])[0]) == kinds[0])


def _matches(cells: Sequence[str], kinds: Sequence[Kind], has_empty: Sequence[bool]) -> bool:
    """Whether cells agree, and none is empty where the column has no empty one."""
    return agrees(cells, kinds) and all(
        cell or may for cell, may in zip(cells, has_empty, strict=False)
    )


def _is_filled_regularly(
    short: Sequence[Sequence[str]],
    body: Body,
    width: int,
    kinds: Sequence[Kind],
    dialect: Dialect,
) -> bool:
    """Whether the program that wrote the file leaves out empty cells at the end of rows.

    A cell that is missing in the middle must not pass for that: what is left has to look like
    its columns, and a column that was left out must not look like the one before it.
    """
    short = [cells for cells in short if any(cells) and agrees(cells, kinds) and len(cells) > 1]
    number = len(short)
    if dialect.separator == " " or number < 3 or number < 0.03 * (len(body.lines) + number):
        return False
    doubtful = sum(
        kinds[len(cells)] == kinds[len(cells) - 1] or "text" in kinds[: len(cells)]
        for cells in short
    )
    return doubtful == 0 or (number >= 5 and number >= 0.2 * (len(body.lines) + number))


def sort_rows(body: Body, lines: Lines, heading: Heading, comment: str, found: Sorted) -> None:
    """Decide on rows of the right width that hold words where numbers and times stand."""
    kinds = heading.kinds
    typed = [at for at, kind in enumerate(kinds) if kind in ("number", *_TIMES)]
    count = body.table.num_rows
    if not count or not heading.width:
        return
    times = [at for at in typed if kinds[at] in _TIMES]
    looked = set(range(max(0, count - (3 if typed else _LONGEST_NOTES)), count))
    if typed:
        key = body.table.column((times or typed)[0])
        signs = find_first_signs(key)
        undigited = np.flatnonzero((signs < ord("0")) | (signs > ord("9")))
        key = (
            pc.take(key, pa.array(undigited)) if len(undigited) else pa.array([], pa.large_string())
        )
        for pattern, most in ((r"^[^\pL]*\d", _MOST_NAMED), (r"\d", MOST_LOOKED_AT)):
            odd = pc.invert(pc.fill_null(pc.match_substring_regex(key, pattern), False))
            places = undigited[np.flatnonzero(odd.to_numpy(zero_copy_only=False))]
            if len(places) <= most:
                looked |= set(places.tolist())
                break
    if comment:
        marked = pc.fill_null(pc.starts_with(body.table.column(0), comment), False)
        looked |= set(
            np.flatnonzero(marked.to_numpy(zero_copy_only=False)).tolist()[:MOST_LOOKED_AT]
        )
    names = [name for name in heading.names if name]
    for place in _find_repeated(body, heading):
        found.dropped.append(place)
        found.leave_out("repeated_header", int(body.lines[place]))
    order = sorted(looked.difference(found.dropped))
    notes = set() if typed else _find_notes(body)
    has_untimed = bool(times) and body.table.column(times[0]).null_count > 1
    for place, cells in zip(order, take_cells(body.table, order), strict=True):
        line = int(body.lines[place])
        kind = _sort_row(cells, typed, times, names, comment, is_last=place >= count - 3)
        if kind is None and times and place == count - 1 and not has_untimed:
            kind = "untimed" if not cells[times[0]] and count > 3 else None
        if kind is None and not typed and place in notes:
            kind = "note"
        if kind is None and len(typed) == 1 < len(cells) and all(map(_is_word, cells)):
            kind = "words" if _is_below_blank(lines, line) else None
        if kind is None:
            continue
        if kind == "words" and place > 0 and _is_below_blank(lines, line):
            _set_rest_aside(body, lines, place, found)
            return
        found.dropped.append(place)
        if kind in ("comments", "rulers", "repeated_header"):
            found.leave_out(kind, line)
        else:
            reason = _REASONS[kind]
            text = " ".join(lines.text(line, line + 1))
            found.set_aside.append(SetAside(line + 1, text[:LONGEST_TEXT], reason))


def _find_notes(body: Body) -> set[int]:
    """Return the places of the last rows if they hold one text each, as no row above them does."""
    count = body.table.num_rows
    first = max(0, count - 2 * _LONGEST_NOTES)
    if body.table.num_columns < _FEWEST_BESIDE_NOTES:
        return set()
    filled = [sum(map(bool, cells)) for cells in take_cells(body.table, range(first, count))]
    number = 0
    while number < len(filled) and filled[-1 - number] == 1:
        number += 1
    is_apart = number <= _LONGEST_NOTES and 1 not in filled[: len(filled) - number]
    return set(range(count - number, count)) if is_apart and number < count else set()


def _find_repeated(body: Body, heading: Heading) -> list[int]:
    """Return the places of rows that are the header again."""
    named = [at for at, name in enumerate(heading.names[: heading.width]) if name]
    places: np.ndarray | None = None
    for at in named:
        column = body.table.column(at)
        if places is not None:
            column = column.take(pa.array(places))
        again = pc.fill_null(pc.equal(column, heading.names[at]), False)
        found = np.flatnonzero(again.to_numpy(zero_copy_only=False))
        places = found if places is None else places[found]
        if not len(places):
            return []
    return [] if places is None else places.tolist()


def _sort_row(
    cells: Sequence[str],
    typed: Sequence[int],
    times: Sequence[int],
    names: Sequence[str],
    comment: str,
    *,
    is_last: bool,
) -> str | None:
    if comment and cells[0].startswith(comment):
        return "comments"
    if is_ruler(cells):
        return "rulers"
    filled = [cell for cell in cells if cell]
    if names and filled == list(names):
        return "repeated_header"
    key = cells[times[0]] if times else ""
    is_timed = bool(times) and kind_of(key) in _TIMES
    first = next((cell for cell in filled if kind_of(cell) == "text"), "")
    if _TOTAL.fullmatch(first) and not is_timed and (times or is_last) and len(cells) > 1:
        return "total"
    seen = [kind_of(cells[at]) for at in typed if cells[at]]
    seen = [kind for kind in seen if kind != "missing"]
    if len(typed) > 1 and seen and seen.count("text") > 0.5 * len(seen):
        return "words"
    return None


def _is_word(cell: str) -> bool:
    return kind_of(cell) == "text"


def _is_below_blank(lines: Lines, line: int) -> bool:
    return line > 0 and not lines.text(line - 1, line)[0].strip()


def _set_rest_aside(body: Body, lines: Lines, place: int, found: Sorted) -> None:
    """Set a second table aside, from its header on."""
    for row in range(place, body.table.num_rows):
        line = int(body.lines[row])
        found.dropped.append(row)
        if row - place < 1_000:
            text = " ".join(lines.text(line, line + 1))
            found.set_aside.append(SetAside(line + 1, text[:LONGEST_TEXT], "another table below"))
        else:
            found.set_aside.append(SetAside(line + 1, "", "another table below"))
    found.leave_out("second_table", int(body.lines[place]))


def to_table(rows: Sequence[Sequence[str]], width: int) -> pa.Table:
    """Make a table like the body's of mended rows."""
    return pa.table(
        {
            str(at): pa.array([row[at] or None for row in rows], pa.large_string())
            for at in range(width)
        }
    )
