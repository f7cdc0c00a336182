"""The first screen of a finished classification, and what comes below it."""

from __future__ import annotations

import pandas as pd
import streamlit as st

from lstm_core.data.items.collection import ItemCollection
from lstm_core.runs.snapshots.run import Run
from lstm_core.settings import load_settings
from lstm_core.tables import table_to_csv
from lstm_core.tasks.classification.answering import ANSWERS
from lstm_core.tasks.classification.framing import frame_items
from lstm_core.tasks.classification.judging.measures import MEASURES
from lstm_core.tasks.classification.judging.tables.predictions import Judged, read_predictions
from lstm_core.tasks.classification.judging.verdict import LabelVerdict
from lstm_core.tasks.verdicts import read_verdict
from pages._ui.data.loading import load_result, load_run_collection
from pages._ui.server.services import get_store
from pages._ui.shell.messages import escape_markdown
from pages._ui.shell.wording import title_baseline
from pages._ui.tasks.classification.result.breakdown_panel import show_breakdowns
from pages._ui.tasks.classification.result.certainty_panel import show_certainty
from pages._ui.tasks.classification.result.mistakes_panel import show_mistakes
from pages._ui.tasks.classification.result.new_items_panel import show_new_items
from pages._ui.tasks.classification.result.threshold_panel import show_threshold
from pages._ui.tasks.classification.result.try_panel import show_try_it
from pages._ui.tasks.classification.result.unlabelled_panel import show_unlabelled
from pages._ui.tasks.face import ResultParts, Show


def show_answer(run: Run) -> ResultParts:
    """Show the figure that decides and the model at work; return what comes below."""
    predictions = load_result(run.id, "predictions.parquet")
    judged = _read_judged(run.id, str(load_settings().home))
    verdict = read_verdict(run)
    assert isinstance(verdict, LabelVerdict)
    rival = (verdict.best_baseline, title_baseline(verdict.best_baseline, run))
    _show_figures(verdict, rival[1])
    show_try_it(run, judged)
    tabs: dict[str, Show] = {
        "Mistakes": lambda: show_mistakes(run, judged),
        "Certainty": lambda: show_certainty(run),
        "Threshold": lambda: show_threshold(judged),
        "Where it errs": lambda: show_breakdowns(run, rival),
    }
    if any(entry.name == f"{ANSWERS}.parquet" for entry in get_store().artifacts.list_of(run.id)):
        tabs["Items without a label"] = lambda: show_unlabelled(run, judged.names)
    return ResultParts(
        downloads=lambda: _offer_predictions(run, predictions),
        try_it=lambda: show_new_items(run, judged.names),
        tabs=tabs,
        proof=lambda: _say_split(run),
    )


@st.cache_resource(max_entries=4, show_spinner=False)
def _read_judged(run_id: str, home: str) -> Judged:
    return read_predictions(load_result(run_id, "predictions.parquet"))


def _show_figures(verdict: LabelVerdict, rival: str) -> None:
    """Show the measure that decides, the model's beside the best baseline's."""
    measure = next(each for each in MEASURES if each.key == verdict.measure)
    low, _, high = verdict.accuracy
    with st.container(horizontal=True):
        st.metric(measure.title, measure.format(verdict.value), help=measure.help)
        st.metric(
            f"Best baseline: {escape_markdown(rival)}",
            measure.format(verdict.baseline_value),
            help=f"{escape_markdown(rival)}: the best of the simple ways that were fitted to the "
            "same items.",
        )
        st.metric(
            "Right, give or take chance",
            f"{low:.0%} to {high:.0%}",
            help=f"Of all items like the {verdict.num_items:,} held-out ones, so many are likely "
            "to get their right label: a 95% interval.",
        )


def _offer_predictions(run: Run, predictions: pd.DataFrame) -> None:
    st.download_button(
        "Predictions as CSV",
        lambda: table_to_csv(predictions),
        file_name=f"predictions-{run.id}.csv",
        mime="text/csv",
        key="run.download_predictions",
        icon=":material/download:",
        on_click="ignore",
        help="What was said of each item that was kept apart to judge.",
    )


def _say_split(run: Run) -> None:
    """Say what was kept apart, and how."""
    if run.resolved_spec is None:
        return
    collection: ItemCollection = load_run_collection(run.dataset_id)
    st.caption(escape_markdown(frame_items(run.resolved_spec.task, collection).say()))
