"""The drawing of the network on the desk; a click on a box selects what it stands for."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from lstm_core.charts.training.network import Box, Role, draw_network, find_clicked
from lstm_core.models.costs import LayerCost, NetworkCost
from lstm_core.models.ends import End
from lstm_core.tasks.registry import find_kind
from pages._ui.designer.actions import select
from pages._ui.designer.desk import DECODER, Desk
from pages._ui.designer.layer_words import describe_layer
from pages._ui.shell.amounts import say_count, say_shape
from pages._ui.shell.figures import recall_figure
from pages._ui.shell.plotly_options import PLOTLY_CONFIG

_CONFIG = {**PLOTLY_CONFIG, "displayModeBar": False, "scrollZoom": False, "doubleClick": False}


def show_drawing(desk: Desk, cost: NetworkCost) -> None:
    """Draw the network; the same picture in words is its alternative text."""
    boxes = make_boxes(desk, cost)
    st.plotly_chart(
        recall_figure(draw_network, boxes),
        key="designer.drawing",
        on_select=_select_clicked,
        selection_mode="points",
        config=_CONFIG,
        alt="The network, from top to bottom: "
        + "; ".join(f"{box.title}, which gives {box.shape}" for box in boxes),
    )


def make_boxes(desk: Desk, cost: NetworkCost) -> list[Box]:
    """Return what it is given, each layer, and what goes on from them to what it says."""
    ends = find_kind(desk.filled).list_ends(desk.filled, desk.shape, cost)
    layers = zip(desk.names, desk.design.stack, cost.layers, strict=True)
    *between, last = ends.behind
    shape = say_shape(last.shape)
    return [
        *(_make_end(end, end.detail, desk) for end in ends.before),
        *(
            _make_box(name, layer.title, describe_layer(layer), [part], desk, layer.role)
            for name, layer, part in layers
        ),
        *(_make_end(end, end.detail, desk) for end in between),
        # No arrow leaves it that would tell its shape.
        _make_end(last, f"{shape}, {last.detail}" if last.detail else shape, desk),
    ]


def _make_end(end: End, detail: str, desk: Desk) -> Box:
    return Box(
        DECODER if end.is_of_decoder else "",
        end.title,
        detail,
        _say_weights(end.costs),
        say_shape(end.shape),
        end.role,
        desk.selected == DECODER and end.role == "decoder",
    )


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
