"""Whether columns can play the parts that a spec gives them."""

from __future__ import annotations

import numpy as np
import pandas as pd

from lstm_core.data.columns.derived import list_sources
from lstm_core.data.reading.values.missing.words import MISSING_WORDS
from lstm_core.data.reading.values.numbers.written import reads_as_number
from lstm_core.errors import DataError, suggest_name
from lstm_core.spec import ROW_ORDER, SeriesDataSpec

LARGEST_VALUE = 1e30
"""Networks compute with 32-bit numbers, which end at 3e38."""


def check_column_names(frame: pd.DataFrame, spec: SeriesDataSpec) -> None:
    """Refuse a role for a column that the table does not have.

    Raises:
        DataError: names the column and the nearest one there is; or a column of the table has
            the name that stands for the order of the rows.
    """
    named = [*spec.targets, *spec.covariates, *spec.static]
    named += [name for name in (spec.time, spec.series) if name not in (None, ROW_ORDER)]
    named += spec.reading.keys or ()
    known = [str(name) for name in frame.columns]
    if ROW_ORDER in known:
        raise DataError(
            f'A column is called "{ROW_ORDER}", which here means the order of the rows.',
            "Give the column another name.",
        )
    for name in named:
        if not list_sources(name, frame):
            listed = ", ".join(f'"{column}"' for column in known[:12])
            raise DataError(
                f'The table has no column "{name}".',
                f"Its columns are {listed}{' and more' if len(known) > 12 else ''}."
                + suggest_name(name, known),
            )


def check_target(column: pd.Series) -> None:
    """Refuse text, infinity, a column without values, mostly gaps, or one and the same value.

    Raises:
        DataError: names the column, the first bad row, and what to do.
    """
    values = _check_numbers(column, "a target")
    name = column.name
    given = np.flatnonzero(~np.isnan(values))
    num_gaps = given[-1] - given[0] + 1 - len(given)
    if num_gaps > len(given):
        raise DataError(
            f'More than half of the values of "{name}" are missing '
            f"({num_gaps:,} of {num_gaps + len(given):,}).",
            "Choose another target, or fill the gaps in the file from what you know.",
        )
    if (values[given] == values[given[0]]).all():
        raise DataError(
            f'The target "{name}" is {values[given[0]]:g} in every row, so there is nothing to '
            "learn.",
            "Choose a column that varies.",
        )


def check_covariate(column: pd.Series) -> None:
    """Refuse text, infinity and a column without values.

    Raises:
        DataError: names the column, the first bad row, and what to do.
    """
    _check_numbers(column, "a covariate")


def _check_numbers(column: pd.Series, part: str) -> np.ndarray:
    """Return the values as float64, ``(rows,)``."""
    name = column.name
    if not pd.api.types.is_numeric_dtype(column):
        raise _refuse_text(column, part)
    values = column.to_numpy(dtype=np.float64, na_value=np.nan)
    infinite = np.flatnonzero(np.isinf(values))
    if len(infinite):
        count = "An infinite value" if len(infinite) == 1 else f"{len(infinite):,} infinite values"
        verb = "stands" if len(infinite) == 1 else "stand"
        first = "in" if len(infinite) == 1 else "the first in"
        raise DataError(
            f'{count} {verb} in "{name}", {first} row {infinite[0] + 1:,} of the data.',
            "Correct the cells, or leave them empty to have them filled.",
        )
    huge = np.flatnonzero(np.abs(values) > LARGEST_VALUE)
    if len(huge):
        raise DataError(
            f'The value {values[huge[0]]:g} in "{name}", in row {huge[0] + 1:,} of the data, is '
            "too large to compute with.",
            "Correct the cell, or give the column in a larger unit.",
        )
    if np.isnan(values).all():
        raise DataError(
            f'The column "{name}" has no values, so it can\'t be {part}.', "Choose another column."
        )
    return values


def _refuse_text(column: pd.Series, part: str) -> DataError:
    if not pd.api.types.is_string_dtype(column):
        return DataError(
            f'The column "{column.name}" holds no numbers, so it can\'t be {part}.',
            "Choose a column of numbers.",
        )
    cells = [str(cell).strip() for cell in column.fillna("")]
    row = next((row for row, cell in enumerate(cells) if not _is_number_or_missing(cell)), 0)
    return DataError(
        f'The column "{column.name}" can\'t be {part}: "{cells[row][:40]}" in row '
        f"{row + 1:,} of the data is not a number.",
        "Correct the cell or leave it empty, or choose a column of numbers.",
    )


def _is_number_or_missing(cell: str) -> bool:
    return cell.lower() in MISSING_WORDS or reads_as_number(cell)
