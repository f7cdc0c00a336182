"""The drawing of the network on the desk; a click on a box selects what it stands for."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from lstm_core.charts.training.network import Box, Role, draw_network, find_clicked
from lstm_core.models.costs import LayerCost
from lstm_core.tasks.forecasting.network.cost import NetworkCost
from pages._ui.designer.actions import select
from pages._ui.designer.desk import DECODER, Desk
from pages._ui.designer.layer_words import describe_layer
from pages._ui.shell.amounts import say_count, say_shape
from pages._ui.shell.plotly_options import PLOTLY_CONFIG

_CONFIG = {**PLOTLY_CONFIG, "displayModeBar": False, "scrollZoom": False, "doubleClick": False}


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
        boxes.append(_make_box(name, layer.title, describe_layer(layer), [part], desk, layer.role))
    rest = cost.layers[num_layers:]
    title = design.decoder.title
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


def _select_clicked() -> None:
    """Select what was clicked; a click that selects nothing leaves all as it is."""
    clicked = find_clicked(st.session_state["designer.drawing"].selection.points)
    if clicked:
        select(clicked)
