"""The text that was judged, coloured by how surprised the model was, or counting was."""

from __future__ import annotations

from typing import get_args

import pandas as pd
import streamlit as st

from lstm_core.charts.language.surprise import draw_legend, mark_surprise
from lstm_core.data.documents.collection import DocumentCollection
from lstm_core.runs.snapshots.run import Run
from lstm_core.settings import load_settings
from pages._ui.data.loading import load_result, load_run_collection
from pages._ui.shell.fragments import fragment
from pages._ui.shell.messages import escape_markdown
from pages._ui.shell.wording import title_baseline
from pages._ui.tasks.language.result.held_out import HeldOut, Order, cut_held_out, read_units
from pages._ui.tasks.language.result.unit_panel import find_most_surprising, say_likely
from pages._ui.tasks.language.units.picking import pick_unit

_RIVAL = "log_ngrams"
_ORDERS: dict[Order, str] = {
    "text": "In its order",
    "ahead": "Where the model is ahead first",
    "behind": "Where counting is ahead first",
}


@fragment()
def show_held_out(run: Run) -> None:
    """Show a stretch of the judged text at a time, coloured by surprise."""
    predictions = load_result(run.id, "predictions.parquet")
    collection: DocumentCollection = load_run_collection(run.dataset_id)
    held_out = _cut(run.id, str(load_settings().home))
    if not len(held_out.starts):
        st.caption("Nothing was judged.")
        return
    left, right = st.columns(2)
    with left:
        order: Order = st.selectbox(
            "In which order?",
            get_args(Order),
            format_func=_ORDERS.__getitem__,
            key="run.held_out_order",
        )
    with right:
        number = st.number_input(
            f"Which stretch? Of {len(held_out.starts):,}",
            min_value=1,
            max_value=len(held_out.starts),
            value=1,
            key=f"run.held_out_stretch_{order}",
        )
    whose = st.segmented_control(
        "Whose surprise?",
        ["log", _RIVAL],
        default="log",
        required=True,
        format_func=lambda column: "The model's" if column == "log" else "Counting's (n-gram)",
        key="run.held_out_whose",
    )
    stretch = int(held_out.order(order)[number - 1])
    begin, end = int(held_out.starts[stretch]), int(held_out.stops[stretch])
    rows = predictions.iloc[begin:end]
    gain = float(held_out.gains[stretch])
    which = "less" if gain >= 0 else "more"
    where = escape_markdown(str(collection.ids[int(rows["document"].iloc[0])]))
    st.caption(
        f"{where}, from character {int(rows['start'].iloc[0]) + 1:,}: the model is "
        f"{abs(gain):.2f} nats a unit {which} surprised here than counting."
    )
    texts = read_units(rows, collection)
    logs = rows[whose].tolist()
    unknown = (~rows["known"]).tolist()
    # A text's end is judged as well, and has no sign.
    shown = [text or "■" for text in texts]
    marked = mark_surprise(shown, logs, unknown=unknown, shows_spaces=False)
    usual = find_most_surprising(logs)
    place = min(pick_unit(marked, f"run.held_out_units_{begin}", usual), len(rows) - 1)
    st.html(draw_legend(has_unknown=any(unknown)))
    _compare(run, rows.iloc[place])


def _compare(run: Run, row: pd.Series) -> None:
    """Say how likely each held one unit."""
    said = [f"the model: {say_likely(float(row['log']))}"]
    for name in run.baselines or {}:
        if f"log_{name}" in row:
            title = title_baseline(name, run)
            shown = escape_markdown(f"{title[:1].lower()}{title[1:]}")
            said.append(f"{shown}: {say_likely(float(row[f'log_{name}']))}")
    unit = escape_markdown(str(row["unit"]))
    st.markdown(f"How likely **\u2068{unit}\u2069** was held: {'; '.join(said)}.")


@st.cache_resource(max_entries=8, show_spinner=False)
def _cut(run_id: str, home: str) -> HeldOut:
    return cut_held_out(load_result(run_id, "predictions.parquet"), _RIVAL)
