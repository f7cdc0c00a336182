"""How long the training of a draft will take: counted at once, timed on this machine on request."""

from __future__ import annotations

import streamlit as st

from lstm_core.data.wording import count_words
from lstm_core.errors import StudioError
from lstm_core.jobs.expected_time import count_seconds, expect_time
from lstm_core.jobs.questions.time_batch import BatchTiming, TimeBatch
from lstm_core.jobs.run_time import ask_for_timing, estimate_run
from pages._ui.data.draft import Draft, name_files
from pages._ui.data.outlook import Outlook
from pages._ui.data.past_times import list_ratios
from pages._ui.settings.answers import remember
from pages._ui.shell.messages import escape_markdown, show_error
from pages._ui.shell.patience import begin, follow, is_asked
from pages._ui.shell.wording import say_duration, say_span

_KEY, _TIMINGS, _ASKED = "data.time", "data.timings", "data.time_asked"


def offer_training_time(draft: Draft, outlook: Outlook) -> None:
    """Say about how long the training takes, or at most where that was timed; beside Train."""
    assert outlook.resolved is not None
    name = f"{outlook.resolved.fingerprint} {name_files(draft)}"
    timing = _get_timings().get(name)
    if timing is not None:
        seconds = estimate_run(outlook.resolved, timing)
        st.markdown(
            f":material/timer: At most {say_duration(seconds)}",
            width="content",
            help=f"Timed on this machine ({escape_markdown(timing.device)}), for "
            f"{outlook.resolved.training.epochs} epochs. It usually stops earlier.",
        )
        return
    if outlook.resolved.training.epochs == 0:
        st.markdown(":material/timer: Nothing is trained: it takes seconds", width="content")
        return
    _say_expected(outlook)
    if not is_asked(_KEY) and st.button(
        "Time it",
        key="data.how_long",
        type="tertiary",
        help="Builds this network in a process of its own and trains it for a moment on noise: "
        "what it takes at most on this machine. That itself takes some seconds.",
    ):
        begin(_KEY, ask_for_timing(outlook.resolved, outlook.collection))
        st.session_state[_ASKED] = name
        st.rerun()


def _say_expected(outlook: Outlook) -> None:
    resolved = outlook.resolved
    assert resolved is not None
    try:
        counted = outlook.recall("seconds", lambda: count_seconds(resolved, outlook.collection))
    except StudioError:  # Train says what is wrong with the network
        return
    expected = expect_time(counted, list_ratios(resolved.task.kind))
    told = (
        f"set right by what {count_words(expected.num_runs, 'run')} on this machine took"
        if expected.num_runs
        else "for a usual computer; once something was trained here, it is known better"
    )
    st.markdown(
        f":material/timer: About {say_span(expected.shortest_seconds, expected.longest_seconds)}",
        width="content",
        help=f"Counted from the rows and the size of the network, {told}. Other work that the "
        "machine has meanwhile adds to it.",
    )


def follow_training_time() -> None:
    """Wait for what was asked, if something was; the page is drawn anew with the answer."""
    try:
        timing = follow(_KEY, TimeBatch, "Timing one batch…")
    except StudioError as error:
        show_error(error)
        return
    if timing is not None:
        remember(_get_timings(), st.session_state.pop(_ASKED), timing)
        st.rerun()


def _get_timings() -> dict[str, BatchTiming]:
    timings: dict[str, BatchTiming] = st.session_state.setdefault(_TIMINGS, {})
    return timings
