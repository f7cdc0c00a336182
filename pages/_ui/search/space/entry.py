"""Widgets around what one setting may be: a range, a list, or one value for all trials.

They have no bounds of their own: what a setting can't be is refused in words, where the whole
space is checked.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from math import isfinite
from typing import Any

import streamlit as st

from lstm_core.errors import SpecError
from lstm_core.searches.space.suggestion import Shape, list_named_values
from lstm_core.spec.search import Scale
from lstm_core.tasks.registry import find_kind
from pages._ui.data.draft import Draft
from pages._ui.search.form.words import say_space_value
from pages._ui.search.space.desk import SpaceDesk, lay_out, name_field
from pages._ui.shell.messages import errors_shown
from pages._ui.shell.widget_keys import make_key, renew_widgets

AUTO = "auto"
"""How the value that leaves a setting to the data is written."""

SHAPES: dict[Shape, str] = {"range": "A range", "choice": "Some values", "fixed": "One value"}
SCALES: dict[Scale, str] = {
    "linear": "Even: 10, 20, 30",
    "log": "By ratio: 10, 20, 40",
}
_WHOLE = re.compile(r"[+-]?\d+")
_SEPARATORS = re.compile(r"[,;\s]+")


def edit_entry(desk: SpaceDesk, path: str) -> None:
    """Ask for what a setting may be; what is changed is kept on the desk."""
    content = desk.content[path]
    shape = find_shape(content["kind"])
    named = _list_options(desk, path, content)
    _ask_shape(desk, path, shape, [each for each in SHAPES if not named or each != "range"])
    if shape == "range":
        _ask_range(desk, path, content)
    elif named:
        ask = _ask_named if shape == "choice" else _ask_option
        ask(desk, path, content, named)
    elif shape == "choice":
        _ask_list(desk, path, content)
    else:
        _ask_one(desk, path, content)


def find_shape(kind: str) -> Shape:
    if kind == "choice":
        return "choice"
    return "fixed" if kind == "fixed" else "range"


def _ask_shape(desk: SpaceDesk, path: str, shape: Shape, offered: list[Shape]) -> None:
    key = make_key(name_field(path, "shape"))
    options = offered if shape in offered else [shape, *offered]
    st.segmented_control(
        "What may it be?",
        options,
        format_func=SHAPES.__getitem__,
        default=shape,
        key=key,
        required=True,
        on_change=_reshape,
        args=(desk.draft, path, key),
    )


def _reshape(draft: Draft, path: str, key: str) -> None:
    with errors_shown():
        desk = lay_out(draft)
        try:
            desk.reshape(path, st.session_state[key])
        except SpecError:
            renew_widgets(name_field(path, "shape"))  # it says what the entry is not
            raise


def _ask_range(desk: SpaceDesk, path: str, content: dict[str, Any]) -> None:
    left, right = st.columns(2)
    with left:
        _ask_end(desk, path, "low", "From", content)
    with right:
        _ask_end(desk, path, "high", "To", content)
    scales = list(SCALES)
    st.selectbox(
        "How are values spread?",
        scales,
        index=scales.index(content["scale"]),
        format_func=SCALES.__getitem__,
        help="Scale: linear, where differences matter; logarithmic, where ratios do, as for "
        "learning rates and widths.",
        **_keeping(desk, path, "scale"),
    )
    # As text: a number that may be emptied has to be empty by default.
    st.text_input(
        "Each time multiplied by" if content["scale"] == "log" else "Spacing",
        value="" if content["step"] is None else _write(content["step"]),
        placeholder="Any value",
        help="From one value to the next. Empty: any value of the range.",
        **_keeping(desk, path, "step", lambda text: read_word(text) if text.strip() else None),
    )


def _ask_end(desk: SpaceDesk, path: str, field: str, label: str, content: dict[str, Any]) -> None:
    is_whole = content["kind"] == "int"
    step: Any = 1 if is_whole else _choose_step(content)
    st.number_input(
        label,
        value=int(content[field]) if is_whole else float(content[field]),
        step=step,
        format=None if is_whole else "%.6g",
        **_keeping(desk, path, field),
    )


def _choose_step(content: dict[str, Any]) -> float:
    """A click's worth: small enough for the lower end."""
    return 0.01 if content["low"] >= 0.01 else 0.0001


def _ask_list(desk: SpaceDesk, path: str, content: dict[str, Any]) -> None:
    st.text_input(
        "Which values?",
        value=", ".join(map(_write, content["values"])),
        help="Numbers with a point, one after another with a comma between: 0.1, 0.2, 0.5."
        + (" The word auto leaves it to the data." if desk.words.is_left_to_data(path) else ""),
        **_keeping(desk, path, "values", read_list),
    )


def _ask_one(desk: SpaceDesk, path: str, content: dict[str, Any]) -> None:
    st.text_input(
        "Which value?",
        value=_write(content["value"]),
        help="The same for all trials.",
        **_keeping(desk, path, "value", read_word),
    )


def _ask_named(desk: SpaceDesk, path: str, content: dict[str, Any], options: list[str]) -> None:
    """Ask for some of a few values; they keep their order, of which the first is the default."""
    before = list(map(_name, content["values"]))

    def read(said: list[str]) -> list[Any]:
        kept = [name for name in before if name in said]
        return [_find_value(name) for name in dict.fromkeys([*kept, *said])]

    st.pills(
        "Which of these?",
        options,
        selection_mode="multi",
        default=before,
        format_func=lambda name: say_space_value(desk.words, path, _find_value(name)),
        **_keeping(desk, path, "values", read),
    )


def _ask_option(desk: SpaceDesk, path: str, content: dict[str, Any], options: list[str]) -> None:
    st.selectbox(
        "Which value?",
        options,
        index=options.index(_name(content["value"])),
        format_func=lambda name: say_space_value(desk.words, path, _find_value(name)),
        help="The same for all trials.",
        **_keeping(desk, path, "value", _find_value),
    )


def _keeping(
    desk: SpaceDesk, path: str, field: str, read: Callable[[Any], Any] | None = None
) -> dict[str, Any]:
    """Return what makes a widget keep one field of an entry when it is changed.

    Args:
        read: what the field becomes of what the widget says; none: just that.
    """
    key = make_key(name_field(path, field))
    return {"key": key, "on_change": _keep, "args": (desk.draft, path, field, key, read)}


def _keep(draft: Draft, path: str, field: str, key: str, read: Callable[[Any], Any] | None) -> None:
    said = st.session_state[key]
    with errors_shown():
        lay_out(draft).put(path, field, said if read is None else read(said))


def _list_options(desk: SpaceDesk, path: str, content: dict[str, Any]) -> list[str]:
    """Return the names of what may be chosen; empty where a setting is a number."""
    spec, collection = desk.outlook.spec, desk.outlook.collection
    values: list[Any] = [
        list(value) if isinstance(value, tuple) else value
        for value in find_kind(spec).list_values(path, collection)
    ]
    values = values or list(list_named_values(path, spec))
    if not values:
        return []
    if desk.words.is_left_to_data(path):
        values.append(None)
    # A file may hold values that are none of these, or these in other words.
    values += content.get("values", []) if "values" in content else [content.get("value")]
    return list(dict.fromkeys(map(_name, values)))


def _name(value: Any) -> str:
    """Return what stands for a value in a widget: lists can't, and 1 would be true."""
    return json.dumps(value)


def _find_value(name: str) -> Any:
    return json.loads(name)


def _write(value: Any) -> str:
    return AUTO if value is None else str(value)


def read_list(text: str) -> list[Any]:
    return [read_word(word) for word in _SEPARATORS.split(text) if word]


def read_word(word: str) -> Any:
    """Return the number that was typed; any other word as it is, to be refused by its setting."""
    word = word.strip()
    if word.lower() == AUTO:
        return None
    try:
        number = float(word)
        return int(word) if _WHOLE.fullmatch(word) else number if isfinite(number) else word
    except ValueError:
        return word
