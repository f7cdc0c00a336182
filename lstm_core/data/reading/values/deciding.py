"""What a column of text holds: numbers, or something else; and what in it is no number."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np
import pyarrow as pa
import pyarrow.compute as compute

from lstm_core.data.reading.values.missing.words import AMONG_NUMBERS, MISSING_WORDS
from lstm_core.data.reading.values.numbers.marks import Tally, count_marks
from lstm_core.data.reading.values.numbers.shapes import DIGIT, Shapes, find_shapes, spell_word
from lstm_core.data.reading.values.numbers.units import Units, find_units
from lstm_core.data.reading.values.numbers.written import LETTERS_OF_CURRENCIES, Written, read_shape

NEARLY = 0.5
"""A column with this share of numbers is nearly one of numbers."""

_FEWEST_AMONG_WORDS = 0.2
_FEWEST_NUMBERS = 3
_MOSTLY, _MANY, _MOST = 0.7, 0.8, 0.95
_FEW_WORDS, _SOME_WORDS = 5, 20
_MOST_COUNTED = 10_000
_MOST_LEVELS = 50
_LONG_DIGITS = 15


@dataclass(frozen=True)
class Numbers:
    """A column of text that is one of numbers, or was nearly.

    Attributes:
        written: of each shape; None where it is no number.
        words: what is no number and not empty, as it stands, with the number of its cells.
        usual: those of them that are usual words for a missing value, as they stand.
        is_number: whether the column is taken as numbers; ``why_not`` else says why, in a word.
        values: where they were read already: int64 or float64, ``(cells,)``.
    """

    shapes: Shapes
    written: tuple[Written | None, ...]
    words: dict[str, int]
    usual: frozenset[str]
    units: Units
    tally: Tally
    is_number: bool
    why_not: str = ""
    values: np.ndarray | None = None

    @property
    def num_numbers(self) -> int:
        return sum(
            int(count)
            for form, count in zip(self.written, self.shapes.counts, strict=True)
            if form is not None
        )

    @property
    def is_padded(self) -> bool:
        return any(form is not None and form.is_padded for form in self.written)

    @property
    def is_ambiguous(self) -> bool:
        """Whether some can be read with either mark."""
        return any(form is not None and form.is_ambiguous for form in self.written)


def share_numbers(shapes: Shapes) -> float:
    """Return the share of numbers among given cells, words for a missing value aside."""
    numbers = others = 0
    for text, count in zip(shapes.texts, shapes.counts, strict=True):
        if read_shape(text) is not None:
            numbers += int(count)
        elif not is_usual(text):
            others += int(count)
    return numbers / (numbers + others) if numbers else 0.0


def decide_numbers(
    cells: pa.Array, spelt: pa.Array, missing: frozenset[str], *, is_said: bool
) -> Numbers:
    """Decide whether a column of text is one of numbers.

    Args:
        cells: as they stand, and ``spelt``: the same spelt plainly.
        missing: words that a person named as missing, lowercase.
        is_said: a person said that it holds numbers.
    """
    shapes = find_shapes(spelt, marks_zeros=False)
    written = _read_shapes(shapes, missing)
    if any(form is not None and (form.is_ambiguous or form.is_whole) for form in written):
        shapes = find_shapes(spelt)
        written = _read_shapes(shapes, missing)
    written, clashing = _spell_units(shapes, written)
    units = find_units(_pair(shapes, written))
    if clashing:
        units = Units("mixed_units", clashing)
    if units.strays:
        written = tuple(
            None if form is not None and form.after in units.strays else form for form in written
        )
        units = find_units(_pair(shapes, written))
    words = _count_words(cells, shapes, written)
    usual = frozenset(word for word in words if is_usual(word) or word.lower() in missing)
    known = _pair(shapes, written)
    found = Numbers(shapes, written, words, usual, units, count_marks(known), True)
    why_not = "" if is_said else _why_not(found, known)
    if not why_not:
        return found
    return replace(found, is_number=False, why_not=why_not)


def _read_shapes(shapes: Shapes, missing: frozenset[str]) -> tuple[Written | None, ...]:
    return tuple(
        None if text.lower() in missing or text.lower() in MISSING_WORDS else read_shape(text)
        for text in shapes.texts
    )


def _pair(shapes: Shapes, written: Sequence[Written | None]) -> list[tuple[Written, int]]:
    """Return the shapes that are numbers, each with the number of its cells."""
    return [
        (form, int(count))
        for form, count in zip(written, shapes.counts, strict=True)
        if form is not None
    ]


def is_usual(word: str) -> bool:
    """Whether a word means "missing" among numbers."""
    plain = spell_word(word).lower()
    return plain in MISSING_WORDS or plain in AMONG_NUMBERS


def _spell_units(
    shapes: Shapes, written: tuple[Written | None, ...]
) -> tuple[tuple[Written | None, ...], dict[str, int]]:
    """Put back the digits of units such as m2; return those as well that differ in them alone."""
    spelt = list(written)
    clashing: dict[str, int] = {}
    for place, (text, form) in enumerate(zip(shapes.texts, written, strict=True)):
        if form is None or DIGIT not in form.after or form.after not in text:
            continue
        cells = compute.filter(shapes.cells, pa.array(shapes.codes == place))
        start = text.rfind(form.after)
        ends = compute.utf8_slice_codeunits(cells, start, start + len(form.after))
        ends = compute.value_counts(ends)
        texts, counts = ends.field("values").to_pylist(), ends.field("counts").to_pylist()
        spelt[place] = replace(form, after=texts[0])
        if len(texts) > 1:
            clashing |= dict(zip(texts, counts, strict=True))
    return tuple(spelt), clashing


def _count_words(
    cells: pa.Array, shapes: Shapes, written: Sequence[Written | None]
) -> dict[str, int]:
    is_word = np.array([form is None for form in written] + [False])
    if not is_word.any():
        return {}
    counts = compute.value_counts(compute.filter(cells, pa.array(is_word[shapes.codes])))
    texts, numbers = counts.field("values").to_pylist(), counts.field("counts").to_numpy()
    return dict(
        Counter(dict(zip(texts, map(int, numbers), strict=True))).most_common(_MOST_COUNTED)
    )


def _why_not(found: Numbers, known: list[tuple[Written, int]]) -> str:
    """Say in a word why a column is no column of numbers; ``""`` where it is one."""
    numbers = found.num_numbers
    odd = {word: count for word, count in found.words.items() if word not in found.usual}
    among = sum(
        count
        for word, count in found.words.items()
        if word in found.usual and spell_word(word).lower() not in MISSING_WORDS
    )
    num_odd = sum(odd.values())
    if not numbers:
        return "" if not num_odd and not among else "words"
    share = numbers / (numbers + num_odd)
    if odd and numbers < _FEWEST_NUMBERS:
        return "words"
    if share < NEARLY or numbers < _FEWEST_AMONG_WORDS * (numbers + among):
        return "words"
    if (odd or among) and _is_category(found, known, odd):
        return "category"
    has_digits = any(any(sign.isdigit() for sign in word) for word in odd)
    are_words = len(odd) <= _FEW_WORDS and (not has_digits or share >= _MOSTLY)
    if not are_words and not (share >= _MANY and len(odd) <= _SOME_WORDS) and share < _MOST:
        return "nearly"
    if found.units.kind == "mixed_units":
        return "mixed_units"
    if _are_addresses(found, known) or _are_lettered(known):
        return "words"
    long = sum(count for form, count in known if form.is_whole and form.num_digits > _LONG_DIGITS)
    if long >= _MOST * numbers and not _may_be_epochs(found):
        return "long"
    return ""


def _is_category(found: Numbers, known: list[tuple[Written, int]], odd: dict[str, int]) -> bool:
    """Whether words and whole numbers come again alike: names of things, some of them numbers."""
    if not odd or not all(form.is_whole and form.is_bare for form, _ in known):
        return False
    is_number = np.array([form is not None for form in found.written] + [False])
    cells = compute.filter(found.shapes.cells, pa.array(is_number[found.shapes.codes]))
    counts = compute.value_counts(cells).field("counts").to_numpy()
    if len(counts) > _MOST_LEVELS:
        return False
    usual = float(np.median(counts))
    return usual >= 3 and min(odd.values()) >= 0.5 * usual


def _are_addresses(found: Numbers, known: list[tuple[Written, int]]) -> bool:
    """Whether these are addresses such as 192.168.100.200, or numbers of telephones."""
    if all(form.body.count(".") == 3 and form.is_bare for form, _ in known):
        cells = found.shapes.cells.drop_null().slice(0, 1_000).to_pylist()
        return all(int(part) <= 255 for cell in cells for part in cell.split(".") if part.isdigit())
    return all(
        form.has_plus and " " in form.body and form.is_whole and form.num_digits >= 8
        for form, _ in known
    )


def _are_lettered(known: list[tuple[Written, int]]) -> bool:
    """Whether these are names such as R12: a letter, digits, and nowhere the mark of a number."""
    return all(form.before in LETTERS_OF_CURRENCIES and form.is_whole for form, _ in known) and all(
        len(form.body) == form.num_digits for form, _ in known
    )


def _may_be_epochs(found: Numbers) -> bool:
    """Whether long whole numbers are micro- or nanoseconds since 1970, of 1990 to 2050."""
    cells = found.shapes.cells.drop_null().slice(0, 1_000).to_pylist()
    values = [int(cell) for cell in cells if cell.isascii() and cell.isdigit()]
    if not values:
        return False
    low, high = min(values), max(values)
    return any(
        low >= 631_152_000 * unit and high <= 2_524_608_000 * unit for unit in (10**6, 10**9)
    )
