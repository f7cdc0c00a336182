from __future__ import annotations

import keras
import numpy as np
import pytest
from keras import ops

from lstm_core.learning.optimizing import make_optimizer
from lstm_core.spec import TrainingSpec


def make(clip_norm: float | None) -> keras.optimizers.Optimizer:
    return make_optimizer(
        TrainingSpec(learning_rate=0.01, schedule="constant", clip_norm=clip_norm)
    )


@pytest.mark.backend
@pytest.mark.parametrize("clip_norm", [None, 0.5])
def test_adam_takes_keras_s_own_steps(clip_norm: float | None) -> None:
    gradients = np.random.default_rng(0).normal(size=(12, 2, 3)).astype("float32")
    gradients[4] = 0.0
    ends = []
    for optimizer in (
        make(clip_norm),
        keras.optimizers.Adam(0.01, clipnorm=clip_norm),
    ):
        weight = keras.Variable(np.ones((2, 3)), dtype="float32")
        optimizer.build([weight])
        for gradient in gradients:
            state = [variable.value for variable in optimizer.variables]
            given = [ops.convert_to_tensor(gradient)]
            if keras.config.backend() == "jax":
                (new,), state = optimizer.stateless_apply(state, given, [weight.value])
                weight.assign(new)
                for variable, value in zip(optimizer.variables, state, strict=True):
                    variable.assign(value)
            else:
                optimizer.apply(given, [weight])
        ends.append(ops.convert_to_numpy(weight))
    np.testing.assert_allclose(ends[0], ends[1], atol=1e-6)
    assert np.abs(ends[0] - 1.0).max() > 0.02


@pytest.mark.parametrize("clip_norm", [None, 0.5])
def test_adam_changes_the_rows_that_were_looked_up_as_keras_does(clip_norm: float | None) -> None:
    import tensorflow as tf

    ends = []
    for optimizer in (make(clip_norm), keras.optimizers.Adam(0.01, clipnorm=clip_norm)):
        table = keras.Variable(np.ones((5, 2)), dtype="float32")
        optimizer.build([table])
        for rows in ([0, 3], [3, 3], [1, 0]):
            values = tf.constant(np.arange(4.0, dtype="float32").reshape(2, 2) - 1.0)
            slopes = tf.IndexedSlices(values, tf.constant(rows), tf.constant([5, 2]))
            optimizer.apply([slopes], [table])
        ends.append(ops.convert_to_numpy(table))
    np.testing.assert_allclose(ends[0], ends[1], atol=1e-6)
    assert (ends[0][[2, 4]] == 1.0).all()
