"""Which columns of a table a person may choose for what."""

from __future__ import annotations

from dataclasses import dataclass

import pandas as pd

from lstm_core.data.columns.derived import read_flag, read_levels, read_top_levels
from lstm_core.data.reading.times import has_time_name, meaning_of_numbers, parse_times

_NUM_SAMPLE_ROWS = 1_000


@dataclass(frozen=True)
class OfferedColumns:
    """Columns in the order of the table.

    Attributes:
        targets: numbers.
        covariates: numbers, yes and no, and a few different texts.
    """

    names: tuple[str, ...]
    targets: tuple[str, ...]
    covariates: tuple[str, ...]


def offer_columns(frame: pd.DataFrame) -> OfferedColumns:
    """Say which columns may be targets, and which covariates; times are neither."""
    names = tuple(str(name) for name in frame.columns)
    given = {name: frame[name].dropna() for name in names}
    numbers = {name for name in names if pd.api.types.is_numeric_dtype(given[name])}
    targets = tuple(name for name in names if name in numbers and not _holds_times(given[name]))
    causes = {name for name in names if name not in numbers and _holds_categories(given[name])}
    return OfferedColumns(
        names, targets, tuple(name for name in names if name in causes or name in targets)
    )


def _holds_times(numbers: pd.Series) -> bool:
    sample = numbers.iloc[:_NUM_SAMPLE_ROWS]
    return (
        not pd.api.types.is_bool_dtype(sample)
        and has_time_name(str(sample.name))
        and meaning_of_numbers(sample) not in (None, "step")
    )


def _holds_categories(texts: pd.Series) -> bool:
    sample = texts.iloc[:_NUM_SAMPLE_ROWS]
    if len(sample) and parse_times(sample) is not None:
        return False
    if read_flag(texts) is not None or read_levels(texts) is not None:
        return True
    # Of many texts, those that come again may be inputs, where a person wants that.
    return len(read_top_levels(texts, 2)) > 1
