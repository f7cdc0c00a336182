"""The first sheet of an Excel workbook (.xlsx) that holds a table, as text cells.

A workbook is a ZIP of XML. Reading the three members that matter takes no library, and lets us
bound what comes out of it. Cells hold what was computed last; formulas are never run.
"""

from __future__ import annotations

import io
import re
import zipfile
from datetime import datetime, timedelta
from xml.etree import ElementTree

import pandas as pd

from lstm_core.data.inflating import open_zip, read_member
from lstm_core.data.items.reading.formats.archives import limit_items
from lstm_core.data.items.reading.formats.heading import has_header, name_columns
from lstm_core.data.items.reading.source import ItemSource
from lstm_core.errors import DataError

_MOST_CELLS = 5_000_000
_MOST_COLUMNS = 16_384
_BUILT_IN_DATES = frozenset({*range(14, 23), 45, 46, 47})
_FIRST_DAY = datetime(1899, 12, 30)
_CELL = re.compile(r"([A-Z]{1,3})([0-9]{1,7})")
_NUM_SAMPLE_ROWS = 200


def read_excel(content: bytes, name: str, *, header: bool | None = None) -> ItemSource:
    """Return the first sheet that has rows.

    Raises:
        DataError: no workbook, a damaged one, or one without any table.
    """
    rows, num_sheets = read_rows(content, name)
    return _make_source(rows, name, header, num_sheets=num_sheets)


def read_rows(
    content: bytes, name: str, *, keeps_blank: bool = False
) -> tuple[list[list[str]], int]:
    """Return the rows of the first sheet that has any, of unequal lengths, and how many sheets.

    Args:
        keeps_blank: whether blank rows between others stay, one for several, without any cell.

    Raises:
        DataError: no workbook, a damaged one, or one without any table.
    """
    archive = open_zip(content, name)
    members = {member.filename: member for member in archive.infolist()}
    if "xl/workbook.xml" not in members:
        raise DataError(
            f'The file "{name[:80]}" is an office document, but no Excel workbook.',
            "Save the table as .xlsx or CSV.",
        )
    sheets = sorted(
        (path for path in members if re.fullmatch(r"xl/worksheets/sheet\d+\.xml", path)),
        key=lambda path: int(re.sub(r"\D", "", path)),
    )
    try:
        shared = _read_shared(archive, members, name)
        is_date = _read_styles(archive, members, name)
        for path in sheets:
            sheet = read_member(archive, members[path], name, limit_items())
            rows = _read_sheet(sheet, shared, is_date, name, keeps_blank=keeps_blank)
            if rows:
                return rows, len(sheets)
    except (ElementTree.ParseError, ValueError, IndexError, OverflowError) as error:
        raise DataError(
            f'The workbook "{name[:80]}" is damaged.', "Save it again, or save the table as CSV."
        ) from error
    raise DataError(f'The workbook "{name[:80]}" is empty.', "Choose one with a table in it.")


def _make_source(
    rows: list[list[str]], name: str, header: bool | None, *, num_sheets: int
) -> ItemSource:
    width = max(map(len, rows))
    if width * len(rows) > _MOST_CELLS:
        raise _refuse_size(name)
    rows = [row + [""] * (width - len(row)) for row in rows]
    is_headed = has_header(rows[:_NUM_SAMPLE_ROWS]) if header is None else header
    names, notes = name_columns(rows[0] if is_headed else None, width)
    body = rows[int(is_headed) :]
    if not body:
        raise DataError(
            f'The workbook "{name[:80]}" holds only a header.', "Choose one with rows of data."
        )
    if num_sheets > 1:
        notes.append(f"Of {num_sheets} sheets, the first one with rows was read.")
    frame = pd.DataFrame(body, columns=names, dtype="str")
    keep = [
        column
        for number, column in enumerate(names)
        if (is_headed and rows[0][number]) or (frame[column] != "").any()
    ]
    return ItemSource(frame[keep], name, has_header=is_headed, notes=tuple(notes))


def _read_shared(
    archive: zipfile.ZipFile, members: dict[str, zipfile.ZipInfo], name: str
) -> list[str]:
    """Return the texts that cells point to by number."""
    path = "xl/sharedStrings.xml"
    if path not in members:
        return []
    content = read_member(archive, members[path], name, limit_items())
    shared = []
    for _, element in ElementTree.iterparse(io.BytesIO(content)):
        if _tag(element) == "si":
            shared.append(_read_text(element))
            element.clear()
    return shared


def _read_styles(
    archive: zipfile.ZipFile, members: dict[str, zipfile.ZipInfo], name: str
) -> list[bool]:
    """Return of each style of cells whether it shows a number as a date."""
    path = "xl/styles.xml"
    if path not in members:
        return []
    root = ElementTree.fromstring(read_member(archive, members[path], name, limit_items()))
    formats = {
        int(each.get("numFmtId", "0")): re.sub(
            r'"[^"]*"|\[[^\]]*\]|\\.', "", each.get("formatCode", "")
        )
        for each in root.iter()
        if _tag(each) == "numFmt"
    }
    dates = {number for number, code in formats.items() if re.search(r"[ymdhs]", code.lower())}
    styles = next((each for each in root.iter() if _tag(each) == "cellXfs"), None)
    if styles is None:
        return []
    numbers = [int(each.get("numFmtId", "0")) for each in styles]
    return [number in _BUILT_IN_DATES or number in dates for number in numbers]


def _read_sheet(
    content: bytes, shared: list[str], is_date: list[bool], name: str, *, keeps_blank: bool
) -> list[list[str]]:
    """Return the rows that have a cell, as text."""
    rows: list[list[str]] = []
    num_cells = 0
    awaited = ""
    for _, element in ElementTree.iterparse(io.BytesIO(content)):
        if _tag(element) != "row":
            continue
        row: list[str] = []
        for cell in element:
            if _tag(cell) != "c":
                continue
            place = _CELL.fullmatch(cell.get("r", ""))
            column = _number_column(place.group(1)) if place else len(row)
            if column >= _MOST_COLUMNS:
                raise ValueError("more columns than a sheet has")
            row += [""] * (column - len(row))
            text = _read_cell(cell, shared, is_date)
            if column < len(row):
                row[column] = text
            else:
                row.append(text)
        num_cells += len(row)
        if num_cells > _MOST_CELLS:
            raise _refuse_size(name)
        if any(row):
            # A blank row may be there without a cell, or not be there at all.
            number = element.get("r", "")
            if keeps_blank and rows and number and number != awaited:
                rows.append([])
            rows.append(row)
            awaited = str(int(number) + 1) if number else ""
        element.clear()
    return rows


def _read_cell(cell: ElementTree.Element, shared: list[str], is_date: list[bool]) -> str:
    kind = cell.get("t", "n")
    if kind == "inlineStr":
        return _read_text(cell).strip()
    value = next((each.text or "" for each in cell if _tag(each) == "v"), "")
    if not value:
        return ""
    if kind == "s":
        return shared[int(value)].strip()
    if kind == "b":
        return "true" if value == "1" else "false"
    if kind == "e":
        return ""
    style = int(cell.get("s", "0"))
    if kind == "n" and style < len(is_date) and is_date[style]:
        return _write_date(float(value))
    # Excel writes 0.1 + 0.2 with all its digits; a whole number stays one.
    return value.removesuffix(".0").strip() if kind == "n" else value.strip()


def _write_date(days: float) -> str:
    moment = (_FIRST_DAY + timedelta(days=days)).replace(microsecond=0)
    return moment.isoformat(sep=" ").removesuffix(" 00:00:00")


def _read_text(element: ElementTree.Element) -> str:
    """Join the pieces of a text; how Japanese words are read aloud stands beside it."""
    parts = []
    for child in element:
        if _tag(child) == "t":
            parts.append(child.text or "")
        elif _tag(child) in ("r", "is"):
            parts.append(_read_text(child))
    return "".join(parts)


def _number_column(letters: str) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + ord(letter) - ord("A") + 1
    return number - 1


def _tag(element: ElementTree.Element) -> str:
    return element.tag.rpartition("}")[2]


def _refuse_size(name: str) -> DataError:
    return DataError(
        f'The workbook "{name[:80]}" holds more than {_MOST_CELLS:,} cells.',
        "Save the table as CSV.",
    )
