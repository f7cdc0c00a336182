"""What a file leaves open is asked with a button for each answer, which shows what comes of it."""

from __future__ import annotations

from collections.abc import Iterable

import streamlit as st

from lstm_core.data.reading.telling import Question
from pages._ui.data.draft import Draft
from pages._ui.data.kinds.series.reading.changing import change_item
from pages._ui.shell.messages import escape_markdown


def ask_questions(draft: Draft, questions: Iterable[Question]) -> None:
    """Ask each question; until it is answered, its first choice holds, and that is said."""
    for question in questions:
        _ask(draft, question)


def _ask(draft: Draft, question: Question) -> None:
    key = f"card.ask.{question.item}"
    with st.container(border=True, key=key):
        st.markdown(f":material/help: **{escape_markdown(question.sentence)}**")
        columns = st.columns(len(question.choices))
        for number, (column, choice) in enumerate(zip(columns, question.choices, strict=True)):
            with column:
                st.button(
                    escape_markdown(choice.label),
                    key=f"{key}.{number}",
                    width="stretch",
                    on_click=change_item,
                    args=(draft, question.item, choice.value),
                )
                assumed = "Assumed until you say: " if number == 0 else ""
                st.caption(f"{assumed}{escape_markdown(choice.gives)}")
