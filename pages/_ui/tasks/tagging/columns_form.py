"""What a step is made of, and what each column is for."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

import streamlit as st

from lstm_core.data.tagged.reading.columns.understanding import TaggedUnderstanding
from lstm_core.data.tagged.reading.source import TaggedSource
from lstm_core.spec.items import NO_COLUMN
from lstm_core.spec.tagged import TaggedDataSpec
from pages._ui.data.draft import ROLES_OPEN, Draft, change_draft
from pages._ui.data.kinds.tagged.loading import load_draft_tagged_source
from pages._ui.shell.messages import errors_shown, escape_markdown
from pages._ui.shell.widget_keys import follow_value
from pages._ui.tasks.tagging.card_questions import give_roles

_MOST_COLUMNS = 200

_CONTENTS = {
    "words": "A word: a row is a word of a sentence",
    "numbers": "A row of numbers, measured at one time",
}
_PARTS = {
    "token": ("Which column holds the words?", "Token: one word, or one mark, a row."),
    "tag": (
        "Which column says what each step is?",
        "Tag: what is to be predicted. A few values that recur and change within a sequence, such "
        "as B-city, I-city and O, or noun and verb, or walking and standing.",
    ),
    "item": (
        "Which column says which rows are one sequence?",
        "Sequence: the sentence, the recording. Where blank lines or the format say it, none is "
        "needed.",
    ),
    "group": (
        "Which column names what sequences have in common?",
        "Group: the document or person that sequences come from. Those of one group are never both "
        "learnt from and judged by: so the verdict is about new ones.",
    ),
    "split": (
        "Which column says train or test?",
        "Given split: a column whose values are train, validation and test. What it keeps apart "
        "is what is judged.",
    ),
}


def edit_columns(
    draft: Draft, understanding: TaggedUnderstanding | None, *, expanded: bool
) -> None:
    """Let the person change what was understood of the files; there is nothing in a sample.

    Args:
        understanding: none where nothing could be understood; then only what was chosen is shown.
    """
    source = load_draft_tagged_source(draft)
    if source is None:
        return
    # What was opened stays open when a choice mends the table, or adds a line above.
    if expanded:
        st.session_state[ROLES_OPEN] = True
    is_open = st.session_state.get(ROLES_OPEN, False)
    data: TaggedDataSpec = draft.spec.data if understanding is None else understanding.spec
    form = _Form()
    with st.expander("Change what was understood", expanded=is_open, key="data.roles"):
        _ask_for_form(form, source, data)
        names = [str(name) for name in source.frame.columns][:_MOST_COLUMNS]
        left, right = st.columns(2)
        with left:
            if data.content != "numbers":
                _ask_for_column(form, "token", names, data, understanding)
            _ask_for_column(form, "tag", names, data, understanding)
            _ask_for_column(form, "group", names, data, understanding)
        with right:
            _ask_for_column(form, "item", names, data, understanding)
            _ask_for_column(form, "split", names, data, understanding)
        if data.content == "numbers" and understanding is not None:
            _ask_for_channels(form, names, data)
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


def _ask_for_form(form: _Form, source: TaggedSource, data: TaggedDataSpec) -> None:
    """Ask what steps are made of, and whether there is a header where the format leaves it open."""
    left, right = st.columns(2)
    with left:
        shown = data.content
        follow_value("columns.content", shown)
        said = st.selectbox(
            "What is a step made of?",
            list(_CONTENTS),
            index=None if shown is None else list(_CONTENTS).index(shown),
            format_func=_CONTENTS.__getitem__,
            key="columns.content",
        )
        form.take("content", said, shown)
    if source.has_header is not None:
        with right:
            follow_value("columns.header", source.has_header)
            is_header = st.toggle(
                "The first row holds the columns' names",
                value=source.has_header,
                key="columns.header",
                help="Header. Without one, columns are numbered.",
            )
            form.take("header", is_header, source.has_header)


def _ask_for_column(
    form: _Form,
    part: str,
    names: Sequence[str],
    data: TaggedDataSpec,
    understanding: TaggedUnderstanding | None,
) -> None:
    shown = getattr(data, part) or NO_COLUMN
    options = list(dict.fromkeys([NO_COLUMN, *names, shown]))
    question, explanation = _PARTS[part]
    follow_value(f"columns.{part}", shown)
    said = st.selectbox(
        question,
        options,
        index=options.index(shown),
        format_func=lambda name: "(none)" if name == NO_COLUMN else name,
        key=f"columns.{part}",
        help=explanation,
    )
    form.take(part, said, shown)
    finding = None if understanding is None else understanding.findings.get(part)
    if finding is not None:
        st.caption(escape_markdown(finding.reason))


def _ask_for_channels(form: _Form, names: Sequence[str], data: TaggedDataSpec) -> None:
    shown = [name for name in data.channels or () if name in names]
    follow_value("columns.channels", shown)
    said = st.multiselect(
        "Which columns of numbers make up a step?",
        list(names),
        default=shown,
        key="columns.channels",
        placeholder="Chosen for you",
        help="Channels: read side by side, step by step.",
    )
    form.take("channels", said, shown)
