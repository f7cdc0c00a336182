"""How long a search will take: asked of a worker's process behind the page's back."""

from __future__ import annotations

from uuid import uuid4

import streamlit as st

from lstm_core.errors import StudioError
from lstm_core.jobs.questions.time_batch import BatchTiming
from lstm_core.jobs.questions.time_batches import TimeBatches
from lstm_core.jobs.search_time import estimate_time
from pages._ui.search.form.plan import Prospect
from pages._ui.search.form.words import say_runs, say_time
from pages._ui.server.services import get_backend
from pages._ui.shell.fragments import fragment
from pages._ui.shell.messages import escape_markdown

POLL_SECONDS = 1.0

_PERSON = "tune.person"


def show_time(prospect: Prospect, num_slots: int) -> None:
    """Say how long it will take, or that this is being found out; the page waits for nothing."""
    try:
        timings = _look(prospect.question)
    except StudioError as error:
        st.caption(
            f":material/timer_off: How long it takes is not known. {escape_markdown(str(error))}"
        )
        st.button(
            "Time it again",
            key="tune.time_again",
            icon=":material/timer:",
            on_click=get_backend().forget,
            args=(prospect.question,),
        )
        return
    if timings is None:
        _await_answer(prospect.question)
        return
    time = estimate_time(prospect.plan, prospect.question, timings, num_slots)
    st.markdown(f":material/timer: **{say_time(time, num_slots)}** {say_runs(time)}")


def forget_time() -> None:
    """Don't find out what nobody waits for any more."""
    get_backend().drop(_get_person())


@fragment(run_every=POLL_SECONDS)
def _await_answer(question: TimeBatches) -> None:
    try:
        is_there = _look(question) is not None
    except StudioError:
        is_there = True
    if is_there:
        st.rerun(scope="app")
    st.markdown(":material/timer: Timing some of its networks on this machine…")


def _look(question: TimeBatches) -> tuple[BatchTiming, ...] | None:
    return get_backend().look(_get_person(), question)


def _get_person() -> str:
    person: str = st.session_state.setdefault(_PERSON, uuid4().hex)
    return person
