"""The plain patterns that the cells of one column are really of.

A form allows for much that a column hasn't got. Taking cells apart with a pattern that allows for
nothing else is ten times as fast.
"""

from __future__ import annotations

import re
from collections import Counter
from functools import lru_cache

from lstm_core.data.reading.times.forms.forms import LETTERS, Form

_MOST_SHAPES = 6
_MOST_LOOKED_AT = 60
_WORDS = {
    "name": f"[{LETTERS}]+",
    "before": f"[{LETTERS} /]+",
    "zone": "[A-Za-z_/]+",
    "half": r"[AaPp]\.?\s?[Mm]\.?",
}


def find_shapes(cells: list[str], form: Form) -> list[str]:
    """Return patterns with the form's groups, as many as a sample needs; the usual one first."""
    shapes: Counter[str] = Counter()
    for cell in _take_some(cells):
        found = form.compiled.match(cell)
        if found is not None:
            shapes[_describe(cell, found)] += 1
    return [shape for shape, _ in shapes.most_common(_MOST_SHAPES)]


def find_fixed(cells: list[str], form: Form) -> dict[str, tuple[int, int]] | None:
    """Return where each group begins and ends, where it is the same in all cells and ASCII."""
    cells = _take_some(cells)
    first = form.compiled.match(cells[0]) if cells else None
    if first is None or not all(cell.isascii() and len(cell) == len(cells[0]) for cell in cells):
        return None
    for cell in cells:
        found = form.compiled.match(cell)
        if found is None or found.regs != first.regs:
            return None
    return {name: (start, end) for name, start, end in _find_spans(first)}


def _take_some(cells: list[str]) -> list[str]:
    return cells[:: max(1, len(cells) // _MOST_LOOKED_AT)]


def _find_spans(found: re.Match[str]) -> list[tuple[str, int, int]]:
    spans = [(name, *found.span(name)) for name, text in found.groupdict().items() if text]
    return sorted(spans, key=lambda span: span[1])


def _describe(cell: str, found: re.Match[str]) -> str:
    pattern, place = "^", 0
    for name, start, end in _find_spans(found):
        pattern += _spell(cell[place:start])
        text = cell[start:end]
        if text.isascii() and text.isdigit():
            is_alone = end == len(cell) or not cell[end].isdigit()
            is_alone &= start == 0 or not cell[start - 1].isdigit()
            counted = r"\d{1,2}" if len(text) <= 2 and is_alone else rf"\d{{{len(text)}}}"
            pattern += rf"(?P<{name}>{counted})"
        elif name in _WORDS and not re.search(r"\d", text):
            pattern += rf"(?P<{name}>{_WORDS[name]})"
        else:
            pattern += rf"(?P<{name}>{_spell(text)})"
        place = end
    return pattern + _spell(cell[place:]) + "$"


@lru_cache(maxsize=1_000)
def _spell(text: str) -> str:
    """Return a pattern of this text with any digits in the place of its digits."""
    spelt = re.sub(r"\d+", lambda run: "\0" if len(run[0]) > 2 else "\1", text)
    signs = "".join(re.escape(sign) if sign not in "\0\1+-" else sign for sign in spelt)
    signs = re.sub(r"(?<!\\)[+-](?=[\0\1])", "[+-]", signs).replace("\\ ", " ")
    return re.sub(r"(?<!\[)\+(?!-)", r"\\+", signs).replace("\0", r"\d+").replace("\1", r"\d{1,2}")
