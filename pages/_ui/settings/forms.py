"""The settings on the model page: four questions first, the rest folded away by theme.

What depends on another setting is asked only where it applies; what is not asked stays in the
draft as it was, for when it applies again.
"""

from __future__ import annotations

import streamlit as st

from lstm_core.spec.architectures import ARCHITECTURES, OWN
from lstm_core.tasks.forecasting.framing.calendar import list_cycles
from lstm_core.tasks.kind import PartSizes
from lstm_core.tasks.registry import find_kind
from pages._ui.data.draft import address_draft
from pages._ui.settings.rate_panel import show_rate_panel
from pages._ui.settings.setting_form import SettingForm
from pages._ui.settings.setting_words import PRESET_CAPTIONS


def edit_settings(form: SettingForm) -> None:
    """Ask for every setting of the forecast, the backtest, the network and the training."""
    with st.container(border=True):
        _edit_basics(form)
    with st.expander("The values", key="settings.values", icon=":material/functions:"):
        _edit_values(form)
    with st.expander("How it is judged", key="settings.judging", icon=":material/balance:"):
        _edit_judging(form)
    with st.expander("The network", key="settings.network", icon=":material/hub:"):
        _edit_network(form)
    with st.expander("The learning", key="settings.learning", icon=":material/school:"):
        _edit_learning(form)


def _edit_basics(form: SettingForm) -> None:
    left, right = st.columns(2)
    with left:
        form.whole("task.horizon")
    with right:
        form.whole("task.lookback")
    left, right = st.columns(2)
    with left:
        # One's own network is not chosen from a list; it is built, and may be left for another.
        is_own = form.outlook.spec.model.architecture == OWN
        form.choice("model.architecture", without=() if is_own else (OWN,))
        architecture = _find_architecture(form)
        if is_own and form.chosen["model.architecture"] != OWN:
            for path in ("model.stack", "model.decoder"):
                form.places[path] = form.places["model.architecture"]
            form.chosen |= {"model.stack": (), "model.decoder": None}
        if architecture is not None:
            st.caption(ARCHITECTURES[architecture].sentence)
        st.page_link(
            "pages/designer.py",
            label="Look into it, layer by layer",
            icon=":material/schema:",
            query_params=address_draft(),
        )
    with right:
        form.radio("training.preset", PRESET_CAPTIONS)


def _find_architecture(form: SettingForm) -> str | None:
    """Return the one just chosen: its layers have to fit it before it is in the draft."""
    chosen: str | None = form.chosen["model.architecture"]
    return chosen or form.outlook.read("model.architecture")


def _edit_values(form: SettingForm) -> None:
    left, right = st.columns(2)
    with left:
        form.whole("task.season")
        form.choice("task.transform")
        form.choice("task.scaling")
    with right:
        form.choice("task.window_normalisation")
        form.choice("task.strategy")
        form.choice("task.shrink")
    cycles = list_cycles(form.outlook.dataset)
    if cycles or form.outlook.spec.task.calendar:
        form.several("task.calendar", cycles)


def _edit_judging(form: SettingForm) -> None:
    sizes = None
    if form.outlook.resolved is not None:
        sizes = find_kind(form.outlook.resolved).measure_parts(
            form.outlook.resolved, form.outlook.dataset
        )
        st.caption(_say_parts(sizes))
    left, right = st.columns(2)
    with left:
        form.share("task.test_fraction")
        if sizes is not None and sizes.is_stretched:
            st.caption(
                ":material/info: That is less than one horizon, so one horizon is kept: "
                f"{sizes.num_test:,} rows."
            )
        form.share("task.validation_fraction")
        form.whole("task.gap")
        if form.outlook.read("task.strategy") == "direct":
            form.choice("task.ranges")
    with right:
        form.whole("task.num_folds")
        form.choice("task.refit")
        if form.outlook.read("task.refit"):
            form.choice("task.window")
        form.whole("task.stride")


def _edit_network(form: SettingForm) -> None:
    architecture = _find_architecture(form)
    if architecture == OWN:
        st.caption("Its layers are built in the designer, each with a width of its own.")
        if len(form.outlook.dataset.roles.targets) > 1:
            form.choice("model.mixing")
        return
    left, right = st.columns(2)
    with left:
        form.whole("model.units")
        if architecture is not None and ARCHITECTURES[architecture].cuts_segments:
            form.whole("model.segment")
        if len(form.outlook.dataset.roles.targets) > 1:
            form.choice("model.mixing")
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
    left, middle, right = st.columns(3)
    with left:
        form.whole("training.epochs")
        form.whole("training.patience")
        form.whole("training.num_seeds")
        form.whole("training.seed")
    with middle:
        form.real("training.learning_rate", 1e-4)
        form.choice("training.schedule")
        if form.chosen["training.schedule"] == "decay":
            form.real("training.decay", 0.05)
        form.choice("training.optimizer")
        if form.chosen["training.optimizer"] == "sgd":
            form.real("training.momentum", 0.1)
        form.choice("training.loss")
        if form.chosen["training.loss"] == "pinball":
            form.slide("training.pinball_level", 0.05, 0.95)
    with right:
        form.whole("training.batch_size")
        form.whole("training.windows_per_epoch")
        form.real("training.clip_norm", 0.1)
        form.choice("training.precision")
        if form.chosen["training.precision"] != "float32":
            st.caption(
                ":material/info: This pays on a GPU alone: a CPU computes 16 bits more slowly."
            )
    form.switch("training.stateful")
    form.switch("training.retrain")
    show_rate_panel(form.outlook)


def _say_parts(sizes: PartSizes) -> str:
    whose = " of each series, more or less" if sizes.num_series > 1 else ""
    return (
        f"It learns from {sizes.num_training:,} rows{whose}, the next {sizes.num_validation:,} "
        f"decide when to stop, and the last {sizes.num_test:,} judge it."
    )
