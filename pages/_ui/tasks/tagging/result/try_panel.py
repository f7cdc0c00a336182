"""The model at work: type a sentence, or draw a sequence that was kept apart, and see its tags."""

from __future__ import annotations

import random

import numpy as np
import streamlit as st

from lstm_core.charts.tagging.sentence import join_words
from lstm_core.data.tagged.collection import TaggedCollection
from lstm_core.data.tagged.storing import collection_to_bytes
from lstm_core.data.tagged.summary import name_sequence
from lstm_core.errors import StudioError
from lstm_core.jobs.questions.explain_item import ExplainItem
from lstm_core.runs.snapshots.run import Run
from pages._ui.data.loading import load_run_collection
from pages._ui.shell.fragments import fragment
from pages._ui.shell.messages import show_error
from pages._ui.shell.widget_keys import make_key, renew_widgets
from pages._ui.tasks.asking import ask_about_item
from pages._ui.tasks.tagging.result.asked import Asked, ask, keep_in_address, read_asked
from pages._ui.tasks.tagging.result.closer import list_entities, look_closer
from pages._ui.tasks.tagging.result.kept import list_unseen
from pages._ui.tasks.tagging.result.posing import MOST_LETTERS, get_cut, pose_sequence, pose_text
from pages._ui.tasks.tagging.result.told import Told, show_told

_TEXT = "run.try_text"
_KEY = "run.try"
_DRAWN = "One of those that were kept apart to judge: the model never learnt from it."


@fragment()
def show_try_it(run: Run) -> None:
    """Let a person ask the model about a sequence of their own, or one that it never saw."""
    collection: TaggedCollection = load_run_collection(run.dataset_id)
    asked = read_asked(run.id, collection.num_sequences)
    st.header("Try it", anchor=False)
    if collection.words is None:
        st.button(
            f"Draw a held-out {name_sequence(collection)}",
            key="run.try_draw",
            type="primary",
            icon=":material/casino:",
            help=_DRAWN,
            on_click=_draw,
            args=(run,),
        )
    else:
        _ask_for_text(run, collection, asked)
    if asked.is_something:
        _show_answer(run, collection, asked)
    is_kept = keep_in_address(asked)
    if asked.is_something:
        st.caption(
            "The address of this page holds your question: reload it, or send it to somebody."
            if is_kept
            else "This is too long for the page's address: a reload forgets it."
        )


def _ask_for_text(run: Run, collection: TaggedCollection, asked: Asked) -> None:
    key = make_key(_TEXT)
    with st.form("run.try_form", border=False, enter_to_submit=True):
        st.text_area(
            "Type or paste a sentence",
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
                "Draw a held-out sentence",
                key="run.try_draw",
                icon=":material/casino:",
                help=_DRAWN,
                on_click=_draw,
                args=(run,),
            )


def _show_answer(run: Run, collection: TaggedCollection, asked: Asked) -> None:
    truth: list[str] | None = None
    try:
        if asked.position is None:
            assert asked.text is not None
            sequence = pose_text(asked.text, get_cut(run), collection)
        else:
            sequence = pose_sequence(collection, asked.position)
            truth = collection.get_tags(asked.position) or None
    except StudioError as error:
        show_error(error)
        return
    question = ExplainItem(run.id, sequence.kind, collection_to_bytes(sequence), None, None)
    answer = ask_about_item(_KEY, question)
    if answer is None:
        return
    told = Told.read(answer, truth)
    show_told(told, sequence, collection, _KEY)
    left, right = st.columns(2)
    if collection.scheme == "bio":
        with left:
            list_entities(told, _KEY)
    else:
        right = left
    with right:
        look_closer(told, answer, f"{_KEY}_{question.digest[:8]}")


def _get_text(collection: TaggedCollection, asked: Asked) -> str:
    if asked.position is not None:
        return join_words(collection.get_words(asked.position))[:MOST_LETTERS]
    return asked.text or ""


def _take_text(run_id: str, key: str, collection: TaggedCollection) -> None:
    """Ask about what was typed; a drawn sentence that was left as it is stays what it is."""
    asked = read_asked(run_id, collection.num_sequences)
    text: str = st.session_state[key]
    if asked.position is None or text != _get_text(collection, asked):
        ask(run_id, Asked(text=text))


def _draw(run: Run) -> None:
    positions: np.ndarray = list_unseen(run)
    asked = read_asked(run.id, int(positions.max()) + 1)
    others = [int(position) for position in positions if position != asked.position]
    ask(run.id, Asked(position=random.choice(others or [int(positions[0])])))
    renew_widgets(_TEXT)
