"""Translation memories (TMX): units that hold a sentence in several languages.

The format is of LISA/GALA, "TMX 1.4b Specification" (2005). A file that declares entities, or
types of its own, is refused before it is parsed: nothing is ever expanded or fetched.
"""

from __future__ import annotations

import codecs
import io
import re
from collections import Counter
from xml.etree import ElementTree

import pandas as pd

from lstm_core.data.items.reading.source import Hint
from lstm_core.data.pairs.reading.source import PairSource
from lstm_core.errors import DataError

_MOST_LANGUAGES = 60
_CODE = re.compile(r"[A-Za-z]{2,8}([-_][A-Za-z0-9]{1,8})*")
_CODED = frozenset({"bpt", "ept", "ph", "it", "ut"})
"""Elements whose text is formatting, not language."""
_LANGUAGE = "{http://www.w3.org/XML/1998/namespace}lang"
_DECLARED = re.compile(rb"""^\s*<\?xml[^>]*encoding\s*=\s*["']([A-Za-z0-9._-]{1,40})["']""")
_TYPES = re.compile(r"<!DOCTYPE[^>\[]*>", re.IGNORECASE)


def looks_like_tmx(content: bytes) -> bool:
    """Whether the bytes are XML whose root is ``tmx``; comments may stand before it."""
    beginning = content[:20_000].replace(b"\0", b"").lower()
    return (
        beginning.lstrip(b"\xef\xbb\xbf\xff\xfe \t\r\n").startswith(b"<") and b"<tmx" in beginning
    )


def read_tmx(content: bytes, name: str) -> PairSource:
    """Return a row a unit, a column a language, the most frequent first.

    Raises:
        DataError: damaged, with declarations of its own, or without two languages.
    """
    text = _decode(content, name)
    if re.search(r"<!(ENTITY|ELEMENT|ATTLIST|NOTATION)", text, re.IGNORECASE):
        raise DataError(
            f'The translation memory "{name[:80]}" declares entities of its own, which are not '
            "read.",
            "Save it again from the program it comes from, without them.",
        )
    text = _TYPES.sub("", text, count=1)
    units: list[dict[str, str]] = []
    given = ""
    try:
        for event, element in ElementTree.iterparse(io.BytesIO(text.encode()), ("start", "end")):
            tag = _strip(element.tag)
            if event == "start" and tag == "header":
                given = element.get("srclang", "")
            if event == "end" and tag == "tu":
                units.append(_read_unit(element))
                element.clear()
    except ElementTree.ParseError as error:
        raise DataError(
            f'The translation memory "{name[:80]}" is damaged or not whole: line '
            f"{error.position[0]:,}.",
            "Save it again from the program it comes from.",
        ) from error
    return _arrange(units, given, name)


def _arrange(units: list[dict[str, str]], given: str, name: str) -> PairSource:
    counts = Counter(language for unit in units for language in unit)
    if len(counts) < 2:
        raise DataError(
            f'The translation memory "{name[:80]}" holds {len(counts)} languages, not two.',
            "Choose one with sentences and their translations.",
        )
    languages = [language for language, _ in counts.most_common(_MOST_LANGUAGES)]
    first = _fold(given)
    if first in languages[:2]:
        languages.sort(key=lambda language: language != first)
    frame = pd.DataFrame(
        {language: [unit.get(language, "") for unit in units] for language in languages},
        dtype="str",
    )
    hints = {
        "given": Hint(languages[0], "It is the language that the memory translates from.")
        if languages[0] == first
        else Hint(languages[0], "It is the language of most units."),
        "wanted": Hint(languages[1], "It is the other language of most units."),
    }
    return PairSource(frame, name, "tmx", hints)


def _read_unit(unit: ElementTree.Element) -> dict[str, str]:
    found: dict[str, str] = {}
    for variant in unit:
        if _strip(variant.tag) != "tuv":
            continue
        language = variant.get(_LANGUAGE) or variant.get("lang") or ""
        segment = next((each for each in variant if _strip(each.tag) == "seg"), None)
        if segment is None or not _CODE.fullmatch(language):
            continue
        text = " ".join("".join(_list_texts(segment)).split())
        found.setdefault(_fold(language), text)
    return found


def _list_texts(element: ElementTree.Element) -> list[str]:
    """Return the texts of an element but for those that are formatting; without recursion."""
    texts: list[str] = []
    waiting: list[ElementTree.Element | str] = [element]
    while waiting:
        each = waiting.pop()
        if isinstance(each, str):
            texts.append(each)
            continue
        if _strip(each.tag) in _CODED:
            continue
        texts.append(each.text or "")
        for child in reversed(list(each)):
            waiting += [child.tail or "", child]
    return texts


def _strip(tag: object) -> str:
    """Return an element's name without its namespace; a comment has none."""
    return tag.rpartition("}")[2].lower() if isinstance(tag, str) else ""


def _fold(language: str) -> str:
    return language.replace("_", "-").lower()


def _decode(content: bytes, name: str) -> str:
    """Return the text, so that what is looked through is what is parsed."""
    if content.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        encoding = "utf-16"
    elif content[:2] in (b"<\0", b"\0<"):
        encoding = "utf-16-le" if content[:1] == b"<" else "utf-16-be"
    else:
        found = _DECLARED.match(content.removeprefix(codecs.BOM_UTF8))
        encoding = found[1].decode().lower() if found else "utf-8"
        if encoding not in ("utf-8", "iso-8859-1", "latin1", "windows-1252", "us-ascii"):
            encoding = "utf-8"
    try:
        text = content.decode(encoding).removeprefix("\ufeff")
    except UnicodeDecodeError as error:
        raise DataError(
            f'The translation memory "{name[:80]}" is not in the encoding that it names.',
            "Save it again in UTF-8.",
        ) from error
    # What follows is text already: a declaration of another encoding would be believed.
    return re.sub(r"^\s*<\?xml[^>]*\?>", "", text, count=1)
