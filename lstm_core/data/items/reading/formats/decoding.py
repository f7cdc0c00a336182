"""From bytes to text, also where two encodings are mixed in one file."""

from __future__ import annotations

from lstm_core.data.items.reading.formats.encodings import find_encoding, recognise_binary
from lstm_core.data.wording import count_words
from lstm_core.errors import DataError

_SAMPLE_BYTES = 200_000
_WORST_SHARE_OF_HIGH = 0.4
_NAMES = {
    "cp1252": "Windows-1252",
    "utf-16": "UTF-16",
    "utf-16-le": "UTF-16",
    "utf-16-be": "UTF-16",
}


def decode_file(content: bytes, name: str) -> tuple[str, tuple[str, ...]]:
    """Return the text, with ``\\n`` between lines, and what is to be told about its encoding.

    Lines that are UTF-8 are read as that, even where others are in Windows-1252: such files
    come about when tables are pasted together. NUL characters, which nothing can hold, go.

    Raises:
        DataError: the bytes are no text.
    """
    kind = recognise_binary(content)
    encoding = None if kind else find_encoding(content)
    if encoding is None and not kind and _has_mixed_lines(content):
        encoding = "cp1252"
    if encoding is None:
        what = f"it seems to be {kind}" if kind else "it holds binary data"
        raise DataError(
            f'The file "{name[:80]}" is no text: {what}.',
            "Bring texts and tables as CSV, TSV, Excel (.xlsx), JSON lines, TXT, FASTA, .ts or "
            ".arff, or such files in a ZIP.",
        )
    notes: tuple[str, ...] = ()
    if encoding == "cp1252":
        _refuse_other_scripts(content, name)
        text, notes = _decode_lines(content)
    else:
        text = content.decode(encoding, "replace")
        if encoding in _NAMES:
            notes = (f"The text is in the {_NAMES[encoding]} encoding.",)
    text = text.removeprefix("\ufeff").replace("\r\n", "\n").replace("\r", "\n")
    return text.replace("\0", ""), notes


def _refuse_other_scripts(content: bytes, name: str) -> None:
    """Refuse Chinese, Russian and the like in an old encoding, which would come out as garble.

    Letters with accents are few even in Vietnamese or Polish; there, most letters are not ASCII.
    """
    lines = [line for line in content[:_SAMPLE_BYTES].split(b"\n") if not _is_utf8(line)]
    letters = b"".join(b"".join(lines).split())
    high = sum(byte >= 0x80 for byte in letters)
    if len(letters) >= 40 and high > _WORST_SHARE_OF_HIGH * len(letters):
        raise DataError(
            f'The letters of "{name[:80]}" are in an encoding that is not recognised.',
            "Save it again in UTF-8.",
        )


def _is_utf8(line: bytes) -> bool:
    try:
        line.decode("utf-8")
    except UnicodeDecodeError:
        return False
    return True


def _decode_lines(content: bytes) -> tuple[str, tuple[str, ...]]:
    """Decode each line as UTF-8 where it is that, as Windows-1252 otherwise."""
    lines, num_utf8, num_other = [], 0, 0
    for line in content.split(b"\n"):
        try:
            decoded = line.decode("utf-8")
            num_utf8 += not line.isascii()
        except UnicodeDecodeError:
            decoded = line.decode("cp1252", "replace")
            num_other += 1
        lines.append(decoded)
    if num_utf8:
        note = (
            f"Two encodings are mixed: {count_words(num_utf8, 'line')} in UTF-8 and "
            f"{num_other:,} in Windows-1252; each was read as it is."
        )
    else:
        note = "The text is in the Windows-1252 encoding."
    return "\n".join(lines), (note,)


def _has_mixed_lines(content: bytes) -> bool:
    """Whether UTF-8 stands beside Windows-1252: UTF-8's bytes may have no meaning in the other."""
    if b"\0" in content:
        return False
    sample = content[:65_536]
    controls = sum(byte < 32 and byte not in b"\t\n\r\f\x1a" for byte in sample)
    if controls > 0.01 * len(sample):
        return False
    bad = 0
    lines = content.split(b"\n")
    for line in lines:
        try:
            line.decode("utf-8")
        except UnicodeDecodeError:
            bad += any(byte in b"\x81\x8d\x8f\x90\x9d" for byte in line)
    return bad <= 0.01 * len(lines)
