"""What the model says of the items that came without a label."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import streamlit as st

from lstm_core.data.items.collection import ItemCollection
from lstm_core.data.items.summary import name_items
from lstm_core.data.wording import count_words
from lstm_core.runs.snapshots.run import Run
from lstm_core.tables import table_to_csv
from lstm_core.tasks.classification.answering import ANSWERS
from lstm_core.tasks.classification.asking import pose_item
from pages._ui.data.loading import load_result, load_run_collection
from pages._ui.shell.fragments import fragment
from pages._ui.tasks.classification.result.explained import show_explained
from pages._ui.tasks.classification.result.item_list import MOST_ROWS, SURE, show_items


@fragment()
def show_unlabelled(run: Run, names: Sequence[str]) -> None:
    """List the items without a label with what is said of them."""
    answers = load_result(run.id, f"{ANSWERS}.parquet")
    collection: ItemCollection = load_run_collection(run.dataset_id)
    positions = np.flatnonzero(~collection.is_labelled)
    noun = name_items(collection)
    st.markdown(f"**{count_words(len(positions), noun)}** came without a label.")
    shown = min(len(positions), MOST_ROWS)
    chosen = show_items(
        collection,
        positions[:shown],
        {
            "the model says": answers["said"].to_numpy()[:shown],
            "sure": answers["certainty"].to_numpy()[:shown],
        },
        key="run.unlabelled",
        percents=SURE,
    )
    if shown < len(positions):
        st.caption(f"The first {shown:,}; the file has all of them.")
    st.download_button(
        "Labels as CSV",
        lambda: table_to_csv(answers),
        file_name=f"labels-{run.id}.csv",
        mime="text/csv",
        key="run.download_answers",
        icon=":material/download:",
        on_click="ignore",
    )
    if chosen is None:
        st.caption("Choose a row to see what spoke for it.")
        return
    with st.container(border=True):
        item = pose_item(collection, int(positions[chosen]))
        show_explained(run, item, key="run.unlabelled_item", names=names)
