"""A form that asks for the part of each column, of kinds whose parts are one column each."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import streamlit as st

from lstm_core.data.items.reading.columns.findings import Finding
from lstm_core.spec import ExperimentSpec
from lstm_core.spec.items import NO_COLUMN
from pages._ui.data.draft import ROLES_OPEN, Draft, change_draft, put_columns_into_draft
from pages._ui.shell.messages import errors_shown, escape_markdown
from pages._ui.shell.widget_keys import follow_value

_MOST_COLUMNS = 200

Questions = Mapping[str, tuple[str, str]]
"""By part: its question, and the field's term with what it means."""


def edit_parts(
    draft: Draft,
    names: Sequence[str],
    data: Any,
    findings: Mapping[str, Finding],
    questions: Questions,
    *,
    has_header: bool | None,
    expanded: bool,
) -> None:
    """Let the person change which column is what.

    Args:
        names: of the columns; hostile.
        data: the section, as far as it was understood.
        findings: by part; none where nothing could be understood.
        has_header: whether the first row was taken as names; none where there is no such row.
    """
    # What was opened stays open when a choice mends the table, or adds a line above.
    if expanded:
        st.session_state[ROLES_OPEN] = True
    is_open = st.session_state.get(ROLES_OPEN, False)
    changed: dict[str, Any] = {}
    with st.expander("Change what was understood", expanded=is_open, key="data.roles"):
        if has_header is not None:
            follow_value("columns.header", has_header)
            said = st.toggle(
                "The first row holds the columns' names",
                value=has_header,
                key="columns.header",
                help="Header. Without one, columns are numbered.",
            )
            if said != has_header:
                changed["header"] = said
        sides = st.columns(2)
        for place, part in enumerate(questions):
            with sides[place % 2]:
                shown = getattr(data, part) or NO_COLUMN
                chosen = _ask(part, names[:_MOST_COLUMNS], shown, questions[part])
                if chosen != shown:
                    changed[part] = chosen
                if part in findings:
                    st.caption(escape_markdown(findings[part].reason))
        with errors_shown():
            wanted = give_parts(draft.spec, changed)
            if wanted != draft.spec:
                change_draft(wanted)
                st.rerun()


def _ask(part: str, names: Sequence[str], shown: str, question: tuple[str, str]) -> str:
    options = list(dict.fromkeys([NO_COLUMN, *names, shown]))
    follow_value(f"columns.{part}", shown)
    said: str = st.selectbox(
        question[0],
        options,
        index=options.index(shown),
        format_func=lambda name: "(none)" if name == NO_COLUMN else name,
        key=f"columns.{part}",
        help=question[1],
    )
    return said


def give_parts(spec: ExperimentSpec, parts: Mapping[str, Any]) -> ExperimentSpec:
    """Return the spec with other parts of columns; one that had another by choice loses that.

    With another header, columns have other names: none keeps its part.

    Raises:
        SpecError: a column is given two parts at once.
    """
    freed = {
        part: None
        for part, name in spec.data.columns.items()
        if part not in parts and ("header" in parts or name in parts.values())
    }
    return spec.with_values({f"data.{part}": value for part, value in {**freed, **parts}.items()})


def put_parts(draft: Draft, parts: Mapping[str, Any]) -> None:
    """Put other parts of columns into the draft, from a button."""
    with errors_shown():
        put_columns_into_draft(give_parts(draft.spec, parts))
