"""One way of writing a number: sign, currency, digits with marks, exponent, unit."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from functools import lru_cache
from typing import Literal

from lstm_core.data.reading.values.numbers.shapes import DIGIT, FIRST_ZERO

Mark = Literal[".", ","]
MARKS: tuple[Mark, Mark] = (".", ",")

_D = f"[{DIGIT}{FIRST_ZERO}]"
_CODES = (
    "USD|EUR|GBP|JPY|CHF|CNY|RMB|INR|AUD|CAD|NZD|SEK|NOK|DKK|ISK|PLN|CZK|HUF|RON|BGN|TRY|RUB|UAH|"
    "ZAR|BRL|MXN|ARS|CLP|COP|KRW|HKD|SGD|TWD|THB|IDR|MYR|PHP|VND|ILS|AED|SAR|EGP|NGN|KES|BTC|ETH"
)
_CURRENCY = (
    rf"(?:[A-Z]{{1,3}})?[$€£¥₹₽₩₺₫₴₦฿₪₱¢￥￡]|(?:{_CODES})(?![A-Za-z])"
    r"|kr\.?|Rs\.?|zł|Kč|Ft|лв\.?|руб\.?|Fr\.?|円|元"
    rf"|(?:lei|S/\.?|R[Mp]?\.?|K[Ss]h\.?)(?=\s?[+-]?{_D})"
)
LETTERS_OF_CURRENCIES = ("R", "R.", "RM", "RM.", "S/", "S/.")
"""What may as well begin the name of a thing, such as room R12."""
_NUMBER = re.compile(
    rf"(?:(?P<first>{_CURRENCY})\s*(?=\())?(?P<open>\()?\s*(?P<sign>[+-])?\s*(?P<before>{_CURRENCY})?\s*(?P<inner>[+-])?"
    rf"(?P<body>[.,]?{_D}+(?:[.,' ]{_D}+)*[.,]?)"
    rf"(?P<exponent>(?:[eE][+-]?|[dD][+-]){_D}{{1,3}}(?![\w.,]))?"
    rf"(?P<tail>.*)",
    re.DOTALL,
)
_UNIT = re.compile(r"(?:[^\W\d_]|[°º%‰$€£¥₹₽₩₺₫₴₦฿₪₱¢*†‡#²³µ(\[/'\"′″])[^\x00-\x1c;=<>]{0,23}")
_NO_UNIT = re.compile(r"[ap]\.?m\.?", re.IGNORECASE)
_UNIT_DIGITS = re.compile(rf"[^\W\d_/^-]\^?-?{_D}(?!{_D})|{_D}")
_INFINITY = re.compile(r"(?P<sign>[+-])?(?:inf|infinity|∞|1\.#INF)", re.IGNORECASE)


@dataclass(frozen=True)
class Reading:
    """A body's digits read with one decimal mark.

    Attributes:
        decimal_at: byte in the body at which the decimals' mark stands; -1 without decimals.
        thousands: the mark between its thousands; "" where it has none.
    """

    decimal_at: int
    thousands: str


@dataclass(frozen=True)
class Written:
    """A shape that is a number.

    Attributes:
        start, end: the bytes of the cell that digits, marks and exponent take.
        before, after: a currency before it; what stands after it, such as a unit.
        is_apart: there is a blank before what stands after it.
        readings: by decimal mark; one that can't be is left out.
        is_infinite: it has no digits at all.
    """

    start: int
    end: int
    body: str
    is_negative: bool
    has_plus: bool
    before: str
    after: str
    is_apart: bool
    has_exponent: bool
    readings: dict[Mark, Reading]
    is_infinite: bool = False

    @property
    def proves(self) -> Mark | None:
        """The one decimal mark with which it is a number; None where both will do."""
        return next(iter(self.readings)) if len(self.readings) == 1 else None

    @property
    def is_ambiguous(self) -> bool:
        """Whether both marks make it a number, and not the same one."""
        return len(self.readings) == 2 and self.readings["."] != self.readings[","]

    @property
    def is_bare(self) -> bool:
        return not (self.before or self.after)

    @property
    def is_whole(self) -> bool:
        """Written with digits alone, thousands aside, whichever mark holds."""
        return not self.has_exponent and not set(self.body) & {".", ","}

    @property
    def num_digits(self) -> int:
        return sum(sign in (DIGIT, FIRST_ZERO) for sign in self.body)

    @property
    def is_padded(self) -> bool:
        """Digits alone, with a zero before them: 0007."""
        return self.is_whole and self.body.startswith(FIRST_ZERO) and len(self.body) > 1


@lru_cache(maxsize=20_000)
def read_shape(shape: str) -> Written | None:
    """Return what a shape says, or None where it is no number."""
    infinite = _INFINITY.fullmatch(shape)
    if infinite:
        return Written(0, 0, "", infinite["sign"] == "-", False, "", "", False, False, {}, True)
    found = _NUMBER.fullmatch(shape)
    if found is None or (found["sign"] and found["inner"]):
        return None
    if found["first"] and found["before"]:
        return None
    tail = found["tail"].strip()
    is_negative = "-" in (found["sign"], found["inner"])
    if found["open"]:
        if ")" not in tail or is_negative:
            return None
        tail, is_negative = tail.replace(")", "", 1).strip(), True
    elif found["body"][-1] in MARKS and tail.startswith("-"):
        tail = tail.lstrip("-").strip()  # 12,- are twelve, and no cents
    elif not (found["sign"] or found["inner"]) and (tail.startswith("-") or tail.endswith("-")):
        tail, is_negative = tail.strip("-").strip(), True
    if tail and not _is_unit(tail):
        return None
    readings = _read_marks(found["body"])
    if not readings:
        return None
    start, end = found.start("body"), found.end("exponent" if found["exponent"] else "body")
    return Written(
        start=len(shape[:start].encode()),
        end=len(shape[:end].encode()),
        body=found["body"],
        is_negative=is_negative,
        has_plus="+" in (found["sign"], found["inner"]),
        before=found["before"] or found["first"] or "",
        after=tail,
        is_apart=found["tail"][:1].isspace(),
        has_exponent=bool(found["exponent"]),
        readings=readings,
    )


def reads_as_number(cell: str) -> bool:
    """Whether a cell, as it stands in a file, is a number that is written in some usual way."""
    digits = re.sub(r"[1-9]", DIGIT, re.sub(r"(?<![\d.,'])0", FIRST_ZERO, cell.strip()))
    return read_shape(digits) is not None


def _is_unit(tail: str) -> bool:
    if not _UNIT.fullmatch(tail) or _NO_UNIT.fullmatch(tail):
        return False
    kinds = {unicodedata.category(sign) for sign in tail if sign not in f"¹²³{DIGIT}"}
    if kinds & {"No", "Nd"}:  # a half beside a number is part of it, as are digits unknown here
        return False
    return not re.search(_D, _UNIT_DIGITS.sub(_keep_unit_digit, tail))


def _keep_unit_digit(found: re.Match[str]) -> str:
    return "" if len(found[0]) > 1 else found[0]  # the 3 of m3 belongs to it, another does not


def _read_marks(body: str) -> dict[Mark, Reading]:
    readings = {mark: _read_with(body, mark) for mark in MARKS}
    return {mark: reading for mark, reading in readings.items() if reading is not None}


def _read_with(body: str, decimal: Mark) -> Reading | None:
    whole, mark, decimals = body.partition(decimal)
    if re.search(rf"[^{DIGIT}{FIRST_ZERO}]", decimals) or not (whole or decimals):
        return None
    marks = set(re.sub(_D, "", whole))
    if len(marks) > 1:
        return None
    thousands = marks.pop() if marks else ""
    if thousands:
        indian = rf"{DIGIT}{{1,2}}(?:,{_D}{{2}})+,{_D}{{3}}"
        groups = rf"{DIGIT}{_D}{{0,2}}(?:{re.escape(thousands)}{_D}{{3}})+"
        if not re.fullmatch(groups, whole) and not re.fullmatch(indian, whole):
            return None
    return Reading(len(whole) if mark else -1, thousands)
