"""Every option of every layer and decoder can be asked for, within its bounds."""

from __future__ import annotations

from typing import Any

import pytest
from pydantic import ValidationError

from lstm_core.spec.layers import (
    DECODER_KINDS,
    LAYER_KINDS,
    AttentionLayer,
    ConvLstmLayer,
    DropoutLayer,
    Layer,
    LstmLayer,
    PoolingLayer,
    PositionLayer,
    SequenceDecoder,
    SummaryLayer,
)
from lstm_core.spec.section import Section
from pages._ui.designer.layer_form import Option, list_options, read_choice
from pages._ui.designer.layer_words import describe_layer, say_option

LSTM_SAID = "64 units, both ways, with a way around it"

SECTIONS: dict[str, type[Section]] = {
    **LAYER_KINDS,
    **{f"{kind} decoder": section for kind, section in DECODER_KINDS.items()},
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
        words = option.words
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
    ("section", "option", "value", "said"),
    [
        (LstmLayer, "units", 1_024, "1,024"),
        (LstmLayer, "dropout", 0.25, "25%"),
        (LstmLayer, "bidirectional", None, "Forwards only"),
        (LstmLayer, "residual", True, "Yes"),
        (LstmLayer, "l2", 1e-4, "0.0001"),
        (LstmLayer, "activation", "tanh", "tanh"),
        (PoolingLayer, "mode", "average", "Their mean"),
        (SummaryLayer, "mode", "last", "The last step"),
        (SequenceDecoder, "attention", None, "No, it goes by the last state"),
    ],
)
def test_a_value_in_words(section: type[Section], option: str, value: Any, said: str) -> None:
    assert say_option(find_option(section, option).words, value) == said


@pytest.mark.parametrize(
    ("layer", "said"),
    [
        (LstmLayer(units=64, bidirectional="sum", residual=True), LSTM_SAID),
        (ConvLstmLayer(frame=7), "16 filters, 7 steps in a frame, 3 steps in a pattern"),
        (PoolingLayer(size=1), "1 step becomes one, the largest value"),
        (AttentionLayer(), "additive (Bahdanau)"),
        (DropoutLayer(rate=0.25), "25% hidden"),
        (PositionLayer(), ""),
    ],
)
def test_a_layer_in_a_few_words(layer: Layer, said: str) -> None:
    assert describe_layer(layer) == said
