"""Files that a person names on the command line."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TextIO

from lstm_core.data.items.reading.files import (
    MOST_BYTES,
    MOST_FILES,
    GivenFile,
    refuse_count,
    refuse_size,
)
from lstm_core.errors import DataError


def read_file(path: str) -> bytes:
    """Return a file's content.

    Raises:
        DataError: it does not exist or cannot be read.
    """
    try:
        return Path(path).read_bytes()
    except FileNotFoundError:
        raise DataError(f'There is no file "{path}".', "Check the name and the folder.") from None
    except OSError as error:
        raise DataError(f'"{path}" cannot be read: {error.strerror}.') from error


def read_files(paths: Sequence[str]) -> list[GivenFile]:
    """Return the files with their names; of a folder, all that it holds, by their places in it.

    Hidden files are passed over.

    Raises:
        DataError: one does not exist or cannot be read, or they are too many or too large.
    """
    found = [each for path in paths for each in _list_files(Path(path))]
    if not found:
        raise DataError(f'There is no file in the folder "{paths[0]}".', "Choose another one.")
    if len(found) > MOST_FILES:
        raise refuse_count()
    if len(found) > 1 and sum(_measure(path) for path, _ in found) > MOST_BYTES:
        raise refuse_size()  # before they are in memory
    return [GivenFile(name, read_file(str(path))) for path, name in found]


def read_typed(stream: TextIO) -> GivenFile:
    """Return what comes by standard input as a file.

    Raises:
        DataError: nothing comes, for it is a person's terminal.
    """
    if stream.isatty():
        raise DataError(
            "There is nothing to ask about.",
            "Give a file with --csv, or text on standard input: a line each.",
        )
    return GivenFile("typed.txt", stream.buffer.read())


def name_files(paths: Sequence[str]) -> str:
    """Return what several files are called: by the first of them, or by their folder."""
    path = Path(paths[0])
    return path.name or path.resolve().name


def write_file(path: str, text: str) -> None:
    """Write text as UTF-8.

    Raises:
        DataError: it cannot be written there.
    """
    try:
        Path(path).write_text(text, encoding="utf-8")
    except OSError as error:
        raise DataError(
            f'"{path}" cannot be written: {error.strerror}.', "Choose another place."
        ) from error


def _list_files(path: Path) -> list[tuple[Path, str]]:
    if not path.is_dir():
        return [(path, path.name)]
    inside = ((each, each.relative_to(path)) for each in sorted(path.rglob("*")))
    return [
        (each, place.as_posix())
        for each, place in inside
        if each.is_file() and not any(part.startswith(".") for part in place.parts)
    ]


def _measure(path: Path) -> int:
    return path.stat().st_size if path.is_file() else 0
