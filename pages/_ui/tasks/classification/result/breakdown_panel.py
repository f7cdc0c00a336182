"""Where it errs: by label, by length, by group."""

from __future__ import annotations

from typing import Any

import streamlit as st

from lstm_core.charts.classification.breakdowns import (
    MOST_BARS,
    draw_breakdown,
    list_breakdowns,
)
from lstm_core.runs.snapshots.run import Run
from pages._ui.data.loading import load_result
from pages._ui.shell.figures import recall_figure
from pages._ui.shell.fragments import fragment
from pages._ui.shell.plotly_options import PLOTLY_CONFIG

_WAYS = {  # words, and what to look for
    "label": ("Label", "Which labels are found, and which are missed."),
    "length": ("Length", "Whether short or long items are the harder ones."),
    "group": (
        "Group",
        f"Items that belong together; those with the fewest right first, at most {MOST_BARS}.",
    ),
}
_COLUMNS: dict[str, tuple[str, str, str]] = {  # title, help, format
    "num": ("Items", "Of the test part that have the label.", "localized"),
    "said": ("Got it", "Items that the model said it of.", "localized"),
    "precision": ("Precision", "Of those that got it, the share that has it.", "percent"),
    "recall": ("Recall", "Of those that have it, the share that got it.", "percent"),
    "f1": ("F1", "The harmonic mean of precision and recall: 1 is perfect.", "%.3f"),
}


@fragment()
def show_breakdowns(run: Run, rival: tuple[str, str]) -> None:
    """Show where the model is right beside the best baseline, ``(column, title)``."""
    table = load_result(run.id, "breakdowns.parquet")
    ways = list_breakdowns(table)
    if not ways:
        st.caption("There is nothing to compare: all held-out items are alike.")
        return
    by = st.segmented_control(
        "Right by",
        ways,
        default=ways[0],
        required=True,
        format_func=lambda way: _WAYS[way][0],
        key="run.breakdown",
    )
    words, meaning = _WAYS[by]
    st.plotly_chart(
        recall_figure(draw_breakdown, table, by, rival if rival[0] in table else None),
        key="run.breakdown_chart",
        config=PLOTLY_CONFIG,
        alt=f"The share of right labels on the test part by {words.lower()}, model and best "
        "baseline.",
    )
    st.caption(
        f"{meaning} Thin lines show what chance leaves open (95%): wide where items are few."
    )
    if by == "label":
        _show_labels(run)


def _show_labels(run: Run) -> None:
    table = load_result(run.id, "by_label.parquet")
    config: dict[str, Any] = {
        name: st.column_config.NumberColumn(title, help=meaning, format=shown)
        for name, (title, meaning, shown) in _COLUMNS.items()
    }
    config["label"] = st.column_config.TextColumn("Label", pinned=True)
    st.dataframe(table, column_config=config, hide_index=True, key="run.by_label")
