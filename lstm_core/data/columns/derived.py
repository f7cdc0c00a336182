"""Columns that a table does not have but that follow from one it has, addressed by name.

- A column of yes and no is one of 1 and 0, under its own name.
- A column of a few different texts is one column for each: ``weather = rain`` is 1 where
  ``weather`` is rain, else 0.
- Of a column of many different texts, those that come most often are columns; all others are
  none of them, and alike.
- Two or three columns that tell series apart together are one: ``store / item``.

Nothing is fitted: what a derived column holds follows from its name and its row alone, so newer
data gives the columns that a model was trained with.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from typing import Any

import pandas as pd

MOST_LEVELS = 12
"""Different texts in one column; with more, it is no category."""

_MOST_OFFERED = 50
"""Texts of a column that more of could be told apart, if that were asked for."""

_NUM_LOOKED_AT = 10_000
_NUM_TRIED = 1_000
"""Rows that tell of most columns of text that they are no category."""
_MOST_SPELLINGS = 4
"""Of one level: with blanks around it or without."""
_FEWEST_REPEATS = 3
_LONGEST_LEVEL = 60
_TRUE = frozenset({
    "true", "yes", "y", "t", "on", "ja", "oui", "si", "sí", "sim", "да", "是", "はい",
})  # fmt: skip
_FALSE = frozenset({
    "false", "no", "n", "f", "off", "nein", "nee", "non", "não", "nao", "нет", "否", "いいえ",
})  # fmt: skip
_IS = " = "
_AND = " / "


def read_flag(column: pd.Series) -> pd.Series | None:
    """Return a column of true and false, or of yes and no, as 1 and 0; None where it is none."""
    if pd.api.types.is_bool_dtype(column):
        return column.astype("float64")
    if pd.api.types.is_numeric_dtype(column) or pd.api.types.is_datetime64_any_dtype(column):
        return None
    some = column.iloc[:_NUM_TRIED].unique()
    if len(some) > MOST_LEVELS + 1 or not _are_flags(some):
        return None
    given = column.dropna().unique()
    words = {text: str(text).strip().lower() for text in given[: MOST_LEVELS + 1]}
    if not words or not set(words.values()) <= _TRUE | _FALSE or len(words) > MOST_LEVELS:
        return None
    return column.map({text: float(word in _TRUE) for text, word in words.items()}).astype(
        "float64"
    )


def _are_flags(texts: Iterable[Any]) -> bool:
    """Whether all texts that are given say yes or no."""
    return all(pd.isna(text) or str(text).strip().lower() in _TRUE | _FALSE for text in texts)


def read_levels(column: pd.Series, most: int = MOST_LEVELS) -> tuple[str, ...] | None:
    """Return the different texts of a category in order; None where the column is none.

    A category has few texts, short ones, each of which comes again and again.

    Args:
        most: with more texts, it is none.
    """
    if pd.api.types.is_numeric_dtype(column) or pd.api.types.is_datetime64_any_dtype(column):
        return None
    if column.iloc[:_NUM_TRIED].nunique() > _MOST_SPELLINGS * most:
        return None
    counts: Counter[str] = Counter()
    for text, count in column.value_counts().items():  # gaps are left out
        counts[str(text).strip()] += int(count)
    del counts[""]
    if not 2 <= len(counts) <= most or counts.total() < _FEWEST_REPEATS * len(counts):
        return None
    levels = sorted(counts)
    return tuple(levels) if max(map(len, levels)) <= _LONGEST_LEVEL else None


def may_be_category(column: pd.Series) -> bool:
    """Whether a column is a category of more texts than are told apart unasked, but not many more.

    Its first rows are looked at.
    """
    some = column.iloc[:_NUM_LOOKED_AT]
    levels = read_levels(some, _MOST_OFFERED)
    return levels is not None and len(levels) > MOST_LEVELS


def read_top_levels(column: pd.Series, most: int) -> tuple[str, ...]:
    """Return the texts that come most often, in order; none where few come again and again.

    The first half of the rows is counted, so that nothing late has a say.
    """
    if pd.api.types.is_numeric_dtype(column) or pd.api.types.is_datetime64_any_dtype(column):
        return ()
    counts: Counter[str] = Counter()
    for text, count in column.iloc[: -(-len(column) // 2)].value_counts().items():
        if count >= _FEWEST_REPEATS and len(str(text).strip()) <= _LONGEST_LEVEL:
            counts[str(text).strip()] += int(count)
    del counts[""]
    ranked = sorted(counts, key=lambda text: (-counts[text], text))
    return tuple(sorted(ranked[:most]))


def name_columns(column: pd.Series, most: int = MOST_LEVELS) -> tuple[str, ...]:
    """Return the columns that stand for one as a covariate: itself, or one for each level.

    Of two levels, one column says all.

    Args:
        most: of more levels, those are taken that come most often.
    """
    name = str(column.name)
    if read_flag(column) is not None:
        return (name,)
    levels = read_levels(column)
    if levels is None or len(levels) > most:
        wanted = read_top_levels(column, most)
    else:
        wanted = levels[:1] if len(levels) == 2 else levels
    return tuple(f"{name}{_IS}{level}" for level in wanted) or (name,)


def is_part_of(name: str, column: str) -> bool:
    """Whether a column is this one, or one of its levels."""
    return name == column or name.startswith(f"{column}{_IS}")


def is_level(name: str) -> bool:
    """Whether a column's name is that of a level, as ``weather = rain`` is."""
    return _IS in name


def group_levels(names: Iterable[str]) -> tuple[tuple[str, ...], ...]:
    """Return those names that are levels of one column each, in order.

    A column that one name speaks of is no group: it is yes or no.
    """
    groups: dict[str, list[str]] = {}
    for name in names:
        if is_level(name):
            groups.setdefault(name.partition(_IS)[0], []).append(name)
    return tuple(tuple(group) for group in groups.values() if len(group) > 1)


def join_names(names: tuple[str, ...]) -> str:
    return _AND.join(names)


def list_sources(name: str, frame: pd.DataFrame) -> tuple[str, ...]:
    """Return the columns of the table that a name speaks of; none where it speaks of nothing."""
    if name in frame.columns:
        return (name,)
    level = _split_level(name, frame)
    if level is not None:
        return level[:1]
    return _split_joined(name, frame.columns)


def _split_joined(name: str, known: pd.Index) -> tuple[str, ...]:
    """Return the columns whose names are joined here; they may hold what joins them."""
    pieces = name.split(_AND)
    for count in range(1, len(pieces)):
        first = _AND.join(pieces[:count])
        rest = _AND.join(pieces[count:])
        if first in known:
            found = (rest,) if rest in known else _split_joined(rest, known)
            if found:
                return (first, *found)
    return ()


def read_column(frame: pd.DataFrame, name: str) -> pd.Series:
    """Return a column as its part needs it: flags and levels as numbers, others as they stand."""
    if name in frame.columns:
        flag = read_flag(frame[name])
        return frame[name] if flag is None else flag
    found = _split_level(name, frame)
    assert found is not None  # check_column_names has seen it
    source, level = found
    texts = frame[source].astype("str").str.strip()
    return (texts == level).astype("float64").mask(frame[source].isna()).rename(name)


def read_series_names(frame: pd.DataFrame, name: str, spelt: Mapping[str, pd.Series]) -> pd.Series:
    """Return each row's series as text, as the file spells it; missing where a part is.

    Args:
        spelt: texts of columns of numbers that were written with zeros before them.
    """
    parts = [_spell(frame, part, spelt) for part in list_sources(name, frame)]
    joined = parts[0]
    for part in parts[1:]:
        joined = joined + _AND + part
    return joined


def _spell(frame: pd.DataFrame, name: str, spelt: Mapping[str, pd.Series]) -> pd.Series:
    column = spelt.get(name, frame[name])
    missing = column.isna()
    if pd.api.types.is_float_dtype(column) and (column[~missing] % 1 == 0).all():
        column = column.astype("Int64")  # a gap made 7 into 7.0
    return column.astype("str").mask(missing)


def _split_level(name: str, frame: pd.DataFrame) -> tuple[str, str] | None:
    pieces = name.split(_IS)
    for place in range(1, len(pieces)):
        source, level = _IS.join(pieces[:place]), _IS.join(pieces[place:])
        if source in frame.columns and not pd.api.types.is_numeric_dtype(frame[source]):
            return source, level
    return None
