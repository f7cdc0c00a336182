"""What an item is made of, and what each column is for."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

import streamlit as st

from lstm_core.data.items.reading.columns.findings import Understanding
from lstm_core.data.items.reading.source import ItemSource
from lstm_core.spec.items import NO_COLUMN, STRETCHES, ItemsDataSpec
from pages._ui.data.draft import ROLES_OPEN, Draft, change_draft
from pages._ui.data.kinds.items.loading import load_draft_source
from pages._ui.shell.messages import errors_shown, escape_markdown
from pages._ui.shell.widget_keys import follow_value
from pages._ui.tasks.classification.card_questions import give_roles

_MOST_COLUMNS = 200
"""A wide table has a column for each step; those beyond are no labels."""

_CONTENTS = {
    "text": "Text: words that people wrote",
    "numbers": "A signal: rows of numbers",
    "symbols": "Symbols, such as the letters of DNA",
}
_LAYOUTS = {
    "wide": "A row an item, with a column for each step",
    "long": "A row for each step of an item",
}
_PARTS = {
    "text": ("Which column holds the texts or sequences?", "Text or sequence: what is read."),
    "label": (
        "Which column says what each item is?",
        "Label: what is to be predicted. A few values that recur, such as categories; a number "
        "that measures something is none.",
    ),
    "group": (
        "Which column names what items have in common?",
        "Group: the speaker, patient or document that items come from. Items of one group are "
        "never both learnt from and judged by: so the verdict is about new ones.",
    ),
    "item": (
        "Which column names the item?",
        "Item: in a table with a row for each step, the column that says which rows belong "
        "together.",
    ),
    "time": (
        "Which column holds times?",
        "Time: orders the steps of an item; where each row is an item, the item's own time, for "
        "keeping the newest apart.",
    ),
    "split": (
        "Which column says train or test?",
        "Given split: a column whose values are train, validation and test. What it keeps apart "
        "is what is judged.",
    ),
}
_SPECIAL = {NO_COLUMN: "(none)", STRETCHES: "(rows in sequence with the same label)"}


def edit_columns(draft: Draft, understanding: Understanding | None, *, expanded: bool) -> None:
    """Let the person change what was understood of the files; there is nothing in a sample.

    Args:
        understanding: none where nothing could be understood; then only what was chosen is shown.
    """
    source = load_draft_source(draft)
    if source is None:
        return
    # What was opened stays open when a choice mends the table, or adds a line above.
    if expanded:
        st.session_state[ROLES_OPEN] = True
    is_open = st.session_state.get(ROLES_OPEN, False)
    data: ItemsDataSpec = draft.spec.data if understanding is None else understanding.spec
    form = _Form()
    with st.expander("Change what was understood", expanded=is_open, key="data.roles"):
        _ask_for_form(form, source, data)
        names = _list_names(source, data, understanding)
        left, right = st.columns(2)
        with left:
            if data.content != "numbers":
                _ask_for_column(form, "text", names, data, understanding)
            _ask_for_column(form, "label", names, data, understanding)
            _ask_for_column(form, "group", names, data, understanding)
        with right:
            _ask_for_column(form, "item", names, data, understanding)
            _ask_for_column(form, "time", names, data, understanding)
            _ask_for_column(form, "split", names, data, understanding)
        if data.layout == "long" and understanding is not None:
            _ask_for_channels(form, names, understanding)
        with errors_shown():
            wanted = give_roles(draft.spec, form.changed)
            if wanted != draft.spec:
                change_draft(wanted)
                st.rerun()


@dataclass
class _Form:
    """What the widgets say otherwise than what was understood, by field of the spec."""

    changed: dict[str, Any] = field(default_factory=dict)

    def take(self, name: str, said: Any, shown: Any) -> None:
        if said != shown:  # an emptied field leaves the choice to the files again
            self.changed[name] = (tuple(said) or None) if isinstance(said, list) else said


def _ask_for_form(form: _Form, source: ItemSource, data: ItemsDataSpec) -> None:
    """Ask what items are made of and how the table holds them, where the format leaves it open."""
    if source.signals is not None:
        return
    left, right = st.columns(2)
    with left:
        _choose(form, "content", "What is an item made of?", _CONTENTS, data.content)
        if data.content == "numbers":
            _choose(form, "layout", "How does the table hold them?", _LAYOUTS, data.layout)
    if source.has_header is not None:
        with right:
            follow_value("columns.header", source.has_header)
            said = st.toggle(
                "The first row holds the columns' names",
                value=source.has_header,
                key="columns.header",
                help="Header. Without one, columns are numbered.",
            )
            form.take("header", said, source.has_header)


def _choose(
    form: _Form, name: str, question: str, options: dict[str, str], current: str | None
) -> None:
    shown = current if current in options else None
    follow_value(f"columns.{name}", shown)
    said = st.selectbox(
        question,
        list(options),
        index=None if shown is None else list(options).index(shown),
        format_func=options.__getitem__,
        key=f"columns.{name}",
    )
    form.take(name, said, shown)


def _ask_for_column(
    form: _Form,
    part: str,
    names: Sequence[str],
    data: ItemsDataSpec,
    understanding: Understanding | None,
) -> None:
    shown = getattr(data, part) or NO_COLUMN
    options = list(dict.fromkeys([NO_COLUMN, *names, shown]))
    question, explanation = _PARTS[part]
    follow_value(f"columns.{part}", shown)
    said = st.selectbox(
        question,
        options,
        index=options.index(shown),
        format_func=lambda name: _SPECIAL.get(name, name),
        key=f"columns.{part}",
        help=explanation,
    )
    form.take(part, said, shown)
    finding = None if understanding is None else understanding.findings.get(part)
    if finding is not None:
        st.caption(escape_markdown(finding.reason))


def _ask_for_channels(form: _Form, names: Sequence[str], understanding: Understanding) -> None:
    shown = [name for name in understanding.channels if name in names]
    follow_value("columns.channels", shown)
    said = st.multiselect(
        "Which columns of numbers make up the signal?",
        list(names),
        default=shown,
        key="columns.channels",
        placeholder="Chosen for you",
        help="Channels: read side by side, step by step.",
    )
    form.take("channels", said, shown)


def _list_names(
    source: ItemSource, data: ItemsDataSpec, understanding: Understanding | None
) -> list[str]:
    """Return the columns that may have a part: not the steps of a wide table."""
    steps: set[str] = set()
    if understanding is not None and data.layout == "wide":
        steps = set(understanding.channels)
    return [str(name) for name in source.frame.columns if name not in steps][:_MOST_COLUMNS]
