"""What the model says of the items that came without a label."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import streamlit as st

from lstm_core.data.items.collection import ItemCollection
from lstm_core.data.items.summary import name_items
from lstm_core.data.wording import count_words
from lstm_core.runs.snapshots.run import Run
from lstm_core.tasks.classification.answering import ANSWERS
from pages._ui.data.loading import load_result, load_run_collection
from pages._ui.shell.fragments import fragment
from pages._ui.tasks.classification.result.labelled_list import show_labelled


@fragment()
def show_unlabelled(run: Run, names: Sequence[str]) -> None:
    """List the items without a label with what is said of them."""
    answers = load_result(run.id, f"{ANSWERS}.parquet")
    collection: ItemCollection = load_run_collection(run.dataset_id)
    positions = np.flatnonzero(~collection.is_labelled)
    noun = name_items(collection)
    st.markdown(f"**{count_words(len(positions), noun)}** came without a label.")
    show_labelled(
        run,
        names,
        collection,
        positions,
        answers,
        key="run.unlabelled",
        download_key="run.download_answers",
        item_key="run.unlabelled_item",
    )
