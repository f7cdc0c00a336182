"""How a file was read: what stands out on the card itself, all else folded away below it."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from lstm_core.data.reading.table import Rows, SourceTable
from lstm_core.data.reading.telling import Question
from lstm_core.errors import StudioError
from pages._ui.data.draft import Draft
from pages._ui.data.kinds.series.loading import load_draft_roles, load_draft_rows
from pages._ui.data.kinds.series.reading.chips import Chips, show_chips
from pages._ui.data.kinds.series.reading.preview import show_set_aside, show_sides
from pages._ui.data.kinds.series.reading.questions import ask_questions
from pages._ui.data.kinds.series.reading.remarks import list_of_writing, show_remarks


def show_open_questions(draft: Draft, table: SourceTable, questions: Sequence[Question]) -> None:
    """Ask what is open, and show what stands out in how the table was read.

    Args:
        questions: those of the table and of its columns.
    """
    ask_questions(draft, questions)
    if table.rows is not None:
        _show_notable(_make_chips(draft, table, table.rows))


def show_reading(
    draft: Draft, table: SourceTable, *, expanded: bool = False, is_told: bool = True
) -> None:
    """Show the lines of the file beside the rows that were read, folded away at first.

    Args:
        is_told: the card has said what became of the rows.
    """
    rows = table.rows
    title = "The first rows" if rows is None else "How it was read"
    with st.expander(title, key="reading.sides", expanded=expanded):
        if rows is None:
            show_sides((), table.frame)
            return
        _show_others(_make_chips(draft, table, rows))
        show_sides(rows.head, table.frame)
        show_set_aside(rows)
        show_remarks(list_of_writing(table) if is_told else table.remarks)


def show_refused_file(draft: Draft) -> None:
    """Show what stands in a file that holds no table as it is read, so that it can be corrected."""
    rows = load_draft_rows(draft)
    if rows is None:
        return
    chips = Chips(draft, rows.plan, rows.members, [str(name) for name in rows.frame.columns])
    if rows.head or rows.members:
        _show_notable(chips)
        _show_others(chips)
    show_sides(rows.head, None if rows.frame.empty else rows.frame)
    show_set_aside(rows)
    show_remarks(rows.remarks)


def _make_chips(draft: Draft, table: SourceTable, rows: Rows) -> Chips:
    try:
        plan = load_draft_roles(draft).spec.reading
    except StudioError:  # the card has said why
        plan = table.plan
    names = [str(name) for name in table.frame.columns]
    is_text = table.plan.separator is not None or table.plan.encoding is not None
    return Chips(draft, plan, rows.members, names, is_text)


def _show_notable(chips: Chips) -> None:
    items = chips.list_notable()
    if items:
        with st.container(gap="xsmall"):
            st.caption("Read with these; press one to correct it:")
            show_chips(chips, items)


def _show_others(chips: Chips) -> None:
    items = chips.list_others()
    if items:
        with st.container(gap="xsmall"):
            st.caption("Is something else different in this file?")
            show_chips(chips, items)
