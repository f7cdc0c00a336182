"""Files in ZIP and gzip: what of it is read, and under which names."""

from __future__ import annotations

import stat
import zipfile
from collections.abc import Iterator, Sequence
from pathlib import PurePosixPath

from lstm_core.data.inflating import Limit, inflate, open_zip, read_member, refuse_damage
from lstm_core.data.items.reading.files import (
    MOST_BYTES,
    MOST_FILES,
    GivenFile,
    check_sizes,
    refuse_count,
    refuse_size,
)
from lstm_core.data.wording import count_words
from lstm_core.errors import DataError

_MOST_TIMES_LARGER = 1_000
"""What a gigabyte of zeros packs to; tables of real numbers pack to a fifth at best."""
_OFFICE = ("xl/workbook.xml", "word/document.xml", "content.xml")
_LITTER = frozenset({"__MACOSX", ".DS_Store", "Thumbs.db", "desktop.ini"})


def unpack_files(files: Sequence[GivenFile]) -> tuple[list[GivenFile], list[str]]:
    """Return the files with every ZIP and gzip opened, and sentences about what was left out.

    An Excel workbook is a ZIP as well, and stays as it is. Archives inside an archive are left
    out, except for single files under gzip.

    Raises:
        DataError: a damaged, locked or deceitful archive, or more than is read.
    """
    check_sizes(files)
    unpacked: list[GivenFile] = []
    notes: list[str] = []
    left = MOST_BYTES
    for file in files:
        if is_zip(file.content) and not is_office(file.content):
            members = list(_open_zip(file, left, notes))
        else:
            members = [file]
        for member in members:
            opened = _open_gzip(member, left) if member.content[:2] == b"\x1f\x8b" else member
            left -= len(opened.content)
            if left < 0:
                raise refuse_size()
            unpacked.append(opened)
    check_sizes(unpacked)
    return unpacked, notes


def limit_items(most_bytes: int = MOST_BYTES) -> Limit:
    """Return how much may come out of one archive."""
    return Limit(most_bytes, refuse_size, _MOST_TIMES_LARGER)


def is_zip(content: bytes) -> bool:
    return content[:4] in (b"PK\x03\x04", b"PK\x05\x06")


def is_office(content: bytes) -> bool:
    """Whether a ZIP is a workbook or a document of an office program."""
    try:
        names = open_zip(content, "").namelist()
    except DataError:
        return False
    return any(name in names for name in _OFFICE) and (
        "[Content_Types].xml" in names or "mimetype" in names
    )


def _open_zip(file: GivenFile, most_bytes: int, notes: list[str]) -> Iterator[GivenFile]:
    archive = open_zip(file.content, file.name)
    members = archive.infolist()
    if not all(member.filename for member in members):
        raise refuse_damage(file.name)
    members = [each for each in members if not each.is_dir() and not _is_litter(each)]
    if len(members) > MOST_FILES:
        raise refuse_count()
    if sum(member.file_size for member in members) > 4 * most_bytes:
        raise refuse_size()
    inner = 0
    for member in members:
        path = _clean_path(member, file.name)
        if path is None:
            inner += 1
            continue
        content = read_member(archive, member, file.name, limit_items(most_bytes))
        most_bytes -= len(content)
        if is_zip(content) and not is_office(content):
            inner += 1
            continue
        yield GivenFile(path, content)
    if inner:
        notes.append(
            f"Archives and links inside the archive left out: {count_words(inner, 'file')}."
        )


def _clean_path(member: zipfile.ZipInfo, name: str) -> str | None:
    """Return the path inside the archive; None for a link.

    Nothing is written under these names; one that climbs out shows what the archive is after.
    """
    if stat.S_ISLNK(member.external_attr >> 16):
        return None
    path = PurePosixPath(member.filename.replace("\\", "/"))
    climbs = path.is_absolute() or ".." in path.parts or path.parts[:1] == ("~",)
    if climbs or (path.parts and path.parts[0].endswith(":")):
        raise DataError(
            f'The archive "{name[:80]}" holds a path that leads out of it: '
            f'"{member.filename[:80]}".',
            "Pack the folder again, with plain names inside.",
        )
    return str(path)


def _is_litter(member: zipfile.ZipInfo) -> bool:
    """Whether a program of the operating system left it there."""
    parts = PurePosixPath(member.filename.replace("\\", "/")).parts
    return not parts or bool(_LITTER & set(parts)) or parts[-1].startswith("._")


def _open_gzip(file: GivenFile, most_bytes: int) -> GivenFile:
    """Return the file under gzip, under its name without ``.gz``; several streams are joined."""
    content = inflate(file.content, "gzip", file.name, limit_items(most_bytes))
    name = file.name
    for ending in (".gz", ".gzip"):
        if name.lower().endswith(ending) and len(name) > len(ending):
            name = name[: -len(ending)]
    return GivenFile(name, content)
