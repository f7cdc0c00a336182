"""Cells and attention beside plain NumPy."""

from __future__ import annotations

import keras
import numpy as np
import pytest

from lstm_core.models.attention import AddPosition, AttentionPooling
from lstm_core.models.cells import ForgetBias, PeepholeLSTMCell, SLSTMCell
from tests.models import references

pytestmark = pytest.mark.backend

BATCH, STEPS, FEATURES, UNITS = 3, 7, 2, 4


def make_windows() -> np.ndarray:
    draw = np.random.default_rng(3).normal(size=(BATCH, STEPS, FEATURES))
    return draw.astype("float32")


def randomise(layer: keras.layers.Layer, seed: int = 5) -> None:
    """Set every weight to something that is neither zero nor symmetric."""
    generator = np.random.default_rng(seed)
    layer.set_weights([0.7 * generator.normal(size=weight.shape) for weight in layer.get_weights()])


def weights_of(layer: keras.layers.Layer) -> dict[str, np.ndarray]:
    return {weight.name: np.asarray(keras.ops.convert_to_numpy(weight)) for weight in layer.weights}


def run_cell(cell: keras.layers.Layer, **options: bool) -> np.ndarray:
    layer = keras.layers.RNN(cell, return_sequences=True, **options)
    layer.build((BATCH, STEPS, FEATURES))
    randomise(layer)
    return keras.ops.convert_to_numpy(layer(make_windows()))


@pytest.mark.parametrize("unroll", [False, True])
def test_a_peephole_lstm_is_what_its_paper_says(unroll: bool) -> None:
    cell = PeepholeLSTMCell(UNITS)
    found = run_cell(cell, unroll=unroll)
    named = weights_of(cell)
    expected = references.run_peephole(
        make_windows(),
        named["kernel"],
        named["recurrent_kernel"],
        named["bias"],
        named["peepholes"],
    )
    np.testing.assert_allclose(found, expected, atol=1e-5)


def test_without_peepholes_it_is_an_lstm() -> None:
    cell = PeepholeLSTMCell(UNITS)
    layer = keras.layers.RNN(cell, return_sequences=True)
    plain = keras.layers.LSTM(UNITS, return_sequences=True)
    for each in (layer, plain):
        each.build((BATCH, STEPS, FEATURES))
    randomise(plain)
    *shared, peepholes = layer.get_weights()
    assert not peepholes.any()  # as they start
    layer.set_weights([*plain.get_weights(), peepholes])
    assert len(shared) == 3
    np.testing.assert_allclose(layer(make_windows()), plain(make_windows()), atol=1e-6)


@pytest.mark.parametrize("heads", [1, 2])
@pytest.mark.parametrize("gate", ["sigmoid", "exponential"])
def test_an_slstm_is_what_its_paper_says(gate: str, heads: int) -> None:
    cell = SLSTMCell(UNITS, heads=heads, forget_gate=gate)
    found = run_cell(cell)
    named = weights_of(cell)
    expected = references.run_slstm(
        make_windows(),
        named["kernel"],
        spread_heads(named["recurrent_kernel"]),
        named["bias"],
        references.sigmoid if gate == "sigmoid" else np.exp,
    )
    np.testing.assert_allclose(found, expected, atol=1e-5)


def spread_heads(kernel: np.ndarray) -> np.ndarray:
    """``(heads, each, 4 * each)`` to ``(units, 4 * units)``, gate by gate."""
    heads, each, _ = kernel.shape
    whole = np.zeros((heads * each, 4, heads * each))
    for head in range(heads):
        own = slice(head * each, (head + 1) * each)
        whole[own, :, own] = kernel[head].reshape(each, 4, each)
    return whole.reshape(heads * each, -1)


def test_an_slstm_survives_gates_that_would_overflow() -> None:
    cell = SLSTMCell(UNITS, forget_gate="exponential")
    layer = keras.layers.RNN(cell)
    layer.build((BATCH, STEPS, FEATURES))
    layer.set_weights([100.0 * np.ones(weight.shape) for weight in layer.get_weights()])
    assert np.isfinite(keras.ops.convert_to_numpy(layer(make_windows()))).all()


def test_heads_start_with_values_of_their_own() -> None:
    cell = SLSTMCell(UNITS, heads=2)
    cell.build((BATCH, FEATURES))
    first, second = weights_of(cell)["recurrent_kernel"]
    assert not np.allclose(first, second)


@pytest.mark.parametrize("score", ["additive", "dot"])
def test_attention_is_what_its_paper_says(score: str) -> None:
    layer = AttentionPooling(score)
    layer.build((BATCH, STEPS, FEATURES))
    randomise(layer)
    named = weights_of(layer)
    windows = make_windows()
    if score == "additive":
        weights = references.attend_additively(windows, **named)
    else:
        weights = references.attend_by_products(windows, **named)
    np.testing.assert_allclose(layer.weigh(windows), weights, atol=1e-5)
    mean = np.einsum("bs,bsf->bf", weights, windows)
    expected = np.concatenate([mean, windows[:, -1]], axis=1)
    np.testing.assert_allclose(layer(windows), expected, atol=1e-5)


def test_the_weights_of_attention_start_apart() -> None:
    layer = AttentionPooling("additive")
    layer.build((BATCH, STEPS, FEATURES))
    assert not np.allclose(layer.query, layer.key)


def test_positions_are_the_paper_s_waves() -> None:
    width = 4
    added = keras.ops.convert_to_numpy(AddPosition()(np.zeros((1, STEPS, width), "float32")))[0]
    for step in range(STEPS):
        for place in range(width):
            angle = step / 10_000 ** (2 * (place // 2) / width)
            wave = np.sin(angle) if place % 2 == 0 else np.cos(angle)
            assert added[step, place] == pytest.approx(wave, abs=1e-6)


@pytest.mark.parametrize("bias", [-1.0, 0.5])
def test_the_forget_gate_starts_where_it_is_told(bias: float) -> None:
    layer = keras.layers.LSTM(UNITS, unit_forget_bias=False, bias_initializer=ForgetBias(bias))
    layer.build((BATCH, STEPS, FEATURES))
    found = weights_of(layer)["bias"].reshape(4, UNITS)
    np.testing.assert_array_equal(found, np.outer([0, 1, 0, 0], np.full(UNITS, bias)))


@pytest.mark.parametrize(
    "cell", [PeepholeLSTMCell(UNITS), SLSTMCell(UNITS, heads=2, forget_gate="exponential")]
)
def test_a_cell_comes_back_from_its_config(cell: keras.layers.Layer) -> None:
    again = type(cell).from_config(cell.get_config())
    assert again.get_config() == cell.get_config()
    np.testing.assert_allclose(run_cell(cell), run_cell(again), atol=1e-6)
