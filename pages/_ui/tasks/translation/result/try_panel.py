"""The model at work: type a text, or draw one that was kept apart, and see its translation."""

from __future__ import annotations

import random

import numpy as np
import streamlit as st

from lstm_core.charts.core.clusters import cut_text, show_unit
from lstm_core.data.pairs.collection import PairCollection
from lstm_core.data.pairs.storing import collection_to_bytes
from lstm_core.data.wording import count_words
from lstm_core.errors import StudioError
from lstm_core.jobs.questions.explain_item import ExplainItem
from lstm_core.runs.snapshots.run import Run
from pages._ui.data.loading import load_run_collection
from pages._ui.shell.fragments import fragment
from pages._ui.shell.messages import escape_markdown, show_error
from pages._ui.shell.widget_keys import make_key, renew_widgets
from pages._ui.tasks.asking import ask_about_item
from pages._ui.tasks.translation.result.answered import list_answers, offer_answers
from pages._ui.tasks.translation.result.asked import Asked, ask, keep_in_address, read_asked
from pages._ui.tasks.translation.result.asking_all import ask_about_all
from pages._ui.tasks.translation.result.kept import list_unseen
from pages._ui.tasks.translation.result.posing import MOST_LETTERS, pose_lines, split_lines
from pages._ui.tasks.translation.result.told import show_told

_TEXT = "run.try_text"
_KEY, _ALL = "run.try", "run.try_all"
_LONGEST_NAME = 80
_DRAWN = "One of those that were kept apart to judge: the model never learnt from it."


@fragment()
def show_try_it(run: Run) -> None:
    """Let a person ask the model about a text of their own, or one that it never saw."""
    collection: PairCollection = load_run_collection(run.dataset_id)
    asked = read_asked(run.id, collection.num_pairs)
    st.header("Try it", anchor=False)
    _ask_for_text(run, collection, asked)
    if asked.is_something:
        _show_answer(run, collection, asked)
    is_kept = keep_in_address(asked)
    if asked.is_something and not asked.is_blank:
        st.caption(
            "The address of this page holds your question: reload it, or send it to somebody."
            if is_kept
            else "This is too long for the page's address: a reload forgets it."
        )


def _ask_for_text(run: Run, collection: PairCollection, asked: Asked) -> None:
    key = make_key(_TEXT)
    given = dict(collection.roles).get("given", "")
    what = f" such as those of “{escape_markdown(given[:40])}”" if given else ""
    with st.form("run.try_form", border=False, enter_to_submit=True):
        st.text_area(
            f"Type or paste a text{what}; of several lines, each is translated by itself",
            value=_get_text(collection, asked),
            max_chars=MOST_LETTERS,
            height=90,
            key=key,
            placeholder=_find_example(run, collection),
        )
        with st.container(horizontal=True):
            st.form_submit_button(
                "Translate",
                key="run.try_ask",
                type="primary",
                icon=":material/translate:",
                on_click=_take_text,
                args=(run.id, key, collection),
            )
            st.form_submit_button(
                "Draw a held-out text",
                key="run.try_draw",
                icon=":material/casino:",
                help=_DRAWN,
                on_click=_draw,
                args=(run,),
            )


def _find_example(run: Run, collection: PairCollection) -> str:
    """Return a text that was kept apart, of usual length."""
    texts = sorted((str(each) for each in collection.sources[list_unseen(run)]), key=len)
    return f"Such as: {cut_text(show_unit(texts[len(texts) // 2]), _LONGEST_NAME)}"


def _show_answer(run: Run, collection: PairCollection, asked: Asked) -> None:
    try:
        lines = split_lines(_get_text(collection, asked))
        line = _choose_line(run, lines) if len(lines) > 1 else lines[0]
    except StudioError as error:
        show_error(error)
        return
    texts = pose_lines([line])
    question = ExplainItem(run.id, texts.kind, collection_to_bytes(texts), None, None)
    answer = ask_about_item(_KEY, question)
    if answer is None:
        return
    truth = None if asked.position is None else collection.targets[asked.position]
    show_told(answer, f"{_KEY}_{question.digest[:8]}", truth)


def _choose_line(run: Run, lines: list[str]) -> str:
    """Show what becomes of all lines; return the one that is looked at closer.

    Raises:
        StudioError: they could not be translated.
    """
    texts = pose_lines(lines)
    answers = ask_about_all(run, texts, _ALL)
    if answers is not None:
        list_answers(answers, key="run.try_lines")
        offer_answers(run, answers, "run.download_lines")
    number: int = st.selectbox(
        f"Which of the {count_words(len(lines), 'line')} is looked at closer?",
        range(len(lines)),
        format_func=lambda each: f"{each + 1}. {cut_text(show_unit(lines[each]), _LONGEST_NAME)}",
        key=f"run.try_line_{texts.fingerprint[:8]}",
    )
    return lines[number]


def _get_text(collection: PairCollection, asked: Asked) -> str:
    if asked.position is not None:
        return str(collection.sources[asked.position])[:MOST_LETTERS]
    return asked.text or ""


def _take_text(run_id: str, key: str, collection: PairCollection) -> None:
    """Ask about what was typed; a drawn text that was left as it is stays what it is."""
    asked = read_asked(run_id, collection.num_pairs)
    text: str = st.session_state[key]
    if asked.position is None or text != _get_text(collection, asked):
        ask(run_id, Asked(text=text))


def _draw(run: Run) -> None:
    positions: np.ndarray = list_unseen(run)
    asked = read_asked(run.id, int(positions.max()) + 1)
    others = [int(position) for position in positions if position != asked.position]
    ask(run.id, Asked(position=random.choice(others or [int(positions[0])])))
    renew_widgets(_TEXT)
