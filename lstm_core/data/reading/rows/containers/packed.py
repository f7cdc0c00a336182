"""Tables that are packed: which file of an archive is meant, and how much may come out."""

from __future__ import annotations

import re
import zipfile
from dataclasses import dataclass

from lstm_core.data.inflating import (
    Limit,
    Packing,
    glimpse_member,
    inflate,
    is_locked,
    iterate_member,
    open_zip,
    read_member,
)
from lstm_core.data.reading.telling import Choice, Question
from lstm_core.errors import DataError

MOST_BYTES = 1_000_000_000
"""What may come out of an archive."""

_MOST_MEMBERS = 10_000
_MOST_CHOICES = 3
_TABLES = re.compile(
    r"\.(?:csv|tsv|tab|txt|dat|asc|xlsx|xlsm|xlsb|xls|ods|parquet|feather|arrow|json|jsonl|ndjson"
    r"|arff|tsf|psv)(?:\.(?:gz|bz2|xz))?$",
    re.IGNORECASE,
)
_LESS_LIKELY = re.compile(r"\.(?:txt|dat|asc|json)(?:\.(?:gz|bz2|xz))?$", re.IGNORECASE)
_ABOUT = re.compile(
    r"(?:^|[\\/])(?:read.?me|licen[cs]e|about|notes?|changelog|citation|manifest|copyright|index"
    r"|description|meta.?data|legend|codebook|data.?dictionary)\b[^\\/]*$",
    re.IGNORECASE,
)
_HIDDEN = re.compile(r"(?:^|[\\/])(?:\.|__MACOSX(?:[\\/]|$)|~\$)|desktop\.ini$|thumbs\.db$", re.I)


@dataclass(frozen=True)
class Unpacked:
    """One file of an archive.

    Attributes:
        name: its own, in the archive.
        content: its bytes.
        members: names of all the files in the archive that could hold a table.
    """

    name: str
    content: bytes
    members: tuple[str, ...] = ()
    questions: tuple[Question, ...] = ()


def inflate_table(content: bytes, packing: Packing, name: str) -> bytes:
    """Return what a gzip, bzip2 or xz file holds.

    Raises:
        DataError: it is damaged, or holds more than is read.
    """
    return inflate(content, packing, name, _limit(name))


def _limit(name: str) -> Limit:
    return Limit(MOST_BYTES, lambda: _refuse_size(name))


def _refuse_size(name: str) -> DataError:
    return DataError(
        f'The archive "{name[:80]}" holds more than {MOST_BYTES // 1_000_000:,} MB.',
        "Unpack it and bring the table that matters, or a part of it.",
    )


def open_archive(content: bytes, name: str) -> zipfile.ZipFile:
    """Open an archive, its members not too many.

    Raises:
        DataError: it is damaged, or they are.
    """
    archive = open_zip(content, name)
    if len(archive.infolist()) > _MOST_MEMBERS:
        raise DataError(
            f'The archive "{name[:80]}" holds more than {_MOST_MEMBERS:,} files.',
            "Unpack it and bring the table that matters.",
        )
    return archive


def check_office(archive: zipfile.ZipFile, name: str, most: int) -> None:
    """Inflate every member once, to know that no more comes out than is told.

    Raises:
        DataError: it does, or a member is damaged.
    """
    if sum(member.file_size for member in archive.infolist()) > most:
        raise DataError(
            f'The workbook "{name[:80]}" holds more than {most // 1_000_000:,} MB.',
            "Save the sheet that matters as CSV.",
        )
    limit = Limit(most, lambda: _refuse_size(name))
    for member in archive.infolist():
        if is_locked(member):
            raise DataError(
                f'The workbook "{name[:80]}" is locked by a password.', "Save it without one."
            )
        try:
            for _ in iterate_member(archive, member, name, limit):
                pass
        except DataError as error:
            raise DataError(
                f'The workbook "{name[:80]}" is damaged or not whole.', "Fetch or save it again."
            ) from error


def choose_member(archive: zipfile.ZipFile, name: str, member: str | None) -> Unpacked:
    """Return the file of an archive that looks most like a table.

    Args:
        member: as a person named it.
    """
    files = [each for each in archive.infolist() if not each.is_dir()]
    shown = [each for each in files if not _HIDDEN.search(each.filename)]
    tables = [each for each in shown if _TABLES.search(each.filename)]
    tables = [each for each in tables if not _ABOUT.search(each.filename)] or tables
    tables = tables or [each for each in shown if "." not in each.filename.rpartition("/")[2]]
    members = tuple(each.filename for each in tables)
    if member is not None:
        found = [each for each in shown if each.filename == member]
        if not found:
            raise DataError(
                f'The archive "{name[:80]}" holds no file "{member[:80]}".',
                "Choose one of: " + ", ".join(each[:60] for each in members[:10]) + ".",
            )
        return Unpacked(member, _read_table(archive, found[0], name), members)
    if not tables:
        held = ", ".join(each.filename[:40] for each in shown[:3]) or "nothing"
        raise DataError(
            f'The archive "{name[:80]}" holds no table, but {held}.',
            "Pack a table as CSV, Excel, Parquet or JSON.",
        )
    likely = [each for each in tables if not _LESS_LIKELY.search(each.filename)] or tables
    chosen = max(likely, key=lambda each: each.file_size)
    alike = [each for each in likely if each.file_size > 0.1 * chosen.file_size]
    alike.sort(key=lambda each: each is not chosen)
    questions = (_ask(archive, alike, name),) if len(alike) > 1 else ()
    return Unpacked(chosen.filename, _read_table(archive, chosen, name), members, questions)


def _read_table(archive: zipfile.ZipFile, member: zipfile.ZipInfo, name: str) -> bytes:
    """Return the bytes of one file of an archive."""
    if member.file_size > MOST_BYTES:
        raise _refuse_size(name)
    return read_member(archive, member, name, _limit(name))


def _ask(archive: zipfile.ZipFile, alike: list[zipfile.ZipInfo], name: str) -> Question:
    choices = []
    for member in alike[:_MOST_CHOICES]:
        size = f"{max(member.file_size // 1_000, 1):,} kB"
        choices.append(Choice(member.filename, member.filename[-60:], _show(archive, member, size)))
    return Question(
        "data.reading.member",
        f"The archive holds {len(alike)} tables: which one is meant?",
        tuple(choices),
    )


def _show(archive: zipfile.ZipFile, member: zipfile.ZipInfo, size: str) -> str:
    """Say how a table begins."""
    first = glimpse_member(archive, member, 200).decode("utf-8", "replace").split("\n")[0].strip()
    is_text = bool(first) and first.isprintable() and "\ufffd" not in first
    return f"{size}, beginning with {first[:80]}" if is_text else size
