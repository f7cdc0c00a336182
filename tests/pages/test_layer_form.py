"""Every option of every layer and decoder can be asked for, within its bounds."""

from __future__ import annotations

from typing import Any

import pytest
from pydantic import ValidationError

from lstm_core.spec.layers import DECODER_KINDS, LAYER_KINDS, LstmLayer, SequenceDecoder
from lstm_core.spec.section import Section
from pages._ui.designer.layer_form import Option, list_options, read_choice
from pages._ui.designer.layer_words import find_words, say_option

SECTIONS: dict[str, type[Section]] = LAYER_KINDS | {
    f"{kind} decoder": section for kind, section in DECODER_KINDS.items()
}


def find_option(section: type[Section], name: str) -> Option:
    return next(option for option in list_options(section) if option.name == name)


@pytest.mark.parametrize("section", SECTIONS.values(), ids=SECTIONS)
def test_each_option_has_words_and_a_widget_that_stays_within_its_bounds(
    section: type[Section],
) -> None:
    options = list_options(section)
    assert {option.name for option in options} == set(section.model_fields) - {"kind"}
    for option in options:
        words = find_words(section.model_fields["kind"].default, option.name)
        assert all((words.title, words.question, words.help))
        for value in (*option.choices, *_list_ends(option)):
            getattr(section.model_validate({option.name: value}), option.name)
        if option.form == "choice":
            assert {choice for choice in option.choices if choice is not None} == set(words.values)
            assert (None in option.choices) == bool(words.nothing)


def _list_ends(option: Option) -> list[Any]:
    if option.form in ("choice", "switch"):
        return []
    number = int if option.form == "whole" else float
    return [number(end) for end in (option.low, option.high) if end is not None]


def test_bounds_are_those_of_the_spec() -> None:
    units = find_option(LstmLayer, "units")
    assert (units.form, units.low, units.high) == ("whole", 1, 4_096)
    with pytest.raises(ValidationError):
        LstmLayer(units=4_097)
    bias = find_option(LstmLayer, "forget_bias")
    assert (bias.form, bias.low, bias.high) == ("real", -10, 10)
    assert find_option(LstmLayer, "dropout").high == 0.95
    assert find_option(SequenceDecoder, "teacher_forcing").high == 1
    assert find_option(LstmLayer, "residual").form == "switch"


def test_what_may_be_left_out_is_a_choice() -> None:
    assert find_option(LstmLayer, "bidirectional").choices == (None, "concat", "sum", "mul", "ave")
    assert read_choice("nothing") is None
    assert read_choice("concat") == "concat"


@pytest.mark.parametrize(
    ("kind", "option", "value", "said"),
    [
        ("lstm", "units", 1_024, "1,024"),
        ("lstm", "dropout", 0.25, "25%"),
        ("lstm", "bidirectional", None, "Forwards only"),
        ("lstm", "residual", True, "Yes"),
        ("lstm", "l2", 1e-4, "0.0001"),
        ("lstm", "activation", "tanh", "tanh"),
        ("pooling", "mode", "average", "Their mean"),
        ("summary", "mode", "last", "The last step"),
        ("sequence", "attention", None, "No, it goes by the last state"),
    ],
)
def test_a_value_in_words(kind: str, option: str, value: Any, said: str) -> None:
    assert say_option(kind, option, value) == said
