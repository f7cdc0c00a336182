"""From bytes to UTF-8 with ``\\n`` between lines, whatever they were written in."""

from __future__ import annotations

import codecs
import re
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from lstm_core.data.reading.rows.text.code_pages import NAMES, Page, find_code_page
from lstm_core.data.reading.telling import Choice, Question, Remark
from lstm_core.data.wording import count_words
from lstm_core.errors import DataError

_CHUNK = 16_000_000
_HARD_BYTES = 60_000
_HARD_SEARCHED = 5_000_000
_SAMPLE_BYTES = 65_536
_MOST_LINES = 20
_BAD = re.compile("[\udc80-\udcff]")
_BEYOND_ASCII = re.compile(r"[^\x00-\x7f]")
_HARD_LINE = re.compile(rb"[^\n]*[\x80-\xff][^\n]*")
_BOMS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)


_ESCAPED_JAPANESE = re.compile(rb"\x1b\$[@B].{2,}?\x1b\([BJ]")
_Found = tuple[bytes, str, list[Remark], tuple[Question, ...]]


@dataclass(frozen=True)
class Text:
    """A file's text.

    Attributes:
        data: UTF-8, ``\\n`` between lines, no byte order mark, no NUL.
        encoding: what the file was in.
    """

    data: bytes
    encoding: str
    remarks: tuple[Remark, ...] = ()
    questions: tuple[Question, ...] = ()


def decode(content: bytes, name: str, encoding: str | None = None) -> Text:
    """Return the text that the bytes spell.

    Args:
        encoding: as a person said it; None: a byte order mark, UTF-16 without one (every other
            byte is zero), UTF-8 and then the code page whose letters are likeliest.

    Raises:
        DataError: the bytes are no text, or none in the encoding given.
    """
    remarks: list[Remark] = []
    questions: tuple[Question, ...] = ()
    if encoding is not None:
        data, found, remarks = _decode_as(content, encoding, name)
    else:
        data, found, remarks, questions = _find(content, name)
    if b"\0" in data:
        data, remark = _drop_zeros(data, name)
        remarks.append(remark)
    if b"\r" in data:
        data = data.replace(b"\r\n", b"\n").replace(b"\r", b"\n")
    if data.endswith(b"\x1a") or b"\x1a" in data[-200:]:
        data = data.rstrip(b"\x1a\n\0") + b"\n"
    return Text(data, found, tuple(remarks), questions)


def _decode_as(content: bytes, encoding: str, name: str) -> tuple[bytes, str, list[Remark]]:
    try:
        text = content.decode(encoding, "replace")
    except (LookupError, ValueError, TypeError, AttributeError) as error:
        raise DataError(
            f'"{encoding[:40]}" is no encoding that is known.',
            "Name one such as utf-8, cp1252 or gb18030.",
        ) from error
    if not isinstance(text, str) or _is_mostly_bad(text):
        raise DataError(
            f'The file "{name[:80]}" is not in the encoding {encoding[:40]}.',
            "Choose another encoding, or leave it to be found.",
        )
    data = text.removeprefix("\ufeff").encode("utf-8", "replace")
    return data, encoding, _tell_bad(text)


def _is_mostly_bad(text: str) -> bool:
    bad = text.count("\ufffd")
    return bad > 20 and bad > 0.1 * len(text) + 20


def _tell_bad(text: str) -> list[Remark]:
    """Name the lines in which bytes could not be read."""
    num_bad = text.count("\ufffd")
    told: list[int] = []
    at, line = -1, 1
    while len(told) < _MOST_LINES and (found := text.find("\ufffd", at + 1)) >= 0:
        line += text.count("\n", max(at, 0), found)
        told += [line] if told[-1:] != [line] else []
        at = found
    if not told:
        return []
    sentence = (
        f"{count_words(num_bad, 'byte')} could not be read and became “\ufffd” "
        f"({_name_lines(told)})."
    )
    return [Remark("bad_bytes", sentence, tuple(told))]


_CONTROLS = bytes(set(range(32)) - set(b"\t\n\r\f\x1a\x1b\x01\x1e\x1f\0"))
"""Signs that no text has, but for those that separate lines and cells."""


def _find(content: bytes, name: str) -> _Found:
    for mark, encoding in _BOMS:
        if content.startswith(mark) and (encoding != "utf-32" or len(content) % 4 == 0):
            if encoding == "utf-8":
                return _read_utf8(content[len(mark) :], name, has_mark=True)
            return _read_wide(content, encoding, name)
    sample = content[:_SAMPLE_BYTES]
    if b"\0" in sample:
        zeros = [sample[start::4].count(0) for start in range(4)]
        quarter = len(sample) / 4
        if min(zeros[2:]) > 0.9 * quarter and zeros[0] < 0.02 * quarter:
            return _read_wide(content, "utf-32-le", name)
        if min(zeros[:2]) > 0.9 * quarter and zeros[3] < 0.02 * quarter:
            return _read_wide(content, "utf-32-be", name)
        zeros_in_even, zeros_in_odd = (sample[start::2].count(0) for start in (0, 1))
        half = len(sample) / 2
        if zeros_in_odd > 0.4 * half and zeros_in_even < 0.02 * half:
            return _read_wide(content, "utf-16-le", name)
        if zeros_in_even > 0.4 * half and zeros_in_odd < 0.02 * half:
            return _read_wide(content, "utf-16-be", name)
    if _ESCAPED_JAPANESE.search(sample) and content.isascii():
        data, _, bad = _decode_as(content, "iso2022_jp", name)
        remark = Remark("encoding", f"The text is in the {NAMES['iso2022_jp']} encoding.")
        return data, "iso2022_jp", [remark, *bad], ()
    controls = len(sample) - len(sample.translate(None, _CONTROLS))
    if controls + sample.count(0) > 0.02 * len(sample) + 2:
        raise _refuse_binary(name)
    return _read_utf8(content, name, has_mark=False)


def _refuse_binary(name: str) -> DataError:
    return DataError(
        f'The file "{name[:80]}" holds binary data, no table.',
        "Open it in the program it belongs to and save the table as CSV or Excel.",
    )


def _read_wide(content: bytes, encoding: str, name: str) -> _Found:
    width = 4 if encoding.startswith("utf-32") else 2
    whole = content[: len(content) - len(content) % width]
    text = whole.decode(encoding, "replace").removeprefix("\ufeff")
    if _is_mostly_bad(text):
        raise _refuse_binary(name)
    remarks = [Remark("encoding", f"The text is in the {NAMES[encoding]} encoding.")]
    return text.encode("utf-8", "replace"), encoding, [*remarks, *_tell_bad(text)], ()


def _read_utf8(content: bytes, name: str, *, has_mark: bool) -> _Found:
    if content.isascii() or _is_utf8(content):
        return content, "utf-8", [], ()
    text = content.decode("utf-8", "surrogateescape")
    num_bad = len(_BAD.findall(text))
    num_good = len(_BEYOND_ASCII.findall(text)) - num_bad
    if has_mark or num_good >= 2 * num_bad:
        text = _BAD.sub("\ufffd", text)
        return text.encode(), "utf-8", _tell_bad(text), ()
    del text
    hard = b"\n".join(_HARD_LINE.findall(content[:_HARD_SEARCHED]))[:_HARD_BYTES]
    hard = hard or b"\n".join(_HARD_LINE.findall(content))[:_HARD_BYTES]
    page = find_code_page(hard)
    text = content.decode(page.name, "replace")
    if text.count("\ufffd") > 0.1 * sum(byte > 127 for byte in hard) + 20:
        raise _refuse_binary(name)
    remarks = [Remark("encoding", f"The text is in the {NAMES[page.name]} encoding.")]
    return text.encode(), page.name, [*remarks, *_tell_bad(text)], _ask(page)


def _ask(page: Page) -> tuple[Question, ...]:
    if not page.other:
        return ()
    pairs = ((page.name, page.word), (page.other, page.other_word))
    choices = tuple(Choice(each, NAMES[each], f"a word reads {word[:40]}") for each, word in pairs)
    sentence = "Too few letters tell the text's encoding for sure: which spelling is right?"
    return (Question("data.reading.encoding", sentence, choices),)


def _is_utf8(content: bytes) -> bool:
    decoder = codecs.getincrementaldecoder("utf-8")()
    view = memoryview(content)
    try:
        for start in range(0, len(content), _CHUNK):
            decoder.decode(view[start : start + _CHUNK], final=start + _CHUNK >= len(content))
    except UnicodeDecodeError:
        return False
    return True


def _drop_zeros(data: bytes, name: str) -> tuple[bytes, Remark]:
    zeros = data.count(0)
    if zeros > 0.1 * len(data) + 10:
        raise _refuse_binary(name)
    first = np.frombuffer(data, np.uint8)
    at = np.flatnonzero(first == 0)[:20]
    told = sorted({data.count(b"\n", 0, int(place)) + 1 for place in at})
    return data.replace(b"\0", b""), Remark(
        "nul_bytes",
        f"{count_words(zeros, 'NUL byte')} left out ({_name_lines(told)}).",
        tuple(told),
    )


def _name_lines(lines: Sequence[int]) -> str:
    named = ", ".join(f"{line:,}" for line in lines[:5])
    return f"line{'s' if len(lines) > 1 else ''} {named}{', …' if len(lines) > 5 else ''}"
