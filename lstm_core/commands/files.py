"""Files that a person names on the command line."""

from __future__ import annotations

from pathlib import Path

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
