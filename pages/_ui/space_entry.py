"""Widgets around what one setting may be: a range, a list, or one value for all trials.

They have no bounds of their own: what a setting can't be is refused in words, where the whole
space is checked.
"""

from __future__ import annotations

import json
import re
from itertools import combinations
from typing import Any

import streamlit as st

from lstm_core.searches.suggestion import Shape, list_named_values
from lstm_core.spec.search import Scale
from lstm_core.tasks.forecasting.calendar import list_cycles
from pages._ui.draft import Draft
from pages._ui.search_words import say_space_value
from pages._ui.setting_words import is_left_to_data
from pages._ui.space_desk import WIDGETS, SpaceDesk, lay_out

AUTO = "auto"
"""How the value that leaves a setting to the data is written."""

_CALENDAR = "forecast.calendar"
_SHAPES: dict[Shape, str] = {"range": "A range", "choice": "Some values", "fixed": "One value"}
_SCALES: dict[Scale, str] = {
    "linear": "Even: 10, 20, 30",
    "log": "By ratio: 10, 20, 40",
}
_SEPARATORS = re.compile(r"[,;\s]+")


def edit_entry(desk: SpaceDesk, path: str) -> None:
    """Ask for what a setting may be, and keep it on the desk."""
    content = desk.content[path]
    shape = _find_shape(content["kind"])
    named = _list_options(desk, path, content)
    _ask_shape(desk, path, shape, [each for each in _SHAPES if not named or each != "range"])
    if shape == "range":
        changed = _ask_range(path, content)
    elif named:
        ask = _ask_named if shape == "choice" else _ask_option
        changed = ask(path, content, named)
    else:
        changed = _ask_list(path, content) if shape == "choice" else _ask_one(path, content)
    desk.put(path, {**content, **changed})


def _find_shape(kind: str) -> Shape:
    if kind == "choice":
        return "choice"
    return "fixed" if kind == "fixed" else "range"


def _ask_shape(desk: SpaceDesk, path: str, shape: Shape, offered: list[Shape]) -> None:
    key = f"{WIDGETS}{path}.shape"
    st.session_state.setdefault(key, shape)
    st.segmented_control(
        "What may it be?",
        offered if shape in offered else [shape, *offered],
        format_func=_SHAPES.__getitem__,
        key=key,
        required=True,
        on_change=_reshape,
        args=(desk.draft, path, key),
    )


def _reshape(draft: Draft, path: str, key: str) -> None:
    lay_out(draft).reshape(path, st.session_state[key])


def _ask_range(path: str, content: dict[str, Any]) -> dict[str, Any]:
    is_whole = content["kind"] == "int"
    changed: dict[str, Any] = {}
    left, right = st.columns(2)
    with left:
        changed["low"] = _ask_number(path, "low", "From", content, is_whole)
    with right:
        changed["high"] = _ask_number(path, "high", "To", content, is_whole)
    key = f"{WIDGETS}{path}.scale"
    st.session_state.setdefault(key, content["scale"])
    changed["scale"] = st.selectbox(
        "How are values spread?",
        list(_SCALES),
        format_func=_SCALES.__getitem__,
        key=key,
        help="Scale: linear, where differences matter; logarithmic, where ratios do, as for "
        "learning rates and widths.",
    )
    changed["step"] = _ask_number(
        path,
        "step",
        "Each time multiplied by" if changed["scale"] == "log" else "In steps of",
        content,
        is_whole,
        may_be_empty=True,
        meaning="Step: from one value to the next. Empty: any value of the range.",
    )
    return changed


def _ask_number(
    path: str,
    name: str,
    label: str,
    content: dict[str, Any],
    is_whole: bool,
    *,
    may_be_empty: bool = False,
    meaning: str | None = None,
) -> float | None:
    key = f"{WIDGETS}{path}.{name}"
    current = content[name]
    if current is not None:
        current = int(current) if is_whole else float(current)
    st.session_state.setdefault(key, current)
    step: Any = 1 if is_whole else _choose_step(content)
    when_new: Any = None if may_be_empty else "min"
    number: float | None = st.number_input(
        label,
        value=when_new,
        step=step,
        format=None if is_whole else "%.6g",
        key=key,
        placeholder="Any value" if may_be_empty else None,
        help=meaning,
    )
    return number


def _choose_step(content: dict[str, Any]) -> float:
    """A click's worth: small enough for the lower end."""
    return 0.01 if content["low"] is None or content["low"] >= 0.01 else 0.0001


def _ask_list(path: str, content: dict[str, Any]) -> dict[str, Any]:
    key = f"{WIDGETS}{path}.values"
    st.session_state.setdefault(key, ", ".join(map(_write, content["values"])))
    said = st.text_input(
        "Which values?",
        key=key,
        help="Numbers with a point, one after another with a comma between: 0.1, 0.2, 0.5."
        + (" The word auto leaves it to the data." if is_left_to_data(path) else ""),
    )
    return {"values": [_read(word) for word in _SEPARATORS.split(said) if word]}


def _ask_one(path: str, content: dict[str, Any]) -> dict[str, Any]:
    key = f"{WIDGETS}{path}.value"
    st.session_state.setdefault(key, _write(content["value"]))
    said = st.text_input("Which value?", key=key, help="The same for all trials.")
    return {"value": _read(said.strip())}


def _ask_named(path: str, content: dict[str, Any], options: list[str]) -> dict[str, Any]:
    """Ask for some of a few values; they keep their order, of which the first is the default."""
    key = f"{WIDGETS}{path}.values"
    before = [_name(value) for value in content["values"]]
    st.session_state.setdefault(key, before)
    said = st.pills(
        "Which of these?",
        options,
        selection_mode="multi",
        format_func=lambda name: say_space_value(path, _find_value(name)),
        key=key,
    )
    kept = [name for name in before if name in said]
    added = [name for name in said if name not in kept]
    return {"values": [_find_value(name) for name in [*kept, *added]]}


def _ask_option(path: str, content: dict[str, Any], options: list[str]) -> dict[str, Any]:
    key = f"{WIDGETS}{path}.value"
    st.session_state.setdefault(key, _name(content["value"]))
    said = st.selectbox(
        "Which value?",
        options,
        format_func=lambda name: say_space_value(path, _find_value(name)),
        key=key,
        help="The same for all trials.",
    )
    return {"value": _find_value(said)}


def _list_options(desk: SpaceDesk, path: str, content: dict[str, Any]) -> list[str]:
    """Return the names of what may be chosen; empty where a setting is a number."""
    if path == _CALENDAR:
        cycles = list_cycles(desk.outlook.dataset)
        values: list[Any] = [
            list(each) for size in range(len(cycles) + 1) for each in combinations(cycles, size)
        ]
    else:
        values = list(list_named_values(path))
    if not values:
        return []
    if is_left_to_data(path):
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


def _read(word: str) -> Any:
    """Return the number that was typed; any other word as it is, to be refused by its setting."""
    if word.lower() == AUTO:
        return None
    for kind in (int, float):
        try:
            return kind(word)
        except ValueError:
            continue
    return word
