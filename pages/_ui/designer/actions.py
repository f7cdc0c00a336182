"""What a click in the designer does to the draft; what can't be done is kept to be told."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import streamlit as st

from lstm_core.data.sources.samples import SAMPLES
from lstm_core.errors import StudioError
from lstm_core.models.editing import Design, exchange
from lstm_core.models.plan import name_place
from lstm_core.models.presets import PRESETS, set_layers, use_preset
from lstm_core.spec import ExperimentSpec
from lstm_core.spec.layers import DECODER_KINDS, LAYER_KINDS
from lstm_core.spec.layers.options import find_words
from pages._ui.data.draft import (
    do_again,
    get_draft,
    put_into_draft,
    show_in_address,
    start_draft,
    take_back,
)
from pages._ui.data.outlook import Outlook
from pages._ui.designer.desk import DECODER, Desk, get_desk, name_new, put_desk
from pages._ui.designer.desk import select as _select
from pages._ui.designer.layer_form import read_choice
from pages._ui.shell.messages import errors_shown
from pages._ui.shell.widget_keys import note_value

EVERYWHERE = "designer"
"""The place of a refusal that belongs to no single widget."""

FIRST_SAMPLE = "sine"

_REFUSED = "designer.refused"


def get_refused() -> dict[str, StudioError]:
    """Return what was not taken over, by the key of the widget that still shows it."""
    refused: dict[str, StudioError] = st.session_state.setdefault(_REFUSED, {})
    return refused


def key_option(name: str, option: str) -> str:
    """Return the key of the widget around one option of a layer or of the decoder."""
    return f"designer.{name}.{option}"


def begin_with_sample() -> None:
    with errors_shown():
        show_in_address(start_draft(ExperimentSpec(data=SAMPLES[FIRST_SAMPLE].data)))


def select(name: str) -> None:
    _forget_refused()
    _select(name)


def add_layer(kind: str, is_behind: bool) -> None:
    """Put a new layer before or behind the selected one; behind all where none is selected."""
    desk = _get_desk()
    position = find_place(desk, is_behind)
    name = name_new()

    def change() -> Desk:
        design = desk.design.propose(kind, position)
        names = (*desk.names[:position], name, *desk.names[position:])
        return replace(desk, design=design, names=names, selected=name)

    _restructure(change, f"adding {LAYER_KINDS[kind].words.title}")


def find_place(desk: Desk, is_behind: bool) -> int:
    """Return where a new layer goes: before or behind the selected one, or behind all."""
    position = desk.position
    return len(desk.names) if position is None else position + is_behind


def remove_layer() -> None:
    desk = _get_desk()
    position = _get_position(desk)

    def change() -> Desk:
        design = desk.design.remove(position)
        names = (*desk.names[:position], *desk.names[position + 1 :])
        return replace(
            desk, design=design, names=names, selected=names[min(position, len(names) - 1)]
        )

    _restructure(change, f"removing {_name_selected(desk)}")


def move_layer(by: int) -> None:
    desk = _get_desk()
    position = _get_position(desk)

    def change() -> Desk:
        design = desk.design.move(position, by)
        return replace(desk, design=design, names=exchange(desk.names, position, position + by))

    _restructure(change, f"moving {_name_selected(desk)}")


def duplicate_layer() -> None:
    desk = _get_desk()
    position = _get_position(desk)
    name = name_new()

    def change() -> Desk:
        design = desk.design.duplicate(position)
        names = (*desk.names[: position + 1], name, *desk.names[position + 1 :])
        return replace(desk, design=design, names=names, selected=name)

    _restructure(change, f"copying {_name_selected(desk)}")


def choose_decoder(kind: str) -> None:
    desk = _get_desk()
    _restructure(
        lambda: replace(desk, design=desk.design.propose_decoder(kind), selected=DECODER),
        f"the decoder {DECODER_KINDS[kind].words.title}",
    )


def choose_preset(name: str) -> None:
    """Replace the network, and the settings that the preset speaks of."""
    desk = _get_desk()
    draft = get_draft()
    assert draft is not None
    spec = use_preset(draft.spec, PRESETS[name], desk.design.num_steps, desk.design.season)
    _forget_refused()
    outlook = Outlook.of(spec, desk.dataset)
    if outlook.error is not None and desk.outlook.error is None:
        get_refused()[EVERYWHERE] = outlook.error
        return
    put_into_draft(spec, f"the preset {PRESETS[name].title}")


def undo() -> None:
    """Take the latest step back."""
    _forget_refused()
    with errors_shown():
        take_back()


def redo() -> None:
    """Do the step again that was last taken back."""
    _forget_refused()
    with errors_shown():
        do_again()


def set_option(option: str) -> None:
    """Take over what the widget around one option of what is selected says."""
    desk = _get_desk()
    key = key_option(desk.selected, option)
    said = st.session_state[key]
    value = read_choice(said)
    position = desk.position
    design = desk.design
    try:
        if position is None:
            changed = design.decode_by(_update(design.decoder, option, value))
        else:
            changed = design.replace(position, _update(design.stack[position], option, value))
        words = find_words(type(desk.selected_layer or design.decoder), option)
        _put(
            replace(desk, design=changed), desk, f"{words.title.lower()} of {_name_selected(desk)}"
        )
    except StudioError as error:
        get_refused()[key] = error
    else:
        note_value(key, said)
        get_refused().pop(key, None)


def _update(section: Any, option: str, value: Any) -> Any:
    return type(section).model_validate({**section.model_dump(), option: value})


def _restructure(change: Callable[[], Desk], words: str) -> None:
    """Change which layers there are; every widget shows what is in the draft from now on."""
    _forget_refused()
    try:
        _put(change(), _get_desk(), words)
    except StudioError as error:
        get_refused()[EVERYWHERE] = error


def _put(wanted: Desk, before: Desk, words: str) -> None:
    """Put a changed design into the draft, as a step that these words name, and on the desk.

    Raises:
        StudioError: the experiment can't be run like this, and could before.
    """
    draft = get_draft()
    assert draft is not None
    spec = _write(draft.spec, wanted.design)
    outlook = Outlook.of(spec, before.dataset)
    if outlook.error is not None and before.outlook.error is None:
        raise outlook.error
    put_into_draft(spec, words)
    put_desk(replace(wanted, outlook=outlook))


def _write(spec: ExperimentSpec, design: Design) -> ExperimentSpec:
    return set_layers(spec, design.stack, design.decoder)


def _forget_refused() -> None:
    for key in get_refused():
        st.session_state.pop(key, None)
    get_refused().clear()


def _get_desk() -> Desk:
    desk = get_desk()
    assert desk is not None
    return desk


def _get_position(desk: Desk) -> int:
    assert desk.position is not None
    return desk.position


def _name_selected(desk: Desk) -> str:
    layer, position = desk.selected_layer, desk.position
    return "the decoder" if layer is None or position is None else name_place(position + 1, layer)
