"""The model at work: type a sentence, or draw an item that was kept apart, and see what it says."""

from __future__ import annotations

import random
from dataclasses import replace

import numpy as np
import streamlit as st

from lstm_core.data.items.collection import ItemCollection
from lstm_core.data.items.summary import name_items
from lstm_core.errors import StudioError
from lstm_core.runs.snapshots.run import Run
from lstm_core.tasks.classification.asking import MOST_LETTERS, pose_item, pose_text
from lstm_core.tasks.classification.judging.tables.predictions import Judged
from pages._ui.data.loading import load_run_collection
from pages._ui.shell.fragments import fragment
from pages._ui.shell.messages import show_error
from pages._ui.shell.widget_keys import make_key, renew_widgets
from pages._ui.tasks.classification.result.asked import (
    Asked,
    ask,
    ask_otherwise,
    keep_in_address,
    read_asked,
)
from pages._ui.tasks.classification.result.explained import show_explained
from pages._ui.tasks.classification.result.kept import read_kept

_TEXT = "run.try_text"
_WAY = "run.try"


@fragment()
def show_try_it(run: Run, judged: Judged) -> None:
    """Let a person ask the model about an item of their own, or one that it never learnt from."""
    collection: ItemCollection = load_run_collection(run.dataset_id)
    asked = read_asked(run.id, collection.num_items)
    noun = name_items(collection)
    st.header("Try it", anchor=False)
    if collection.texts is None:
        _offer_to_draw(run, judged, noun)
    else:
        _ask_for_text(run, judged, collection, asked)
    if asked.is_something:
        asked = _show_answer(run, judged, collection, asked)
    is_kept = keep_in_address(asked)
    if asked.is_something:
        st.caption(
            "The address of this page holds your question: reload it, or send it to somebody."
            if is_kept
            else "This is too long for the page's address: a reload forgets it."
        )


def _ask_for_text(run: Run, judged: Judged, collection: ItemCollection, asked: Asked) -> None:
    noun = name_items(collection)
    key = make_key(_TEXT)
    with st.form("run.try_form", border=False, enter_to_submit=True):
        st.text_area(
            f"Type or paste a {noun}",
            value=_get_text(collection, asked),
            max_chars=MOST_LETTERS,
            height=90,
            key=key,
        )
        with st.container(horizontal=True):
            st.form_submit_button(
                "What does it say?",
                key="run.try_ask",
                type="primary",
                icon=":material/play_arrow:",
                on_click=_take_text,
                args=(run.id, key, collection),
            )
            st.form_submit_button(
                f"Draw a held-out {noun}",
                key="run.try_draw",
                icon=":material/casino:",
                help="One of those that were kept apart to judge: the model never learnt from it.",
                on_click=_draw,
                args=(run.id, read_kept(run).list_unseen(judged)),
            )


def _offer_to_draw(run: Run, judged: Judged, noun: str) -> None:
    st.button(
        f"Draw a held-out {noun}",
        key="run.try_draw",
        type="primary",
        icon=":material/casino:",
        help="One of those that were kept apart to judge: the model never learnt from it.",
        on_click=_draw,
        args=(run.id, read_kept(run).list_unseen(judged)),
    )


def _show_answer(run: Run, judged: Judged, collection: ItemCollection, asked: Asked) -> Asked:
    try:
        if asked.position is None:
            assert asked.text is not None
            item, truth = pose_text(asked.text, collection), None
        else:
            item = pose_item(collection, asked.position)
            truth = collection.labels[asked.position]
    except StudioError as error:
        show_error(error)
        return asked
    how, label = show_explained(
        run,
        item,
        key=_WAY,
        names=judged.names,
        truth=truth,
        how=asked.how,
        label=asked.label,
    )
    return ask_otherwise(run.id, asked, how, label)


def _get_text(collection: ItemCollection, asked: Asked) -> str:
    if asked.position is not None:
        assert collection.texts is not None
        return str(collection.texts[asked.position])[:MOST_LETTERS]
    return asked.text or ""


def _take_text(run_id: str, key: str, collection: ItemCollection) -> None:
    """Ask about what was typed; a drawn item that was left as it is stays what it is."""
    asked = read_asked(run_id, collection.num_items)
    text: str = st.session_state[key]
    if asked.position is None or text != _get_text(collection, asked):
        ask(run_id, replace(asked, text=text, position=None))


def _draw(run_id: str, positions: np.ndarray) -> None:
    asked = read_asked(run_id, int(positions.max()) + 1)
    others = [int(position) for position in positions if position != asked.position]
    position = random.choice(others or [int(positions[0])])
    ask(run_id, replace(asked, text=None, position=position))
    renew_widgets(_TEXT)
