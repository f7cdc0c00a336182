"""The settings of translation: what is read, what says it, how it is searched for and judged."""

from __future__ import annotations

import streamlit as st

from lstm_core.data.pairs.collection import PairCollection
from lstm_core.tasks.translation.framing import frame_pairs
from pages._ui.settings.setting_form import SettingForm
from pages._ui.shell.messages import escape_markdown
from pages._ui.tasks.face import SettingGroup


def ask_first(form: SettingForm) -> None:
    """Ask what texts are cut into, what is kept apart, and in how many folds."""
    left, right = st.columns(2)
    with left:
        form.choice("task.source_units")
        form.choice("task.split", without=_list_impossible(form.outlook.collection))
    with right:
        form.choice("task.target_units")
        form.whole("task.num_folds")


def ask_of_network(form: SettingForm) -> None:
    """Ask for what says the translation; what reads is the network of the other settings."""
    form.choice("task.attention")
    form.whole("task.decoder_units")
    form.whole("task.decoder_layers")
    form.whole("task.embedding")
    form.choice("task.tied")


def _list_impossible(collection: PairCollection) -> list[str]:
    """Return the ways to split for which the pairs lack a column."""
    needed = {"grouped": collection.groups, "given": collection.parts}
    return [how for how, column in needed.items() if column is None]


def _edit_reading(form: SettingForm) -> None:
    left, right = st.columns(2)
    with left:
        form.whole("task.source_vocabulary")
        form.whole("task.rarest")
    with right:
        form.whole("task.target_vocabulary")
        form.whole("task.most_steps")


def _edit_hiding(form: SettingForm) -> None:
    left, right = st.columns(2)
    with left:
        form.real("task.input_dropout", 0.05)
        form.real("task.smoothing", 0.05)
    with right:
        form.real("task.head_dropout", 0.05)
        form.real("task.own_words", 0.1)


def _edit_searching(form: SettingForm) -> None:
    left, right = st.columns(2)
    with left:
        form.whole("task.beam")
    with right:
        form.real("task.length_penalty", 0.1)


def _edit_judging(form: SettingForm) -> None:
    resolved = form.outlook.resolved
    if resolved is not None:
        framing = frame_pairs(resolved.task, form.outlook.collection)
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
    SettingGroup("reading", "How texts are read", ":material/menu_book:", _edit_reading),
    SettingGroup("hiding", "What makes learning harder", ":material/visibility_off:", _edit_hiding),
    SettingGroup(
        "searching", "How a translation is searched for", ":material/search:", _edit_searching
    ),
    SettingGroup("judging", "How it is judged", ":material/balance:", _edit_judging),
)
