"""The first screen of a finished model that writes, and what comes below it."""

from __future__ import annotations

import streamlit as st

from lstm_core.data.wording import count_words
from lstm_core.runs.snapshots.run import Run
from lstm_core.tables import table_to_csv
from lstm_core.tasks.language.judging.measures import MEASURES
from lstm_core.tasks.language.judging.verdict import TextVerdict
from lstm_core.tasks.verdicts import read_verdict
from pages._ui.data.loading import load_result
from pages._ui.shell.messages import escape_markdown
from pages._ui.shell.wording import title_baseline
from pages._ui.tasks.face import ResultParts
from pages._ui.tasks.language.result.breakdown_panel import show_how_well
from pages._ui.tasks.language.result.drafts_panel import show_drafts
from pages._ui.tasks.language.result.kept import frame_run
from pages._ui.tasks.language.result.new_texts_panel import show_new_texts
from pages._ui.tasks.language.result.read_panel import show_reading
from pages._ui.tasks.language.result.writing.write_panel import show_writing_place


def show_answer(run: Run) -> ResultParts:
    """Show the figure that decides and a place to write; return what comes below."""
    verdict = read_verdict(run)
    assert isinstance(verdict, TextVerdict)
    _show_figures(verdict, title_baseline(verdict.best_baseline, run))
    show_writing_place(run)
    return ResultParts(
        downloads=lambda: _offer_predictions(run),
        try_it=lambda: show_new_texts(run),
        tabs={
            "Read a text": lambda: show_reading(run),
            "How well": lambda: show_how_well(run),
            "Drafts": lambda: show_drafts(run),
        },
        proof=lambda: _say_split(run),
    )


def _say_split(run: Run) -> None:
    """Say what was kept apart, and how."""
    st.caption(escape_markdown(frame_run(run).say()))


def _show_figures(verdict: TextVerdict, rival: str) -> None:
    """Show the measure that decides, the model's beside the best baseline's."""
    measure = next(each for each in MEASURES if each.key == verdict.measure)
    low, high = verdict.interval
    judged = count_words(verdict.num_units, "unit")
    with st.container(horizontal=True):
        st.metric(measure.title, measure.format(verdict.value), help=measure.help)
        st.metric(
            f"Best baseline: {escape_markdown(rival)}",
            measure.format(verdict.baseline_value),
            help=f"{escape_markdown(rival)}: the best of the simple ways that were fitted to the "
            "same text.",
        )
        st.metric(
            "Nats a unit, give or take chance",
            f"{low:.3f} to {high:.3f}",
            help=f"With other text like the {judged} that were judged, it is likely to lie between "
            "these: a 95% interval.",
        )


def _offer_predictions(run: Run) -> None:
    st.download_button(
        "Predictions as CSV",
        lambda: table_to_csv(load_result(run.id, "predictions.parquet")),
        file_name=f"predictions-{run.id}.csv",
        mime="text/csv",
        key="run.download_predictions",
        icon=":material/download:",
        on_click="ignore",
        help="Of each unit that was kept apart to judge, how likely the model and the baselines "
        "held it, as a natural logarithm.",
    )
