"""Texts that are being written: begun, looked at while they grow, ended before their time."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import streamlit as st

from lstm_core.errors import StudioError
from lstm_core.jobs.questions.go_on import GoOn
from lstm_core.jobs.questions.streamed import Piece
from pages._ui.server.services import get_backend
from pages._ui.settings.answers import remember
from pages._ui.shell.fragments import fragment
from pages._ui.shell.messages import show_error
from pages._ui.shell.patience import name_person

POLL_SECONDS = 0.3

_KEY = "run.writing"
_WRITTEN, _REFUSALS = "run.written", "run.writing_refusals"

ShowGrowing = Callable[[Sequence[Piece]], None]


@dataclass(frozen=True)
class Answered:
    """What came of a question.

    Attributes:
        is_whole: False where a person ended it.
    """

    pieces: Sequence[Piece]
    is_whole: bool


def follow_writing(question: GoOn, show_growing: ShowGrowing) -> Answered | None:
    """Return what was written once it is whole or was stopped; show it meanwhile as it grows.

    Args:
        show_growing: shows pieces of an answer.
    """
    digest = question.digest
    written: dict[str, Answered] = st.session_state.setdefault(_WRITTEN, {})
    refusals: dict[str, StudioError] = st.session_state.setdefault(_REFUSALS, {})
    if not _is_over(question):
        fragment(run_every=POLL_SECONDS)(_follow)(question, show_growing)
        return None
    if digest in refusals:
        show_error(refusals[digest])
        st.button(
            "Ask again",
            key="run.write_again",
            icon=":material/replay:",
            on_click=forget_written,
            args=(question,),
        )
    return written.get(digest)


def stop_writing() -> None:
    """End what is being written for this person, unless others wait for the same."""
    get_backend().drop(name_person(_KEY))


def forget_written(question: GoOn) -> None:
    """Let it be written once more."""
    for name in (_WRITTEN, _REFUSALS):
        st.session_state.get(name, {}).pop(question.digest, None)


def forget_stopped() -> None:
    """Let what was ended or refused be written once more."""
    written: dict[str, Answered] = st.session_state.get(_WRITTEN, {})
    for digest in [each for each, answered in written.items() if not answered.is_whole]:
        del written[digest]
    st.session_state.get(_REFUSALS, {}).clear()


def _follow(question: GoOn, show_growing: ShowGrowing) -> None:
    if _is_over(question):
        st.rerun(scope="app")
    pieces = get_backend().peek(question)
    with st.container(horizontal=True, vertical_alignment="center"):
        doing = f"Writing… {len(pieces):,} so far" if pieces else "The model is being woken…"
        st.markdown(f":material/edit: {doing}", width="content")
        st.button(
            "Stop",
            key="run.write_stop",
            icon=":material/stop:",
            on_click=_stop,
            args=(question,),
        )
    show_growing(pieces)


def _is_over(question: GoOn) -> bool:
    """Whether there is an answer or a refusal by now; it is remembered."""
    digest = question.digest
    if digest in st.session_state[_WRITTEN] or digest in st.session_state[_REFUSALS]:
        return True
    try:
        pieces = get_backend().look(name_person(_KEY), question)
    except StudioError as error:
        get_backend().forget(question)
        remember(st.session_state[_REFUSALS], digest, error)
        return True
    if pieces is None:
        return False
    remember(st.session_state[_WRITTEN], digest, Answered(pieces, True))
    return True


def _stop(question: GoOn) -> None:
    pieces = get_backend().peek(question)
    stop_writing()
    remember(st.session_state[_WRITTEN], question.digest, Answered(pieces, False))
