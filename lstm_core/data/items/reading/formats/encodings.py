"""Which encoding the bytes of a text are in, and what they are where they are no text."""

from __future__ import annotations

import codecs

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
