"""The list of layers: choose one, add, move, copy and remove; what can't be done says why."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, get_args

import streamlit as st

from lstm_core.models.costs import LayerCost, NetworkCost
from lstm_core.models.editing import Design, why_not
from lstm_core.models.plan import name_place
from lstm_core.spec.layers import LAYER_KINDS
from lstm_core.spec.layers.layer import Group
from pages._ui.designer.actions import (
    add_layer,
    duplicate_layer,
    find_place,
    move_layer,
    remove_layer,
    select,
)
from pages._ui.designer.desk import DECODER, Desk
from pages._ui.shell.amounts import say_count, say_shape
from pages._ui.shell.messages import escape_markdown

_LIST, _ADD, _WHERE = "designer.list", "designer.add", "designer.where"

_BEFORE, _BEHIND = "before", "behind"


def show_layers(desk: Desk, cost: NetworkCost | None) -> None:
    """Show the list, and what can be done with the selected layer."""
    titles = {
        name: f"{number}\\. {layer.title}"
        for number, (name, layer) in enumerate(
            zip(desk.names, desk.design.stack, strict=True), start=1
        )
    }
    if desk.has_decoder:
        titles[DECODER] = f"Decoder: {desk.design.decoder.title.lower()}"
    st.session_state[_LIST] = desk.selected
    st.radio(
        f"Layers, from the {desk.nouns.example} to the {desk.nouns.answer}",
        list(titles),
        format_func=titles.__getitem__,
        captions=_write_captions(desk, cost),
        key=_LIST,
        on_change=_select_listed,
    )
    with st.container(horizontal=True, gap="xsmall"):
        _show_adding(desk)
        if desk.position is not None:
            _show_moves(desk, desk.position)


def _select_listed() -> None:
    select(st.session_state[_LIST])


def _write_captions(desk: Desk, cost: NetworkCost | None) -> list[str]:
    behind = [_caption(cost.behind) if cost else ""] if desk.has_decoder else []
    if cost is None:
        return [*([""] * len(desk.names)), *behind]
    return [*(_caption([part]) for part in cost.layers), *behind]


def _caption(parts: list[LayerCost] | tuple[LayerCost, ...]) -> str:
    count = sum(part.num_parameters for part in parts)
    shape = say_shape(parts[0].shape)
    return f"{shape}, {say_count(count, 'parameter')}" if count else shape


def _show_moves(desk: Desk, position: int) -> None:
    design = desk.design
    _show_move(
        "up", "Move it up", "arrow_upward", lambda: design.move(position, -1), move_layer, -1
    )
    _show_move(
        "down", "Move it down", "arrow_downward", lambda: design.move(position, 1), move_layer, 1
    )
    _show_move(
        "copy",
        "Put a second one like it behind it",
        "content_copy",
        lambda: design.duplicate(position),
        duplicate_layer,
    )
    _show_move("remove", "Remove it", "delete", lambda: design.remove(position), remove_layer)


def _show_move(
    name: str,
    words: str,
    icon: str,
    change: Callable[[], Design],
    act: Callable[..., None],
    *args: Any,
) -> None:
    refusal = why_not(change)
    st.button(
        words,  # the icon alone is shown
        key=f"designer.{name}",
        icon=f":material/{icon}:",
        help=f"{words}: not here. {escape_markdown(refusal)}" if refusal else words,
        disabled=bool(refusal),
        on_click=act,
        args=args,
    )


def _show_adding(desk: Desk) -> None:
    with st.popover("Add a layer", icon=":material/add:", key=_ADD, on_change="rerun"):
        is_behind = True
        if desk.position is not None:
            layer = desk.design.stack[desk.position]
            where = st.segmented_control(
                f"Where, seen from {name_place(desk.position + 1, layer)}?",
                [_BEFORE, _BEHIND],
                format_func={_BEFORE: "Before it", _BEHIND: "Behind it"}.__getitem__,
                # By the session's state it would be lost: what is folded away is not there yet.
                default=_BEHIND,
                key=_WHERE,
                required=True,
            )
            is_behind = where != _BEFORE
        for group in get_args(Group):
            st.caption(f"**{group}**")
            for kind, layer_class in LAYER_KINDS.items():
                if layer_class.group == group:
                    _show_kind(desk, kind, is_behind)


def _show_kind(desk: Desk, kind: str, is_behind: bool) -> None:
    position = find_place(desk, is_behind)
    refusal = why_not(lambda: desk.design.propose(kind, position))
    left, right = st.columns([2, 3], vertical_alignment="center")
    left.button(
        LAYER_KINDS[kind].words.title,
        key=f"designer.add_{kind}",
        help=f"Not here. {escape_markdown(refusal)}" if refusal else None,
        disabled=bool(refusal),
        on_click=_add,
        args=(kind, is_behind),
        width="stretch",
    )
    right.caption(LAYER_KINDS[kind].words.sentence)


def _add(kind: str, is_behind: bool) -> None:
    st.session_state[_ADD] = False  # the list is what people want to see next
    add_layer(kind, is_behind)
