"""Our way to a convolution: Keras's weights, and Keras's numbers."""

from __future__ import annotations

from typing import Any

import keras
import numpy as np
import pytest
from keras import ops

from lstm_core.models import convolution
from lstm_core.models.convolution import Conv1D, ConvLSTM1D, convolve

pytestmark = pytest.mark.backend

STEPS = np.random.default_rng(0).normal(size=(3, 11, 4)).astype("float32")
FRAMES = np.random.default_rng(1).normal(size=(3, 4, 6, 2)).astype("float32")


@pytest.fixture(params=[False, True], ids=["as-it-is-here", "always"])
def anywhere(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    """What is for JAX alone works on every engine."""
    if request.param:
        monkeypatch.setattr(convolution, "_is_slow_in_loops", lambda: True)


@pytest.mark.parametrize("padding", ["causal", "same", "valid"])
@pytest.mark.parametrize(("size", "dilation"), [(1, 1), (2, 1), (5, 1), (3, 2), (4, 3)])
def test_a_product_of_matrices_finds_what_a_convolution_does(
    padding: str, size: int, dilation: int
) -> None:
    layer = keras.layers.Conv1D(5, size, padding=padding, dilation_rate=dilation, use_bias=False)
    expected = ops.convert_to_numpy(layer(STEPS))
    found = ops.convert_to_numpy(convolve(STEPS, layer.kernel, padding, dilation))
    np.testing.assert_allclose(found, expected, atol=1e-5)


@pytest.mark.parametrize(
    "options",
    [
        {},
        {"padding": "causal", "activation": "relu", "dilation_rate": 2},
        {"padding": "same", "use_bias": False},
        {"strides": 2},
        {"groups": 2},
    ],
    ids=str,
)
@pytest.mark.usefixtures("anywhere")
def test_the_layer_is_keras_s(options: dict[str, Any]) -> None:
    ours, theirs = Conv1D(6, 3, **options), keras.layers.Conv1D(6, 3, **options)
    agree(ours, theirs, STEPS)


@pytest.mark.parametrize(
    "options",
    [
        {"padding": "same", "return_sequences": True},
        {"padding": "valid"},
        {"padding": "same", "use_bias": False, "recurrent_activation": "hard_sigmoid"},
        {"padding": "same", "dilation_rate": 2},
    ],
    ids=str,
)
@pytest.mark.usefixtures("anywhere")
def test_so_is_the_one_that_remembers(options: dict[str, Any]) -> None:
    ours, theirs = ConvLSTM1D(3, 3, **options), keras.layers.ConvLSTM1D(3, 3, **options)
    agree(ours, theirs, FRAMES)


def test_where_it_is_slow_no_convolution_is_asked_for(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(convolution, "_is_slow_in_loops", lambda: True)
    monkeypatch.setattr("keras.src.ops.conv", lambda *_, **__: pytest.fail("it was asked for"))
    with pytest.raises(pytest.fail.Exception):
        keras.layers.Conv1D(6, 3)(STEPS)
    assert Conv1D(6, 3)(STEPS).shape == (3, 9, 6)
    assert ConvLSTM1D(3, 3, padding="same")(FRAMES).shape == (3, 6, 3)


def agree(ours: Any, theirs: Any, given: np.ndarray) -> None:
    """Compare what two layers say with the same weights, which aren't those they begin with."""
    for layer in (ours, theirs):
        layer.build(given.shape)
    assert [each.shape for each in ours.variables] == [each.shape for each in theirs.variables]
    generator = np.random.default_rng(2)
    drawn = [generator.normal(size=each.shape) for each in ours.trainable_variables]
    for layer in (ours, theirs):
        for variable, values in zip(layer.trainable_variables, drawn, strict=True):
            variable.assign(values)
    expected, found = (ops.convert_to_numpy(layer(given)) for layer in (theirs, ours))
    np.testing.assert_allclose(found, expected, atol=1e-5)
