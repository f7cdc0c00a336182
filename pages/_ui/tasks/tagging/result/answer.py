"""The first screen of a finished tagger, and what comes below it."""

from __future__ import annotations

import streamlit as st

from lstm_core.data.tagged.collection import TaggedCollection
from lstm_core.data.wording import count_words
from lstm_core.runs.snapshots.run import Run
from lstm_core.tables import table_to_csv
from lstm_core.tasks.tagging.answering import ANSWERS
from lstm_core.tasks.tagging.judging.measures import MEASURES
from lstm_core.tasks.tagging.judging.verdict import TagVerdict
from lstm_core.tasks.verdicts import read_verdict
from pages._ui.data.loading import load_result, load_run_collection
from pages._ui.server.services import get_store
from pages._ui.shell.messages import escape_markdown
from pages._ui.shell.wording import title_baseline
from pages._ui.tasks.face import ResultParts, Show
from pages._ui.tasks.tagging.result.breakdown_panel import show_breakdowns
from pages._ui.tasks.tagging.result.conll import write_conll
from pages._ui.tasks.tagging.result.kept import frame_run
from pages._ui.tasks.tagging.result.mistakes_panel import show_mistakes
from pages._ui.tasks.tagging.result.new_sequences_panel import show_new_sequences
from pages._ui.tasks.tagging.result.try_panel import show_try_it
from pages._ui.tasks.tagging.result.type_panel import show_types
from pages._ui.tasks.tagging.result.untagged_panel import show_untagged


def show_answer(run: Run) -> ResultParts:
    """Show the figure that decides and the model at work; return what comes below."""
    verdict = read_verdict(run)
    assert isinstance(verdict, TagVerdict)
    collection: TaggedCollection = load_run_collection(run.dataset_id)
    scheme = collection.scheme
    _show_figures(verdict, title_baseline(verdict.best_baseline, run))
    show_try_it(run)
    tabs: dict[str, Show] = {
        "Mistakes": lambda: show_mistakes(run),
        "By type" if scheme == "bio" else "By tag": lambda: show_types(run, scheme),
        "Where it errs": lambda: show_breakdowns(run, scheme),
    }
    if any(entry.name == f"{ANSWERS}.parquet" for entry in get_store().artifacts.list_of(run.id)):
        tabs["Sequences without tags"] = lambda: show_untagged(run)
    return ResultParts(
        downloads=lambda: _offer_predictions(run),
        try_it=lambda: show_new_sequences(run),
        tabs=tabs,
        proof=lambda: _say_split(run),
    )


def _show_figures(verdict: TagVerdict, rival: str) -> None:
    """Show the measure that decides, the model's beside the best baseline's."""
    measure = next(each for each in MEASURES if each.key == verdict.measure)
    low, high = verdict.interval
    marks_entities = measure.key == "entity_f1"
    judged = count_words(verdict.num_sequences, "held-out sequence")
    with st.container(horizontal=True):
        st.metric(measure.title, measure.format(verdict.value), help=measure.help)
        st.metric(
            f"Best baseline: {escape_markdown(rival)}",
            measure.format(verdict.baseline_value),
            help=f"{escape_markdown(rival)}: the best of the simple ways that were fitted to the "
            "same sequences.",
        )
        if marks_entities:
            st.metric(
                "Entity F1, give or take chance",
                f"{low:.3f} to {high:.3f}",
                help=f"With other sequences like the {judged}, it is likely to lie between these: "
                "a 95% interval.",
            )
        else:
            st.metric(
                "Right tags, give or take chance",
                f"{low:.1%} to {high:.1%}",
                help=f"Of the steps of other sequences like the {judged}, so many are likely to "
                "get their tag: a 95% interval.",
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
        help="What was said of each step that was kept apart to judge.",
    )
    st.download_button(
        "Test part as CoNLL",
        lambda: write_conll(load_result(run.id, "predictions.parquet"), ["token", "tag", "said"]),
        file_name=f"test-{run.id}.conll",
        mime="text/plain",
        key="run.download_conll",
        icon=":material/download:",
        on_click="ignore",
        help="A word, its tag and what was said of it a line, for other scorers.",
    )


def _say_split(run: Run) -> None:
    """Say what was kept apart, and how."""
    st.caption(escape_markdown(frame_run(run).say()))
