"""Tables in random dialects with random damage: the table, or the damaged line by its name."""

from __future__ import annotations

import random
from collections.abc import Callable, Sequence

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from lstm_core.data.reading.rows.reading import read_rows
from lstm_core.data.reading.table import Rows
from lstm_core.errors import DataError
from lstm_core.spec.reading import ReadingPlan

SEPARATORS = [",", ";", "\t", "|", "||", "^", "~"]
NOTES = ["fine", "so, so; or |", 'he said "no"', "", "a longer text with blanks", "it's ok"]
Cells = list[str]


def make_table(chance: random.Random) -> tuple[Cells, list[Cells]]:
    """Return names and rows as programs write them."""
    number = chance.choice([6, 15, 40])
    names = ["day", "shop", "load", "price", "note"][: chance.choice([3, 4, 5])]
    decimal = chance.choice([".", ","])
    rows = []
    for at in range(number):
        row = [f"2024-{1 + at // 28:02}-{1 + at % 28:02}", "ABC"[at % 3], str(100 + at)]
        row += [f"{at * 1.37:.2f}".replace(".", decimal), NOTES[chance.randrange(len(NOTES))]]
        rows.append(row[: len(names)])
    return names, rows


def write(row: Cells, separator: str, quote: str, always: bool) -> str:
    cells = []
    for cell in row:
        needs = separator in cell or quote in cell or separator[0] in cell
        doubled = cell.replace(quote, quote * 2)
        cells.append(f"{quote}{doubled}{quote}" if always or needs else cell)
    return separator.join(cells)


def _drop_separator(cells: Cells, separator: str, at: int) -> str:
    at = min(at, len(cells) - 2)
    return separator.join([*cells[:at], cells[at] + cells[at + 1], *cells[at + 2 :]])


def _double_separator(cells: Cells, separator: str, at: int) -> str:
    return separator.join([*cells[: at + 1], "", *cells[at + 1 :]])


def _drop_cell(cells: Cells, separator: str, at: int) -> str:
    return separator.join([*cells[:at], *cells[at + 1 :]])


def _open_quote(cells: Cells, separator: str, at: int) -> str:
    return separator.join([*cells[:at], f'"{cells[at]}', *cells[at + 1 :]])


def _other_separator(cells: Cells, separator: str, at: int) -> str:
    return (";" if separator != ";" else "\t").join(cells)


def _repeat(cells: Cells, separator: str, at: int) -> str:
    return separator.join([*cells, *cells])


def _cut_off(cells: Cells, separator: str, at: int) -> str:
    return cells[0]


DAMAGES: Sequence[Callable[[Cells, str, int], str]] = [
    _drop_separator,
    _double_separator,
    _drop_cell,
    _open_quote,
    _other_separator,
    _repeat,
    _cut_off,
]


def told_lines(rows: Rows) -> set[int]:
    named = {line for remark in rows.remarks for line in remark.lines}
    return named | {each.line for each in rows.set_aside}


def check(seed: int) -> None:
    chance = random.Random(seed)
    names, table = make_table(chance)
    separator = chance.choice(SEPARATORS)
    always = chance.random() < 0.3
    above = chance.choice([[], ["A report", "made by hand", ""], ["# a remark", "# and one more"]])
    below = chance.choice([[], [], ["", "Source: the office"]])
    lines = [write(row, separator, '"', always) for row in [names, *table]]
    damaged = None
    if chance.random() < 0.8:
        damaged = chance.randrange(len(table))
        cells = [write([cell], separator, '"', always) for cell in table[damaged]]
        damage = chance.choice(DAMAGES)
        lines[damaged + 1] = damage(cells, separator, chance.randrange(len(cells)))
    end = chance.choice(["\n", "\r\n", "\r"])
    content = end.join([*above, *lines, *below]) + chance.choice(["", end])
    encoding = chance.choice(["utf-8", "utf-8-sig", "utf-16"])
    rows = read_rows(content.encode(encoding), "table.csv", ReadingPlan())
    assert list(rows.frame.columns) == names, content
    read = dict(zip(rows.lines.tolist(), rows.frame.fillna("").to_numpy().tolist(), strict=True))
    first = len(above) + 2
    for at, row in enumerate(table):
        found = read.pop(first + at, None)
        if found == row:
            continue
        assert at == damaged, (content, row, found)
        assert found is None, (content, row, found)
        assert first + at in told_lines(rows), content
    assert not read, (content, read)
    again = read_rows(content.encode(encoding), "table.csv", rows.plan)
    assert again.frame.equals(rows.frame), content


@given(st.integers(0, 10**9))
@settings(max_examples=150, deadline=None, suppress_health_check=list(HealthCheck))
def test_the_table_or_the_damaged_line(seed: int) -> None:
    check(seed)


@pytest.mark.slow
@given(st.integers(0, 10**9))
@settings(max_examples=4_000, deadline=None, suppress_health_check=list(HealthCheck))
def test_the_table_or_the_damaged_line_at_length(seed: int) -> None:
    check(seed)


JUNK = st.one_of(
    st.binary(max_size=400),
    st.text(alphabet=',;\t|"\'\n 0123456789.-#ab\x00é=[]{}@<>', max_size=300).map(str.encode),
    st.tuples(
        st.sampled_from(
            [b"PK\x03\x04", b"\x1f\x8b\x08", b"BZh9", b"\xfd7zXZ\0", b"PAR1", b"ARROW1", b"<html>",
             b"<?xml ", b'{"a":', b'[{"a":', b"@relation x\n@attribute a numeric\n@data\n",
             b"@relation x\n@frequency daily\n@data\n", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1",
             b"\xff\xfe", b"\xfe\xff", b"\xef\xbb\xbf", b"sep=;\n", b"# \n"]
        ),
        st.binary(max_size=200),
    ).map(b"".join),
)  # fmt: skip


def read_junk(content: bytes) -> None:
    try:
        rows = read_rows(content, "junk.csv", ReadingPlan())
    except DataError as error:
        if error.what and error.remedy:
            return
        raise
    assert len(rows.lines) == len(rows.frame)
    assert rows.frame.columns.is_unique


@given(JUNK)
@settings(max_examples=300, deadline=None, suppress_health_check=list(HealthCheck))
def test_junk_is_refused_or_read(content: bytes) -> None:
    read_junk(content)


@pytest.mark.slow
@given(JUNK)
@settings(max_examples=10_000, deadline=None, suppress_health_check=list(HealthCheck))
def test_junk_is_refused_or_read_at_length(content: bytes) -> None:
    read_junk(content)
