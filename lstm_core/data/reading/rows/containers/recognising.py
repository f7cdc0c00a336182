"""What a file is, by its first bytes; its name is not asked."""

from __future__ import annotations

import re
from typing import Literal

Container = Literal[
    "gzip", "bzip2", "xz", "zip", "workbook", "parquet", "arrow", "markup", "json", "arff", "tsf",
    "sql", "text",
]  # fmt: skip

_PACKED: tuple[tuple[bytes, Container], ...] = (
    (b"\x1f\x8b", "gzip"),
    (b"BZh", "bzip2"),
    (b"\xfd7zXZ\0", "xz"),
    (b"PK\x03\x04", "zip"),
    (b"PK\x05\x06", "zip"),
    (b"\xd0\xcf\x11\xe0", "workbook"),
    (b"PAR1", "parquet"),
    (b"ARROW1", "arrow"),
    (b"FEA1", "arrow"),
)
_FOREIGN = (
    (b"\x89PNG", "a PNG picture"),
    (b"\xff\xd8\xff", "a JPEG picture"),
    (b"GIF8", "a GIF picture"),
    (b"RIFF", "a sound, a film or a picture"),
    (b"%PDF", "a PDF document"),
    (b"{\\rtf", "a text document (RTF)"),
    (b"\x28\xb5\x2f\xfd", "a Zstandard archive"),
    (b"7z\xbc\xaf", "a 7-Zip archive"),
    (b"Rar!", "a RAR archive"),
    (b"SQLite format 3", "an SQLite database"),
    (b"\x89HDF", "an HDF5 file"),
    (b"CDF\x01", "a NetCDF file"),
    (b"CDF\x02", "a NetCDF file"),
    (b"\x93NUMPY", "a NumPy file"),
    (b"MATLAB 5.0", "a MATLAB file"),
    (b"$FL2", "an SPSS file"),
    (b"<stata_dta>", "a Stata file"),
    (b"RDX", "an R file"),
    (b"\x7fELF", "a program"),
    (b"MZ\x90", "a program"),
    (b"\xca\xfe\xba\xbe", "a program"),
    (b"Obj\x01", "an Avro file"),
    (b"ORC", "an ORC file"),
)
_PICKLE = re.compile(rb"\x80[\x02-\x05](?:\x95|[\]\}c\(])")


def recognise_foreign(content: bytes) -> str:
    """Say in words what a well-known kind of file without a readable table is; ``""`` if none."""
    if _PICKLE.match(content):
        return "a Python pickle, which could run programs when opened"
    for signature, words in _FOREIGN:
        if content.startswith(signature):
            return words
    return ""


def recognise(content: bytes) -> Container:
    """Return what kind of container the bytes are; "text" where they are none."""
    for signature, kind in _PACKED:
        if content.startswith(signature):
            return kind
    beginning = _beginning(content)
    if re.match(r"<(?:\?xml|!doctype html|html|head|body|table|meta|div|style)\b", beginning, re.I):
        return "markup"
    if beginning[:1] in ("{", "["):
        return "json" if _looks_like_json(beginning) else "text"
    if re.search(r"(?mi)^[ \t]*@relation\b", beginning):
        if re.search(r"(?mi)^[ \t]*@(?:frequency|equallength|horizon)\b", beginning):
            return "tsf"
        return "arff"
    if re.search(r"(?mi)^\s*(?:INSERT\s+INTO|CREATE\s+TABLE)\b[^\n]*\(", beginning) and (
        beginning.count(";\n") + beginning.count("),") > 1
    ):
        return "sql"
    return "text"


def _beginning(content: bytes) -> str:
    head = content[:8_192]
    if head.startswith((b"\xff\xfe", b"\xfe\xff")):
        return head.decode("utf-16", "ignore").lstrip("\ufeff \t\r\n")
    return head.decode("utf-8", "ignore").lstrip("\ufeff \t\r\n")


def _looks_like_json(beginning: str) -> bool:
    return bool(re.match(r'(?:\{\s*(?:"|\})|\[\s*(?:[\[\{"\d\-\]]|null|true|false))', beginning))
