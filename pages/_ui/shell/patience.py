"""Questions that a page asks, waits a moment for, and then looks after now and then."""

from __future__ import annotations

import time
from typing import Any, TypeVar, cast
from uuid import uuid4

import streamlit as st

from lstm_core.errors import StudioError
from lstm_core.jobs.questions.question import Question
from pages._ui.server.services import get_backend
from pages._ui.shell.fragments import fragment
from pages._ui.shell.turns import step_aside
from pages._ui.shell.wording import say_duration

FIRST_SECONDS = 2.0
"""What is answered in this time is shown at once."""

POLL_SECONDS = 0.5

_PERSON = "patience.person"

AnswerT = TypeVar("AnswerT")


def begin(key: str, question: Question[Any]) -> None:
    """Let a question be asked; ``follow`` has the answer, and the page goes on meanwhile."""
    st.session_state[f"{key}.asked"] = question, time.monotonic()


def is_asked(key: str) -> bool:
    return f"{key}.asked" in st.session_state


def follow(key: str, kind: type[Question[AnswerT]], doing: str) -> AnswerT | None:
    """Return the answer to what was begun under a key, once, as soon as it is there.

    Until then show what is being done and for how long, with a button that gives up.

    Args:
        kind: of the question that was begun.
        doing: what is shown.

    Raises:
        StudioError: it was refused, or could not be answered; it can be begun again.
    """
    if not is_asked(key):
        return None
    question, began = st.session_state[f"{key}.asked"]
    with st.spinner(doing), step_aside():
        try:
            answer = get_backend().look(name_person(key), question, FIRST_SECONDS)
        except StudioError:
            _forget(key)
            get_backend().forget(question)
            raise
    if answer is None:
        _show_waiting(key, question, began, doing)
        return None
    _forget(key)
    return cast(AnswerT, answer)


@fragment(run_every=POLL_SECONDS)
def _show_waiting(key: str, question: Question[Any], began: float, doing: str) -> None:
    if not is_asked(key) or _is_over(key, question):
        st.rerun(scope="app")
    with st.container(horizontal=True, vertical_alignment="center"):
        seconds = say_duration(time.monotonic() - began)
        st.markdown(f":material/hourglass: {doing} {seconds}", width="content")
        st.button("Stop waiting", key=f"{key}_stop", on_click=_give_up, args=(key,))


def _is_over(key: str, question: Question[Any]) -> bool:
    try:
        return get_backend().look(name_person(key), question) is not None
    except StudioError:
        return True


def _give_up(key: str) -> None:
    get_backend().drop(name_person(key))
    _forget(key)


def _forget(key: str) -> None:
    st.session_state.pop(f"{key}.asked", None)


def name_person(key: str) -> str:
    """Each question of a session is waited for by itself."""
    session: str = st.session_state.setdefault(_PERSON, uuid4().hex)
    return f"{session}.{key}"
