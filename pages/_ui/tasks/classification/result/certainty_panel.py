"""Whether certainty can be taken at its word."""

from __future__ import annotations

import streamlit as st

from lstm_core.charts.classification.reliability import draw_reliability
from lstm_core.runs.snapshots.run import Run
from lstm_core.tasks.classification.judging.certainty_words import (
    say_certainty,
    say_temperature,
    say_trust,
)
from pages._ui.data.loading import load_result
from pages._ui.shell.figures import recall_figure
from pages._ui.shell.plotly_options import PLOTLY_CONFIG
from pages._ui.tasks.classification.result.kept import read_kept


def show_certainty(run: Run) -> None:
    """Show how sure it was beside how often it was right, and what was done about it."""
    table = load_result(run.id, "reliability.parquet")
    task = (run.resolved_spec or run.spec).task
    st.markdown(f"**{say_certainty(table)}** {say_trust(table)}")
    st.plotly_chart(
        recall_figure(draw_reliability, table),
        key="run.reliability",
        config=PLOTLY_CONFIG,
        alt="How often it was right over how sure it was, on the test part. "
        + say_certainty(table),
    )
    said = say_temperature(
        read_kept(run).temperature, is_asked=task.calibrate, is_folded=(task.num_folds or 1) > 1
    )
    st.caption(
        f"{said} Measured on the test part, in groups of about as many items each; bars show what "
        "chance leaves open (95%). Below the dashed line it is surer than right."
    )
