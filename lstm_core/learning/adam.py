"""Keras's Adam, with a variable's change in one operation where TensorFlow has one for it.

The numbers are Keras's own: ``ResourceApplyAdam`` computes the same formula, with the same epsilon
beside the same root. Written out, a step of a small network spends more time on its changes than
on the network.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import keras
from keras import ops


class Adam(keras.optimizers.Adam):
    """Kingma and Ba, "Adam: A Method for Stochastic Optimization", ICLR 2015."""

    def apply(self, grads: Sequence[Any], trainable_variables: Any = None) -> None:
        step = ops.cast(self.iterations + 1, "float32")
        self._powers = ops.power(self.beta_1, step), ops.power(self.beta_2, step)
        super().apply(grads, trainable_variables)

    def update_step(self, gradient: Any, variable: Any, learning_rate: Any) -> None:
        if keras.config.backend() != "tensorflow" or not _is_dense(gradient, variable):
            super().update_step(gradient, variable, learning_rate)
            return
        import tensorflow as tf

        place = self._get_variable_index(variable)
        beta1_power, beta2_power = self._powers
        tf.raw_ops.ResourceApplyAdam(
            var=variable.handle,  # Keras hands TensorFlow's own variable on
            m=self._momentums[place].value.handle,
            v=self._velocities[place].value.handle,
            beta1_power=beta1_power,
            beta2_power=beta2_power,
            lr=tf.cast(learning_rate, tf.float32),
            beta1=self.beta_1,
            beta2=self.beta_2,
            epsilon=self.epsilon,
            grad=gradient,
        )

    def _clip_by_norm(self, values: Any, axes: Any = None) -> Any:
        """As Keras's, in fewer operations: none of it is learnt through."""
        norm = ops.sqrt(ops.sum(ops.square(values), axes, keepdims=True))
        return values * (self.clipnorm / ops.maximum(norm, self.clipnorm))


def _is_dense(gradient: Any, variable: Any) -> bool:
    """Whether each number has a slope; what looks rows up has some of its rows alone."""
    import tensorflow as tf

    return isinstance(gradient, tf.Tensor) and gradient.dtype == variable.dtype == tf.float32
