"""Widgets for the options of a layer or a decoder; kinds and bounds come from the spec's fields."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from types import NoneType
from typing import Any, Literal, get_args

import streamlit as st

from lstm_core.spec.layers.options import OptionWords, find_words
from lstm_core.spec.section import Section
from pages._ui.shell.widget_keys import follow_value

NOTHING = "nothing"
"""The choice, in a list, that stands for none."""

_MOST_SHARE = 0.95
"""Of a share that has to stay below 1, the largest that is offered."""

OnChange = Callable[[str], None]
"""Told the name of an option whose widget was changed."""


@dataclass(frozen=True)
class Option:
    """One field of a layer as something to ask for.

    Attributes:
        name: the field's.
        words: what it is asked and explained as.
        form: which widget suits it.
        choices: its values, with None where it may be left out; empty for numbers.
        low, high: the smallest and the largest number.
    """

    name: str
    words: OptionWords
    form: Literal["choice", "switch", "whole", "share", "real"]
    choices: tuple[Any, ...] = ()
    low: float = 0.0
    high: float | None = None


def list_options(section: type[Section]) -> list[Option]:
    """Return what can be chosen about a kind of layer or decoder, what is asked first first."""
    options = [_read_option(section, name) for name in section.model_fields if name != "kind"]
    order = list(_FIRST)
    return sorted(
        options, key=lambda option: order.index(option.name) if option.name in order else len(order)
    )


def edit_option(section: Any, option: Option, key: str, on_change: OnChange) -> None:
    """Show the widget of one option; what it says is in the session's state under ``key``."""
    words = option.words
    value = getattr(section, option.name)
    shared: dict[str, Any] = {
        "key": key,
        "help": words.help,
        "on_change": on_change,
        "args": (option.name,),
    }
    if option.form == "choice":
        _choose(words, option, value, shared)
        return
    follow_value(key, value)
    shared["value"] = value
    if option.form == "switch":
        st.toggle(words.question, **shared)
    elif option.form == "share":
        high = max(option.high or 1.0, value)  # a spec from elsewhere may go beyond what is offered
        st.slider(words.question, 0.0, high, step=0.05, format="percent", **shared)
    elif option.form == "whole":
        high = None if option.high is None else int(option.high)
        st.number_input(words.question, min_value=int(option.low), max_value=high, step=1, **shared)
    else:
        step, number_format = (1e-4, "%.5g") if option.low == 0 else (0.5, "%.3g")
        st.number_input(
            words.question,
            min_value=option.low,
            max_value=option.high,
            step=step,
            format=number_format,
            **shared,
        )


def read_choice(said: Any) -> Any:
    """Return the option's value that a widget's stands for."""
    return None if said == NOTHING else said


_FIRST = (
    "units",
    "filters",
    "length",
    "frame",
    "kernel_size",
    "size",
    "mode",
    "heads",
    "feedforward",
    "bidirectional",
    "dropout",
    "residual",
    "forget_gate",
    "forget_bias",
    "recurrent_dropout",
    "activation",
    "recurrent_activation",
)


def _choose(words: OptionWords, option: Option, value: Any, shared: dict[str, Any]) -> None:
    titles = {
        NOTHING if choice is None else choice: words.nothing or words.values.get(choice, "")
        if choice is None
        else words.values[choice]
        for choice in option.choices
    }
    current = NOTHING if value is None else value
    follow_value(shared["key"], current)
    st.selectbox(
        words.question,
        list(titles),
        index=list(titles).index(current),
        format_func=titles.__getitem__,
        **shared,
    )


def _read_option(section: type[Section], name: str) -> Option:
    field, words = section.model_fields[name], find_words(section, name)
    kind: Any = field.annotation
    if kind is bool:
        return Option(name, words, "switch")
    choices = tuple(_list_choices(kind))
    if choices:
        return Option(name, words, "choice", choices)
    bounds = {
        bound: getattr(limit, bound)
        for limit in field.metadata
        for bound in ("ge", "gt", "le", "lt")
        if hasattr(limit, bound)
    }
    low, high = bounds.get("ge", 0), bounds.get("le")
    if words.is_share:
        return Option(name, words, "share", (), 0.0, 1.0 if high is not None else _MOST_SHARE)
    if kind is int:
        return Option(name, words, "whole", (), low, high)
    return Option(name, words, "real", (), float(low), None if high is None else float(high))


def _list_choices(kind: Any) -> list[Any]:
    """Return the values of a Literal, or of a union of one with None, None first."""
    parts = get_args(kind)
    if NoneType in parts:
        inner = next(part for part in parts if part is not NoneType)
        return [None, *get_args(inner)]
    return list(parts)
