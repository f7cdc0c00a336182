"""From the bytes of a file to its text: refuse what is no text, then find the encoding."""

from __future__ import annotations

import codecs

import numpy as np

from lstm_core.errors import DataError

LONGEST_LINE = 1_000_000
"""Bytes in one line beyond which a file is no table."""

_SAMPLE_SIZE = 8_192
_SIGNATURES = (
    (b"\x89PNG", "a PNG picture"),
    (b"\xff\xd8\xff", "a JPEG picture"),
    (b"GIF8", "a GIF picture"),
    (b"%PDF", "a PDF document"),
    (b"\xd0\xcf\x11\xe0", "an old Excel workbook (.xls)"),
    (b"\x1f\x8b", "a gzip archive"),
    (b"BZh", "a bzip2 archive"),
    (b"\xfd7zXZ", "an xz archive"),
    (b"\x28\xb5\x2f\xfd", "a Zstandard archive"),
    (b"7z\xbc\xaf", "a 7-Zip archive"),
    (b"PAR1", "a Parquet file"),
    (b"ARROW1", "an Arrow file"),
    (b"SQLite format 3", "an SQLite database"),
    (b"\x89HDF", "an HDF5 file"),
    (b"\x7fELF", "a program"),
    (b"MZ\x90", "a program"),
)
_OFFICE_MEMBERS = ((b"xl/", "an Excel workbook (.xlsx)"), (b"word/", "a Word document"))
_REMEDY = "Open it in the program it belongs to and save the table as CSV."


def decode_text(content: bytes, name: str) -> tuple[str, str]:
    """Return the text, with ``\\n`` between lines, and the name of its encoding.

    Encodings are tried in this order: a byte order mark, UTF-16 without one (every other byte
    is zero), UTF-8, Windows-1252.

    Raises:
        DataError: the file is empty, is no text, or has a line of absurd length.
    """
    if not content.strip():
        raise DataError(f'The file "{name}" is empty.', "Choose a file with a header and rows.")
    kind = recognise_binary(content)
    if kind:
        raise DataError(f'The file "{name}" is not a CSV: it seems to be {kind}.', _REMEDY)
    _refuse_long_lines(content, name)
    encoding = find_encoding(content)
    if encoding is None:
        raise DataError(f'The file "{name}" is not a CSV: it holds binary data.', _REMEDY)
    try:
        text = content.decode(encoding)
    except UnicodeDecodeError as error:
        raise DataError(
            f'The file "{name}" is damaged: it begins as {encoding} text but byte '
            f"{error.start:,} is none.",
            "Save it again as CSV in UTF-8.",
        ) from error
    return text.replace("\r\n", "\n").replace("\r", "\n"), encoding


def recognise_binary(content: bytes) -> str:
    """Say in words what a well-known binary or markup format looks like; ``""`` if none."""
    if content.startswith(b"PK\x03\x04"):
        members = (words for member, words in _OFFICE_MEMBERS if member in content)
        return next(members, "a ZIP archive")
    for signature, words in _SIGNATURES:
        if content.startswith(signature):
            return words
    beginning = content[:256].lstrip(b"\xef\xbb\xbf \t\r\n").lower()
    if beginning.startswith((b"<!doctype html", b"<html")):
        return "a web page"
    if beginning.startswith(b"<?xml"):
        return "an XML file"
    return ""


def _refuse_long_lines(content: bytes, name: str) -> None:
    if len(content) <= LONGEST_LINE:
        return
    characters = np.frombuffer(content, dtype=np.uint8)
    ends = np.flatnonzero((characters == ord("\n")) | (characters == ord("\r")))
    longest = int(np.diff(ends, prepend=-1, append=len(content)).max())
    if longest > LONGEST_LINE:
        raise DataError(
            f'The file "{name}" has a line of {longest:,} bytes, which no table has.',
            "Save the table as CSV with one row on each line.",
        )


def find_encoding(content: bytes) -> str | None:
    """Return a codec's name, or None for bytes that are text in none."""
    if content.startswith(codecs.BOM_UTF8):
        return "utf-8-sig"
    if content.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return "utf-16"
    sample = content[:_SAMPLE_SIZE]
    if b"\0" in sample:
        zeros_in_even, zeros_in_odd = (sample[start::2].count(0) for start in (0, 1))
        half = len(sample) / 2
        if zeros_in_odd > 0.4 * half and zeros_in_even == 0:
            return "utf-16-le"
        if zeros_in_even > 0.4 * half and zeros_in_odd == 0:
            return "utf-16-be"
        return None
    if b"\0" in content:
        return None
    controls = sum(byte < 32 and byte not in b"\t\n\r\f\x1a" for byte in sample)
    if controls > 0.01 * len(sample):
        return None
    try:
        content.decode("utf-8")
    except UnicodeDecodeError:
        undefined_in_1252 = b"\x81\x8d\x8f\x90\x9d"
        return None if any(byte in undefined_in_1252 for byte in sample) else "cp1252"
    return "utf-8"
