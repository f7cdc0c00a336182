"""Going on with a run that has ended: once more as it was, or with other settings."""

from __future__ import annotations

import streamlit as st

from lstm_core.runs.snapshots.run import Run
from pages._ui.data.draft import address_draft, start_draft_from
from pages._ui.data.submission import submit_again, train_button
from pages._ui.shell.addresses import turn_to


def offer_again(run: Run) -> None:
    """Offer the run once more, to whoever has its address: the record has all that it needs."""
    if train_button(
        "run.again",
        "Run again",
        primary=False,
        help="A new run with the same settings on the same data. This one stays as it is.",
    ):
        submit_again("run.again", run)
    if st.button(
        "Change and run again",
        key="run.change",
        icon=":material/tune:",
        help="Opens this run's settings on its data, to be changed before they are trained.",
    ):
        start_draft_from(run.spec, run.dataset_id)
        turn_to("model", **address_draft())
