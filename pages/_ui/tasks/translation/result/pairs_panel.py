"""The held-out pairs: what was given, what should be, what was said, and one of them closer."""

from __future__ import annotations

from typing import get_args

import pandas as pd
import streamlit as st

from lstm_core.charts.translation.sides import mark_sides
from lstm_core.data.pairs.storing import collection_to_bytes
from lstm_core.jobs.questions.explain_item import ExplainItem
from lstm_core.ratios import say_percent
from lstm_core.runs.snapshots.run import Run
from pages._ui.data.loading import load_result
from pages._ui.shell.amounts import say_count
from pages._ui.shell.fragments import fragment
from pages._ui.shell.wording import title_baseline
from pages._ui.tasks.asking import ask_about_item
from pages._ui.tasks.translation.result.pairs import MOST_ROWS, Order, order_pairs
from pages._ui.tasks.translation.result.posing import pose_lines
from pages._ui.tasks.translation.result.told import show_told

_ORDERS: dict[Order, str] = {
    "worst": "The worst first",
    "sure": "Not exact, the surest first",
    "unsure": "The least sure first",
    "best": "The best first",
    "file": "As they came",
}
_SAID = "said_"


@fragment()
def show_pairs(run: Run) -> None:
    """List what was judged, and show the chosen pair with what baselines make of it."""
    predictions = load_result(run.id, "predictions.parquet")
    order: Order = st.selectbox(
        "In which order?",
        get_args(Order),
        format_func=_ORDERS.__getitem__,
        key="run.pairs_order",
        width=320,
    )
    ordered = order_pairs(predictions, order)
    num_exact = int(predictions["exact"].sum())
    st.markdown(
        f"**{say_count(num_exact, 'text')} of {len(predictions):,}** came out exactly as "
        f"{'it' if num_exact == 1 else 'they'} should."
    )
    if ordered.empty:
        st.caption("There is none of these.")
        return
    shown = ordered.head(MOST_ROWS)
    columns = ["source", "said", "target", "exact", "chrf", "certainty"]
    columns += ["num_unknown"] if predictions["num_unknown"].any() else []
    chosen = st.dataframe(
        shown[columns],
        column_config={
            "source": st.column_config.TextColumn("given"),
            "said": st.column_config.TextColumn("the model says"),
            "target": st.column_config.TextColumn("it should be"),
            "exact": st.column_config.CheckboxColumn("exact"),
            "chrf": st.column_config.NumberColumn(
                "chrF",
                help="How much of it is right by its runs of characters: 100 is exact.",
                format="%.1f",
            ),
            "certainty": st.column_config.NumberColumn(
                "sure",
                help="How likely the model held each unit, on average (geometric mean).",
                format="percent",
            ),
            "num_unknown": st.column_config.NumberColumn(
                "unknown", help="Units of what is given that were never met in training."
            ),
        },
        hide_index=True,
        on_select="rerun",
        selection_mode="single-row",
        key=f"run.pairs_{order}",
    )
    if len(shown) < len(ordered):
        st.caption(f"The first {len(shown):,} of {len(ordered):,}; the download has all.")
    places: list[int] = chosen["selection"]["rows"]
    if not places or places[0] >= len(shown):
        st.caption("Choose a row to see it closer. A click on a column's name sorts by it.")
        return
    with st.container(border=True, key="run.pair"):
        _show_closer(run, shown.iloc[places[0]])


def _show_closer(run: Run, row: pd.Series) -> None:
    sides = [
        ("given", str(row["source"])),
        ("it should be", str(row["target"])),
        ("the model says", str(row["said"])),
    ]
    sides += [
        (title_baseline(name, run), str(row[f"{_SAID}{name}"]))
        for name in run.baselines or {}
        if f"{_SAID}{name}" in row
    ]
    st.html(mark_sides(sides))
    told = [f"chrF {row['chrf']:.1f}", f"{say_percent(float(row['certainty']))} sure"]
    if row["num_unknown"]:
        told.append(f"{say_count(int(row['num_unknown']), 'unit')} never met in training")
    if not row["is_whole"]:
        told.append("cut, for it did not come to its end")
    st.caption(" · ".join(told))
    if not st.toggle("Translate it anew, and see where it looked", key="run.pair_anew"):
        return
    texts = pose_lines([str(row["source"])])
    question = ExplainItem(run.id, texts.kind, collection_to_bytes(texts), None, None)
    answer = ask_about_item("run.pair", question)
    if answer is not None:
        if ((run.resolved_spec or run.spec).task.num_folds or 1) > 1:
            st.caption(
                "By the networks of one fold, those that were kept: they may have learnt from this "
                "pair, where those that were judged had not."
            )
        show_told(answer, f"run.pair_{question.digest[:8]}", str(row["target"]))
