"""What each column is for, where the spec leaves it open, and what is said of the rest."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np
import pandas as pd
from pydantic import ValidationError

from lstm_core.data.columns.derived import (
    MOST_LEVELS,
    list_sources,
    may_be_category,
    name_columns,
    read_column,
    read_levels,
    read_series_names,
)
from lstm_core.data.columns.kinds import Kind, Layout, find_kinds
from lstm_core.data.columns.repeats import choose_repeats
from lstm_core.data.columns.series_choice import choose_series
from lstm_core.data.columns.target_choice import TargetChoice, choose_target, find_ends
from lstm_core.data.columns.time_choice import choose_time
from lstm_core.data.columns.validation import check_column_names, check_covariate, check_target
from lstm_core.data.columns.words import names_price
from lstm_core.data.reading.table import SourceTable
from lstm_core.data.reading.telling import Question, Remark
from lstm_core.data.reading.times import ParsedTimes
from lstm_core.data.wording import count_words, list_names
from lstm_core.errors import DataError
from lstm_core.spec import ROW_ORDER, SeriesDataSpec
from lstm_core.spec.experiment import explain_refusal
from lstm_core.spec.reading import Repeats

_CATEGORIES_CHOSEN = 2
"""Covariates are chosen unasked up to as many columns as so many categories have at most."""

_FEWEST_ROWS_AHEAD = 2
"""A single row ahead is more likely a row that is not complete yet."""

_WHY_LEFT_OUT: dict[Kind, str] = {
    "constant": "the same in every row",
    "counter": "counting the rows",
    "calendar": "part of the times",
    "id": "a number that names things",
    "static": "the same in all rows of a series",
    "place": "a place",
    "attribute": "differing between rows of one time",
    "time": "another time",
    "text": "text of too many kinds",
    "empty": "without values",
}


_OFFERED = "text of many kinds, which can be told apart where that is asked for"


@dataclass(frozen=True)
class RoleChoice:
    """Roles for a table.

    Attributes:
        spec: every role filled in; covariates by the names of the table's columns.
        others: more columns that could be predicted, the likelier first.
        is_clear: whether the table itself says what is predicted, or a person did.
        reason: why this target, in a sentence; empty where a person chose it.
        remarks: what is looked at, known ahead and left out.
        questions: what the columns leave open: which ones tell series apart, what to do with
            several rows at one time.
        left_out: int64; rows of the table that have no part: those that are there twice.
        kinds: what each column of the table is.
    """

    spec: SeriesDataSpec
    others: tuple[str, ...] = ()
    is_clear: bool = True
    reason: str = ""
    remarks: tuple[Remark, ...] = ()
    questions: tuple[Question, ...] = ()
    left_out: np.ndarray = field(default_factory=lambda: np.array([], dtype=np.int64))
    kinds: Mapping[str, Kind] = field(default_factory=dict)

    @property
    def notes(self) -> tuple[str, ...]:
        """The remarks' sentences."""
        return tuple(remark.sentence for remark in self.remarks)


def choose_roles(table: SourceTable, spec: SeriesDataSpec) -> RoleChoice:
    """Fill in what the spec leaves open; what it names is kept and checked.

    Raises:
        DataError: a column is unknown or can't play its part, no column holds times, no column
            holds numbers, or times repeat and nothing tells the rows apart.
    """
    frame = table.frame
    check_column_names(frame, spec)
    time, times, told = choose_time(table, spec)
    parted = choose_series(table, spec, time, times)
    series = parted.name
    names = None if series is None else read_series_names(frame, series, table.spelt)
    layout = Layout.of(frame, times, names)
    kinds = find_kinds(
        frame,
        layout,
        table.spelt,
        is_typed=table.rows is not None,
        most_levels=_count_levels(spec),
    )
    placed = {time, *(list_sources(series, frame) if series else ())}
    covariates = (*spec.covariates, *spec.static)
    named = {each for name in covariates for each in list_sources(name, frame)}
    free = {name: kind for name, kind in kinds.items() if name not in placed}
    choice = _choose_target(frame, layout, free, spec, named)
    targets = spec.targets or (choice.name,)
    for name in targets:
        check_target(read_column(frame, name))
    for name in covariates:
        _check_covariate(frame, name)
    rest = {name: kind for name, kind in free.items() if name not in {*targets, *named}}
    repeats = choose_repeats(table, layout, targets[0], kinds, spec.reading.repeats)
    if repeats.way in ("sum", "count"):
        rest |= {name: "attribute" for name in rest if _varies_at_once(frame[name], layout)}
    chosen = _choose_covariates(frame, layout, rest, spec, targets)
    remarks = (
        *told,
        *_tell_rows_without_time(table, times),
        *repeats.remarks,
        *(Remark("roles", note) for note in chosen.notes),
    )
    filled = spec.model_dump() | {"time": time or ROW_ORDER, "series": series, "targets": targets}
    filled |= {"past_covariates": chosen.past, "known_future_covariates": chosen.known}
    filled["reading"] = _fill_plan(table, spec, series, repeats.way)
    return RoleChoice(
        _settle(filled),
        tuple(name for name in (choice.name, *choice.others) if name not in targets),
        choice.is_clear or bool(spec.targets),
        "" if spec.targets else choice.reason,
        remarks,
        (*parted.questions, *repeats.questions),
        repeats.left_out,
        kinds,
    )


def _count_levels(spec: SeriesDataSpec) -> int:
    """Return how many texts a category may have that is chosen unasked: more, where asked for."""
    return max(MOST_LEVELS, spec.levels)


def _varies_at_once(column: pd.Series, layout: Layout) -> bool:
    """Whether rows of one series and time differ in a column: what it says is of each of them."""
    codes = layout.sort(pd.factorize(column)[0])
    return bool(((codes[1:] != codes[:-1]) & layout.repeats[1:]).any())


def _fill_plan(
    table: SourceTable, spec: SeriesDataSpec, series: str | None, way: Repeats | None
) -> dict[str, Any]:
    """Return the plan that the table was read by, with what was found of its columns."""
    found = {name: value for name, value in table.plan.model_dump().items() if value is not None}
    plan = spec.reading.fill(**found).fill(repeats=way).model_dump()
    if series is not None:
        plan["keys"] = list_sources(series, table.frame)
    return plan


def _tell_rows_without_time(table: SourceTable, times: ParsedTimes | None) -> tuple[Remark, ...]:
    """Say which rows are left out because they have no time, such as a sum below the others."""
    if times is None:
        return ()
    rows = np.flatnonzero(times.values.isna().to_numpy())
    if not len(rows):
        return ()
    lines = table.find_lines(rows)
    texts = [cell for cell in table.frame.iloc[rows[0]] if isinstance(cell, str) and cell]
    where = ""
    if lines:
        where = f": line {lines[0]:,}" + "".join(f', "{text[:40]}"' for text in texts[:1])
        where += " and others" if len(rows) > 1 else ""
    words = f"{count_words(len(rows), 'row')} without a readable time left out{where}."
    return (Remark("without_time", words, lines),)


def expand_covariates(
    frame: pd.DataFrame, names: Sequence[str], most: int = MOST_LEVELS
) -> tuple[str, ...]:
    """Return the columns of numbers that covariates stand for: a category for one each level.

    Args:
        most: levels of one category; all others are none of them.
    """
    found: dict[str, None] = {}
    for name in names:
        columns = name_columns(frame[name], most) if name in frame.columns else (name,)
        found |= dict.fromkeys(columns)
    return tuple(found)


def _choose_target(
    frame: pd.DataFrame,
    layout: Layout,
    kinds: Mapping[str, Kind],
    spec: SeriesDataSpec,
    named: set[str],
) -> TargetChoice:
    """Choose among the columns; of what a person has chosen, the others are what is of interest."""
    try:
        return choose_target(frame, layout, kinds, named)
    except DataError:
        if not spec.targets:
            raise
        return TargetChoice(spec.targets[0], (), True, "")


@dataclass(frozen=True)
class _Covariates:
    past: tuple[str, ...]
    known: tuple[str, ...]
    notes: tuple[str, ...] = ()


def _choose_covariates(
    frame: pd.DataFrame,
    layout: Layout,
    rest: Mapping[str, Kind],
    spec: SeriesDataSpec,
    targets: Sequence[str],
) -> _Covariates:
    """Give the columns that are left a part each, or a word on why they have none.

    What goes on behind the last target is known ahead. Flags, categories and what is set by
    somebody are never what is wanted but may say why it came. Other columns of numbers are
    results beside the target: a person says whether they help.
    """
    past, known = list(spec.past_covariates or ()), list(spec.known_future_covariates or ())
    num_chosen, most_levels = 0, _count_levels(spec)
    most_chosen = _CATEGORIES_CHOSEN * most_levels
    ahead = _find_rows_ahead(frame, layout, targets)
    left: dict[str, list[str]] = {}
    for name, kind in rest.items():
        if kind not in ("number", "flag", "category"):
            is_offered = kind == "text" and may_be_category(frame[name])
            left.setdefault(_OFFERED if is_offered else _WHY_LEFT_OUT[kind], []).append(name)
            continue
        columns = name_columns(frame[name], most_levels)
        is_known = spec.known_future_covariates is None and _goes_on(frame[name], layout, ahead)
        is_cause = kind != "number" or names_price(name)
        is_past = spec.past_covariates is None and is_cause and not is_known
        if not (is_known or is_past):
            left.setdefault("", []).append(name)
        elif num_chosen + len(columns) > most_chosen:
            left.setdefault(f"{most_chosen} others are looked at", []).append(name)
        else:
            num_chosen += len(columns)
            (known if is_known else past).append(name)
    notes = []
    for lead, names in (("Looked at as well, up to now", past), ("Known ahead of time", known)):
        if names:
            said = ", ".join(_say_levels(frame, name, most_levels) for name in names)
            notes.append(f"{lead}: {said}.")
    unused = [
        list_names(names) + (f" ({reason})" if reason else "") for reason, names in left.items()
    ]
    if unused:
        notes.append(f"Not used: {'; '.join(unused)}.")
    return _Covariates(tuple(past), tuple(known), tuple(notes))


def _say_levels(frame: pd.DataFrame, name: str, most: int) -> str:
    quoted = list_names([name])
    if name not in frame.columns or len(name_columns(frame[name])) == 1:
        return quoted
    levels = read_levels(frame[name], most) or ()
    if len(levels) > MOST_LEVELS:
        return f"{quoted} ({len(levels)} kinds)"
    return f"{quoted} ({', '.join(level[:20] for level in levels)})"


def _find_rows_ahead(frame: pd.DataFrame, layout: Layout, targets: Sequence[str]) -> np.ndarray:
    """Return whether each row of the layout lies behind the last target of its series."""
    ends = np.max([find_ends(frame[name], layout) for name in targets], axis=0)
    lengths = layout.ends - layout.starts
    if not len(lengths) or (lengths - 1 - ends < _FEWEST_ROWS_AHEAD).any():
        return np.zeros(len(layout.order), dtype=bool)
    place = np.arange(len(layout.order)) - np.repeat(layout.starts, lengths)
    return place > np.repeat(ends, lengths)


def _goes_on(column: pd.Series, layout: Layout, ahead: np.ndarray) -> bool:
    """Whether a column is given in all rows ahead."""
    return bool(ahead.any()) and bool(column.notna().to_numpy()[layout.order][ahead].all())


def _settle(filled: Mapping[str, Any]) -> SeriesDataSpec:
    """Return what was found together with what was said.

    Raises:
        DataError: the two don't go together: a column that tells the times, say, as the table is
            read now, was given another role before.
    """
    try:
        return SeriesDataSpec.model_validate(filled)
    except ValidationError as error:
        raise DataError(
            "As it is read, the table can't be what is asked of its columns. "
            + explain_refusal(error, "data"),
            "Give each column one role, or read the table otherwise.",
        ) from error


def _check_covariate(frame: pd.DataFrame, name: str) -> None:
    for column in expand_covariates(frame, [name]):
        check_covariate(read_column(frame, column))
