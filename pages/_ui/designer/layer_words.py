"""A layer, and the values of its options, in a few words."""

from __future__ import annotations

from typing import Any

from lstm_core.spec.layers import Layer
from lstm_core.spec.layers.options import OptionWords
from pages._ui.designer.layer_form import list_options
from pages._ui.shell.amounts import say_count


def say_option(words: OptionWords, value: Any) -> str:
    """Write an option's value for people."""
    if value in words.values:
        return words.values[value].partition(":")[0]
    if value is None:
        return words.nothing
    if words.is_share:
        return f"{value:.0%}"
    return f"{value:,}" if isinstance(value, int) else f"{value:g}"


def describe_layer(layer: Layer) -> str:
    """Say what sets a layer apart from others of its kind: ``"64 units, both ways"``."""
    told = []
    for option in list_options(type(layer)):
        words, value = option.words, getattr(layer, option.name)
        if words.nouns:
            told.append(say_count(value, *words.nouns))
        elif words.is_told:
            said = say_option(words, value)
            told.append(f"{said} hidden" if words.is_share else said[:1].lower() + said[1:])
    if getattr(layer, "bidirectional", None):
        told.append("both ways")
    if getattr(layer, "residual", False):
        told.append("with a way around it")
    return ", ".join(told)
