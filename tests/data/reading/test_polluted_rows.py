"""One table, its file changed in one way each: the same table, or the line by its name."""

from __future__ import annotations

import pytest

from lstm_core.data.reading.rows.reading import read_rows
from lstm_core.data.reading.table import Rows
from lstm_core.spec.reading import ReadingPlan

NAMES = ["day", "clock", "amount", "what", "remark"]
ROWS = [
    [f"{1 + at % 28:02}-01-2003", f"{at % 24:02}:30:00", f"{at}.5", "nails, long", "one\ntwo"]
    for at in range(30)
]


def write(separator: str = ",", quote: str = '"') -> list[str]:
    def cell(text: str) -> str:
        held = any(mark in text for mark in (separator[0], quote, "\n"))
        return f"{quote}{text}{quote}" if held else text

    return [separator.join(map(cell, row)) for row in [NAMES, *ROWS]]


def read(lines: list[str]) -> Rows:
    return read_rows(("\r\n".join(lines) + "\r\n").encode(), "table.csv", ReadingPlan())


def told(rows: Rows) -> set[int]:
    lines = {line for remark in rows.remarks for line in remark.lines}
    return lines | {each.line for each in rows.set_aside}


@pytest.mark.parametrize("separator", [",;", "::", "|~|", ";", "||"])
def test_separators_of_several_signs(separator: str) -> None:
    rows = read(write(separator))
    assert rows.frame.to_numpy().tolist() == ROWS
    assert list(rows.frame.columns) == NAMES
    assert rows.plan.separator == separator


def test_negative_numbers_are_no_part_of_a_separator() -> None:
    rows = read(["a,b,c", *(f"-{at},-{at + 1},-{at + 2}" for at in range(9))])
    assert rows.plan.separator == ","


@pytest.mark.parametrize("at", [0, 1, 2, 29])
@pytest.mark.parametrize("column", range(5))
def test_a_mark_too_many_costs_its_own_row(at: int, column: int) -> None:
    lines = write()
    cells = [cell if cell.isalnum() else f'"{cell}"' for cell in ROWS[at]]
    cells[column] = f'"{cells[column]}'
    lines[at + 1] = ",".join(cells)
    rows = read(lines)
    assert list(rows.frame.columns) == NAMES
    kept = [row for row in ROWS if row != ROWS[at]]
    assert [row for row in rows.frame.to_numpy().tolist() if row != ROWS[at]] == kept
    assert told(rows) & {2 + 2 * at, 3 + 2 * at}


@pytest.mark.parametrize("separator", [",;", ";", "\t", " ", ", "])
def test_one_row_with_another_separator(separator: str) -> None:
    lines = write()
    lines[6] = separator.join(f'"{cell}"' if "\n" in cell else cell for cell in ROWS[5])
    rows = read(lines)
    found = rows.frame.to_numpy().tolist()
    assert [row for row in found if row != ROWS[5]] == [*ROWS[:5], *ROWS[6:]]
    assert ROWS[5] in found or 12 in told(rows)


def test_a_blank_before_a_mark_does_not_cost_the_other_rows() -> None:
    lines = write()
    lines[6] = ", ".join(['"a"' if cell == "x" else f'"{cell}"' for cell in ROWS[5]])
    assert len(read(lines).frame) == len(ROWS)


def test_marks_inside_of_quoted_cells_that_are_not_doubled() -> None:
    rows = read(["day,what", *(f'2024-01-{at:02},"a {at}" screw"' for at in range(10, 30))])
    assert rows.frame["what"].tolist() == [f'a {at}" screw' for at in range(10, 30)]
    assert "inner_quotes" in {remark.kind for remark in rows.remarks}


def test_the_end_of_a_cell_whose_beginning_has_no_mark_takes_its_row_along() -> None:
    lines = write()
    lines[6] = lines[6].replace('"one', "one")
    rows = read(lines)
    assert len(rows.frame) == len(ROWS) - 1
    assert {each.line for each in rows.set_aside} == {12, 13}


def test_a_group_that_begins_below_the_names_is_no_name() -> None:
    plain = ["day,sales,cost", *(f"2024-01-{at:02},{at},{at * 2}" for at in range(1, 20))]
    rows = read([plain[0], "North,,", *plain[1:]])
    assert list(rows.frame.columns) == ["day", "sales", "cost"]
    assert [each.line for each in rows.set_aside] == [2]


TEXTS = [f"{name},{town},good" for name in ("Ada", "Bo", "Cy") for town in ("Ulm", "Bonn", "Kiel")]


def test_tables_of_texts_with_a_title_and_a_note() -> None:
    rows = read(["Report,,", "name,town,remark", *TEXTS, "Source: the office,,"])
    assert list(rows.frame.columns) == ["name", "town", "remark"]
    assert len(rows.frame) == len(TEXTS)
    assert [each.line for each in rows.set_aside] == [12]


def test_rows_of_texts_that_leave_their_last_cell_out() -> None:
    rows = read(["name,town,remark,more", *TEXTS])
    assert list(rows.frame.columns) == ["name", "town", "remark", "more"]
    assert len(rows.frame) == len(TEXTS)


@pytest.mark.parametrize("cell", ["Theta {}", "Jan 20{}", "Main street {}"])
def test_one_column_of_several_words(cell: str) -> None:
    rows = read(["name", *(cell.format(at) for at in range(10, 30))])
    assert list(rows.frame.columns) == ["name"]
    assert len(rows.frame) == 20


MONTHS = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"]
YEAR = [f"{month} 2020,{at},{at * 2}" for at, month in enumerate(MONTHS)]


@pytest.mark.parametrize("name", ["{}", "{},,"])
def test_lines_that_name_the_rows_below_them(name: str) -> None:
    north, south = name.format("North"), name.format("South")
    rows = read(["Month,Sales,Cost", north, *YEAR, south, *YEAR])
    assert list(rows.frame.columns) == ["group", "Month", "Sales", "Cost"]
    assert rows.frame["group"].tolist() == ["North"] * 12 + ["South"] * 12
    assert not rows.set_aside
    (remark,) = (each for each in rows.remarks if each.kind == "groups")
    assert remark.lines == (2, 15)


def test_a_remark_among_rows_is_no_group() -> None:
    rows = read(["Month,Sales,Cost", *YEAR[:6], "New shop,,", *YEAR[6:]])
    assert list(rows.frame.columns) == ["Month", "Sales", "Cost"]
    assert [each.line for each in rows.set_aside] == [8]


def test_totals_between_years_are_set_aside() -> None:
    later = [row.replace("2020", "2021") for row in YEAR]
    rows = read(["Month,Sales,Cost", *YEAR, "Total 2020,66,132", *later, "Total 2021,66,132"])
    assert len(rows.frame) == 24
    assert [each.line for each in rows.set_aside] == [14, 27]


def test_a_title_with_a_comma_and_a_time_is_no_row() -> None:
    rows = read(['"Sales, costs"', "As of 3 Jan 2024, revised", "", "Month,Sales,Cost", *YEAR])
    assert list(rows.frame.columns) == ["Month", "Sales", "Cost"]
    assert len(rows.frame) == 12


def test_many_cells_over_lines_are_held_together_at_once() -> None:
    table = [f'2024-01-{1 + at % 28:02},"line {at}\nand more",{at}' for at in range(21_000)]
    rows = read(["day,what,v", *table])
    assert len(rows.frame) == len(table)
    assert rows.frame.iloc[-1].tolist() == ["2024-01-28", "line 20999\nand more", "20999"]
    assert rows.lines[-1] == 2 * len(table)
    table[5] = table[5].replace('"line', "line")
    rows = read(["day,what,v", *table])
    assert len(rows.frame) >= len(table) - 2
    assert {each.line for each in rows.set_aside} <= {12, 13}
