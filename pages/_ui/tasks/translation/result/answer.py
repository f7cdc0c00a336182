"""The first screen of a finished translator, and what comes below it."""

from __future__ import annotations

import streamlit as st

from lstm_core.data.wording import count_words
from lstm_core.judging.measures import Measure
from lstm_core.runs.snapshots.run import Run
from lstm_core.tables import table_to_csv
from lstm_core.tasks.translation.answering import ANSWERS
from lstm_core.tasks.translation.judging.measures import MEASURES
from lstm_core.tasks.translation.judging.verdict import PairVerdict
from lstm_core.tasks.verdicts import read_verdict
from pages._ui.data.loading import load_result
from pages._ui.server.services import get_store
from pages._ui.shell.messages import escape_markdown
from pages._ui.shell.wording import title_baseline
from pages._ui.tasks.face import ResultParts, Show
from pages._ui.tasks.translation.result.breakdown_panel import show_breakdowns
from pages._ui.tasks.translation.result.kept import frame_run
from pages._ui.tasks.translation.result.new_texts_panel import show_new_texts
from pages._ui.tasks.translation.result.pairs_panel import show_pairs
from pages._ui.tasks.translation.result.try_panel import show_try_it
from pages._ui.tasks.translation.result.unpaired_panel import show_unpaired


def show_answer(run: Run) -> ResultParts:
    """Show the figure that decides and the model at work; return what comes below."""
    verdict = read_verdict(run)
    assert isinstance(verdict, PairVerdict)
    measure = next(each for each in MEASURES if each.key == verdict.measure)
    _show_figures(verdict, measure, title_baseline(verdict.best_baseline, run))
    show_try_it(run)
    tabs: dict[str, Show] = {
        "Held-out texts": lambda: show_pairs(run),
        "Where it errs": lambda: show_breakdowns(run, measure),
    }
    if any(entry.name == f"{ANSWERS}.parquet" for entry in get_store().artifacts.list_of(run.id)):
        tabs["Texts without a partner"] = lambda: show_unpaired(run)
    return ResultParts(
        downloads=lambda: _offer_predictions(run),
        try_it=lambda: show_new_texts(run),
        tabs=tabs,
        proof=lambda: _prove(run, verdict),
    )


def _show_figures(verdict: PairVerdict, measure: Measure, rival: str) -> None:
    """Show the measure that decides, the model's beside the best baseline's."""
    low, high = verdict.interval
    judged = count_words(verdict.num_pairs, "held-out text")
    with st.container(horizontal=True):
        st.metric(measure.title, measure.format(verdict.value), help=measure.help)
        st.metric(
            f"Best baseline: {escape_markdown(rival)}",
            measure.format(verdict.baseline_value),
            help=f"{escape_markdown(rival)}: the best of the simple ways that were fitted to the "
            "same pairs.",
        )
        st.metric(
            f"{measure.title}, give or take chance",
            f"{measure.format(low)} to {measure.format(high)}",
            help=f"With other texts like the {judged}, it is likely to lie between these: a 95% "
            "interval.",
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
        help="Of each text that was kept apart to judge, what the model and the baselines said.",
    )


def _prove(run: Run, verdict: PairVerdict) -> None:
    """Say what was kept apart, and how it was counted."""
    st.caption(escape_markdown(frame_run(run).say()))
    counted = " · ".join(
        f"{measure.title}: {verdict.signatures[measure.key]}"
        for measure in MEASURES
        if measure.key in verdict.signatures
    )
    if counted:
        st.caption(f"Counted by sacrebleu, for whoever compares: {escape_markdown(counted)}")
