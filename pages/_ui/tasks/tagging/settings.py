"""The settings of tagging: what is read, what is hidden, how tags are said and judged."""

from __future__ import annotations

import streamlit as st

from lstm_core.data.tagged.collection import TaggedCollection
from lstm_core.tasks.tagging.framing import frame_sequences
from pages._ui.settings.setting_form import SettingForm
from pages._ui.shell.messages import escape_markdown
from pages._ui.tasks.face import SettingGroup


def ask_first(form: SettingForm) -> None:
    """Ask what is kept apart, and in how many folds."""
    left, right = st.columns(2)
    with left:
        form.choice("task.split", without=_list_impossible(form.outlook.collection))
    with right:
        form.whole("task.num_folds")


def _list_impossible(collection: TaggedCollection) -> list[str]:
    """Return the ways to split for which the sequences lack a column."""
    needed = {
        "grouped": collection.groups,
        "time": collection.times,
        "given": collection.parts,
    }
    return [how for how, column in needed.items() if column is None]


def _reads_words(form: SettingForm) -> bool:
    return bool(form.outlook.collection.content == "words")


def _edit_reading(form: SettingForm) -> None:
    left, right = st.columns(2)
    if not _reads_words(form):
        with left:
            form.choice("task.scaling")
        with right:
            form.whole("task.most_steps")
        return
    with left:
        form.whole("task.vocabulary")
        form.whole("task.rarest")
        form.whole("task.most_steps")
    with right:
        form.whole("task.embedding")
        form.choice("task.spelling")
        spelling = form.chosen["task.spelling"] or form.outlook.read("task.spelling")
        if spelling != "none":
            form.whole("task.letters")


def _edit_hiding(form: SettingForm) -> None:
    left, right = st.columns(2)
    with left:
        if _reads_words(form):
            form.real("task.hide", 0.1)
        else:
            form.real("task.jitter", 0.05)
    with right:
        form.real("task.input_dropout", 0.05)


def _edit_saying(form: SettingForm) -> None:
    left, right = st.columns(2)
    with left:
        form.choice("task.chain")
    with right:
        form.real("task.head_dropout", 0.05)


def _edit_judging(form: SettingForm) -> None:
    resolved = form.outlook.resolved
    if resolved is not None:
        framing = frame_sequences(resolved.task, form.outlook.collection)
        st.caption(escape_markdown(framing.say()))
        for caution in form.outlook.list_cautions():
            st.warning(escape_markdown(caution), icon=":material/warning:")
    left, right = st.columns(2)
    with left:
        form.share("task.test_fraction")
        form.share("task.validation_fraction")
    with right:
        form.switch("task.keep_copies_together")


GROUPS = (
    SettingGroup("reading", "What is read", ":material/menu_book:", _edit_reading),
    SettingGroup(
        "hiding", "What is hidden while training", ":material/visibility_off:", _edit_hiding
    ),
    SettingGroup("saying", "How tags are said", ":material/label:", _edit_saying),
    SettingGroup("judging", "How it is judged", ":material/balance:", _edit_judging),
)
