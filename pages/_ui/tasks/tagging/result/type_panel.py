"""How each type of entity, or each tag, fares."""

from __future__ import annotations

from typing import Any

import streamlit as st

from lstm_core.charts.tagging.types import MOST_SCORED, draw_type_scores
from lstm_core.data.tagged.entities import Scheme
from lstm_core.runs.snapshots.run import Run
from pages._ui.data.loading import load_result
from pages._ui.shell.figures import recall_figure
from pages._ui.shell.plotly_options import PLOTLY_CONFIG

_COLUMNS: dict[str, tuple[str, str, str]] = {  # title, help, format
    "num": ("There", "In the test part.", "localized"),
    "said": ("Said", "How often the model said it.", "localized"),
    "right": ("Right", "How many of those said are there, just so.", "localized"),
    "precision": ("Precision", "Of those said, the share that is right.", "percent"),
    "recall": ("Recall", "Of those there, the share that was found.", "percent"),
    "f1": ("F1", "The harmonic mean of precision and recall: 1 is perfect.", "%.3f"),
}


def show_types(run: Run, scheme: Scheme) -> None:
    """Show how many of each type were found, and how many of those said are right."""
    table = load_result(run.id, "by_type.parquet")
    st.plotly_chart(
        recall_figure(draw_type_scores, table),
        key="run.types",
        config=PLOTLY_CONFIG,
        alt="Of each type, how many of those there were found and how many of those said are "
        "right. The table below holds the same.",
    )
    if len(table) > MOST_SCORED:
        st.caption(f"The {MOST_SCORED} with the smallest F1, of {len(table):,}.")
    config: dict[str, Any] = {
        name: st.column_config.NumberColumn(title, help=meaning, format=shown)
        for name, (title, meaning, shown) in _COLUMNS.items()
    }
    name = "Type" if scheme == "bio" else "Tag"
    config["type"] = st.column_config.TextColumn(name, pinned=True)
    st.dataframe(table, column_config=config, hide_index=True, key="run.by_type")
