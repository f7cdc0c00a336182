"""What a run's model says of one item: asked in a process of its own, waited for, remembered."""

from __future__ import annotations

from typing import Any

import streamlit as st

from lstm_core.errors import StudioError
from lstm_core.jobs.questions.explain_item import ExplainItem
from pages._ui.settings.answers import remember
from pages._ui.shell.messages import show_error
from pages._ui.shell.patience import begin, follow, is_asked

_ANSWERS, _REFUSALS = "run.item_answers", "run.item_refusals"


def ask_about_item(key: str, question: ExplainItem) -> dict[str, Any] | None:
    """Return the answer as soon as it is there; meanwhile, show that it is waited for.

    Args:
        key: begins the keys of the widgets.
    """
    answers: dict[str, dict[str, Any]] = st.session_state.setdefault(_ANSWERS, {})
    refusals: dict[str, StudioError] = st.session_state.setdefault(_REFUSALS, {})
    asking, begun, digest = f"{key}_asking", f"{key}_begun", question.digest
    if digest in answers:
        return answers[digest]
    if digest not in refusals:
        if st.session_state.get(begun) != digest:
            begin(asking, question)
            st.session_state[begun] = digest
        if is_asked(asking):
            try:
                answer = follow(asking, ExplainItem, "Asking the model…")
            except StudioError as error:
                remember(refusals, digest, error)
            else:
                if answer is not None:
                    remember(answers, digest, answer)
                return answer
    if digest in refusals:
        show_error(refusals[digest])
    st.button(
        "Ask again",
        key=f"{key}_again",
        icon=":material/replay:",
        on_click=_ask_anew,
        args=(begun, digest),
    )
    return None


def _ask_anew(begun: str, digest: str) -> None:
    st.session_state.pop(begun, None)
    st.session_state.get(_REFUSALS, {}).pop(digest, None)
