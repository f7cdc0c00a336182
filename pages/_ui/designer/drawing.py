"""The drawing of the network on the desk; a click on a box selects what it stands for."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from lstm_core.charts.training.network import Box, Role, draw_network, find_clicked
from lstm_core.models.costs import LayerCost
from lstm_core.models.words import DECODERS, LAYER_TITLES
from lstm_core.spec.layers import Layer
from lstm_core.tasks.forecasting.network.cost import NetworkCost
from pages._ui.designer.actions import select
from pages._ui.designer.desk import DECODER, Desk
from pages._ui.designer.layer_words import say_option
from pages._ui.shell.amounts import say_count, say_shape
from pages._ui.shell.plotly_options import PLOTLY_CONFIG

_CONFIG = {**PLOTLY_CONFIG, "displayModeBar": False, "scrollZoom": False, "doubleClick": False}

_ROLES: dict[str, Role] = {
    "lstm": "recurrent",
    "peephole_lstm": "recurrent",
    "slstm": "recurrent",
    "gru": "recurrent",
    "simple_rnn": "recurrent",
    "conv_lstm": "recurrent",
    "conv1d": "shape",
    "pooling": "shape",
    "segments": "shape",
    "position": "attention",
    "transformer": "attention",
    "attention": "attention",
    "summary": "attention",
}

_TOLD = (
    "units",
    "filters",
    "length",
    "frame",
    "kernel_size",
    "size",
    "heads",
    "rate",
    "mode",
    "score",
)
"""Options whose value is written into a layer's box."""

_NOUNS = {
    "units": "unit",
    "filters": "filter",
    "heads": "head",
    "kernel_size": "step in a pattern|steps in a pattern",
    "length": "step in a segment|steps in a segment",
    "frame": "step in a frame|steps in a frame",
    "size": "step becomes one|steps become one",
}


def show_drawing(desk: Desk, cost: NetworkCost) -> None:
    """Draw the network; the same picture in words is its alternative text."""
    boxes = make_boxes(desk, cost)
    st.plotly_chart(
        draw_network(boxes),
        key="designer.drawing",
        on_select=_select_clicked,
        selection_mode="points",
        config=_CONFIG,
        alt="The network, from top to bottom: "
        + "; ".join(f"{box.title}, which gives {box.shape}" for box in boxes),
    )


def make_boxes(desk: Desk, cost: NetworkCost) -> list[Box]:
    """Return the window, each layer, what the decoder is made of, and the prediction."""
    design = desk.design
    num_layers = len(design.stack)
    window = (design.lookback, design.num_features)
    boxes = [Box("", "Window", "what it looks back on", "", say_shape(window), "end")]
    for name, layer, part in zip(desk.names, design.stack, cost.layers, strict=False):
        boxes.append(
            _make_box(
                name, LAYER_TITLES[layer.kind], describe_layer(layer), [part], desk, _role(layer)
            )
        )
    rest = cost.layers[num_layers:]
    title = DECODERS[design.decoder.kind].title
    is_apart = design.decoder.kind != "direct" or desk.shape.num_future > 0
    if is_apart:
        told = "told what is known ahead" if desk.shape.num_future else "the decoder"
        boxes.append(_make_box(DECODER, title, told, rest[:1], desk, "decoder"))
        rest = rest[1:]
    ahead = (desk.shape.horizon, desk.shape.num_targets)
    ranges = "with ranges" if desk.filled.task.ranges == "quantile" else ""
    boxes.append(
        Box(
            DECODER,
            "Prediction",
            ", ".join(filter(None, (say_shape(ahead), ranges))),
            _say_weights(rest),
            say_shape(ahead),
            "decoder" if not is_apart else "end",
            desk.selected == DECODER and not is_apart,
        )
    )
    return boxes


def describe_layer(layer: Layer) -> str:
    """Say what sets a layer apart from others of its kind: ``"64 units, both ways"``."""
    told = []
    for option in _TOLD:
        value = getattr(layer, option, None)
        if value is None:
            continue
        if option in _NOUNS:
            told.append(say_count(value, *_NOUNS[option].split("|")))
        else:
            words = say_option(layer.kind, option, value)
            told.append(f"{words} hidden" if option == "rate" else words[:1].lower() + words[1:])
    if getattr(layer, "bidirectional", None):
        told.append("both ways")
    if getattr(layer, "residual", False):
        told.append("with a way around it")
    return ", ".join(told)


def _make_box(
    name: str, title: str, detail: str, parts: Sequence[LayerCost], desk: Desk, role: Role
) -> Box:
    return Box(
        name,
        title,
        detail,
        _say_weights(parts),
        say_shape(parts[-1].shape),
        role,
        desk.selected == name,
    )


def _say_weights(parts: Sequence[LayerCost]) -> str:
    count = sum(part.num_parameters for part in parts)
    return say_count(count, "parameter") if count else ""


def _role(layer: Layer) -> Role:
    return _ROLES.get(layer.kind, "plain")


def _select_clicked() -> None:
    """Select what was clicked; a click that selects nothing leaves all as it is."""
    clicked = find_clicked(st.session_state["designer.drawing"].selection.points)
    if clicked:
        select(clicked)
