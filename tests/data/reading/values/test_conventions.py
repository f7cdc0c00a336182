"""Numbers written in any convention come back, or what may be wrong is asked."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np
import pandas as pd
from hypothesis import given, settings
from hypothesis import strategies as st

from lstm_core.data.reading.table import SourceTable
from tests.data.reading.values.reading_rows import FIRST_LINE, read

_MISSING = ("", "NA", "n/a", "null", "-", "--", "..", "k.A.", "s/d", "#N/A", "x", "—", "?")
_BEFORE = ("", "$", "€ ", "EUR ", "R$ ", "CHF ")
_AFTER = ("", "%", " €", " kWh", "°C", " mg/dL", " m3", " USD")
_DIGITS = {
    "usual": "0123456789",
    "wide": "０１２３４５６７８９",
    "arabic": "٠١٢٣٤٥٦٧٨٩",
}


@dataclass(frozen=True)
class Convention:
    decimal: str
    thousands: str
    decimals: int
    is_fixed: bool
    before: str
    after: str
    negative: str
    digits: str
    is_indian: bool

    def write(self, value: float) -> str:
        whole, _, decimals = f"{abs(value):.{self.decimals}f}".partition(".")
        if not self.is_fixed:
            decimals = decimals.rstrip("0")
        number = self._group(whole) + (self.decimal + decimals if decimals else "")
        number = number.translate(str.maketrans("0123456789", _DIGITS[self.digits]))
        if value >= 0:
            return f"{self.before}{number}{self.after}"
        if self.negative == "bracket":
            return f"({self.before}{number}{self.after})"
        if self.negative == "after":
            return f"{self.before}{number}-{self.after}"
        sign = "−" if self.negative == "minus" else "-"
        return f"{sign}{self.before}{number}{self.after}"

    def _group(self, whole: str) -> str:
        if not self.thousands:
            return whole
        head, groups = whole, []
        size = 3
        while len(head) > size:
            groups.insert(0, head[-size:])
            head = head[:-size]
            size = 2 if self.is_indian else 3
        return self.thousands.join([head, *groups])


@st.composite
def conventions(draw: st.DrawFn) -> Convention:
    decimal = draw(st.sampled_from(".,"))
    others = ["", " ", "'", "\u00a0", "\u202f", "’", "," if decimal == "." else "."]
    thousands = draw(st.sampled_from(others))
    return Convention(
        decimal=decimal,
        thousands=thousands,
        decimals=draw(st.integers(0, 4)),
        is_fixed=draw(st.booleans()),
        before=draw(st.sampled_from(_BEFORE)),
        after="",
        negative=draw(st.sampled_from(["before", "minus", "after", "bracket"])),
        digits=draw(st.sampled_from(["usual", "usual", "usual", "wide", "arabic"])),
        is_indian=thousands == "," and draw(st.booleans()),
    )


_MAGNITUDES = st.sampled_from([1.0, 100.0, 1e4, 1e6, 1e9])


@st.composite
def columns(draw: st.DrawFn) -> tuple[list[str], list[float], Convention]:
    """Return cells, what they mean, and how they are written."""
    convention = draw(conventions())
    if not convention.before:
        convention = replace(convention, after=draw(st.sampled_from(_AFTER)))
    size = draw(_MAGNITUDES)
    numbers = draw(
        st.lists(st.floats(-size, size, allow_nan=False, width=32), min_size=4, max_size=30)
    )
    word = draw(st.sampled_from(_MISSING))
    is_missing = draw(st.lists(st.booleans(), min_size=len(numbers), max_size=len(numbers)))
    if sum(is_missing) > len(numbers) / 2:
        is_missing = [not missing for missing in is_missing]
    cells, values = [], []
    for number, missing in zip(numbers, is_missing, strict=True):
        kept = float(f"{number:.{convention.decimals}f}")
        kept = 0.0 if kept == 0 else kept
        cells.append(word if missing else convention.write(kept))
        values.append(np.nan if missing else kept)
    return cells, values, convention


@settings(max_examples=200, deadline=None)
@given(column=columns(), separator=st.sampled_from(",;\t"))
def test_numbers_come_back_or_are_asked_about(
    column: tuple[list[str], list[float], Convention], separator: str
) -> None:
    cells, values, _ = column

    table = read({"v": cells}, separator)

    assert _is_same(table, values) or any(
        _is_same(read({"v": cells}, separator, **_answer(item, value)), values)
        for item, value in _choices(table)
    )


@settings(max_examples=60, deadline=None)
@given(
    column=columns(),
    words=st.lists(st.text("abcdefgß", min_size=4, max_size=8), min_size=1, max_size=3),
)
def test_odd_words_are_named_with_their_lines(
    column: tuple[list[str], list[float], Convention], words: list[str]
) -> None:
    cells, values, _ = column
    cells, values = [*cells * 3, *words], [*values * 3, *[np.nan] * len(words)]

    table = read({"v": cells}, ";")

    if table.frame["v"].dtype == "str":
        assert table.frame["v"].fillna("").tolist() == cells
        return
    told = " ".join(remark.sentence for remark in table.remarks if remark.kind == "missing_words")
    lines = {line for remark in table.remarks for line in remark.lines}
    for place, word in enumerate(words, start=len(cells) - len(words)):
        assert f'"{word}"' in told
        assert FIRST_LINE + place in lines
    assert np.isnan(table.frame["v"].to_numpy()[-len(words) :]).all()


@settings(max_examples=60, deadline=None)
@given(first=columns(), second=columns())
def test_what_was_found_reads_the_same_again(
    first: tuple[list[str], list[float], Convention],
    second: tuple[list[str], list[float], Convention],
) -> None:
    num_rows = min(len(first[0]), len(second[0]))
    cells = {"a": first[0][:num_rows], "b": second[0][:num_rows]}

    table = read(cells, ";")
    said = {
        name: getattr(table.plan, name)
        for name in ("decimal", "thousands", "missing", "time_form", "date_order", "zone")
    }
    again = read(cells, ";", **{name: value for name, value in said.items() if value is not None})

    pd.testing.assert_frame_equal(again.frame, table.frame)
    assert again.questions == ()


def _is_same(table: SourceTable, values: Sequence[float]) -> bool:
    column = table.frame["v"]
    if not pd.api.types.is_numeric_dtype(column):
        return False
    return bool(np.array_equal(column.to_numpy(dtype=np.float64), values, equal_nan=True))


def _choices(table: SourceTable) -> list[tuple[str, object]]:
    return [
        (question.item, choice.value)
        for question in table.questions
        for choice in question.choices[1:]
    ]


def _answer(item: str, value: object) -> dict[str, object]:
    return {item.rsplit(".", 1)[1]: value}
