"""One column: what kind it is, before the marks of its numbers are settled."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.compute as compute

from lstm_core.data.reading.times import ParsedTimes
from lstm_core.data.reading.values.deciding import (
    Numbers,
    decide_numbers,
    is_usual,
    share_numbers,
)
from lstm_core.data.reading.values.numbers.durations import look_like_durations, read_durations
from lstm_core.data.reading.values.numbers.plain import read_plainly
from lstm_core.data.reading.values.numbers.shapes import (
    Shapes,
    find_shapes,
    spell_plainly,
    take_sample,
    to_cells,
    to_chunks,
)
from lstm_core.data.reading.values.numbers.written import read_shape
from lstm_core.data.reading.values.telling import Findings, show_words
from lstm_core.data.reading.values.times import are_times, drop_words, read_times
from lstm_core.data.reading.values.typed import is_text, normalise
from lstm_core.data.wording import count_words
from lstm_core.spec.reading import ReadingPlan

_NUM_SAMPLE_CELLS = 200
_SURELY_NO_NUMBERS = 0.3
_EXCEL_TEXT = r'^(?:="?|\')([^"]+)"?$'


@dataclass
class Column:
    """A column while it is read.

    Attributes:
        values: what is given back; of numbers, once the marks are settled.
        cells: of a column of text that took a longer look, as they stand; ``sample``: some.
        numbers: set where the column is numbers; ``times`` where it is times.
        source: what the times were read from.
    """

    name: str
    values: pd.Series
    cells: pa.Array | None = None
    sample: pa.Array | None = None
    numbers: Numbers | None = None
    times: ParsedTimes | None = None
    source: pd.Series | None = None

    @property
    def is_number(self) -> bool:
        dtype = self.values.dtype
        return isinstance(dtype, np.dtype) and dtype.kind in "iuf"

    def let_go(self) -> None:
        """Keep no text of a column of numbers, once they are read."""
        if self.numbers is not None:
            self.cells, self.numbers = (
                None,
                replace(self.numbers, shapes=self.numbers.shapes.without_cells()),
            )


def look_at(name: str, values: pd.Series, plan: ReadingPlan, findings: Findings) -> Column:
    """Decide whether a column is numbers, times or text; a plan's word for it is obeyed."""
    said = plan.types.get(name)
    if not is_text(values):
        return _look_at_typed(name, normalise(values), plan, findings)
    if values.dtype == "object":
        values = values.astype("str")
    chunks = to_chunks(values)
    sample = take_sample(chunks, _NUM_SAMPLE_CELLS)
    if _is_written_as_text(sample):
        cells = to_cells(chunks)
        cells = compute.replace_substring_regex(cells, _EXCEL_TEXT, r"\1")
        cells = compute.if_else(compute.equal(compute.binary_length(cells), 0), None, cells)
        chunks = [cells]
        sample = take_sample(chunks, _NUM_SAMPLE_CELLS)
        values = _to_text(cells, values)
    column = Column(name, values, sample=sample)
    if said in ("text", "flag"):
        return column
    if not len(sample):
        if said in (None, "number"):
            column.values = pd.Series(np.nan, values.index, dtype="float64", name=values.name)
        return column
    shapes = find_shapes(spell_plainly(sample))
    share = share_numbers(shapes)
    if said == "time" or (said is None and _may_be_times(shapes) and are_times(sample, name)):
        _read_times(column, values, plan, findings)
        if column.times is not None:
            return column
        if said == "time":
            findings.add_column("not_as_said", "No times could be read in ", name)
    is_number = said == "number"
    if said in (None, "number") and not share and look_like_durations(sample, is_said=is_number):
        seconds = read_durations(to_cells(chunks))
        if seconds is not None:
            told = "Stretches of time were read as minutes and seconds, and count seconds, in "
            findings.add_column("durations", told, name)
            column.values = pd.Series(seconds, values.index, name=values.name)
            return column
    if said == "time" or (said is None and share < _SURELY_NO_NUMBERS and not _all_missing(sample)):
        return column
    if share == 1.0 and not plan.missing:
        column.numbers = read_plainly(chunks, shapes)
        if column.numbers is not None:
            column.values = _hold_place(values)
            return column
    column.cells = cells = to_cells(chunks)
    missing = frozenset(word.lower() for word in plan.missing or ())
    numbers = decide_numbers(cells, spell_plainly(cells), missing, is_said=is_number)
    if numbers.is_number:
        column.numbers, column.values = numbers, _hold_place(values)
    else:
        _tell_why_not(name, numbers, cells, findings)
    return column


def _hold_place(values: pd.Series) -> pd.Series:
    """Return a column of that length, index and name, which takes no memory."""
    nothing = np.broadcast_to(np.float64(np.nan), len(values))
    return pd.Series(nothing, values.index, name=values.name, copy=False)


def _read_times(column: Column, values: pd.Series, plan: ReadingPlan, findings: Findings) -> None:
    """Read a column of text as times, and where that can't be, without words for "missing"."""
    column.times, column.source = read_times(values, plan), values
    if column.times is None:
        without, words = drop_words(values)
        if words:
            column.times, column.source = read_times(without, plan), without
        if column.times is not None:
            for word, rows in words.items():
                findings.add_word(word, column.name, rows)


def _look_at_typed(name: str, values: pd.Series, plan: ReadingPlan, findings: Findings) -> Column:
    said = plan.types.get(name)
    if said == "text":
        values = values.astype("str").mask(values.isna())
    column = Column(name, values)
    if said == "time" and not pd.api.types.is_datetime64_any_dtype(values):
        column.times, column.source = read_times(values, plan), values
        if column.times is None:
            findings.add_column("not_as_said", "No times could be read in ", name)
    return column


def _may_be_times(shapes: Shapes) -> bool:
    """Whether a sample is worth asking: not all bare numbers, or like ``2024.01``, ``01.2024``."""
    forms = [read_shape(text) for text in shapes.texts]
    are_bare = all(form is not None and form.is_bare for form in forms)
    digits = {"".join(sign if sign == "." else "0" for sign in text) for text in shapes.texts}
    return not are_bare or digits in ({"0000.00"}, {"00.0000"})


def _is_written_as_text(sample: pa.Array) -> bool:
    """Whether most cells are marked as text for a spreadsheet: ``="007"``, ``'7``."""
    if not len(sample):
        return False
    marked = compute.match_substring_regex(sample, r'^(?:="[^"]|\'[^\']+$|=[\d.+-]+$)')
    return bool(2 * compute.sum(marked).as_py() > len(sample))


def _to_text(cells: pa.Array, like: pd.Series) -> pd.Series:
    return pd.Series(cells.to_pandas(), dtype="str").set_axis(like.index).rename(str(like.name))


def _all_missing(sample: pa.Array) -> bool:
    return all(is_usual(word) for word in sample.to_pylist())


def _tell_why_not(name: str, numbers: Numbers, cells: pa.Array, findings: Findings) -> None:
    """Tell where a column that has many numbers stays text."""
    odd = [word for word in numbers.words if word not in numbers.usual]
    if numbers.why_not in ("nearly", "category"):
        places = compute.is_in(cells, value_set=pa.array(odd, type=cells.type))
        rows = np.flatnonzero(places.fill_null(False).to_numpy(zero_copy_only=False))
        findings.add(
            "nearly_numbers",
            f'"{name}" stays text: {count_words(numbers.num_numbers, "cell")} are numbers, '
            f"{count_words(len(rows), 'cell')} are not, such as {show_words(odd)}.",
            rows,
        )
    elif numbers.why_not == "mixed_units" and numbers.units.is_plausible:
        shown = ", ".join(
            f'"{unit[:20]}" ({count:,})' for unit, count in numbers.units.shown.items()
        )
        findings.add(
            "mixed_units",
            f'"{name}" stays text: its numbers have several units, {shown}, which must not be '
            "mixed in one column.",
        )
    elif numbers.why_not == "long":
        findings.add_column("long_ids", "Numbers of more than 15 digits stay text in ", name)
