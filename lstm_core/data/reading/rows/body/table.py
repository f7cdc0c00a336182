"""The table in a text, wherever in it and however it is written."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

import numpy as np
import pandas as pd
import pyarrow as pa

from lstm_core.data.reading.rows.body.comments import find_comment, uncover_header
from lstm_core.data.reading.rows.body.foreign_marks import sort_foreign_marks
from lstm_core.data.reading.rows.body.groups import NOWHERE, add_groups
from lstm_core.data.reading.rows.body.heading import Heading, find_heading
from lstm_core.data.reading.rows.body.lines import Lines, find_lines
from lstm_core.data.reading.rows.body.misfits import sort_misfits, sort_rows, to_table
from lstm_core.data.reading.rows.body.names import name_columns
from lstm_core.data.reading.rows.body.parsing import Body, parse
from lstm_core.data.reading.rows.body.sorting import Sorted
from lstm_core.data.reading.rows.body.stray_quotes import sort_stray_quotes
from lstm_core.data.reading.rows.body.telling import tell
from lstm_core.data.reading.rows.body.trimming import has_blanks_around, trim
from lstm_core.data.reading.rows.dialect.cutting import Dialect, cut_records
from lstm_core.data.reading.rows.dialect.finding import assume_quotes, find_dialect
from lstm_core.data.reading.rows.dialect.ruled import INNER, cut_at_ruler
from lstm_core.data.reading.rows.text.decoding import Text, decode
from lstm_core.data.reading.table import Rows
from lstm_core.data.reading.telling import MOST_SET_ASIDE, Remark
from lstm_core.errors import DataError
from lstm_core.spec.reading import SPACES, ReadingPlan

MOST_COLUMNS = 20_000
_NUM_HEAD = 300
_NUM_ELSEWHERE = 100
_FEWEST_HEAD = 6
_LONGEST_HEAD = 1_000_000
_NUM_SHOWN = 50
_LONGEST_SHOWN = 500
_FRAMES = dict.fromkeys("│┃║", b"|") | dict.fromkeys("─━═", b"-")
_FRAMES |= dict.fromkeys("┌┬┐├┼┤└┴┘╔╦╗╠╬╣╚╩╝", b"+")
_STAMPED = re.compile(rb"(?:\n\d{9,10}:[ \t].*){3}")
"""Lines that begin with seconds and a colon, as rrdtool writes them."""
_END_OF_HEADER = re.compile(r"\W*end[ _]?(?:of[ _]?)?header\W*", re.IGNORECASE)


def read_text(content: bytes, name: str, plan: ReadingPlan) -> Rows:
    """Return the rows of a text.

    Raises:
        DataError: it is no text, or no table is in it.
    """
    text = decode(content, name, plan.encoding)
    return read_decoded(text, name, plan)[0]


def read_decoded(text: Text, name: str, plan: ReadingPlan) -> tuple[Rows, list[int]]:
    """Return the rows of a text in UTF-8, and the place of each column among the cells."""
    if not re.search(rb'[^\s,;|"]', text.data):
        raise DataError(
            f'The file "{name[:80]}" is empty.', "Choose a file with a header and rows."
        )
    data = _undress(text.data)
    lines = find_lines(data, name)
    count = len(lines)
    last = count - (plan.skip_bottom or 0)
    num_head = min(_NUM_HEAD, max(last, 0), _count_head(lines))
    head = lines.text(0, num_head)
    said, separator = _find_separator_line(head)
    separator = plan.separator if plan.separator is not None else separator
    comment = plan.comment if plan.comment is not None else find_comment(head, lines, last)
    top = max(said, _find_end_of_header(head) if plan.skip_top is None else 0)
    sample = _take_sample(lines, head, top, last, comment, plan.skip_top or 0)
    dialect = find_dialect(sample, separator, plan.quote)
    if plan.quote is None and not dialect.quote and b'"' in data:
        dialect = assume_quotes(sample, dialect)
    if dialect.separator and dialect.separator != SPACES:
        _check_width(max((line.count(dialect.separator) for line in sample[:5]), default=0), name)
    used = dialect
    ruled = cut_at_ruler(data) if dialect.separator == SPACES else None
    if ruled is not None:
        data, used = ruled, Dialect(INNER)
        lines = find_lines(data, name)
    shown = head
    head = lines.text(0, num_head)
    heading = _find_heading(lines, head, top, last, used, comment, plan)
    _check_width(heading.width, name)
    first = min(heading.first_line, max(last, 0))
    body = parse(lines, first, max(last, first), used, heading.width)
    if has_blanks_around(data, used):
        body = replace(body, table=trim(body.table))
    found = sort_misfits(body, heading, used, comment, finds_footer=plan.skip_bottom is None)
    sort_stray_quotes(body, lines, heading, used, found)
    sort_foreign_marks(body, lines, heading, used, found)
    sort_rows(body, lines, heading, comment, found)
    frame, row_lines = _assemble(body, found, heading.width)
    names, name_remarks, kept = _name(frame, heading)
    frame = frame.iloc[:, kept].set_axis(names, axis=1)
    grouped = add_groups(frame, row_lines, used, found)
    if len(grouped.columns) > len(frame.columns):
        frame, kept = grouped, [NOWHERE, *kept]
    skip_bottom = plan.skip_bottom or 0
    if found.footer is not None:
        skip_bottom = count - found.footer
    filled = plan.fill(
        encoding=text.encoding,
        separator=dialect.separator,
        quote=dialect.quote,
        skip_top=heading.skip_top,
        skip_bottom=skip_bottom,
        header_rows=heading.header_rows,
        comment=comment,
    )
    told = tell(heading, dialect, found, said)
    found.set_aside.sort(key=lambda each: each.line)
    if ruled is not None:
        found.set_aside = [
            replace(each, text=each.text.replace(INNER, "  ")) for each in found.set_aside
        ]
    rows = Rows(
        frame,
        row_lines + 1,
        filled,
        head=tuple(line[:_LONGEST_SHOWN] for line in shown[:_NUM_SHOWN]),
        set_aside=tuple(found.set_aside[:MOST_SET_ASIDE]),
        num_set_aside=len(found.set_aside),
        remarks=(*text.remarks, *told, *name_remarks),
        questions=text.questions,
    )
    return rows, kept


def _check_width(width: int, name: str) -> None:
    if width > MOST_COLUMNS:
        raise DataError(
            f'The table "{name[:80]}" has more than {MOST_COLUMNS:,} columns.',
            "Choose the columns that matter, or bring it as a long table: a row for each time.",
        )


def _count_head(lines: Lines) -> int:
    """Return how many lines are looked at closely: fewer where they are long."""
    return max(int(np.searchsorted(lines.starts, _LONGEST_HEAD)), _FEWEST_HEAD)


def _undress(data: bytes) -> bytes:
    """Take off what programs put around cells: ``="1,5"``, and blanks before quotation marks."""
    head = data[:200_000]
    if len(re.findall(rb'(?m)(?:^|[,;\t|])="', head)) > 1:
        data = re.sub(rb'(?m)(^|[,;\t|])="', rb'\1"', data)
    if "│".encode() in head:
        for sign, plain in _FRAMES.items():
            data = data.replace(sign.encode(), plain)
    data = re.sub(rb"(?m)^(\d{9,10}):(?=[ \t])", rb"\1", data) if _STAMPED.search(head) else data
    quoted = re.findall(rb'(?m)^[^"\n]*"', head)
    spaced = [begin for begin in quoted if re.search(rb'[,;\t|] +"$', begin)]
    if spaced and len(spaced) > 0.5 * len(quoted):
        data = re.sub(rb'([,;\t|]) +"', rb'\1"', data)
    return data


def _find_separator_line(head: Sequence[str]) -> tuple[int, str | None]:
    """Return how many lines, none or one, say what the separator is, and what they say."""
    found = re.fullmatch(r'"?sep=(.|\\t)?"?', head[0].strip(" \n"), re.IGNORECASE) if head else None
    if found is None:
        return 0, None
    mark = {"\\t": "\t"}.get(found.group(1) or "", found.group(1))
    is_used = mark is not None and any(mark in line for line in head[1:])
    return 1, mark if is_used else None


def _find_end_of_header(head: Sequence[str]) -> int:
    """Return how many lines there are up to the last one that says that a header ends there."""
    ends = [at for at, line in enumerate(head, start=1) if _END_OF_HEADER.fullmatch(line)]
    return ends[-1] if ends and ends[-1] < len(head) else 0


def _take_sample(
    lines: Lines, head: Sequence[str], said: int, last: int, comment: str, skip_top: int
) -> list[str]:
    """Return lines of the beginning, the middle and the end, without remarks."""
    taken = list(head[max(said, skip_top) :])
    if last > len(head):
        middle = max(len(head), last // 2)
        taken = taken[:100]
        taken += lines.text(middle, min(middle + 30, last))
        taken += lines.text(max(last - 30, middle + 30), last)
    if comment:
        taken = [line for line in taken if not line.lstrip().startswith(comment)] or taken
    return taken


def _find_heading(
    lines: Lines,
    head: Sequence[str],
    said: int,
    last: int,
    dialect: Dialect,
    comment: str,
    plan: ReadingPlan,
) -> Heading:
    top = list(head[said:])
    if comment:
        top = uncover_header(top, comment, dialect)
    records = cut_records(top, dialect, said)
    rest = []
    if last > len(head) >= _NUM_HEAD:
        middle = max(len(head), last // 2)
        for begin in (middle, max(last - _NUM_ELSEWHERE, middle + _NUM_ELSEWHERE)):
            some = lines.text(begin, min(begin + _NUM_ELSEWHERE, last))
            if comment:
                some = ["" if line.lstrip().startswith(comment) else line for line in some]
            rest += cut_records(some, dialect, begin)
    return find_heading(records, rest, skip_top=plan.skip_top, header_rows=plan.header_rows)


def _assemble(body: Body, found: Sorted, width: int) -> tuple[pd.DataFrame, np.ndarray]:
    """Put the mended rows between the others, and leave out the dropped ones."""
    table, lines = body.table, body.lines
    if found.dropped:
        kept = np.ones(len(lines), bool)
        kept[found.dropped] = False
        table, lines = table.filter(pa.array(kept)), lines[kept]
    if found.mended:
        more = to_table([cells for _, cells in found.mended], width)
        table = pa.concat_tables([table, more])
        lines = np.concatenate([lines, [line for line, _ in found.mended]]).astype(np.int64)
        order = np.argsort(lines, kind="stable")
        table, lines = table.take(pa.array(order)), lines[order]
    frame = table.to_pandas()
    return frame.astype("str") if frame.empty else frame, lines


def _name(frame: pd.DataFrame, heading: Heading) -> tuple[list[str], list[Remark], list[int]]:
    """Name the columns; those with neither a name nor a value go."""
    width = heading.width
    names = list(heading.names)
    if names and names[-1] == "" and heading.num_named == width - 1 and _counts_up(frame):
        names = ["", *names[:-1]]  # as R writes it: the rows' numbers have no name
    kept = [
        at
        for at in range(width)
        if (names and at < len(names) and names[at]) or not frame.iloc[:, at].isna().all()
    ]
    kept = kept or list(range(width))
    line = heading.header_lines[-1] + 1 if heading.header_lines else None
    if not names:
        given, remarks = name_columns([], width)
        return [given[at] for at in kept], remarks, kept
    given, remarks = name_columns([names[at] for at in kept], len(kept), line)
    return given, remarks, kept


def _counts_up(frame: pd.DataFrame) -> bool:
    """Whether the first column numbers the rows, and the last one holds something."""
    first = pd.to_numeric(frame.iloc[:50, 0], errors="coerce")
    return (
        len(first) > 0
        and bool(first.notna().all())
        and bool((first.diff().dropna() == 1).all())
        and not frame.iloc[:, -1].isna().all()
    )
