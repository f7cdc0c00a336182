"""Cut the rows of a text into columns: pyarrow for all that is even, by hand for what is not."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.csv

from lstm_core.data.reading.rows.body.lines import (
    Held,
    Lines,
    find_even,
    find_held,
    find_marked,
    find_odd,
)
from lstm_core.data.reading.rows.dialect.cutting import Dialect
from lstm_core.spec.reading import SPACES

_BLOCK = 8_000_000
_CHUNK = 2_000_000
_INNER = b"\x1f"
_MOST_PARTS = 500
_NUM_LAST = 5


@dataclass(frozen=True)
class Misfit:
    """A record of another width than the table's; ``line`` from 0."""

    line: int
    text: str
    is_open: bool = False


@dataclass(frozen=True)
class Body:
    """The rows of the usual width.

    Attributes:
        table: large strings, null for an empty cell; named by number.
        lines: int64; the line that each row begins on, from 0.
        misfits: records of another width, by line.
        empty: lines of separators alone.
    """

    table: pa.Table
    lines: np.ndarray
    misfits: tuple[Misfit, ...]
    empty: tuple[int, ...] = ()


def parse(lines: Lines, first: int, last: int, dialect: Dialect, width: int) -> Body:
    """Cut the lines from ``first`` to ``last``, the latter not among them."""
    odd = find_odd(lines, first, last, dialect)
    held = find_even(lines, odd, dialect, width)
    if held is not None:
        body = _parse(lines, first, last, dialect, width, held)
        if body is not None and not body.misfits:
            return body
    held = find_held(lines, odd, last, dialect, width)
    body = _parse(lines, first, last, dialect, width, held)
    if body is None:  # a mark is left open on a line where their number is even
        marked = find_marked(lines, first, last, dialect)
        held = find_held(lines, marked, last, dialect, width)
        body = _parse(lines, first, last, dialect, width, held)
        body = body or _parse_in_parts(lines, first, last, dialect, width, held)
    if body is None:
        nothing = np.empty(0, np.int64)
        plain = Dialect(dialect.separator, "", False, dialect.wide_spaces)
        body = _parse(lines, first, last, plain, width, Held(nothing, nothing))
    if body is None:
        raise AssertionError("lines without quotation marks are records")
    return body


def _parse_in_parts(
    lines: Lines, first: int, last: int, dialect: Dialect, width: int, held: Held
) -> Body | None:
    """Cut the lines but for the few records that make pyarrow lose count; None if they are many.

    A quotation mark behind a blank, in a cell over several lines, is one that it doesn't see.
    """
    begins = np.ones(last - first, bool)
    begins[held.continued - first] = False
    starts = np.append(np.flatnonzero(begins) + first, last)
    waiting, bodies, tries = [(0, len(starts) - 1)], [], 0
    while waiting:
        low, high = waiting.pop()
        tries += 1
        if tries > _MOST_PARTS:
            return None
        begin, end = int(starts[low]), int(starts[high])
        inside = Held(_within(held.continued, begin, end), _within(held.broken, begin, end))
        body = _parse(lines, begin, end, dialect, width, inside)
        if body is not None:
            bodies.append(body)
        elif high - low > 1:
            middle = (low + high) // 2
            waiting += [(middle, high), (low, middle)]
        else:
            text = "\n".join(lines.text(begin, end))
            bodies.append(_hold_apart(Misfit(begin, text), width))
    return Body(
        pa.concat_tables([body.table for body in bodies]),
        np.concatenate([body.lines for body in bodies]),
        tuple(misfit for body in bodies for misfit in body.misfits),
        tuple(line for body in bodies for line in body.empty),
    )


def _within(numbers: np.ndarray, begin: int, end: int) -> np.ndarray:
    return numbers[(numbers >= begin) & (numbers < end)]


def _hold_apart(misfit: Misfit, width: int) -> Body:
    nothing = pa.table({str(at): pa.array([], pa.large_string()) for at in range(width)})
    return Body(nothing, np.empty(0, np.int64), (misfit,))


def _parse(
    lines: Lines, first: int, last: int, dialect: Dialect, width: int, held: Held
) -> Body | None:
    content = _without(lines, first, last, held.broken)
    content, mark = _simplify(content, dialect)
    begins = np.ones(last - first, bool)
    begins[np.concatenate([held.broken, held.continued]) - first] = False
    starts = np.flatnonzero(begins) + first
    broken = [Misfit(int(at), lines.text(at, at + 1)[0], True) for at in held.broken.tolist()]
    block = _find_block(lines, held)
    table: pa.Table | None = None
    wrong: list[tuple[int, str]] = []
    if len(content) > block and _ends_evenly(lines, first, last, dialect, width):
        table = _cut_evenly(content, mark, dialect, width, block, held)
    if table is None:
        table, wrong = _cut(content, mark, dialect, width, block, held)
    if table.num_rows + len(wrong) != len(starts):
        return None
    numbers = np.array([number - 1 for number, _ in wrong], dtype=np.int64)
    misfits = [Misfit(int(starts[number - 1]), _restore(text, dialect)) for number, text in wrong]
    table = _restore_table(table, dialect)
    kept = np.delete(starts, numbers) if len(numbers) else starts
    empty = _find_empty(table)
    blank: tuple[int, ...] = ()
    if empty is not None:
        sizes = np.diff(lines.starts)[kept[empty]]
        blank = tuple(kept[empty][sizes > 1].tolist())
        table, kept = table.filter(pa.array(~empty)), kept[~empty]
    misfits = sorted([*misfits, *broken], key=lambda misfit: misfit.line)
    return Body(table, kept, tuple(misfits), blank)


def _cut_evenly(
    content: memoryview | bytes, mark: str, dialect: Dialect, width: int, block: int, held: Held
) -> pa.Table | None:
    """Cut the records on all cores; None where one has another width, of which none can be lost.

    Only one core after the other counts the records, so that it can say which one is wrong.
    """
    try:
        return _cut_table(
            content, mark, dialect, width, block, held, lambda _: "error", use_threads=True
        )
    except pa.ArrowInvalid:
        return None


def _cut(
    content: memoryview | bytes, mark: str, dialect: Dialect, width: int, block: int, held: Held
) -> tuple[pa.Table, list[tuple[int, str]]]:
    """Cut the records; also return number, from 1, and text of those of another width."""
    wrong: list[tuple[int, str]] = []

    def note(row: Any) -> str:
        wrong.append((row.number, row.text))
        return "skip"

    table = _cut_table(content, mark, dialect, width, block, held, note, use_threads=False)
    return table, wrong


def _cut_table(
    content: memoryview | bytes,
    mark: str,
    dialect: Dialect,
    width: int,
    block: int,
    held: Held,
    note: Callable[[Any], str],
    *,
    use_threads: bool,
) -> pa.Table:
    names = [str(number) for number in range(width)]
    if not len(content):
        return pa.table({each: pa.array([], pa.large_string()) for each in names})
    return pyarrow.csv.read_csv(
        pa.BufferReader(pa.py_buffer(content)),
        read_options=pyarrow.csv.ReadOptions(
            column_names=names, block_size=block, use_threads=use_threads
        ),
        parse_options=pyarrow.csv.ParseOptions(
            delimiter=mark,
            quote_char=dialect.quote or False,
            escape_char="\\" if dialect.escape else False,
            newlines_in_values=len(held.continued) > 0,
            ignore_empty_lines=False,
            invalid_row_handler=note,
        ),
        convert_options=pyarrow.csv.ConvertOptions(
            column_types=dict.fromkeys(names, pa.large_string()),
            strings_can_be_null=True,
            null_values=[""],
            quoted_strings_can_be_null=True,
        ),
    )


def _ends_evenly(lines: Lines, first: int, last: int, dialect: Dialect, width: int) -> bool:
    """Whether the last lines are as wide as the table: notes below it are its usual misfits."""
    if len(dialect.separator) != 1:
        return True
    some = lines.text(max(last - _NUM_LAST, first), last)
    plain = [line for line in some if not dialect.quote or dialect.quote not in line]
    return all(line.count(dialect.separator) == width - 1 for line in plain)


def _without(lines: Lines, first: int, last: int, broken: np.ndarray) -> memoryview | bytes:
    """Return the bytes of the lines but for the broken ones."""
    view = memoryview(lines.data)
    begin, end = int(lines.starts[first]), min(int(lines.starts[last]), len(lines.data))
    if not len(broken):
        return view[begin:end]
    pieces, at = [], begin
    for line in broken.tolist():
        pieces.append(view[at : int(lines.starts[line])])
        at = min(int(lines.starts[line + 1]), end)
    pieces.append(view[at:end])
    return b"".join(pieces)


def _simplify(content: memoryview | bytes, dialect: Dialect) -> tuple[memoryview | bytes, str]:
    """Make a separator of several signs, or of blanks, one sign."""
    separator = dialect.separator
    if len(separator) == 1 and separator.isascii():
        return content, separator
    if separator == "":
        return content, "\x1f"
    plain = bytes(content)
    if separator != SPACES:
        return plain.replace(separator.encode(), _INNER), "\x1f"
    pieces = [_cut_at_blanks(plain[begin:end], dialect) for begin, end in _chunks(plain)]
    return b"".join(pieces), "\x1f"


def _chunks(content: bytes) -> Iterator[tuple[int, int]]:
    """Yield where pieces of whole lines begin and end: all at once would take a lot of memory."""
    begin = 0
    while begin < len(content):
        end = content.find(b"\n", begin + _CHUNK) + 1
        end = end if end > 0 else len(content)
        yield begin, end
        begin = end


def _cut_at_blanks(plain: bytes, dialect: Dialect) -> bytes:
    plain = re.sub(rb"(?m)^[ \t]+|[ \t]+$", b"", plain)
    blanks = rb"[ \t]{2,}|\t" if dialect.wide_spaces else rb"[ \t]+"
    quote = re.escape(dialect.quote.encode())
    if quote and dialect.quote.encode() in plain:
        pattern = rb"(" + quote + rb"[^" + quote + rb"\n]*" + quote + rb")|" + blanks
        return re.sub(pattern, lambda found: found.group(1) or _INNER, plain)
    return re.sub(blanks, _INNER, plain)


def _restore(text: str, dialect: Dialect) -> str:
    if len(dialect.separator) == 1:
        return text
    inner = {"": "\x1f", SPACES: "  "}.get(dialect.separator, dialect.separator)
    return text.replace("\x1f", inner)


def _restore_table(table: pa.Table, dialect: Dialect) -> pa.Table:
    """Put a separator of several signs back where it stood in quotation marks."""
    if len(dialect.separator) < 2 or dialect.separator == SPACES or not dialect.quote:
        return table
    columns = [pc.replace_substring(column, "\x1f", dialect.separator) for column in table.columns]
    return pa.table(columns, names=table.column_names)


def _find_block(lines: Lines, held: Held) -> int:
    longest = int(np.diff(lines.starts).max(initial=0))
    if len(held.continued):
        # Runs of lines that go on belong to one record.
        runs = np.split(held.continued, np.flatnonzero(np.diff(held.continued) > 1) + 1)
        spans = [int(lines.starts[run[-1] + 1] - lines.starts[max(run[0] - 1, 0)]) for run in runs]
        longest = max(longest, *spans)
    return min(max(_BLOCK, 2 * longest + 1_024), 2**31 - 1)


def _find_empty(table: pa.Table) -> np.ndarray | None:
    """Return which rows hold nothing at all; None where each holds something."""
    if not table.num_columns or not table.column(0).null_count:
        return None
    candidates = np.flatnonzero(pc.is_null(table.column(0)).to_numpy())
    for column in table.columns[1:]:
        if not len(candidates):
            return None
        rest = pc.is_null(pc.take(column, pa.array(candidates))).to_numpy(zero_copy_only=False)
        candidates = candidates[rest]
    if not len(candidates):
        return None
    empty = np.zeros(table.num_rows, bool)
    empty[candidates] = True
    return empty


def take_cells(table: pa.Table, rows: Sequence[int]) -> list[list[str]]:
    """Return the cells of some rows, empty ones as ``""``.

    They are taken from one piece of the table after another: pyarrow would join the pieces first.
    """
    wanted, begin = np.asarray(rows, np.int64), 0
    found: dict[int, list[str]] = {}
    for piece in table.to_batches():
        places = wanted[(wanted >= begin) & (wanted < begin + len(piece))]
        if len(places):
            taken = piece.take(pa.array(places - begin))
            columns = [[cell or "" for cell in column.to_pylist()] for column in taken.columns]
            found |= zip(places.tolist(), map(list, zip(*columns, strict=True)), strict=True)
        begin += len(piece)
    return [found[int(place)] for place in wanted]
