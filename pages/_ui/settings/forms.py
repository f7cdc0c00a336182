"""The settings on the model page: four questions first, the rest folded away by theme.

What depends on another setting is asked only where it applies; what is not asked stays in the
draft as it was, for when it applies again.
"""

from __future__ import annotations

from typing import Any

import streamlit as st

from lstm_core.spec.architectures import ARCHITECTURES, OWN
from lstm_core.tasks.networks import list_architectures
from pages._ui.data.draft import address_draft
from pages._ui.settings.fine_tuning import ask_what_learns, is_trained_here
from pages._ui.settings.rate_panel import show_rate_panel
from pages._ui.settings.setting_form import SettingForm
from pages._ui.tasks.registry import find_pages


def edit_settings(form: SettingForm) -> None:
    """Ask for every setting: the task's own, the network's and the training's."""
    pages = find_pages(form.outlook.spec)
    with st.container(border=True):
        pages.ask_first(form)
        _edit_basics(form)
    for group in pages.groups:
        with st.expander(group.title, key=f"settings.{group.key}", icon=group.icon):
            group.edit(form)
    with st.expander("The network", key="settings.network", icon=":material/hub:"):
        _edit_network(form)
    with st.expander("The learning", key="settings.learning", icon=":material/school:"):
        _edit_learning(form)


def _edit_basics(form: SettingForm) -> None:
    left, right = st.columns(2)
    with left:
        # One's own network is not chosen from a list; it is built, and may be left for another.
        model = form.outlook.spec.model
        is_own = model.architecture == OWN
        offered = {*list_architectures(form.outlook.spec), model.architecture}
        form.choice("model.architecture", without=[*(ARCHITECTURES.keys() - offered)])
        architecture = _find_architecture(form)
        comes_trained = _comes_trained(architecture)
        if is_own and form.chosen["model.architecture"] != OWN:
            _let_go(form, {"model.stack": (), "model.decoder": None})
        elif comes_trained and model.decoder is not None:
            _let_go(form, {"model.decoder": None})
        if architecture is not None:
            st.caption(ARCHITECTURES[architecture].sentence)
        st.page_link(
            "pages/designer.py",
            label="Look into it, layer by layer",
            icon=":material/schema:",
            query_params=address_draft(),
        )
    with right:
        if comes_trained:
            ask_what_learns(form)
        else:
            form.radio("training.preset", form.words.preset_captions)


def _let_go(form: SettingForm, values: dict[str, Any]) -> None:
    """Give up what only the network before could have; messages stand below the choice."""
    for path in values:
        form.places[path] = form.places["model.architecture"]
    form.chosen |= values


def _comes_trained(architecture: str | None) -> bool:
    entry = ARCHITECTURES.get(architecture or "")
    return entry is not None and entry.comes_trained


def _find_architecture(form: SettingForm) -> str | None:
    """Return the one just chosen: its layers have to fit it before it is in the draft."""
    chosen: str | None = form.chosen["model.architecture"]
    return chosen or form.outlook.read("model.architecture")


def _edit_network(form: SettingForm) -> None:
    architecture = _find_architecture(form)
    if architecture == OWN:
        st.caption("Its layers are built in the designer, each with a width of its own.")
        find_pages(form.outlook.spec).ask_of_network(form)
        return
    if _comes_trained(architecture):
        st.caption("Its layers are as they were trained: nothing about them is to be chosen.")
        return
    left, right = st.columns(2)
    with left:
        form.whole("model.units")
        if architecture is not None and ARCHITECTURES[architecture].cuts_segments:
            form.whole("model.segment")
        find_pages(form.outlook.spec).ask_of_network(form)
        _edit_layers(form, architecture)
    with right:
        form.slide("model.dropout", 0.0, 0.9)
        form.real("model.l1", 1e-4)
        form.real("model.l2", 1e-4)


def _edit_layers(form: SettingForm, architecture: str | None) -> None:
    """One layer is all that some have, others have at least two."""
    entry = ARCHITECTURES.get(architecture or "")
    if entry is not None and entry.most_layers == 1:
        form.chosen["model.layers"] = None
        return
    fewest = 1 if entry is None else entry.fewest_layers
    form.whole("model.layers", low=fewest, key=f"model.layers_{architecture}")


def _edit_learning(form: SettingForm) -> None:
    if not is_trained_here(form):
        st.caption("It is used as it comes: nothing is trained, so there is nothing to set.")
        return
    left, middle, right = st.columns(3)
    with left:
        form.whole("training.epochs")
        form.whole("training.patience")
        form.whole("training.num_seeds")
        form.whole("training.seed")
    with middle:
        form.real("training.learning_rate", 1e-4)
        form.choice("training.schedule")
        schedule = form.chosen.get("training.schedule") or form.outlook.read("training.schedule")
        if schedule == "decay":
            form.real("training.decay", 0.05)
        form.choice("training.optimizer")
        if form.chosen.get("training.optimizer") == "sgd":
            form.real("training.momentum", 0.1)
        form.choice("training.loss")
        if form.chosen.get("training.loss") == "pinball":
            form.slide("training.pinball_level", 0.05, 0.95)
    with right:
        form.whole("training.batch_size")
        form.whole("training.windows_per_epoch")
        form.real("training.clip_norm", 0.1)
        form.choice("training.precision")
        if form.chosen.get("training.precision", "float32") != "float32":
            st.caption(
                ":material/info: This pays on a GPU alone: a CPU computes 16 bits more slowly."
            )
    if form.outlook.spec.training.stateful or not _comes_trained(_find_architecture(form)):
        form.switch("training.stateful")
    form.choice("training.retrain")
    show_rate_panel(form.outlook)
