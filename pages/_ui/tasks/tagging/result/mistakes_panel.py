"""What was taken for what, and the sequences behind it."""

from __future__ import annotations

from typing import Any

import pandas as pd
import streamlit as st

from lstm_core.charts.tagging.confusion import MISSED as NOT_SAID
from lstm_core.charts.tagging.confusion import (
    MOST_TYPES,
    NONE,
    NOT_THERE,
    build_matrix,
    draw_confusion,
    list_shown,
)
from lstm_core.data.tagged.collection import TaggedCollection
from lstm_core.runs.snapshots.run import Run
from pages._ui.data.loading import load_result, load_run_collection
from pages._ui.shell.amounts import say_count
from pages._ui.shell.figures import recall_figure
from pages._ui.shell.fragments import fragment
from pages._ui.shell.messages import escape_markdown
from pages._ui.shell.plotly_options import PLOTLY_CONFIG
from pages._ui.shell.widget_keys import make_key, renew_widgets
from pages._ui.tasks.tagging.result.agreement import OUTCOMES
from pages._ui.tasks.tagging.result.mistakes import (
    MOST_ROWS,
    list_cell_steps,
    list_wrong_steps,
    write_rows,
)
from pages._ui.tasks.tagging.result.posing import pose_sequence
from pages._ui.tasks.tagging.result.told import Told, show_told

_CELL, _SHOWN, _MATRIX = "run.cell", "run.cell_shown", "run.confusion"
_OUTCOMES = [name for name in OUTCOMES if name != "right"]


@fragment()
def show_mistakes(run: Run) -> None:
    """Show the matrix, and the mistakes of one kind or of one of its cells."""
    collection: TaggedCollection = load_run_collection(run.dataset_id)
    is_entities = collection.scheme == "bio"
    confusion = load_result(run.id, "confusion.parquet")
    types = list_shown(confusion)
    matrix = build_matrix(confusion, types, marks_entities=is_entities)
    _begin(run, types, is_entities)
    what = "entities of each type" if is_entities else "steps with each tag"
    st.plotly_chart(
        recall_figure(draw_confusion, matrix, types, marks_entities=is_entities),
        key=_MATRIX,
        config=PLOTLY_CONFIG | {"displayModeBar": False},
        on_select=_choose_by_click,
        selection_mode="points",
        width=min(160 + 90 * len(matrix), 1_000),
        alt=f"How many {what} were taken for which. The fields below choose the same cells, and "
        "list what is in them.",
    )
    st.caption(_explain(confusion, types, is_entities=is_entities))
    names = sorted({*confusion["type"], *confusion["said"]} - {NONE})
    cell = _choose_cell(names, is_entities)
    rows, title = _find_rows(run, collection, cell)
    st.markdown(title)
    if len(rows):
        _list_rows(run, collection, rows)


def _explain(confusion: pd.DataFrame, types: list[str], *, is_entities: bool) -> str:
    told = "Choose a cell to see what is in it."
    num_types = len({*confusion["type"], *confusion["said"]} - {NONE})
    if len(types) < num_types:
        told = f"The {MOST_TYPES} that are mistaken most, of {num_types:,}. {told}"
    if is_entities:
        told += " On the diagonal are those of the right type, some of them with other ends."
    return told


def _begin(run: Run, types: list[str], is_entities: bool) -> None:
    """Keep what a click is about; what was chosen of another run is forgotten."""
    every = [*types, NONE] if is_entities else types
    if st.session_state.get(_SHOWN, (None,))[0] != run.id:
        st.session_state.pop(_CELL, None)
        renew_widgets("run.cell_")
    st.session_state[_SHOWN] = run.id, every


def _choose_cell(names: list[str], is_entities: bool) -> str | tuple[str, str]:
    """Return which mistakes are looked at: an outcome, all of them (""), or a cell's."""
    ways = {"": "All mistakes"}
    if is_entities:
        ways |= {name: OUTCOMES[name] for name in _OUTCOMES}
    ways["cell"] = "One cell of the matrix"
    cell: tuple[str, str] | None = st.session_state.get(_CELL)
    which: str = st.segmented_control(
        "Show",
        list(ways),
        default="" if cell is None else "cell",
        required=True,
        format_func=ways.__getitem__,
        key=make_key("run.cell_which"),
    )
    if which != "cell":
        return which
    true = [*names, NONE] if is_entities else names
    first = cell or (names[0], names[0])
    with st.container(horizontal=True):
        kind: str = st.selectbox(
            "It is",
            true,
            index=true.index(first[0]) if first[0] in true else 0,
            format_func=lambda name: name or f"({NOT_THERE})",
            key=make_key("run.cell_type"),
            width=260,
        )
        said: str = st.selectbox(
            "The model says",
            true,
            index=true.index(first[1]) if first[1] in true else 0,
            format_func=lambda name: name or f"({NOT_SAID})",
            key=make_key("run.cell_said"),
            width=260,
        )
    st.session_state[_CELL] = kind, said
    return kind, said


def _choose_by_click() -> None:
    """Let a cell that was clicked be the one that is looked at."""
    state: Any = st.session_state[_MATRIX]
    points = state["selection"]["points"]
    _, shown = st.session_state.get(_SHOWN, (None, []))
    if not points:
        return
    row, column = int(points[0]["y"]), int(points[0]["x"])
    if row < len(shown) and column < len(shown):
        st.session_state[_CELL] = shown[row], shown[column]
        renew_widgets("run.cell_")


def _find_rows(
    run: Run, collection: TaggedCollection, cell: str | tuple[str, str]
) -> tuple[pd.DataFrame, str]:
    """Return the rows that are looked at, the surest first, and a title for them."""
    if collection.scheme == "bio":
        entities = load_result(run.id, "entities.parquet")
        if isinstance(cell, tuple):
            chosen = (entities["type"] == cell[0]) & (entities["said"] == cell[1])
        elif cell:
            chosen = entities["outcome"] == cell
        else:
            chosen = entities["outcome"] != "right"
        rows = entities[chosen].sort_values("certainty", ascending=False, kind="stable")
        one, several = "entity", "entities"
    else:
        predictions = load_result(run.id, "predictions.parquet")
        joins = collection.words is None
        rows = (
            list_cell_steps(predictions, *cell, joins=joins)
            if isinstance(cell, tuple)
            else list_wrong_steps(predictions, joins=joins)
        )
        one, several = ("stretch", "stretches") if joins else ("word", "words")
    count = len(rows)
    most = f", the {MOST_ROWS:,} surest" if count > MOST_ROWS else ", the surest first"
    if isinstance(cell, tuple):
        title = f"**{say_count(count, one, several)}**: {_name_cell(*cell)}"
    elif cell:
        title = f"**{OUTCOMES[cell]}: {say_count(count, one, several)}**"
    else:
        title = f"**{say_count(count, 'mistake')}**" if count else "**No mistake**"
    return rows.head(MOST_ROWS), title + (most if count > 1 else "") + "."


def _name_cell(kind: str, said: str) -> str:
    name, told = escape_markdown(kind), escape_markdown(said)
    if not kind:
        return f"“{told}” said where there is none" if said else "neither there nor said"
    if not said:
        return f"“{name}”, missed"
    return f"“{name}”, said to be one" if kind == said else f"“{name}” taken for “{told}”"


def _list_rows(run: Run, collection: TaggedCollection, rows: pd.DataFrame) -> None:
    config: dict[str, Any] = {
        "text": st.column_config.TextColumn(width="small"),
        "where": st.column_config.TextColumn(width="large"),
        "sure": st.column_config.NumberColumn(
            help="How likely what it says is, by what the model says; of an entity, of its least "
            "sure step.",
            format="percent",
        ),
    }
    chosen = st.dataframe(
        write_rows(rows, collection),
        column_config=config,
        hide_index=True,
        on_select="rerun",
        selection_mode="single-row",
        key="run.mistakes",
    )
    places: list[int] = chosen["selection"]["rows"]
    if not places or places[0] >= len(rows):
        st.caption("Choose a row to see it in its place.")
        return
    position = int(rows["position"].iloc[places[0]])
    with st.container(border=True):
        told = _read_told(run, collection, position)
        show_told(told, pose_sequence(collection, position), collection, "run.mistake")


def _read_told(run: Run, collection: TaggedCollection, position: int) -> Told:
    """Return what was said of a sequence when it was judged."""
    predictions = load_result(run.id, "predictions.parquet")
    own = predictions[predictions["position"] == position]
    words = collection.get_words(position) if collection.words is not None else []
    return Told(
        words,
        own["said"].tolist(),
        own["certainty"].tolist(),
        own["known"].tolist(),
        own["tag"].tolist(),
    )
