"""Words and numbers that stand for a missing value: taken, told and asked about."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pandas as pd

from lstm_core.data.reading.telling import Choice, Question
from lstm_core.data.reading.values.looking import Column
from lstm_core.data.reading.values.missing.sentinels import Sentinel, find_sentinels, write_number
from lstm_core.data.reading.values.telling import Findings
from lstm_core.data.wording import count_words, list_names
from lstm_core.spec.reading import ReadingPlan


def settle_missing(
    columns: Sequence[Column], words: tuple[str, ...], plan: ReadingPlan, findings: Findings
) -> tuple[tuple[str, ...], tuple[Question, ...]]:
    """Take numbers that stand for "missing" out of the columns of numbers.

    Args:
        columns: of numbers, whose values are changed.
        words: what was found to stand for "missing" beside the usual words.

    Returns:
        The plan's words for missing, and a question where numbers were found that may be missing
        values.
    """
    if plan.missing is not None:
        said = {number for number in map(_to_number, plan.missing) if number is not None}
        for column in columns:
            given = column.values.to_numpy()
            for number in sorted(said):
                _take(column, number, np.flatnonzero(given == number), findings)
        return plan.missing, ()
    values = {column.name: column.values.to_numpy(dtype=np.float64) for column in columns}
    found = find_sentinels(values)
    if not found:
        return words, ()
    sure = {one.value for one in found if one.is_sure}
    for column in columns:
        for number in sorted(sure):
            _take(column, number, np.flatnonzero(values[column.name] == number), findings)
    codes = tuple(write_number(number) for number in sorted(sure))
    return (*codes, *words), (_ask(found, codes, words),)


def _to_number(text: str) -> float | None:
    try:
        return None if "_" in text else float(text.replace(",", "."))  # Python takes 1_000 for one
    except ValueError:
        return None


def _take(column: Column, number: float, rows: np.ndarray, findings: Findings) -> None:
    if not len(rows):
        return
    values = column.values.astype("float64")
    values.iloc[rows] = np.nan
    column.values = values
    findings.add(
        "sentinels",
        f"{write_number(number)} was read as a missing value: {count_words(len(rows), 'cell')} of "
        f'"{column.name}".',
        rows,
    )


def _ask(found: Sequence[Sentinel], codes: tuple[str, ...], words: tuple[str, ...]) -> Question:
    every = tuple(dict.fromkeys(one.text for one in found))
    first = found[0]
    others = f"between {write_number(first.low)} and {write_number(first.high)}"
    names = list_names(list(dict.fromkeys(one.column for one in found)))
    gives_missing = (
        f"{count_words(sum(len(one.rows) for one in found), 'cell')} of {names} are empty; the "
        f"others of {list_names([first.column])} lie {others}"
    )
    as_missing = Choice([*every, *words], "Missing", gives_missing)
    as_numbers = Choice(list(words), "Real values", f"{', '.join(every)} count as measured")
    some = [one for one in found if one.text in codes]
    choices: tuple[Choice, ...]
    if not codes:
        choices = (as_numbers, as_missing)
    elif set(codes) == set(every):
        choices = (as_missing, as_numbers)
    else:
        gives_some = f"{count_words(sum(len(one.rows) for one in some), 'cell')} are empty"
        only = Choice([*codes, *words], f"Only {', '.join(codes)}", gives_some)
        choices = (only, as_missing, as_numbers)
    return Question(
        "data.reading.missing",
        f"Does {', '.join(every)} stand for a missing value in {names}?",
        choices,
    )


def is_spelt(column: Column) -> bool:
    """Whether whole numbers of a column are written with zeros before them."""
    numbers = column.numbers
    if numbers is None or not numbers.is_padded or not pd.api.types.is_numeric_dtype(column.values):
        return False
    return bool((column.values.dropna() % 1 == 0).all())
