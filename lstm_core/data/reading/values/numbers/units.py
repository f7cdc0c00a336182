"""What stands beside numbers: one unit, words for thousands and millions, marks of footnotes."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Literal

from lstm_core.data.reading.values.numbers.written import Written

UnitKind = Literal["none", "units", "multipliers", "units_converted", "footnotes", "mixed_units"]

_WORDS = {
    "k": 3, "tsd": 3, "tsd.": 3, "thousand": 3, "tausend": 3, "tys.": 3, "тыс.": 3, "тыс": 3,
    "m": 6, "mm": 6, "mn": 6, "mln": 6, "mln.": 6, "mio": 6, "mio.": 6, "million": 6,
    "millions": 6, "millionen": 6, "millones": 6, "milioni": 6, "milhões": 6, "mill.": 6,
    "млн": 6, "млн.": 6, "b": 9, "bn": 9, "bn.": 9, "billion": 9, "billions": 9, "mrd": 9,
    "mrd.": 9, "mld": 9, "mld.": 9, "md": 9, "milliard": 9, "milliards": 9, "milliarden": 9,
    "miliardi": 9, "млрд": 9, "млрд.": 9, "t": 12, "tn": 12, "trn": 12, "trillion": 12,
    "billionen": 12, "bio.": 12, "трлн": 12, "lakh": 5, "lakhs": 5, "lac": 5, "crore": 7,
    "crores": 7, "cr": 7, "cr.": 7, "万": 4, "萬": 4, "만": 4, "億": 8, "亿": 8, "억": 8, "兆": 12,
}  # fmt: skip
_LETTERS = frozenset("kKmMbBtT")
_SURE_LETTERS = frozenset("kKMB")
_DOUBTFUL_WORDS = frozenset({"mm", "md", "lac"})
_MULTIPLIER = re.compile(r"(?P<word>[^\W\d_]+\.?|[万萬만億亿억兆])\s*(?P<rest>.*)")
_CURRENCY_WORD = re.compile(r"[A-Z]{0,2}[$€£¥₹₽₩₺]|[A-Z]{3}|kr|zł|Kč|Ft|円|元|원")
_PREFIXES = {
    "": 0, "k": 3, "K": 3, "M": 6, "G": 9, "T": 12, "m": -3, "µ": -6, "μ": -6, "u": -6, "n": -9,
}  # fmt: skip
_BASES = (
    "Wh", "W", "VA", "V", "A", "Hz", "Pa", "bar", "g", "m", "l", "L", "J", "s",
    "B", "b", "B/s", "bit/s", "bps", "Ω", "W/m²", "W/m2",
)  # fmt: skip
_BINARY = re.compile(r"(?P<prefix>[KMGTP]i)?(?P<base>B|B/s)")
_MOST_UNITS = 5
_MOST_FOOTNOTES = 12
_LONGEST_FOOTNOTE = 8
_MAIN_SHARE = 0.8


@dataclass(frozen=True)
class Units:
    """What a column's numbers have beside them, and what follows.

    Attributes:
        kind: ``mixed_units``: they can't be put in one column of numbers.
        shown: the unit, or what was found, each with its number of cells.
        num_bare: cells with nothing beside them.
        powers: by what stands after a number: the power of ten that it stands for.
        factors: the same where it is none of ten.
        strays: what stands after a few numbers and makes no number of them: the O3 of 1O3.
    """

    kind: UnitKind
    shown: dict[str, int] = field(default_factory=dict)
    num_bare: int = 0
    powers: dict[str, int] = field(default_factory=dict)
    factors: dict[str, float] = field(default_factory=dict)
    into: str = ""
    strays: frozenset[str] = frozenset()

    @property
    def is_plausible(self) -> bool:
        """Whether the mixed units are units: few of them."""
        return len(self.shown) <= _MOST_UNITS


def find_units(shapes: Iterable[tuple[Written, int]]) -> Units:
    """Say what a column's numbers have beside them; each shape with the number of its cells."""
    pairs = [(written, count) for written, count in shapes if not written.is_infinite]
    befores: Counter[str] = Counter()
    afters: Counter[str] = Counter()
    num_bare = 0
    for written, count in pairs:
        if written.is_bare:
            num_bare += count
        if written.before:
            befores[written.before] += count
        if written.after:
            afters[written.after] += count
    if not befores and not afters:
        return Units("none", num_bare=num_bare)
    if len(befores) > 1:
        return Units("mixed_units", dict(befores + afters), num_bare)
    found = _read_multipliers(pairs, afters)
    if found is not None:
        rests = {rest for _, rest in found.values() if rest} | set(befores)
        kind: UnitKind = "multipliers" if len(rests) <= 1 else "mixed_units"
        powers = {after: power for after, (power, _) in found.items()}
        return Units(kind, dict(afters + befores), num_bare, powers)
    if befores and afters:
        return Units(
            "units" if len(afters) == 1 else "mixed_units", dict(befores + afters), num_bare
        )
    strays = _find_strays(pairs, afters, num_bare)
    if strays:
        return Units("none", strays=strays)
    if len(afters) <= 1:
        return Units("units", dict(befores + afters), num_bare)
    return _join_units(pairs, afters, num_bare)


def _find_strays(
    pairs: list[tuple[Written, int]], afters: Counter[str], num_bare: int
) -> frozenset[str]:
    """Return what is no unit, because most numbers have none, or another one."""
    if num_bare >= 0.5 * (num_bare + afters.total()):
        strays = frozenset(
            written.after
            for written, _ in pairs
            if written.after[:1].isalpha() and not written.is_apart and written.is_whole
        )
        if strays:
            return strays
    if len(afters) > 1 and _join_units(pairs, afters, num_bare).kind == "mixed_units":
        main, count = afters.most_common(1)[0]
        if max(num_bare, count) >= _MAIN_SHARE * (num_bare + afters.total()):
            return frozenset(afters) - ({main} if count >= num_bare else set())
    return frozenset()


def _join_units(pairs: list[tuple[Written, int]], afters: Counter[str], num_bare: int) -> Units:
    """Several units: of one kind, or footnotes on a few numbers, or no column of numbers."""
    most = afters.most_common(1)[0][0]
    if not num_bare:
        powers = _convert_prefixes(afters, most)
        if powers is not None:
            return Units("units_converted", dict(afters), 0, powers, into=most)
        factors = _convert_binary(afters, most)
        if factors is not None:
            return Units("units_converted", dict(afters), 0, {}, factors, most)
    marked = [written for written, _ in pairs if written.after]
    has_decimals = any(not written.is_whole for written, _ in pairs)
    are_notes = all(
        len(written.after) <= _LONGEST_FOOTNOTE
        and (written.is_apart or has_decimals or not written.after[0].isalpha())
        for written in marked
    )
    known = any(_split_prefix(after) for after in afters if len(after) > 1) or "%" in afters
    if are_notes and not known and len(afters) <= _MOST_FOOTNOTES and num_bare >= afters.total():
        return Units("footnotes", dict(afters), num_bare)
    return Units("mixed_units", dict(afters), num_bare)


def _read_multipliers(
    pairs: list[tuple[Written, int]], afters: Counter[str]
) -> dict[str, tuple[int, str]] | None:
    """Return what each word after a number multiplies by, and the currency after that.

    None where one of them is no such word. A letter by itself is one where it stands right at the
    number and is one of K, M and B, or where several of them are in the column.
    """
    found: dict[str, tuple[int, str]] = {}
    words: set[str] = set()
    for after in afters:
        if _CURRENCY_WORD.fullmatch(after) and after.lower() not in _WORDS:
            found[after] = (0, after)
            continue
        parts = _MULTIPLIER.fullmatch(after)
        if parts is None or parts["word"].lower() not in _WORDS:
            return None
        word, rest = parts["word"], parts["rest"].strip()
        if rest and not _CURRENCY_WORD.fullmatch(rest):
            return None
        words.add(word)
        found[after] = (_WORDS[word.lower()], rest)
    if not words:
        return None
    letters = words & _LETTERS
    is_alone = len({letter.lower() for letter in words}) == 1
    are_apart = all(written.is_apart for written, _ in pairs if written.after)
    has_currency = any(written.before for written, _ in pairs) or any(
        rest for _, rest in found.values()
    )
    if letters and is_alone and not has_currency and (are_apart or not letters <= _SURE_LETTERS):
        return None
    if words <= _DOUBTFUL_WORDS and not has_currency:
        return None
    return found


def _split_prefix(unit: str) -> dict[str, int]:
    """Return the powers of ten of a unit, by what it may be a multiple of."""
    found = {}
    for base in _BASES:
        prefix = unit.removesuffix(base)
        if unit.endswith(base) and prefix in _PREFIXES:
            found[base] = _PREFIXES[prefix]
    if unit == "cm":
        found["m"] = -2
    return found


def _convert_prefixes(afters: Counter[str], into: str) -> dict[str, int] | None:
    splits = {unit: _split_prefix(unit) for unit in afters}
    bases = set.intersection(*(set(split) for split in splits.values()))
    if len(bases) != 1 or len(afters) > _MOST_UNITS:
        return None
    base = bases.pop()
    return {unit: split[base] - splits[into][base] for unit, split in splits.items()}


def _convert_binary(afters: Counter[str], into: str) -> dict[str, float] | None:
    found = {unit: _BINARY.fullmatch(unit) for unit in afters}
    steps = {}
    for unit, parts in found.items():
        if parts is None:
            return None
        steps[unit] = "KMGTP".index(parts["prefix"][0]) + 1 if parts["prefix"] else 0
    if len({parts["base"] for parts in found.values() if parts}) != 1:
        return None
    return {unit: 1024.0 ** (step - steps[into]) for unit, step in steps.items()}
