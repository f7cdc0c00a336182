"""Legacy .xls workbooks, read in a process of its own with limits.

The library that reads them asks for as much memory as a damaged file says that it holds, before
anything of it can be checked, and then ends its process. ``python -m`` this module reads a workbook
from stdin and writes its sheets as JSON.
"""

from __future__ import annotations

import datetime
import io
import json
import resource
import subprocess
import sys
from typing import Any

import python_calamine

MOST_BYTES = 3_000_000_000
"""Of memory, code and libraries included."""
MOST_SECONDS = 60
"""Of computing."""

_MOST_SHEETS = 200
_TOO_MANY = 3
"""As an exit status."""

_WORKSHEET = python_calamine.SheetTypeEnum.WorkSheet
_VISIBLE = python_calamine.SheetVisibleEnum.Visible
_READ: dict[str, Any] = {
    "datetime": datetime.datetime.fromisoformat,
    "date": datetime.date.fromisoformat,
    "time": datetime.time.fromisoformat,
    "timedelta": lambda seconds: datetime.timedelta(seconds=seconds),
}
"""By the name of a type, how a cell of it comes back."""

Sheet = tuple[str, bool, list[list[Any]]]
"""Its name, whether it is shown, and its cells; none of a sheet that is not wanted."""


def read_apart(content: bytes, wanted: str | None, most_cells: int) -> list[Sheet]:
    """Return the sheets of a workbook.

    Args:
        wanted: the one sheet whose cells are needed; None: all.
        most_cells: of all sheets together.

    Raises:
        OverflowError: there are more cells.
        ValueError: it is damaged, or reading it takes more than the limits.
    """
    command = [sys.executable, "-m", __name__, str(most_cells), *([wanted] if wanted else [])]
    done = subprocess.run(command, input=content, capture_output=True, check=False)
    if done.returncode == _TOO_MANY:
        raise OverflowError("too many cells")
    if done.returncode:
        raise ValueError(f"reading it ended with status {done.returncode}")
    return [
        (name, is_visible, [[_from_json(cell) for cell in row] for row in cells])
        for name, is_visible, cells in json.loads(done.stdout)
    ]


def _from_json(cell: Any) -> Any:
    return _READ[cell[0]](cell[1]) if isinstance(cell, list) else cell


def _to_json(cell: Any) -> Any:
    if isinstance(cell, datetime.timedelta):
        return ["timedelta", cell.total_seconds()]
    if isinstance(cell, datetime.date | datetime.time):
        return [type(cell).__name__, cell.isoformat()]
    return cell


def list_sheets(content: bytes, wanted: str | None, most_cells: int) -> list[Sheet]:
    """Return the sheets of a workbook, read in this process.

    Raises:
        OverflowError: there are more cells.
        Exception: whatever the library makes of damaged content, panics among it.
    """
    workbook = python_calamine.CalamineWorkbook.from_filelike(io.BytesIO(content))
    sheets: list[Sheet] = []
    num_cells = 0
    for number, about in enumerate(workbook.sheets_metadata[:_MOST_SHEETS]):
        cells: list[list[Any]] = []
        if about.typ == _WORKSHEET and wanted in (None, about.name):
            sheet = workbook.get_sheet_by_index(number)
            num_cells += sheet.total_height * sheet.total_width
            if num_cells > most_cells:
                raise OverflowError("too many cells")
            cells = sheet.to_python(skip_empty_area=False)
        sheets.append((about.name, about.visible == _VISIBLE, cells))
    return sheets


def main() -> int:
    most_cells, *wanted = sys.argv[1:]
    resource.setrlimit(resource.RLIMIT_AS, (MOST_BYTES, MOST_BYTES))
    resource.setrlimit(resource.RLIMIT_CPU, (MOST_SECONDS, MOST_SECONDS))
    content = sys.stdin.buffer.read()
    try:
        sheets = list_sheets(content, wanted[0] if wanted else None, int(most_cells))
    except OverflowError:
        return _TOO_MANY
    shown = [
        (name, is_visible, [[_to_json(cell) for cell in row] for row in cells])
        for name, is_visible, cells in sheets
    ]
    sys.stdout.write(json.dumps(shown))
    return 0


if __name__ == "__main__":
    sys.exit(main())
