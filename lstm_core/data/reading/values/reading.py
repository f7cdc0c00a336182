"""From rows of text to a table with typed columns."""

from __future__ import annotations

import os
import re
from collections import Counter, deque
from collections.abc import Iterable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from itertools import chain, repeat

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.compute as compute

from lstm_core.data.columns.derived import read_flag
from lstm_core.data.reading.table import Rows, SourceTable
from lstm_core.data.reading.telling import Question
from lstm_core.data.reading.times import ParsedTimes
from lstm_core.data.reading.values.deciding import Numbers
from lstm_core.data.reading.values.looking import Column, look_at
from lstm_core.data.reading.values.missing.missing import is_spelt, settle_missing
from lstm_core.data.reading.values.missing.words import MISSING_WORDS
from lstm_core.data.reading.values.numbers.asking import ask_decimal
from lstm_core.data.reading.values.numbers.marks import Vote, choose_mark, vote
from lstm_core.data.reading.values.numbers.numbers import read_numbers, read_with
from lstm_core.data.reading.values.numbers.shapes import DIGIT, FIRST_ZERO, spell_word
from lstm_core.data.reading.values.numbers.units import Units
from lstm_core.data.reading.values.numbers.written import MARKS
from lstm_core.data.reading.values.telling import Findings
from lstm_core.data.reading.values.times import place_remarks, settle_order
from lstm_core.data.wording import count_words
from lstm_core.spec.reading import ReadingPlan

_LONGEST_MISSING, _MOST_MISSING = 20, 80
_MOST_WORKERS = 4
_MANY_CELLS = 200_000
_BARE_EXPONENT = re.compile(rf"[{DIGIT}{FIRST_ZERO}]+[eE][{DIGIT}{FIRST_ZERO}]+")
_DOTTED_DATE = re.compile(r"\d{1,2}\.\d{1,2}\.\d{2,4}")


def read_values(rows: Rows, name: str, plan: ReadingPlan) -> SourceTable:
    """Return the table with a type for each column: number, time, bool or text.

    Numbers are read in whatever way they are written; the whole file votes on the decimals' mark.
    Words that are no numbers become missing in columns that are otherwise numbers, and are told by
    name; numbers that stand for "missing" are taken so and asked about. What can be read in two
    ways is asked, and read in the likelier one until somebody answers.

    Args:
        rows: text, or columns with a type of their own, which they keep.
        name: the file's name.
        plan: what a person said of it; the rest is found.
    """
    index, num_workers = rows.frame.index, _count_workers(rows.frame)
    names = [str(label) for label in rows.frame]
    apart = [Findings(rows.lines) for _ in names]
    sources = deque(rows.frame[label] for label in rows.frame)
    rows = replace(rows, frame=rows.frame.iloc[:0, :0])
    with ThreadPoolExecutor(max_workers=num_workers) as pool:
        columns = list(pool.map(look_at, names, _hand_over(sources), repeat(plan), apart))
        file = _vote(columns, rows.plan, plan)
        words = dict.fromkeys(
            chain.from_iterable(pool.map(_settle, columns, repeat(file), repeat(plan), apart))
        )
    findings = Findings(rows.lines)
    for found_in_column in apart:
        findings.add_all(found_in_column)
    spelt = {column.name: _spell(column) for column in columns if is_spelt(column)}
    numeric = [column for column in columns if column.is_number and column.name not in spelt]
    # A plan holds short words and not many; longer ones are no numbers without being named there.
    kept = tuple(word for word in words if len(word) <= _LONGEST_MISSING)[:_MOST_MISSING]
    missing, asked = settle_missing(numeric, kept, plan, findings)
    timed = _settle_times(columns, plan)
    from_times = [question for times in timed for question in times.questions]
    questions = (*rows.questions, *ask_decimal(columns, file, plan), *from_times, *asked)
    found = {
        "decimal": file.decimal,
        "thousands": _find_thousands(columns, file),
        "missing": missing,
        "time_form": _first(times.form for times in timed),
        "date_order": _first(times.date_order for times in timed),
        "zone": _first(times.zone for times in timed),
    }
    by_name = {column.name: column.values for column in columns}
    pa.default_memory_pool().release_unused()  # a web process lives on
    return SourceTable(
        pd.DataFrame(by_name, index=index, copy=False),
        name,
        remarks=(*rows.remarks, *place_remarks(timed, rows.lines), *findings.tell()),
        spelt=spelt,
        questions=_ask_once(questions),
        plan=rows.plan.fill(**found),
        rows=rows,
    )


def _hand_over(sources: deque[pd.Series]) -> Iterator[pd.Series]:
    """Yield columns and keep none: whoever has read one can let it go."""
    while sources:
        yield sources.popleft()


def _settle_times(columns: Sequence[Column], plan: ReadingPlan) -> list[ParsedTimes]:
    """Give columns of times their values; return how each was read."""
    times = {column.name: column.times for column in columns if column.times is not None}
    sources = {column.name: column.source for column in columns if column.source is not None}
    settled = settle_order(times, sources, plan)
    for column in columns:
        if column.name in settled:
            column.values = settled[column.name].values.rename(column.name)
    return list(settled.values())


def _first(found: Iterable[str | None]) -> str | None:
    return next((one for one in found if one), None)


def _ask_once(questions: Sequence[Question]) -> tuple[Question, ...]:
    first: dict[str, Question] = {}
    for question in questions:
        first.setdefault(question.item, question)
    return tuple(first.values())


def _vote(columns: Sequence[Column], found: ReadingPlan, plan: ReadingPlan) -> Vote:
    tallies = {
        column.name: column.numbers.tally for column in columns if column.numbers is not None
    }
    has_dotted_dates = any(
        column.times is not None
        and column.sample is not None
        and any(_DOTTED_DATE.match(cell) for cell in column.sample[:1].to_pylist())
        for column in columns
    )
    return vote(tallies, plan, found.separator, has_dotted_dates)


def _count_workers(frame: pd.DataFrame) -> int:
    """Return how many columns to read at a time; threads cost more than they save on few cells."""
    return min(_MOST_WORKERS, os.cpu_count() or 1) if frame.size >= _MANY_CELLS else 1


def _settle(column: Column, file: Vote, plan: ReadingPlan, findings: Findings) -> list[str]:
    """Give a column its values; return the words in it that are no usual ones for "missing"."""
    if column.numbers is not None:
        words = _read_column(column, column.numbers, file, plan, findings)
        if not column.numbers.is_padded and not column.numbers.is_ambiguous:
            column.let_go()
        return words
    if plan.types.get(column.name) == "flag":
        _read_flag(column, findings)
    return []


def _read_column(
    column: Column, numbers: Numbers, file: Vote, plan: ReadingPlan, findings: Findings
) -> list[str]:
    """Read a column of numbers; return the words in it that are no usual ones for "missing"."""
    mark = choose_mark(numbers.tally, file)
    if plan.thousands == "" and not numbers.tally.proof:
        mark = next((sign for sign in MARKS if numbers.tally.open.get(sign)), mark)
    units = numbers.units
    values = numbers.values
    if values is None:
        values = read_numbers(numbers.shapes, numbers.written, mark, units.powers, units.factors)
    values = values if values.flags.writeable else values.copy()
    index, label = column.values.index, column.values.name
    column.values = pd.Series(values, index, name=label, copy=False)
    tally = numbers.tally
    if tally.is_mixed:
        point, comma = tally.proofs["."], tally.proofs[","]
        findings.add(
            "mixed_marks",
            f'"{column.name}" has numbers with a decimal point ({point:,}) and with a decimal '
            f"comma ({comma:,}); each was read by its own mark.",
        )
    elif tally.num_open and not tally.proof:
        for sign in tally.open:
            told = "as decimals" if sign == mark else "as thousands"
            findings.add_column(
                "marks", f'"1{sign}234" and the like were read {told} in ', column.name
            )
    elif plan.decimal is not None and tally.proof == mark != plan.decimal:
        words = {".": "point", ",": "comma"}
        findings.add_column(
            "not_as_said",
            f"Cells can only be read with a decimal {words[mark]}, and were, although the "
            f"{words[plan.decimal]} was said: ",
            column.name,
        )
    elif tally.proof == ",":
        findings.add_column("marks", "Numbers are written with a decimal comma in ", column.name)
    bare_exponents = [_BARE_EXPONENT.fullmatch(text) for text in numbers.shapes.texts]
    if any(bare_exponents) and not (tally.proof or tally.is_mixed):
        findings.add_column("exponents", '"1E5" and the like were read as numbers in ', column.name)
    _tell_units(column.name, units, findings)
    if any(form is not None and form.is_negative and form.start for form in numbers.written):
        _tell_negatives(column.name, numbers, findings)
    for word in numbers.words:
        findings.add_word(word, column.name, _find_rows(column, word))
    return [
        word
        for word in numbers.words
        if word not in numbers.usual or spell_word(word).lower() not in MISSING_WORDS
    ][:20]


def _find_rows(column: Column, word: str) -> np.ndarray:
    return np.flatnonzero(
        compute.equal(column.cells, word).fill_null(False).to_numpy(zero_copy_only=False)
    )


def _tell_units(name: str, units: Units, findings: Findings) -> None:
    shown = ", ".join(f'"{unit[:20]}"' for unit in units.shown)
    have = "has" if units.num_bare == 1 else "have"
    bare = f" ({count_words(units.num_bare, 'cell')} {have} none)" if units.num_bare else ""
    if units.kind == "units":
        findings.add_column("units", f"The unit {shown} was left out{bare} in ", name)
    elif units.kind == "multipliers":
        findings.add_column("multipliers", f"Numbers with {shown} were multiplied in ", name)
    elif units.kind == "units_converted":
        findings.add_column(
            "units_converted", f'Numbers in {shown} were converted to "{units.into}" in ', name
        )
    elif units.kind == "footnotes":
        findings.add_column("footnotes", f"Marks after numbers, {shown}, were left out in ", name)
    elif units.kind == "mixed_units":
        findings.add_column("mixed_units", f"Several units, {shown}, were left out in ", name)


def _tell_negatives(name: str, numbers: Numbers, findings: Findings) -> None:
    texts = [
        text
        for text, form in zip(numbers.shapes.texts, numbers.written, strict=True)
        if form is not None and form.is_negative
    ]
    if any("(" in text for text in texts):
        findings.add_column("negatives", "Numbers in brackets were read as negative in ", name)
    elif any("-" not in text[:3] for text in texts):
        findings.add_column(
            "negatives", "Numbers with a minus sign after them were read as negative in ", name
        )


def _read_flag(column: Column, findings: Findings) -> None:
    values = column.values
    if column.is_number and set(values.dropna().unique()) <= {0, 1}:
        flag: pd.Series | None = values.astype("float64")
    else:
        flag = read_flag(values)
    if flag is None:
        findings.add_column("not_as_said", "No yes and no could be read in ", column.name)
    else:
        column.values = flag if flag.isna().any() else flag.astype("bool")


def _spell(column: Column) -> pd.Series:
    assert column.cells is not None
    return pd.Series(column.cells.to_pandas(), dtype="str").set_axis(column.values.index)


def _find_thousands(columns: Sequence[Column], file: Vote) -> str | None:
    """Return the commonest mark between thousands; None where there is none."""
    counts: Counter[str] = Counter()
    for column in columns:
        if column.numbers is None:
            continue
        mark = choose_mark(column.numbers.tally, file)
        for form, count in zip(column.numbers.written, column.numbers.shapes.counts, strict=True):
            reading = None if form is None else read_with(form, mark)
            if reading is not None and reading.thousands not in ("", file.decimal):
                counts[reading.thousands] += int(count)
    return counts.most_common(1)[0][0] if counts else None
