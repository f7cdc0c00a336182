"""The decoder that is fed its own predictions, beside plain NumPy."""

from __future__ import annotations

import keras
import numpy as np
import pytest

from lstm_core.tasks.forecasting.network.sequence_decoder import FeedbackDecoder
from tests.models.references import sigmoid

pytestmark = pytest.mark.backend

BATCH, HORIZON, UNITS, OUTPUTS, KNOWN, LOOKBACK = 3, 4, 5, 2, 1, 6


def draw_inputs(attention: str | None) -> list[np.ndarray]:
    """State, cell, first, taught, known and, for attention, steps."""
    generator = np.random.default_rng(11)
    shapes = [
        (BATCH, UNITS),
        (BATCH, UNITS),
        (BATCH, OUTPUTS),
        (BATCH, HORIZON, OUTPUTS),
        (BATCH, HORIZON, KNOWN),
    ]
    shapes += [(BATCH, LOOKBACK, UNITS)] if attention else []
    return [generator.normal(size=shape).astype("float32") for shape in shapes]


def make_decoder(attention: str | None, teacher_forcing: float = 1.0) -> FeedbackDecoder:
    decoder = FeedbackDecoder(UNITS, OUTPUTS, attention, teacher_forcing, has_known=True)
    decoder.build([array.shape for array in draw_inputs(attention)])
    generator = np.random.default_rng(2)
    decoder.loop.cell.set_weights(
        [0.6 * generator.normal(size=weight.shape) for weight in decoder.loop.cell.get_weights()]
    )
    return decoder


def decode_by_hand(
    decoder: FeedbackDecoder, inputs: list[np.ndarray], *, is_taught: bool
) -> np.ndarray:
    """Return the predictions ``(batch, horizon, outputs)``; Luong et al. (2015), equations 5-8."""
    output, cell, said, taught, known, *steps = inputs
    inner = decoder.loop.cell
    kernel, recurrent, bias = inner.cell.get_weights()
    head, offset = inner.head.get_weights()
    found = []
    for step in range(HORIZON):
        before = taught[:, step - 1] if is_taught and step else said
        sums = np.concatenate([before, known[:, step]], axis=1) @ kernel
        i, f, z, o = np.split(sums + output @ recurrent + bias, 4, axis=1)
        cell = sigmoid(f) * cell + sigmoid(i) * np.tanh(z)
        output = sigmoid(o) * np.tanh(cell)
        features = output
        if decoder.attention is not None:
            (query,) = inner.query.get_weights()
            asked = output @ query
            if decoder.attention == "additive":
                (key,), (value,) = inner.key.get_weights(), inner.value.get_weights()
                scores = (np.tanh(steps[0] @ key + asked[:, None]) @ value)[..., 0]
            else:
                scores = np.einsum("btu,bu->bt", steps[0], asked)
            weights = np.exp(scores) / np.exp(scores).sum(axis=1, keepdims=True)
            seen = np.einsum("bt,btu->bu", weights, steps[0])
            (merge,) = inner.merge.get_weights()
            features = np.tanh(np.concatenate([output, seen], axis=1) @ merge)
        said = features @ head + offset
        found.append(said)
    return np.stack(found, axis=1)


def predict(
    decoder: FeedbackDecoder, inputs: list[np.ndarray], training: bool = False
) -> np.ndarray:
    decoded = keras.ops.convert_to_numpy(decoder(inputs, training=training))
    assert decoded.shape == (BATCH, HORIZON, UNITS + OUTPUTS)
    return decoded[..., UNITS:]


@pytest.mark.parametrize("attention", [None, "additive", "dot"])
@pytest.mark.parametrize("training", [False, True], ids=["in use", "in training"])
def test_it_is_fed_what_it_said_or_what_was(attention: str | None, training: bool) -> None:
    decoder, inputs = make_decoder(attention), draw_inputs(attention)
    expected = decode_by_hand(decoder, inputs, is_taught=training)
    np.testing.assert_allclose(predict(decoder, inputs, training), expected, atol=1e-5)


def test_in_use_it_does_not_see_the_actual_values() -> None:
    decoder, inputs = make_decoder("dot"), draw_inputs("dot")
    before = predict(decoder, inputs)
    inputs[3] = inputs[3] + 100
    np.testing.assert_array_equal(predict(decoder, inputs), before)


def test_in_training_a_step_does_not_see_its_own_actual_value() -> None:
    decoder, inputs = make_decoder(None), draw_inputs(None)
    before = predict(decoder, inputs, training=True)
    inputs[3] = inputs[3].copy()
    inputs[3][:, 2] += 100
    moved = np.abs(predict(decoder, inputs, training=True) - before).max(axis=(0, 2))
    assert moved[:3].max() == 0
    assert moved[3] > 0


def test_a_share_of_the_windows_is_taught() -> None:
    many = 400
    decoder = make_decoder(None, teacher_forcing=0.25)
    inputs = [np.repeat(array[:1], many, axis=0) for array in draw_inputs(None)]
    decoded = keras.ops.convert_to_numpy(decoder(inputs, training=True))[:, -1, -1]
    assert len(np.unique(decoded.round(4))) == 2  # taught from the start to the end, or never
    taught = decode_by_hand(decoder, inputs, is_taught=True)[0, -1, -1]
    share = np.isclose(decoded, taught, atol=1e-3).mean()
    assert 0.15 < share < 0.35


def test_it_comes_back_from_its_config() -> None:
    decoder = make_decoder("additive", teacher_forcing=0.5)
    assert FeedbackDecoder.from_config(decoder.get_config()).get_config() == decoder.get_config()
