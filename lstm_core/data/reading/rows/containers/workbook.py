"""Sheets of workbooks: .xlsx, .xlsm, .xlsb, .xls and .ods."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

from lstm_core.data.reading.rows.containers.apart import list_sheets, read_apart
from lstm_core.data.reading.rows.containers.cells import show
from lstm_core.data.reading.rows.containers.grid import read_grid
from lstm_core.data.reading.table import Rows
from lstm_core.data.reading.telling import Choice, Question
from lstm_core.data.wording import count_words
from lstm_core.errors import DataError
from lstm_core.spec.reading import ReadingPlan

MOST_UNPACKED = 600_000_000
_MOST_CELLS = 20_000_000
_LEGACY = b"\xd0\xcf\x11\xe0"
_MOST_CHOICES = 3


@dataclass(frozen=True)
class _Sheet:
    name: str
    cells: list[list[Any]]
    num_rows: int
    num_columns: int
    is_visible: bool

    @property
    def size(self) -> int:
        return self.num_rows * min(self.num_columns, 50)


def read_workbook(content: bytes, name: str, plan: ReadingPlan) -> Rows:
    """Return the rows of the sheet with the largest table, or of the one that was named.

    Raises:
        DataError: no workbook, a damaged one, or one without a table.
    """
    sheets = _read_sheets(content, name, plan.member)
    members = tuple(sheet.name for sheet in sheets)
    filled = [sheet for sheet in sheets if sheet.num_rows and sheet.num_columns]
    if plan.member is not None:
        chosen = [sheet for sheet in sheets if sheet.name == plan.member]
        if not chosen:
            raise DataError(
                f'The workbook "{name[:80]}" has no sheet "{plan.member[:80]}".',
                "Choose one of: " + ", ".join(each[:40] for each in members[:10]) + ".",
            )
        return replace(read_grid(chosen[0].cells, name, plan), members=members)
    if not filled:
        raise DataError(f'The workbook "{name[:80]}" is empty.', "Choose one with a table in it.")
    shown = [sheet for sheet in filled if sheet.is_visible] or filled
    best = max(shown, key=lambda sheet: sheet.size)
    rows = read_grid(best.cells, name, plan)
    alike = [sheet for sheet in shown if _is_alike(sheet, best)]
    alike.sort(key=lambda sheet: sheet is not best)
    questions = (_ask(alike),) if len(alike) > 1 else ()
    found = rows.plan.fill(member=best.name) if len(sheets) > 1 else rows.plan
    return replace(rows, plan=found, members=members, questions=(*rows.questions, *questions))


def _read_sheets(content: bytes, name: str, wanted: str | None) -> list[_Sheet]:
    read = read_apart if content.startswith(_LEGACY) else list_sheets
    try:
        sheets = read(content, wanted, _MOST_CELLS)
    except OverflowError as error:
        raise _refuse_size(name) from error
    except BaseException as error:
        # Damaged bytes make the library panic, which Python does not count among its errors.
        if isinstance(error, KeyboardInterrupt | SystemExit | GeneratorExit | MemoryError):
            raise
        raise DataError(
            f'The file "{name[:80]}" can\'t be read as a workbook: it is damaged, locked by a '
            "password, or another kind of document.",
            "Save it again as .xlsx without a password, or save the table as CSV.",
        ) from error
    return [_measure(label, cells, is_visible=shown) for label, shown, cells in sheets]


def _refuse_size(name: str) -> DataError:
    return DataError(
        f'The workbook "{name[:80]}" holds more than {_MOST_CELLS:,} cells.',
        "Save the sheet that matters as CSV.",
    )


def _measure(name: str, cells: list[list[Any]], *, is_visible: bool) -> _Sheet:
    filled = [sum(cell != "" for cell in row) for row in cells]
    num_columns = max(filled, default=0)
    num_rows = sum(count >= max(0.5 * num_columns, min(2, num_columns)) for count in filled)
    return _Sheet(name, cells, num_rows if num_columns else 0, num_columns, is_visible)


def _is_alike(sheet: _Sheet, best: _Sheet) -> bool:
    return sheet.size >= 0.3 * best.size and sheet.num_columns > 1 and sheet.num_rows > 2


def _ask(sheets: Sequence[_Sheet]) -> Question:
    choices = tuple(
        Choice(
            sheet.name, sheet.name[:60], f"{count_words(sheet.num_rows, 'row')}, {_begin(sheet)}"
        )
        for sheet in sheets[:_MOST_CHOICES]
    )
    return Question(
        "data.reading.member",
        f"{len(sheets)} sheets hold tables: which one is meant?",
        choices,
    )


def _begin(sheet: _Sheet) -> str:
    """Say how a sheet's table ends, for its beginning is a header like that of the others."""
    last: list[Any] = next(
        (row for row in reversed(sheet.cells) if sum(cell != "" for cell in row) > 1), []
    )
    texts = [show(cell) for cell in last if cell != ""]
    return "ending with " + ", ".join(text[:20] for text in texts[:4])
