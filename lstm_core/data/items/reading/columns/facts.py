"""What the columns of a table of items hold: the evidence from which parts are given."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, replace

import numpy as np
import pandas as pd

from lstm_core.data.items.reading.columns.letters import (
    SHORT_PEPTIDE,
    USUAL_PROTEIN,
    find_alphabet,
)
from lstm_core.data.items.reading.columns.steps import name_channel
from lstm_core.data.items.reading.columns.vocabulary import names_moment, names_sequence, read_part
from lstm_core.data.reading.times import parse_times
from lstm_core.data.reading.values.missing.words import MISSING_WORDS
from lstm_core.spec.items import Alphabet

_NUM_SAMPLE_CELLS = 2_000
_NUM_BRIEF_CELLS = 200
_MANY_COLUMNS = 50
_NUM_ENDS = 3
_SHARE_OF_NUMBERS = 0.95
_DOTTED_DATE = r"\d{1,4}\.\d{1,2}\.\d{1,4}"
"""Where the comma is the decimal mark, points may stand between thousands, but not so."""


@dataclass(frozen=True)
class ColumnFacts:
    """One column.

    Attributes:
        name: hostile text.
        place: its number from the left, from 0.
        num_rows, num_given, num_distinct: of rows, cells that are not empty, different ones.
        is_number: nineteen in twenty of a sample are numbers.
        is_whole: and all of those are whole.
        is_time: a calendar's dates, or numbers under a name that speaks of time.
        alphabet: the letters that all cells are made of, if they are such sequences.
        words, characters: of a usual cell.
        family: how many columns have this name but for the number that it ends in.
        parts: how many of train, validation and test its values name; 0 where any names none.
    """

    name: str
    place: int
    num_rows: int
    num_given: int
    num_distinct: int
    is_number: bool
    is_whole: bool
    is_time: bool
    alphabet: Alphabet | None
    words: float
    characters: float
    parts: int
    family: int = 1

    @property
    def share_distinct(self) -> float:
        """Different values for each cell that is given, from 0 to 1."""
        return self.num_distinct / self.num_given if self.num_given else 0.0


def gather_facts(frame: pd.DataFrame, decimal: str = ".") -> tuple[ColumnFacts, ...]:
    """Look at every column; at one of hundreds that are numbered, briefly."""
    families = Counter(name_channel(name) for name in frame.columns)
    last = len(frame.columns) - 1
    rows = frame.iloc[:: max(1, len(frame) // _NUM_BRIEF_CELLS)].iloc[:_NUM_BRIEF_CELLS]
    cells = rows.to_numpy(dtype=object) if last > _MANY_COLUMNS else None
    facts = []
    for place, name in enumerate(frame.columns):
        family = families[name_channel(name)]
        brief = None
        if cells is not None and family > _MANY_COLUMNS and _NUM_ENDS <= place <= last - _NUM_ENDS:
            brief = _look_briefly(cells[:, place], name, place, len(frame), decimal)
        found = brief or _look_at(frame[name], place, decimal)
        facts.append(replace(found, family=family))
    return tuple(facts)


def read_column(column: pd.Series, decimal: str = ".") -> np.ndarray:
    """Return a column of text as float64; what is no number becomes NaN."""
    if decimal == ",":
        column = column.str.replace(".", "", regex=False).str.replace(",", ".", regex=False)
    quick = _read_quickly(column)
    if quick is not None:
        return quick
    numbers = pd.to_numeric(column, errors="coerce")
    return numbers.to_numpy(dtype=np.float64, na_value=np.nan)


def _read_quickly(column: pd.Series) -> np.ndarray | None:
    """Read numbers and empty cells alone, several times as quickly; None where others occur."""
    import pyarrow as pa
    import pyarrow.compute as compute

    cells = pa.array(column.array)
    for hides_empty in (False, True):
        if hides_empty:
            cells = compute.if_else(compute.equal(cells, ""), None, cells)
        try:
            numbers = compute.cast(cells, pa.float64())
        except pa.ArrowException:
            continue
        return numbers.to_numpy(zero_copy_only=False)
    return None


def _look_briefly(
    cells: np.ndarray, name: str, place: int, num_rows: int, decimal: str
) -> ColumnFacts | None:
    """Look at some cells of a column that seems to be one step of many; None if it is none."""
    given = [cell.replace(",", ".") if decimal == "," else cell for cell in cells if cell]
    try:
        numbers = [float(cell) for cell in given if cell.lower() not in MISSING_WORDS]
    except ValueError:
        return None
    return ColumnFacts(
        name=name,
        place=place,
        num_rows=num_rows,
        num_given=round(len(given) / max(1, len(cells)) * num_rows),
        num_distinct=len(set(numbers)),
        is_number=bool(numbers),
        is_whole=bool(numbers) and all(number.is_integer() for number in numbers),
        is_time=False,
        alphabet=None,
        words=1.0,
        characters=sum(map(len, given)) / max(1, len(given)),
        parts=0,
    )


def take_sample(column: pd.Series) -> pd.Series:
    """Return some cells that are not empty, from the whole length of the column."""
    step = max(1, len(column) // (4 * _NUM_SAMPLE_CELLS))
    sample = column.iloc[::step]
    return sample[sample != ""].iloc[:_NUM_SAMPLE_CELLS]


def _look_at(column: pd.Series, place: int, decimal: str) -> ColumnFacts:
    name = str(column.name)
    sample = take_sample(column)
    given = sample[~sample.str.lower().isin(MISSING_WORDS)] if len(sample) else sample
    numbers = read_column(given, decimal)
    read = numbers[~np.isnan(numbers)]
    is_number = bool(len(given)) and len(read) >= _SHARE_OF_NUMBERS * len(given)
    is_number = is_number and given.str.fullmatch(_DOTTED_DATE).mean() < _SHARE_OF_NUMBERS
    finite = read[np.isfinite(read)]
    is_whole = is_number and bool((finite % 1 == 0).all())
    num_given = int((column != "").sum())
    return ColumnFacts(
        name=name,
        place=place,
        num_rows=len(column),
        num_given=num_given,
        num_distinct=int(column[column != ""].nunique()),
        is_number=is_number,
        is_whole=is_whole,
        is_time=_is_time(given, name, is_number),
        alphabet=None if is_number else _find_letters(given.iloc[:300].tolist(), name),
        words=float(given.str.count(r"\S+").mean()) if len(given) and not is_number else 1.0,
        characters=float(given.str.len().mean()) if len(given) else 0.0,
        parts=_count_parts(given.unique() if len(given) else []),
    )


def _find_letters(cells: list[str], name: str) -> Alphabet | None:
    shortest = SHORT_PEPTIDE if names_sequence(name) else USUAL_PROTEIN
    return find_alphabet(cells, shortest_protein=shortest)


def _is_time(given: pd.Series, name: str, is_number: bool) -> bool:
    if given.empty:
        return False
    if is_number:
        return names_moment(name)
    has_digit = given.str.contains(r"\d", regex=True)
    if given.str.len().max() > 40 or has_digit.mean() < _SHARE_OF_NUMBERS:
        return False
    parsed = parse_times(given.iloc[:200])
    return parsed is not None and parsed.is_calendar


def _count_parts(values: Iterable[str]) -> int:
    values = list(values)
    if not 0 < len(values) <= 20:
        return 0
    parts = [read_part(value) for value in values]
    return len(set(parts)) if None not in parts else 0
