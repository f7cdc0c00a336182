from __future__ import annotations

from typing import Any

import keras
import pytest
from pydantic import TypeAdapter

from lstm_core.models import attention
from lstm_core.models.building import make
from lstm_core.spec.layers import DECODER_KINDS, LAYER_KINDS, Layer
from lstm_core.spec.layers.options import find_words
from lstm_core.spec.layers.steps import Call
from tests.models.check_layer import check_layer
from tests.shares import share

pytestmark = pytest.mark.backend(
    each=("kind",),
    # One of Keras's cells, and what is computed by code of our own.
    among=("lstm", "slstm", "conv_lstm", "attention", "segments"),
)

LAYER: TypeAdapter[Any] = TypeAdapter(Layer)

SMALL: dict[str, dict[str, Any]] = {
    "conv_lstm": {"frame": 2, "filters": 2},
    "segments": {"length": 4},
    "conv1d": {"kernel_size": 3, "filters": 5},
    "transformer": {"heads": 2, "feedforward": 5},
    "lstm": {"units": 5},
    "gru": {"units": 5},
    "peephole_lstm": {"units": 3},
    "slstm": {"units": 4},
    "simple_rnn": {"units": 3},
}
"""Options that leave each kind room in six steps of four features."""

PENALISED = {"initializer": "he_normal", "l1": 1e-3, "l2": 1e-2}
OTHER: list[dict[str, Any]] = [
    {"kind": "lstm", "units": 5, "bidirectional": "concat", "residual": True, **PENALISED},
    {"kind": "lstm", "units": 4, "residual": True, "forget_bias": -1.0},
    {"kind": "gru", "units": 3, "bidirectional": "mul", "recurrent_activation": "hard_sigmoid"},
    {"kind": "peephole_lstm", "units": 3, "residual": True, "forget_bias": 0.5},
    {"kind": "slstm", "units": 6, "heads": 3, "forget_gate": "exponential"},
    {"kind": "conv1d", "filters": 3, "kernel_size": 3, "padding": "same", "activation": "linear"},
    {"kind": "conv1d", "filters": 3, "kernel_size": 2, "padding": "valid", "dilation": 2},
    {"kind": "pooling", "size": 3, "mode": "average"},
    {"kind": "transformer", "heads": 1, "feedforward": 3, "dropout": 0.3, **PENALISED},
    {"kind": "attention", "score": "dot"},
    {"kind": "summary", "mode": "last"},
    {"kind": "summary", "mode": "max"},
    {"kind": "dense", "units": 3, "activation": "gelu", **PENALISED},
    {"kind": "conv_lstm", "frame": 4, "filters": 2, "kernel_size": 2, "dropout": 0.2},
]


@pytest.mark.parametrize("kind", LAYER_KINDS)
def test_every_kind_of_layer_does_what_it_must(kind: str) -> None:
    check_layer(LAYER.validate_python({"kind": kind, **SMALL.get(kind, {})}))


@pytest.mark.parametrize("layer", share(OTHER, OTHER[::2]), ids=lambda layer: layer["kind"])
def test_its_options_change_nothing_of_that(layer: dict[str, Any]) -> None:
    check_layer(LAYER.validate_python(layer))


@pytest.mark.parametrize("kind", DECODER_KINDS)
def test_every_decoder_is_told_in_words(kind: str) -> None:
    decoder = DECODER_KINDS[kind]
    assert decoder.words.title
    assert decoder.words.sentence.endswith(".")
    assert decoder.words.equations
    assert decoder.name or not decoder.needs_cell
    for option in set(decoder.model_fields) - {"kind"}:
        assert find_words(decoder, option).help


def test_a_call_is_labelled_for_the_network_alone() -> None:
    assert make(Call("keras.layers.Dense", (3,), label="head")).name == "head"


def test_what_others_register_with_keras_is_not_built() -> None:
    """An exported script that runs beside us brings classes of the same names."""

    @keras.saving.register_keras_serializable("lstm_studio", name="AttentionPooling")
    class AnotherPooling(keras.layers.Layer):
        pass

    built = make(Call("AttentionPooling", ("dot",)))
    assert type(built) is attention.AttentionPooling
    assert not isinstance(built, AnotherPooling)
