"""Tables of web pages, which many programs save as .xls, of Excel's XML of 2003, and records."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import Any

import lxml.etree
import lxml.html

from lstm_core.data.reading.rows.containers.grid import read_grid
from lstm_core.data.reading.rows.containers.xml_records import read_records
from lstm_core.data.reading.table import Rows
from lstm_core.errors import DataError
from lstm_core.spec.reading import ReadingPlan

_SHEET = "{urn:schemas-microsoft-com:office:spreadsheet}"
_MOST_CELLS = 5_000_000
_MOST_COLUMNS = 16_384
_MOST_BYTES_OF_RECORDS = 25_000_000


def read_markup(content: bytes, name: str, plan: ReadingPlan) -> Rows:
    """Return the largest table of a page, or the one that was named by its number.

    Raises:
        DataError: there is no table in it.
    """
    tables: dict[str, list[list[Any]]]
    if b"urn:schemas-microsoft-com:office:spreadsheet" in content[:4_096]:
        tables = _read_sheets(content, name)
    else:
        tables = _read_pages(content, name)
    if not tables and content.lstrip(b"\xef\xbb\xbf \t\r\n").startswith(b"<?xml"):
        if len(content) > _MOST_BYTES_OF_RECORDS:
            raise DataError(
                f'The XML file "{name[:80]}" is larger than the '
                f"{_MOST_BYTES_OF_RECORDS // 1_000_000} MB that are read of this kind.",
                "Save the table as CSV.",
            )
        tables = {"records": read_records(content, _MOST_CELLS)}
    filled = {title: cells for title, cells in tables.items() if any(any(row) for row in cells)}
    if not filled:
        raise DataError(
            f'The file "{name[:80]}" is a web page or an XML file without a table in it.',
            "Save the table as CSV or Excel.",
        )
    members = tuple(filled) if len(filled) > 1 else ()
    if plan.member is not None and plan.member not in filled and members:
        raise DataError(
            f'The file "{name[:80]}" has no table "{plan.member[:40]}".',
            "Choose one of: " + ", ".join(members[:10]) + ".",
        )
    chosen = (
        plan.member if plan.member in filled else max(filled, key=lambda key: _size(filled[key]))
    )
    rows = read_grid(filled[chosen], name, plan)
    found = rows.plan.fill(member=chosen) if members else rows.plan
    return replace(rows, plan=found, members=members)


def _size(cells: list[list[Any]]) -> int:
    return sum(len([cell for cell in row if cell]) for row in cells)


def _read_pages(content: bytes, name: str) -> dict[str, list[list[Any]]]:
    parser = lxml.html.HTMLParser(no_network=True, huge_tree=False, remove_comments=True)
    try:
        root = lxml.html.fromstring(content, parser=parser)
        tables = root.xpath("//table[not(.//table)]")
    except (lxml.etree.LxmlError, ValueError, AssertionError) as error:
        raise _refuse(name) from error
    return {
        f"table {number}": _read_rows(table, name) for number, table in enumerate(tables, start=1)
    }


def _read_rows(table: Any, name: str) -> list[list[Any]]:
    rows: list[list[Any]] = []
    waiting: dict[int, tuple[int, str]] = {}
    num_cells = 0
    for element in table.iter("tr"):
        row: list[Any] = []
        names_columns = all(cell.tag == "th" for cell in element.iterchildren("td", "th"))
        for cell in element.iterchildren("td", "th"):
            _fall(row, waiting)
            text = " ".join(cell.text_content().split())
            across, down = (_span(cell.get(item)) for item in ("colspan", "rowspan"))
            for step in range(across):
                if down > 1:
                    is_shown = step == 0 and not names_columns
                    waiting[len(row)] = (down - 1, text if is_shown else "")
                row.append(text if step == 0 else "")
            if len(row) > _MOST_COLUMNS:
                raise _refuse(name)
        _fall(row, waiting)
        num_cells += len(row)
        if num_cells > _MOST_CELLS:
            raise _refuse(name)
        rows.append(row)
    return rows


def _fall(row: list[Any], waiting: dict[int, tuple[int, str]]) -> None:
    """Let cells of rows above that reach down into this one take their places."""
    while len(row) in waiting:
        left, text = waiting.pop(len(row))
        if left > 1:
            waiting[len(row)] = (left - 1, text)
        row.append(text)


def _span(value: str | None) -> int:
    return min(int(value), 1_000) if value and re.fullmatch(r"\d{1,4}", value) and int(value) else 1


def _read_sheets(content: bytes, name: str) -> dict[str, list[list[Any]]]:
    parser = lxml.etree.XMLParser(
        resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False, recover=True
    )
    try:
        root = lxml.etree.fromstring(content, parser)
    except (lxml.etree.LxmlError, ValueError) as error:
        raise _refuse(name) from error
    if root is None:
        raise _refuse(name)
    sheets = {}
    for number, sheet in enumerate(root.iter(f"{_SHEET}Worksheet"), start=1):
        title = sheet.get(f"{_SHEET}Name") or f"sheet {number}"
        sheets[title[:100]] = [_read_cells(row, name) for row in sheet.iter(f"{_SHEET}Row")]
    return sheets


def _read_cells(row: Any, name: str) -> list[Any]:
    cells: list[Any] = []
    for cell in row.iterchildren(f"{_SHEET}Cell"):
        place = cell.get(f"{_SHEET}Index")
        if place and place.isdecimal():
            if int(place) > _MOST_COLUMNS:
                raise _refuse(name)
            cells += [""] * (int(place) - 1 - len(cells))
        data = cell.find(f"{_SHEET}Data")
        text = "" if data is None else "".join(data.itertext()).strip()
        kind = None if data is None else data.get(f"{_SHEET}Type")
        cells.append(_convert(text, kind))
    return cells


def _convert(text: str, kind: str | None) -> Any:
    if kind == "Number":
        try:
            return float(text)
        except ValueError:
            return text
    if kind == "Boolean":
        return text == "1"
    if kind == "DateTime":
        return text.replace("T", " ").removesuffix(".000").removesuffix(" 00:00:00")
    return text


def _refuse(name: str) -> DataError:
    return DataError(
        f'The web page or XML file "{name[:80]}" can\'t be read as a table.',
        "Save the table as CSV or Excel.",
    )
