"""A run while it is not finished: how far, how long, the curves, and Stop."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

import pyarrow as pa
import streamlit as st

from lstm_core.charts.training.curves import ZOOM_NAME, draw_curves, make_curve_rows
from lstm_core.runs.snapshots.run import EpochPoint, Run
from lstm_core.runs.snapshots.status import RunStatus
from pages._ui.run.run_list import title_run
from pages._ui.run.watching import POLL_SECONDS, Look, choose_pace, get_watching, name_session
from pages._ui.server.services import get_backend, get_store
from pages._ui.shell.fragments import fragment
from pages._ui.shell.share import show_link
from pages._ui.shell.time_left import describe_time_left, look_up_place
from pages._ui.shell.wording import say_curves, say_place, say_progress
from pages._ui.tasks.registry import find_pages

STOP = (
    "Ends the training. What it has learnt so far is kept and judged: the best weights of each "
    "network that has finished an epoch."
)
STOP_IN_GROUP = (
    "Ends this run without a result: one that learnt for a shorter time than the others can't be "
    "compared with them. Its curves are kept."
)

_Head = tuple[RunStatus, str]

# A chart loses its zoom with its next point, unless the zoom is a selection that the page asks
# for; and it loses it with another text for those who can't see it.
GROWING_CURVES = "Learning curves: training and validation loss after each epoch so far."


def show_live(run: Run) -> None:
    """Show the run and follow it until it is finished; then the whole page is drawn anew."""
    pace = choose_pace(get_watching().come(run.id, name_session(), POLL_SECONDS))
    fragment(run_every=pace)(_follow)(run.id, _read_head(run), pace)
    st.caption("You may close this page: the run goes on, and its address shows it again.")
    show_link(run.id)


def _read_head(run: Run) -> _Head:
    """Return what the page outside of the fragment says of the run."""
    return run.status, title_run(run)


def _follow(run_id: str, shown: _Head, pace: float) -> None:
    watching = get_watching()
    num_watchers = watching.come(run_id, name_session(), pace)
    look = watching.look(run_id, partial(_read, run_id), num_watchers)
    run, points = look.run, look.points
    wanted = choose_pace(num_watchers)
    if _read_head(run) != shown or wanted >= 2 * pace or wanted <= pace / 4:
        st.rerun(scope="app")
    with st.container(horizontal=True, vertical_alignment="center"):
        st.text(_say(run, points), width="stretch")
        _show_stop(run)
    st.progress(run.progress)
    show_curves(look)
    find_pages(run.spec).show_live(look)


def _read(run_id: str) -> tuple[Run, list[EpochPoint]]:
    store = get_store()
    store.watch.mark_vanished()
    return store.runs.get(run_id), store.runs.get_epochs(run_id, with_film=False)


def _say(run: Run, points: list[EpochPoint]) -> str:
    if run.status is RunStatus.QUEUED:
        return say_place(run, look_up_place(run))
    return say_progress(run, describe_time_left(run, points))


def _show_stop(run: Run) -> None:
    is_stopping = run.cancel_requested_at is not None
    st.button(
        "Stop",
        key="run.stop",
        icon=":material/stop:",
        disabled=is_stopping,
        help=STOP_IN_GROUP if run.group_id else STOP,
        on_click=_cancel,
        args=(run.id,),
    )
    if is_stopping and run.abort_requested_at is None:
        st.button(
            "Stop at once",
            key="run.stop_now",
            icon=":material/cancel:",
            type="tertiary",
            help="Ends it without judging what it has learnt. Its curves are kept, its model is "
            "not.",
            on_click=_cancel,
            args=(run.id,),
            kwargs={"at_once": True},
        )


def _cancel(run_id: str, *, at_once: bool = False) -> None:
    get_backend().cancel(run_id, at_once=at_once)
    get_watching().forget(run_id)


def show_curves(look: Look) -> None:
    """Draw the learning curves as far as they go, a line for each network and loss, if any."""
    run, points = look.run, look.points
    if not points:
        return  # axes without a line say nothing, and nothing can be told of them
    num_epochs = max(point.epoch for point in points)  # once it is over, as far as it went
    if not run.is_finished:
        num_epochs = max(num_epochs, run.num_epochs or 1)
    st.vega_lite_chart(
        look.recall("curves", partial(_tabulate, points)),
        draw_curves(num_epochs, run.num_networks or 1, min(point.epoch for point in points)),
        height=300,
        key="run.curves",
        on_select="ignore" if run.is_finished else "rerun",
        selection_mode=ZOOM_NAME,
        alt=say_curves(points) if run.is_finished else GROWING_CURVES,
    )
    if not points[0].epoch:
        st.caption("Epoch 0 is the network as it came, before it learnt anything here.")


def _tabulate(points: Sequence[EpochPoint]) -> pa.Table:
    rows = make_curve_rows(
        (point.network, point.network_title, point.epoch, point.loss, point.validation_loss)
        for point in points
    )
    return pa.Table.from_pylist(rows)
