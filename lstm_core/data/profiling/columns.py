"""The columns of a table, each in a line: what it is, what it is for, what it looks like."""

from __future__ import annotations

from dataclasses import dataclass

import pandas as pd

from lstm_core.data.columns.derived import list_sources, read_flag
from lstm_core.data.columns.kinds import Kind
from lstm_core.data.columns.roles import RoleChoice
from lstm_core.data.reading.table import SourceTable
from lstm_core.spec.reading import ColumnType

_NUM_EXAMPLES = 3
_LONGEST_EXAMPLE = 40
_NUM_DIGITS = 10
_ROLE_OF_KIND: dict[Kind, str] = {"static": "describes the series", "id": "id"}
"""Of columns that have no part in a forecast."""


@dataclass(frozen=True)
class ColumnProfile:
    """One column.

    Attributes:
        type: what its cells are.
        role: "target", "known in advance", "known only afterwards", "describes the series",
            "id", "time" or "ignore".
        missing: how many cells have no value.
        examples: the first different values, as text (hostile).
    """

    name: str
    type: ColumnType
    role: str
    missing: int
    examples: tuple[str, ...]


def describe_columns(table: SourceTable, choice: RoleChoice | None) -> list[ColumnProfile]:
    """Return each column of the table in its order."""
    roles = {} if choice is None else _list_roles(table, choice)
    return [
        ColumnProfile(
            str(name),
            _find_type(table.frame[name], roles.get(str(name))),
            roles.get(str(name), "ignore"),
            int(table.frame[name].isna().sum()),
            _list_examples(table.spelt.get(str(name), table.frame[name])),
        )
        for name in table.frame.columns
    ]


def _list_roles(table: SourceTable, choice: RoleChoice) -> dict[str, str]:
    spec, frame = choice.spec, table.frame
    parts = {
        "known only afterwards": spec.past_covariates or (),
        "known in advance": spec.known_future_covariates or (),
        "describes the series": spec.static,
        "target": spec.targets,
        "id": (spec.series,) if spec.series else (),
        "time": (spec.time,) if spec.time else (),
    }
    found = {
        name: _ROLE_OF_KIND[kind] for name, kind in choice.kinds.items() if kind in _ROLE_OF_KIND
    }
    return found | {
        source: role
        for role, names in parts.items()
        for name in names
        for source in list_sources(name, frame)
    }


def _find_type(column: pd.Series, role: str | None) -> ColumnType:
    if pd.api.types.is_datetime64_any_dtype(column):
        return "time"
    if pd.api.types.is_bool_dtype(column) or read_flag(column) is not None:
        return "flag"
    if pd.api.types.is_numeric_dtype(column):
        return "number"
    return "time" if role == "time" else "text"


def _list_examples(column: pd.Series) -> tuple[str, ...]:
    some = column.dropna().iloc[:200]
    if pd.api.types.is_datetime64_any_dtype(some) and (some == some.dt.normalize()).all():
        some = some.dt.strftime("%Y-%m-%d")  # clocks that say nothing
    elif pd.api.types.is_float_dtype(some):
        some = some.map(lambda value: float(f"{value:.{_NUM_DIGITS}g}"))
    return tuple(str(value)[:_LONGEST_EXAMPLE] for value in some.unique()[:_NUM_EXAMPLES])
