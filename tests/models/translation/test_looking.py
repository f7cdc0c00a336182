"""What attention finds is what its sources write down."""

from __future__ import annotations

import numpy as np
import pytest
from keras import ops

from lstm_core.models.translation.looking import LookBack

BATCH, STEPS, GIVEN, WIDTH = 3, 4, 5, 6


@pytest.fixture
def numbers() -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    generator = np.random.default_rng(0)
    states = generator.normal(size=(BATCH, STEPS, WIDTH)).astype(np.float32)
    memory = generator.normal(size=(BATCH, GIVEN, WIDTH)).astype(np.float32)
    return states, memory, np.array([5, 3, 1], np.int32)


@pytest.mark.backend
@pytest.mark.parametrize("kind", ["dot", "additive"])
def test_each_step_is_weighed_by_itself(
    kind: str, numbers: tuple[np.ndarray, np.ndarray, np.ndarray]
) -> None:
    states, memory, lengths = numbers
    layer = LookBack(kind)
    found, weights = (np.asarray(ops.convert_to_numpy(each)) for each in layer(*numbers))
    for row in range(BATCH):
        own = memory[row, : lengths[row]]
        for step in range(STEPS):
            state = states[row, step]
            if kind == "dot":
                scores = own @ state / np.sqrt(WIDTH)
            else:
                turn, bias, weigh = (np.asarray(each) for each in layer.get_weights())
                scores = np.tanh(state @ turn + bias + own) @ weigh[:, 0]
            shares = np.exp(scores - scores.max())
            shares /= shares.sum()
            assert weights[row, step, : lengths[row]] == pytest.approx(shares, abs=1e-5)
            assert found[row, step] == pytest.approx(shares @ own, abs=1e-5)
        assert not weights[row, :, lengths[row] :].any()


def test_what_lies_behind_a_text_changes_nothing(
    numbers: tuple[np.ndarray, np.ndarray, np.ndarray],
) -> None:
    states, memory, lengths = numbers
    layer = LookBack("additive")
    found = np.asarray(ops.convert_to_numpy(layer(states, memory, lengths)[0]))
    other = memory.copy()
    other[1, 3:] = 100.0
    again = np.asarray(ops.convert_to_numpy(layer(states, other, lengths)[0]))
    assert np.array_equal(found, again)
