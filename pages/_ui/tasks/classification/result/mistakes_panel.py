"""What was taken for what, and the items behind it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
import streamlit as st

from lstm_core.charts.classification.confusion import draw_confusion
from lstm_core.data.items.collection import ItemCollection
from lstm_core.data.items.summary import name_items
from lstm_core.runs.snapshots.run import Run
from lstm_core.tasks.classification.asking import pose_item
from lstm_core.tasks.classification.judging.answers import choose_labels, get_certainties
from lstm_core.tasks.classification.judging.tables.confusions import (
    MOST_LABELS,
    MOST_MISTAKES,
    build_matrix,
    choose_cell,
    choose_shown,
    find_in_cell,
    list_mistakes,
    tabulate_confusion,
)
from lstm_core.tasks.classification.judging.tables.predictions import Judged
from pages._ui.data.loading import load_run_collection
from pages._ui.shell.amounts import say_count
from pages._ui.shell.figures import recall_figure
from pages._ui.shell.fragments import fragment
from pages._ui.shell.messages import escape_markdown
from pages._ui.shell.plotly_options import PLOTLY_CONFIG
from pages._ui.shell.widget_keys import make_key, renew_widgets
from pages._ui.tasks.classification.result.explained import show_explained
from pages._ui.tasks.classification.result.item_list import SURE, show_items
from pages._ui.tasks.classification.result.kept import read_kept

_CELL, _MATRIX = "run.cell", "run.confusion"
_OF_RUN = "run.cell_of"
"""In the session's state: the run that the cell is of."""

_SHARES = SURE | {"its label got": "How likely its own label is, by what the model says."}


@fragment()
def show_mistakes(run: Run, judged: Judged) -> None:
    """Show the matrix, and the items of one of its cells or the most certain mistakes."""
    said = choose_labels(judged.probabilities)
    confusion = tabulate_confusion(judged.labels, said)
    shown = choose_shown(confusion, len(judged.names))
    names = [judged.names[label] for label in shown]
    matrix = build_matrix(confusion, shown)
    st.plotly_chart(
        recall_figure(draw_confusion, matrix, names),
        key=_MATRIX,
        config=PLOTLY_CONFIG | {"displayModeBar": False},
        on_select=_choose_by_click,
        selection_mode="points",
        width=min(140 + 90 * len(shown), 1_000),
        alt="How many items of each label got which. The fields below choose the same cells, and "
        "list what is in them.",
    )
    told = "Choose a cell to see what is in it."
    if len(shown) < len(judged.names):
        told = f"The {MOST_LABELS} labels that are confused most, of {len(judged.names):,}. {told}"
    num_unknown = int((judged.labels < 0).sum())
    if num_unknown:
        told += (
            f" {say_count(num_unknown, 'item')} with a label that no item of the training part "
            "has can only be mistaken, and have no row."
        )
    st.caption(told)
    _begin(run)
    cell = _choose_cell(judged.names, choose_cell(confusion), shown)
    collection: ItemCollection = load_run_collection(run.dataset_id)
    if cell is None:
        rows = list_mistakes(judged.labels, judged.probabilities)["position"].to_numpy()
        num_wrong = int((said != judged.labels).sum())
        title = _title_mistakes(num_wrong, len(said), name_items(collection))
    else:
        rows = find_in_cell(judged.labels, judged.probabilities, *cell)
        title = _title_cell(judged.names, cell, len(rows))
        rows = rows[:MOST_MISTAKES]
    st.markdown(title)
    if len(rows):
        _list_items(run, judged, collection, rows, said)


def _begin(run: Run) -> None:
    """Forget the cell that was chosen of another run: this one may have fewer labels."""
    if st.session_state.get(_OF_RUN) != run.id:
        st.session_state.pop(_CELL, None)
        renew_widgets("run.cell_")
    st.session_state[_OF_RUN] = run.id


def _choose_cell(
    names: Sequence[str], first: tuple[int, int], shown: np.ndarray
) -> tuple[int, int] | None:
    """Return the cell that is looked at; None: the most certain mistakes of all."""
    st.session_state.setdefault(f"{_CELL}_shown", [])[:] = shown.tolist()
    label, said = st.session_state.get(_CELL) or first
    which = st.segmented_control(
        "Show",
        ["mistakes", "cell"],
        default="mistakes" if st.session_state.get(_CELL) is None else "cell",
        required=True,
        format_func=lambda way: {
            "mistakes": "The surest mistakes", "cell": "One cell of the matrix"
        }[way],
        key=make_key("run.cell_which"),
    )  # fmt: skip
    if which != "cell":
        return None
    with st.container(horizontal=True):
        places = list(range(len(names)))
        label = st.selectbox(
            "Its label", places, index=label, format_func=lambda place: names[place],
            key=make_key("run.cell_label"), width=260,
        )  # fmt: skip
        said = st.selectbox(
            "The model says", places, index=said, format_func=lambda place: names[place],
            key=make_key("run.cell_said"), width=260,
        )  # fmt: skip
    st.session_state[_CELL] = label, said
    return label, said


def _choose_by_click() -> None:
    """Let a cell that was clicked be the one that is looked at."""
    state: Any = st.session_state[_MATRIX]
    points = state["selection"]["points"]
    shown: list[int] = st.session_state.get(f"{_CELL}_shown", [])
    if not points:
        return
    row, column = int(points[0]["y"]), int(points[0]["x"])
    if row < len(shown) and column < len(shown):
        st.session_state[_CELL] = shown[row], shown[column]
        renew_widgets("run.cell_")


def _title_mistakes(num_wrong: int, num_items: int, noun: str) -> str:
    if not num_wrong:
        return f"**No mistake** among {say_count(num_items, f'held-out {noun}')}."
    most = f", the {MOST_MISTAKES} surest" if num_wrong > MOST_MISTAKES else ", the surest first"
    return f"**{say_count(num_wrong, 'mistake')}** among {num_items:,} held-out {noun}s{most}."


def _title_cell(names: Sequence[str], cell: tuple[int, int], count: int) -> str:
    label, said = (escape_markdown(names[place]) for place in cell)
    what = f"“{label}”, rightly" if cell[0] == cell[1] else f"“{label}” taken for “{said}”"
    most = f", the {MOST_MISTAKES} surest" if count > MOST_MISTAKES else ""
    return f"**{say_count(count, 'item')}**: {what}{most}."


def _list_items(
    run: Run, judged: Judged, collection: ItemCollection, rows: np.ndarray, said: np.ndarray
) -> None:
    positions = judged.positions[rows]
    probabilities = judged.probabilities[rows]
    chosen = show_items(
        collection,
        positions,
        {
            "its label": collection.labels[positions],
            "the model says": [judged.names[label] for label in said[rows]],
            "sure": probabilities.max(axis=1),
            "its label got": get_certainties(probabilities, judged.labels[rows]),
        },
        key="run.mistakes",
        percents=_SHARES,
    )
    if chosen is None:
        st.caption("Choose a row to see what spoke for it.")
        return
    position = int(positions[chosen])
    with st.container(border=True):
        if judged.folds[rows[chosen]] != read_kept(run).fold:
            st.caption(
                "Another fold's networks judged this one. Those that were kept have learnt from "
                "it, so they may say something else of it here."
            )
        show_explained(
            run,
            pose_item(collection, position),
            key="run.mistake",
            names=judged.names,
            truth=collection.labels[position],
        )
