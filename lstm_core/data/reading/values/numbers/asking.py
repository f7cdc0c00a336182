"""Asking which mark the decimals have, where nothing in the file proves it."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pyarrow as pa
import pyarrow.compute as compute

from lstm_core.data.reading.telling import Choice, Question
from lstm_core.data.reading.values.deciding import Numbers
from lstm_core.data.reading.values.looking import Column
from lstm_core.data.reading.values.numbers.marks import Vote, choose_mark
from lstm_core.data.reading.values.numbers.numbers import read_numbers
from lstm_core.data.reading.values.numbers.shapes import find_shapes, spell_plainly
from lstm_core.data.reading.values.numbers.written import MARKS, Mark, read_shape
from lstm_core.data.wording import list_names
from lstm_core.spec.reading import ReadingPlan

_NUM_SHOWN = 3
_LABELS: dict[Mark, str] = {".": "Decimal point", ",": "Decimal comma"}


def ask_decimal(columns: Sequence[Column], file: Vote, plan: ReadingPlan) -> tuple[Question, ...]:
    """Return the question about the decimals' mark; none where it was said or is proven."""
    if plan.decimal or plan.thousands in MARKS:
        return ()
    doubtful = [
        (column.name, column.numbers)
        for column in columns
        if column.numbers is not None
        and column.numbers.is_number
        and _is_open(column.numbers, file)
    ]
    if not doubtful:
        return ()
    likelier = choose_mark(doubtful[0][1].tally, file)
    cells = _take_open(doubtful[0][1])
    order: tuple[Mark, Mark] = (likelier, "," if likelier == "." else ".")
    choices = tuple(Choice(mark, _LABELS[mark], _show(cells, mark)) for mark in order)
    names = list_names([name for name, _ in doubtful])
    return (
        Question(
            "data.reading.decimal",
            f'Is "{cells[0]}" in {names} written with decimals, or with a mark between thousands?',
            choices,
        ),
    )


def _is_open(numbers: Numbers, file: Vote) -> bool:
    tally = numbers.tally
    return bool(tally.num_open) and (tally.is_mixed or (not tally.proof and not file.is_sure))


def _take_open(numbers: Numbers) -> list[str]:
    """Return the first cells that can be read both ways, each another."""
    is_open = [form is not None and form.is_ambiguous for form in numbers.written] + [False]
    cells = compute.filter(numbers.shapes.cells, pa.array(np.array(is_open)[numbers.shapes.codes]))
    return list(dict.fromkeys(cells.slice(0, 200).to_pylist()))[:_NUM_SHOWN]


def _show(cells: list[str], mark: Mark) -> str:
    shapes = find_shapes(spell_plainly(pa.array(cells, type=pa.large_string())))
    values = read_numbers(shapes, [read_shape(text) for text in shapes.texts], mark)
    pairs = [f"{cell} is {value:g}" if abs(value) < 1e6 else f"{cell} is {value:.0f}"
             for cell, value in zip(cells, values, strict=True)]  # fmt: skip
    return ", ".join(pairs)
