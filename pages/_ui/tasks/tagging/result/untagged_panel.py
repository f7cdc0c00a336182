"""What the model says of the sequences that came without tags."""

from __future__ import annotations

import streamlit as st

from lstm_core.data.tagged.collection import TaggedCollection
from lstm_core.data.tagged.summary import name_sequence
from lstm_core.data.wording import count_words
from lstm_core.runs.snapshots.run import Run
from lstm_core.tasks.tagging.answering import ANSWERS
from pages._ui.data.loading import load_result, load_run_collection
from pages._ui.shell.fragments import fragment
from pages._ui.tasks.tagging.result.answered import show_answered


@fragment()
def show_untagged(run: Run) -> None:
    """Show the sequences without tags with what is said of them."""
    answers = load_result(run.id, f"{ANSWERS}.parquet")
    collection: TaggedCollection = load_run_collection(run.dataset_id)
    untagged = collection.select(~collection.is_tagged)
    said = count_words(untagged.num_sequences, name_sequence(collection))
    st.markdown(f"**{said}** came without tags.")
    show_answered(
        run,
        untagged,
        answers,
        collection,
        key="run.untagged",
        download_key="run.download_answers",
    )
