"""What a cell looks like, at a glance: enough to tell a header from what stands below it.

What a number or a time is worth is decided later, over whole columns.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from functools import lru_cache
from typing import Literal

from lstm_core.data.reading.times.forms.words import month_of

Kind = Literal["missing", "number", "date", "clock", "text"]

_MARKS = r".,'’\u00a0\u202f\u2009 "
_NUMBER = re.compile(
    r"\(?[-+\u2212]?\s*(?:[$€£¥₹₩₽]|R\$|kr|CHF|USD|EUR|GBP|(?:S/|lei|R[Mp]?)(?=\s?\d+[., ]\d))?"
    r"\s*[-+\u2212]?"
    rf"(?:\d{{1,3}}(?:[{_MARKS}]\d{{2,3}})+|\d+)?(?:[.,]\d*)?(?:[eE][-+]?\d+)?"
    r"\s*(?:%|‰|[$€£¥₹₩₽]|[kKMBT]|°?[CFK]|[a-zA-Zµ]{1,4}(?:/[a-zA-Z]{1,3}[²³]?)?)?\)?-?"
)
_MONTH = (
    r"(?i:(?:jan|ene|led|sty|янв|oca|fe[bv]|fév|úno|lut|фев|şub|ma[rä]|mär|mrz|bře|мар|maa|apr|avr"
    r"|abr|dub|kwi|апр|nis|mai|may|maj|mei|mag|kvě|май|мая|jun|juin|giu|čer|cze|июн|haz|jul|juil"
    r"|lug|lip|июл|tem|aug|ago|ao[uû]|srp|sie|авг|ağu|sep|set|zář|wrz|сен|eyl|o[ck]t|ott|out|říj"
    r"|paź|окт|eki|nov|lis|ноя|kas|de[cz]|déc|dic|pro|gru|дек|ara|quart|trim|q)[^\W\d_]{0,8}\.?)"
)
_DATE = re.compile(
    r"(?:\w{2,10}\.?,? )?(?:"
    r"\d{1,4}[-/.]\s?\d{1,2}(?:[-/.]\s?\d{1,4})?|\d{1,2}[ ]\d{1,2}[ ]\d{4}"
    rf"|\d{{1,2}}[-. ]{{0,2}}{_MONTH}[-., ]{{0,2}}'?\d{{2,4}}"
    rf"|{_MONTH}[- ]?\d{{1,2}}?,? ?'?\d{{2,4}}"
    rf"|\d{{4}}[- ]?{_MONTH}|\d{{4}}[-: ]?[QWMSHqwmsh]\d{{1,2}}(?:-\d)?"
    r"|[QqTtHhSs]\d[-/ ]?\d{2,4}|\d[QqTtHhSs][-/ ]?\d{2,4}"
    r"|\d{4}\s?[年년]\s?\d{1,2}\s?[月월](?:\s?\d{1,2}\s?[日일])?"
    r")\.?(?:[T ,:]+\d{1,2}[:.h]\d{2}.*|T?\d{6}Z?)?(?:\s+-\s+.*)?"
)
_CLOCK = re.compile(
    r"\d{1,2}[:h]\d{2}(?:[:.]\d{2})?(?:[.,]\d+)?\s?(?:[AaPp]\.?[Mm]\.?)?(?:\s?-.*)?"
)
_NAMED_DAY = re.compile(r"(?:\d{1,2}[-./ ]{0,2})?([^\W\d_]{3,13})\.?[-./, ]{0,2}'?(?:\d\d){1,2}\.?")
_YEARLESS = re.compile(r"(?:\d{1,2}\.?[-/ ]{0,2})?([^\W\d_]{3,13})\.?(?:[-/ ]{0,2}\d{1,2})?")
_PLAIN = re.compile(r"\d{1,3}[. ]\d{1,3}|\d+[.,]\d+|\d{1,2}[a-z]{3,4}")
_LONGEST = 60

MISSING_LOOKS = frozenset(
    [
        "na",
        "n/a",
        "#n/a",
        "nan",
        "null",
        "none",
        "nil",
        "-",
        "--",
        "---",
        ".",
        "..",
        "...",
        "?",
        "missing",
        "\\n",
        "(null)",
        "<na>",
        ":",
        "*",
        "—",
        "–",
        "nd",
        "n.d.",
        "k.a.",
        "m",
        "x",
        "unknown",
        "unavailable",
        "#div/0!",
        "#value!",
        "#ref!",
        "#null!",
        "#name?",
        "#num!",
        "undefined",
        "nat",
        "-nan",
        "inf",
        "-inf",
        "#n/v",
    ]
) | {"", "no data", "not available"}


@lru_cache(maxsize=100_000)
def kind_of(cell: str) -> Kind:
    """Return what the cell, stripped of blanks, looks like."""
    if len(cell) > _LONGEST:
        return "text"
    if cell.lower() in MISSING_LOOKS:
        return "missing"
    if any(sign.isdigit() for sign in cell):
        if _DATE.fullmatch(cell) and not _PLAIN.fullmatch(cell):
            return "date"
        named = _NAMED_DAY.fullmatch(cell) or _YEARLESS.fullmatch(cell)
        if named and month_of(named[1]):
            return "date"
        if _CLOCK.fullmatch(cell):
            return "clock"
        if _NUMBER.fullmatch(cell):
            return "number"
    return "text"


def kinds_of_columns(rows: Iterable[Sequence[str]], width: int) -> list[Kind]:
    """Return what most cells of each column look like, missing ones apart; "text" if unclear."""
    counts = [Counter[Kind]() for _ in range(width)]
    for row in rows:
        for count, cell in zip(counts, row, strict=False):
            count[kind_of(cell)] += 1
    found: list[Kind] = []
    for count in counts:
        count.pop("missing", None)
        total = sum(count.values())
        kind, most = max(count.items(), key=lambda each: each[1], default=("missing", 0))
        found.append(kind if most > 0.5 * total or not total else "text")
    return found
