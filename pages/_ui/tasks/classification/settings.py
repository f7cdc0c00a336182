"""The settings of telling sequences apart: what is read, what stands around, how it is judged."""

from __future__ import annotations

import streamlit as st

from lstm_core.data.items.collection import ItemCollection
from lstm_core.tasks.classification.framing import frame_items
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


def ask_of_network(form: SettingForm) -> None:
    """Ask what of the steps decides."""
    form.choice("task.pooling")


def _list_impossible(collection: ItemCollection) -> list[str]:
    """Return the ways to split for which the items lack a column."""
    needed = {
        "grouped": collection.groups,
        "time": collection.times,
        "given": collection.parts,
    }
    return [how for how, column in needed.items() if column is None]


def _edit_reading(form: SettingForm) -> None:
    left, right = st.columns(2)
    if form.outlook.collection.content == "numbers":
        with left:
            form.choice("task.scaling")
        with right:
            form.whole("task.most_steps")
        return
    with left:
        form.choice("task.tokens")
        tokens = form.chosen["task.tokens"] or form.outlook.read("task.tokens")
        if tokens == "kmers":
            form.whole("task.kmer")
        form.whole("task.most_steps")
    with right:
        form.whole("task.vocabulary")
        form.whole("task.rarest")


def _edit_around(form: SettingForm) -> None:
    left, right = st.columns(2)
    with left:
        if form.outlook.collection.content != "numbers":
            form.whole("task.embedding")
            form.choice("task.places")
        form.real("task.head_dropout", 0.05)
    with right:
        form.whole("task.convolutions")
        if form.chosen["task.convolutions"] or form.outlook.read("task.convolutions"):
            form.whole("task.kernel")
            form.whole("task.filters")
            form.whole("task.shorten")


def _edit_hiding(form: SettingForm) -> None:
    left, right = st.columns(2)
    with left:
        if form.outlook.collection.content == "numbers":
            form.real("task.jitter", 0.05)
            form.real("task.stretch", 0.05)
            form.real("task.crop", 0.05)
        else:
            form.real("task.hide", 0.05)
            form.real("task.spatial_dropout", 0.05)
    with right:
        form.choice("task.class_weights")
        form.real("task.label_smoothing", 0.05)
        form.real("task.focus", 0.5)


def _edit_judging(form: SettingForm) -> None:
    resolved = form.outlook.resolved
    if resolved is not None:
        framing = frame_items(resolved.task, form.outlook.collection)
        st.caption(escape_markdown(framing.say()))
        for caution in form.outlook.list_cautions():
            st.warning(escape_markdown(caution), icon=":material/warning:")
    left, right = st.columns(2)
    with left:
        form.share("task.test_fraction")
        form.share("task.validation_fraction")
    with right:
        form.switch("task.keep_copies_together")
        form.switch("task.calibrate")


GROUPS = (
    SettingGroup("reading", "What is read", ":material/menu_book:", _edit_reading),
    SettingGroup("around", "Around the network", ":material/layers:", _edit_around),
    SettingGroup(
        "hiding", "What is hidden while training", ":material/visibility_off:", _edit_hiding
    ),
    SettingGroup("judging", "How it is judged", ":material/balance:", _edit_judging),
)
