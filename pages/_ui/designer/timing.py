"""Seconds for an epoch, from a batch that a worker's process has timed."""

from __future__ import annotations

import streamlit as st

from lstm_core.errors import StudioError
from lstm_core.jobs.questions.time_batch import BatchTiming, TimeBatch
from lstm_core.tasks.registry import find_kind
from pages._ui.designer.desk import Desk
from pages._ui.settings.answers import remember
from pages._ui.shell.amounts import say_brief_seconds
from pages._ui.shell.messages import show_error
from pages._ui.shell.patience import begin, follow, is_asked

_TIMINGS = "designer.timings"
_KEY, _DIGEST = "designer.timing", "designer.timed"


def show_timing(desk: Desk) -> None:
    """Show what one epoch takes, or that nobody has timed it yet."""
    timing = _get_timings().get(_make_question(desk).digest)
    st.metric(
        "One epoch",
        f"{say_brief_seconds(timing.epoch_seconds)}" if timing else "not timed",
        border=True,
        help="One pass over the training part, from a batch that was timed on this device; its "
        "validation comes on top."
        + (
            f" On {timing.device}: {say_brief_seconds(timing.batch_seconds)} a batch, and "
            f"{say_brief_seconds(timing.first_seconds)} to build, compile and take the first one."
            if timing
            else ""
        ),
    )


def show_timing_button(desk: Desk) -> None:
    """Offer to time one batch; the page is drawn anew with the answer."""
    question = _make_question(desk)
    timings = _get_timings()
    if st.button(
        "Time one batch",
        key="designer.time",
        icon=":material/timer:",
        disabled=question.digest in timings or is_asked(_KEY),
        help="Builds this network in a process of its own and trains it for a moment on noise; "
        "takes some seconds.",
    ):
        begin(_KEY, question)
        st.session_state[_DIGEST] = question.digest
    try:
        timing = follow(_KEY, TimeBatch, "Timing one batch…")
    except StudioError as error:
        show_error(error)
        return
    if timing is not None:
        remember(timings, st.session_state.pop(_DIGEST), timing)
        st.rerun()


def _make_question(desk: Desk) -> TimeBatch:
    count = find_kind(desk.filled).count_examples(desk.filled, desk.dataset)
    return TimeBatch(desk.filled, desk.shape, count)


def _get_timings() -> dict[str, BatchTiming]:
    timings: dict[str, BatchTiming] = st.session_state.setdefault(_TIMINGS, {})
    return timings
