"""Widgets for the sections of a spec: labels are questions, the field's term is in the help.

Each function returns what is chosen, as ``section.key``.
"""

from __future__ import annotations

from typing import Any, get_args

import streamlit as st

from lstm_core.models.registry import ARCHITECTURES
from lstm_core.spec import Architecture, ExperimentSpec
from pages._ui.setting_form import SettingForm

LOSSES = {
    "mae": "Mean absolute error: calm about outliers",
    "mse": "Mean squared error: hates large misses",
    "huber": "Huber: squared when small, absolute when large",
}
OPTIMIZERS = {
    "adam": "Adam: a good default",
    "adamw": "AdamW: Adam that keeps weights small",
    "rmsprop": "RMSprop: the classic for recurrent networks",
    "sgd": "SGD: plain steps; needs a larger learning rate",
}
SCALINGS = {
    "standard": "To mean 0 and spread 1",
    "minmax": "To the range 0 to 1",
    "none": "Leave values as they are",
}
NORMALISATIONS = {
    "last_value": "Its last value",
    "mean_std": "Its mean and spread",
    "none": "Nothing",
}


def edit_forecast(spec: ExperimentSpec, reasons: dict[str, str]) -> dict[str, Any]:
    """Edit the forecast section of a spec that is filled in; reasons are shown as help."""
    form = SettingForm(spec, reasons)
    with st.container(border=True):
        left, middle, right = st.columns(3)
        with left:
            form.whole("forecast.horizon", "How many steps ahead?", "Horizon: steps predicted.")
        with middle:
            form.whole(
                "forecast.lookback",
                "How far does it look back?",
                "Lookback: input steps. Longer sees more, and costs time for each step.",
            )
        with right:
            form.whole(
                "forecast.season",
                "How long is a season?",
                "Season: steps after which the pattern returns; 1 for none. The baselines use it.",
            )
        with st.expander("More about the question"):
            left, right = st.columns(2)
            with left:
                form.share(
                    "forecast.validation_fraction",
                    "Which share decides when to stop?",
                    "Validation part: the rows before the test part.",
                    0.05,
                    0.45,
                )
                form.choice(
                    "forecast.scaling",
                    "How are columns scaled?",
                    "Scaling, fitted on the training part only.",
                    SCALINGS,
                )
            with right:
                form.share(
                    "forecast.test_fraction",
                    "Which share is kept for the test?",
                    "Test part: the last rows, never seen in training. The verdict comes from it.",
                    0.05,
                    0.45,
                )
                form.choice(
                    "forecast.window_normalisation",
                    "What is taken from each window?",
                    "Window normalisation: taken from the target before the network sees it, "
                    "and given back to its prediction. It lets the level drift.",
                    NORMALISATIONS,
                )
    return form.chosen


def edit_model(spec: ExperimentSpec) -> dict[str, Any]:
    """Edit the model section."""
    form = SettingForm(spec)
    with st.container(border=True):
        left, middle, right = st.columns(3)
        with left:
            form.choice(
                "model.architecture",
                "Which network?",
                "Architecture.",
                {name: ARCHITECTURES[name].title for name in get_args(Architecture)},
            )
        architecture = form.chosen["model.architecture"]
        with middle:
            form.whole(
                "model.units",
                "How wide is it?",
                "Units in each layer. Wider can hold more, learns slower, overfits sooner.",
            )
        with right:
            _edit_layers(form, architecture)
        st.caption(ARCHITECTURES[architecture].sentence)
        with st.expander("Against overfitting"):
            left, middle, right = st.columns(3)
            with left:
                form.share(
                    "model.dropout",
                    "How much is hidden while training?",
                    "Dropout: the share of each layer's inputs that is hidden at random.",
                    0.0,
                    0.8,
                )
            with middle:
                form.real("model.l1", "Penalty on large weights, L1", "L1: drives weights to 0.")
            with right:
                form.real("model.l2", "Penalty on large weights, L2", "L2: keeps weights small.")
    return form.chosen


def edit_training(spec: ExperimentSpec) -> dict[str, Any]:
    """Edit the training section."""
    form = SettingForm(spec)
    with st.container(border=True):
        left, middle, right = st.columns(3)
        with left:
            form.whole(
                "training.epochs", "How many passes at most?", "Epochs over the training part."
            )
        with middle:
            form.whole(
                "training.patience",
                "How patient is it?",
                "Patience: epochs without a better validation loss before it stops; empty to "
                "never stop early. The best weights are kept in any case.",
                optional=True,
            )
        with right:
            form.real(
                "training.learning_rate",
                "How large are its steps?",
                "Learning rate. Too large: the loss jumps. Too small: it crawls.",
            )
        with st.expander("More about the learning"):
            left, middle, right = st.columns(3)
            with left:
                form.choice("training.loss", "What is made small?", "Loss.", LOSSES)
                form.choice("training.optimizer", "By which rule?", "Optimizer.", OPTIMIZERS)
            with middle:
                form.whole(
                    "training.batch_size",
                    "How many windows at once?",
                    "Batch size: windows in one step. Larger is faster and less thorough.",
                )
                form.real(
                    "training.clip_norm",
                    "Longest gradient allowed",
                    "Gradient clipping by norm; empty for no limit. Guards against explosions.",
                    optional=True,
                )
            with right:
                form.whole(
                    "training.seed",
                    "Which seed?",
                    "Start of all randomness: the same seed gives the same run.",
                )
    return form.chosen


def _edit_layers(form: SettingForm, architecture: str) -> None:
    """One layer is all that a vanilla LSTM has; a stacked one has at least two."""
    fewest, most = {"vanilla": (1, 1), "stacked": (2, 6)}.get(architecture, (1, 6))
    current = min(max(form.spec.model.num_layers, fewest), most)
    form.chosen["model.layers"] = st.number_input(
        "How many layers?",
        min_value=fewest,
        max_value=most,
        value=current,
        key=f"model.layers_{architecture}",
        disabled=fewest == most,
        help="Recurrent layers. Choose “Stacked LSTM” for more than one."
        if fewest == most
        else "Recurrent layers, each reading the states of the one before.",
    )
