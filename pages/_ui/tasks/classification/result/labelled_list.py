"""Items with the labels that the model gives them: a list, a file, and what spoke for one."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pandas as pd
import streamlit as st

from lstm_core.data.items.collection import ItemCollection
from lstm_core.runs.snapshots.run import Run
from lstm_core.tables import table_to_csv
from lstm_core.tasks.classification.asking import pose_item
from pages._ui.tasks.classification.result.explained import show_explained
from pages._ui.tasks.classification.result.item_list import MOST_ROWS, SURE, show_items


def show_labelled(
    run: Run,
    names: Sequence[str],
    items: ItemCollection,
    positions: np.ndarray,
    answers: pd.DataFrame,
    *,
    key: str,
    download_key: str,
    item_key: str,
) -> None:
    """List items with what is said of them.

    Args:
        positions: ``(n,)`` of those that ``answers`` has a row of each, in ``items``.
        key, download_key, item_key: of the list, of its file, and of what spoke for one.
    """
    shown = positions[:MOST_ROWS]
    chosen = show_items(
        items,
        shown,
        {
            "the model says": answers["said"].to_numpy()[: len(shown)],
            "sure": answers["certainty"].to_numpy()[: len(shown)],
        },
        key=key,
        percents=SURE,
    )
    if len(shown) < len(answers):
        st.caption(f"The first {len(shown):,} of {len(answers):,}; the file has all of them.")
    st.download_button(
        "Labels as CSV",
        lambda: table_to_csv(answers),
        file_name=f"labels-{run.id}.csv",
        mime="text/csv",
        key=download_key,
        icon=":material/download:",
        on_click="ignore",
    )
    if chosen is None:
        st.caption("Choose a row to see what spoke for it.")
        return
    position = int(positions[chosen])
    with st.container(border=True):
        show_explained(
            run,
            pose_item(items, position),
            key=item_key,
            names=names,
            truth=items.labels[position],
        )
