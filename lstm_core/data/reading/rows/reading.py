"""From the bytes of a file to its rows: container, text, dialect, body."""

from __future__ import annotations

from dataclasses import replace

from lstm_core.data.reading.rows.body.table import read_text
from lstm_core.data.reading.rows.containers.arff import read_arff
from lstm_core.data.reading.rows.containers.columnar import read_columnar
from lstm_core.data.reading.rows.containers.json_text import read_json
from lstm_core.data.reading.rows.containers.markup import read_markup
from lstm_core.data.reading.rows.containers.packed import (
    check_office,
    choose_member,
    inflate_table,
    open_archive,
)
from lstm_core.data.reading.rows.containers.recognising import recognise, recognise_foreign
from lstm_core.data.reading.rows.containers.tsf import read_tsf
from lstm_core.data.reading.rows.containers.workbook import MOST_UNPACKED, read_workbook
from lstm_core.data.reading.table import Rows
from lstm_core.errors import DataError
from lstm_core.spec.reading import ReadingPlan

_DEEPEST = 3


def read_rows(content: bytes, name: str, plan: ReadingPlan) -> Rows:
    """Return the rows of the table that a file holds, whatever its name says that it is.

    Raises:
        DataError: it holds no table, or more than is read.
    """
    return _read(content, name, plan, 0)


def _read(content: bytes, name: str, plan: ReadingPlan, depth: int) -> Rows:
    if not content[:1_000].strip() and not content.strip():
        raise DataError(
            f'The file "{name[:80]}" is empty.', "Choose a file with a header and rows."
        )
    foreign = recognise_foreign(content)
    if foreign:
        raise DataError(
            f'The file "{name[:80]}" is no table: it seems to be {foreign}.',
            "Open it in the program it belongs to and save the table as CSV or Excel.",
        )
    kind = recognise(content)
    if kind in ("gzip", "bzip2", "xz"):
        _check_depth(depth, name)
        return _read(inflate_table(content, kind, name), name, plan, depth + 1)
    if kind == "zip":
        return _read_zip(content, name, plan, depth)
    if kind == "workbook":
        return read_workbook(content, name, plan)
    if kind in ("parquet", "arrow"):
        return read_columnar(content, name, plan, parquet=kind == "parquet")
    if kind == "markup":
        return read_markup(content, name, plan)
    if kind == "json":
        return read_json(content, name, plan)
    if kind == "arff":
        return read_arff(content, name, plan)
    if kind == "tsf":
        return read_tsf(content, name, plan)
    if kind == "sql":
        raise DataError(
            f'The file "{name[:80]}" is a dump of a database: commands in SQL, no table.',
            "Load it into its database and export the table as CSV, such as by SELECT … INTO.",
        )
    return read_text(content, name, plan)


def _check_depth(depth: int, name: str) -> None:
    if depth >= _DEEPEST:
        raise DataError(
            f'The archive "{name[:80]}" holds archives in archives.',
            "Unpack it and bring the table itself.",
        )


def _read_zip(content: bytes, name: str, plan: ReadingPlan, depth: int) -> Rows:
    archive = open_archive(content, name)
    names = set(archive.namelist())
    is_office = "[Content_Types].xml" in names or "mimetype" in names
    if any(each.startswith("xl/workbook.") for each in names) or "content.xml" in names:
        check_office(archive, name, MOST_UNPACKED)
        return read_workbook(content, name, plan)
    if is_office:
        raise DataError(
            f'The file "{name[:80]}" is a document, no table.',
            "Copy the table into a spreadsheet and save it as Excel or CSV.",
        )
    _check_depth(depth, name)
    is_file = plan.member in names
    found = choose_member(archive, name, plan.member if is_file else None)
    if plan.member is not None and not is_file and len(found.members) > 1:
        found = choose_member(archive, name, plan.member)  # refused, with what there is
    inner = plan.model_copy(update={"member": None}) if is_file else plan
    rows = _read(found.content, found.name, inner, depth + 1)
    if len(found.members) < 2 and rows.members:
        return rows  # one workbook in an archive: its sheets are what can be chosen
    return replace(
        rows,
        plan=rows.plan.model_copy(update={"member": found.name}),
        members=found.members,
        questions=(*found.questions, *rows.questions),
    )
