"""The settings of writing on: what is read, what is hidden, how it is judged."""

from __future__ import annotations

from typing import get_args

import streamlit as st

from lstm_core.spec.tasks.language import TextSplitHow
from lstm_core.tasks.language.framing import frame_texts
from pages._ui.settings.setting_form import SettingForm
from pages._ui.shell.messages import escape_markdown
from pages._ui.tasks.face import SettingGroup
from pages._ui.tasks.language.card_questions import list_splits


def ask_first(form: SettingForm) -> None:
    """Ask what text is cut into, and what is kept apart."""
    left, right = st.columns(2)
    with left:
        form.choice("task.units")
    with right:
        able = list_splits(form.outlook.collection)
        form.choice("task.split", without=set(get_args(TextSplitHow)) - {*able})


def _edit_reading(form: SettingForm) -> None:
    left, right = st.columns(2)
    with left:
        form.whole("task.vocabulary")
        form.whole("task.rarest")
        form.whole("task.steps")
    with right:
        form.whole("task.embedding")
        form.choice("task.tied")


def _edit_hiding(form: SettingForm) -> None:
    left, right = st.columns(2)
    with left:
        form.real("task.input_dropout", 0.05)
    with right:
        form.real("task.head_dropout", 0.05)


def _edit_judging(form: SettingForm) -> None:
    resolved = form.outlook.resolved
    if resolved is not None:
        framing = frame_texts(resolved.task, form.outlook.collection)
        st.caption(escape_markdown(framing.say()))
        for caution in form.outlook.list_cautions():
            st.warning(escape_markdown(caution), icon=":material/warning:")
    left, right = st.columns(2)
    with left:
        form.share("task.test_fraction")
    with right:
        form.share("task.validation_fraction")


GROUPS = (
    SettingGroup("reading", "How text is read", ":material/menu_book:", _edit_reading),
    SettingGroup(
        "hiding", "What is hidden while training", ":material/visibility_off:", _edit_hiding
    ),
    SettingGroup("judging", "How it is judged", ":material/balance:", _edit_judging),
)
