"""The columns as a table: what each is for, what it holds and looks like; both can be changed."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import pandas as pd
import streamlit as st

from lstm_core.data.columns.derived import list_sources
from lstm_core.data.columns.giving import DESCRIBES, IGNORE, ROLES, TARGET, give_role
from lstm_core.data.reading.table import SourceTable
from lstm_core.errors import StudioError
from lstm_core.spec import ExperimentSpec, SeriesDataSpec
from pages._ui.data.draft import Draft, put_columns_into_draft
from pages._ui.data.kinds.series.loading import ColumnLook, load_draft_columns, load_draft_roles
from pages._ui.shell.messages import errors_shown
from pages._ui.shell.widget_keys import make_key, renew_widgets

_KEY = "columns.table"
_MOST_COLUMNS = 200
_TYPES = ("number", "time", "text", "flag")
_AS_FOUND = "as found"
_MOST_UNSCROLLED = 10
_HEIGHT = 420

_HELP = (
    "Target: what is predicted. Known in advance: given for the whole horizon, such as holidays. "
    "Known only afterwards: its past helps. Id: tells series apart. Describes the series: the same "
    "in all its rows. Time: when."
)


def edit_columns_table(draft: Draft, table: SourceTable) -> None:
    """Show each column in a line; another role or type goes into the draft at once."""
    try:
        choice = load_draft_roles(draft)
        data, others = choice.spec, choice.others
    except StudioError:
        data, others = draft.spec.data, ()  # the card has said why; here is where to mend it
    looks = load_draft_columns(draft)
    shown = looks[:_MOST_COLUMNS]
    st.data_editor(
        _make_frame(shown, _list_used(data, table.frame), len(table.frame)),
        key=make_key(_KEY),
        hide_index=True,
        height="auto" if len(shown) <= _MOST_UNSCROLLED else _HEIGHT,
        disabled=["name", "values", "missing", "examples"],
        on_change=_take,
        args=(draft.spec, data, table.frame, [look.column.name for look in shown], others),
        alt="The columns of the table, with what each is for.",
        column_config={
            "name": st.column_config.TextColumn("Column", pinned=True),
            "role": st.column_config.SelectboxColumn(
                "What is it for?", options=_list_roles(shown), required=True, help=_HELP
            ),
            "type": st.column_config.SelectboxColumn(
                "What does it hold?",
                options=[*_TYPES, _AS_FOUND],
                required=True,
                help="Type. Text is read as numbers or times where that is said here; numbers "
                "that only name things can be text.",
            ),
            "values": st.column_config.LineChartColumn("Values, first to last"),
            "missing": st.column_config.NumberColumn("Missing", format="percent"),
            "examples": st.column_config.TextColumn("For example"),
        },
    )
    if len(shown) < len(looks):
        st.caption(f"The first {len(shown):,} of {len(looks):,} columns.")


def _put(data: SeriesDataSpec, given: Mapping[str, Any]) -> SeriesDataSpec:
    of_columns = {path.removeprefix("data."): value for path, value in given.items()}
    return data.model_copy(update={k: v for k, v in of_columns.items() if "." not in k})


def _list_used(data: SeriesDataSpec, frame: pd.DataFrame) -> set[str]:
    """Return the columns that tell the network what is the same in all rows of a series."""
    return {source for name in data.static for source in list_sources(name, frame)}


def _make_frame(looks: Sequence[ColumnLook], used: set[str], num_rows: int) -> pd.DataFrame:
    return pd.DataFrame(
        {
            "name": [look.column.name for look in looks],
            "role": [_say_role(look, used) for look in looks],
            "type": [look.column.type for look in looks],
            "values": [look.spark or None for look in looks],
            "missing": [look.column.missing / max(1, num_rows) for look in looks],
            "examples": [", ".join(look.column.examples) for look in looks],
        }
    )


def _say_role(look: ColumnLook, used: set[str]) -> str:
    """Return what a column is for; one that could describe the series is ignored until it is."""
    is_unused = look.column.role == DESCRIBES and look.column.name not in used
    return IGNORE if is_unused else look.column.role


def _list_roles(looks: Sequence[ColumnLook]) -> list[str]:
    """Return what can be chosen, and what columns are for already."""
    return list(dict.fromkeys([*ROLES, *(look.column.role for look in looks)]))


def _take(
    spec: ExperimentSpec,
    data: SeriesDataSpec,
    frame: pd.DataFrame,
    names: Sequence[str],
    others: Sequence[str],
) -> None:
    """Write down what was changed in the table: in one cell, or in several that were pasted.

    Args:
        others: what could be predicted instead; where the target is given another role, the
            likeliest of them is, or it would be chosen again.
    """
    edited: dict[int, dict[str, str]] = st.session_state[make_key(_KEY)]["edited_rows"]
    values: dict[str, Any] = {}
    types = dict(spec.data.reading.types)
    for row, change in edited.items():
        name = names[int(row)]
        if change.get("role") in ROLES:
            given = give_role(frame, data, name, change["role"])
            if data.targets and not given["data.targets"]:
                left = [other for other in others if other != name]
                data = _put(data, given)
                given |= give_role(frame, data, left[0], TARGET) if left else {}
            data, values = _put(data, given), values | given
        if "type" in change:
            types.pop(name, None)
            if change["type"] != _AS_FOUND:
                types[name] = change["type"]
            values["data.reading.types"] = types
    renew_widgets(_KEY)
    if values:
        with errors_shown():
            put_columns_into_draft(spec.with_values(values))
