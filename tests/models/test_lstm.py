from __future__ import annotations

from typing import Any

import keras
import numpy as np
import pytest
from keras import ops

from lstm_core.engines.engine import is_tensorflow_on_cpu
from lstm_core.models.lstm import LSTM

pytestmark = pytest.mark.skipif(
    not is_tensorflow_on_cpu(), reason="there is no fused operation on this engine"
)

WINDOWS = np.random.default_rng(0).normal(size=(7, 12, 5)).astype("float32")

RUN = "lstm_core.engines.on_tensorflow.lstm.run_lstm"
OPTIONS = [
    {},
    {"return_sequences": True},
    {"return_state": True},
    {"return_sequences": True, "return_state": True},
    {"return_sequences": True, "go_backwards": True},
    {"dropout": 0.3, "seed": 3},
    {"unroll": True},
]


def compare(options: dict[str, Any], dtype: str = "float32") -> tuple[list[Any], list[Any]]:
    """Return what Keras's layer says and how its loss falls, and the same of ours."""
    import tensorflow as tf

    layers = [kind(6, dtype=dtype, **options) for kind in (keras.layers.LSTM, LSTM)]
    for layer in layers:
        layer.build(WINDOWS.shape)
    generator = np.random.default_rng(1)
    drawn = [generator.normal(size=each.shape) for each in layers[0].trainable_variables]
    found = []
    for layer in layers:
        for variable, values in zip(layer.trainable_variables, drawn, strict=True):
            variable.assign(values)
        windows = tf.constant(WINDOWS)
        with tf.GradientTape() as tape:
            tape.watch(windows)
            said = keras.tree.flatten(layer(windows, training=True))
            # Each output counts in its own way, and the cell state as much as the rest.
            loss = sum(
                ops.sum(ops.sin(ops.cast(each, "float32")) * (number + 1))
                for number, each in enumerate(said)
            )
        sources = [windows, *(variable.value for variable in layer.trainable_variables)]
        slopes = tape.gradient(loss, sources)
        found.append([ops.convert_to_numpy(each).astype("float64") for each in (*said, *slopes)])
    return found[0], found[1]


@pytest.mark.parametrize("options", OPTIONS, ids=lambda options: "-".join(options) or "plain")
def test_it_says_and_learns_what_keras_s_own_layer_does(options: dict[str, Any]) -> None:
    theirs, ours = compare(options)
    assert len(theirs) == len(ours)
    for expected, found in zip(theirs, ours, strict=True):
        np.testing.assert_allclose(found, expected, rtol=1e-4, atol=1e-5)


def test_it_goes_on_from_a_state() -> None:
    layer, plain = LSTM(6, return_state=True), keras.layers.LSTM(6, return_state=True)
    start = [np.full((7, 6), value, "float32") for value in (0.3, -0.4)]
    for each in (layer, plain):
        each.build(WINDOWS.shape)
    plain.set_weights(layer.get_weights())
    for found, expected in zip(
        layer(WINDOWS, initial_state=start), plain(WINDOWS, initial_state=start), strict=True
    ):
        np.testing.assert_allclose(found, expected, atol=1e-6)


@pytest.mark.parametrize(
    "options", [{"recurrent_dropout": 0.2}, {"activation": "relu"}, {"use_bias": False}]
)
def test_what_the_operation_does_not_compute_is_left_to_keras(
    options: dict[str, Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(RUN, lambda *_: pytest.fail("it was asked"))
    layer = LSTM(6, **options)
    assert layer(WINDOWS).shape == (7, 6)
    with pytest.raises(pytest.fail.Exception):
        LSTM(6)(WINDOWS)


def test_both_directions_are_read_by_it(monkeypatch: pytest.MonkeyPatch) -> None:
    from lstm_core.engines.on_tensorflow.lstm import run_lstm

    asked: list[int] = []
    monkeypatch.setattr(RUN, lambda *given: (asked.append(1), run_lstm(*given))[1])
    both = keras.layers.Bidirectional(LSTM(6))
    said = both(WINDOWS)
    assert len(asked) == 2
    theirs = keras.layers.Bidirectional(keras.layers.LSTM(6))
    theirs.build(WINDOWS.shape)
    theirs.set_weights(both.get_weights())
    np.testing.assert_allclose(said, theirs(WINDOWS), atol=1e-6)
