"""Keras's Adam, by fewer operations where each is called by itself.

Written out as Keras does it, a step of a small network spends more time on its changes than on the
network. The numbers stay the same.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import keras
from keras import ops


class Adam(keras.optimizers.Adam):
    """Kingma and Ba, "Adam: A Method for Stochastic Optimization", ICLR 2015."""

    def apply(self, grads: Sequence[Any], trainable_variables: Any = None) -> None:
        if keras.config.backend() == "tensorflow":  # once for all variables
            step = ops.cast(self.iterations + 1, "float32")
            self._powers = ops.power(self.beta_1, step), ops.power(self.beta_2, step)
        super().apply(grads, trainable_variables)

    def update_step(self, gradient: Any, variable: Any, learning_rate: Any) -> None:
        if keras.config.backend() != "tensorflow":
            super().update_step(gradient, variable, learning_rate)
            return
        from lstm_core.engines.on_tensorflow import adam

        if not adam.can_change(gradient, variable):
            super().update_step(gradient, variable, learning_rate)
            return
        place = self._get_variable_index(variable)
        first, second = self._powers
        adam.change(
            variable,
            gradient,
            (self._momentums[place], self._velocities[place]),
            learning_rate,
            beta1=self.beta_1,
            beta2=self.beta_2,
            beta1_power=first,
            beta2_power=second,
            epsilon=self.epsilon,
        )

    def _clip_by_norm(self, values: Any, axes: Any = None) -> Any:
        if hasattr(values, "indices"):  # of rows that were looked up, as Keras does it
            return super()._clip_by_norm(values, axes)
        norm = ops.sqrt(ops.sum(ops.square(values), axes, keepdims=True))
        return values * (self.clipnorm / ops.maximum(norm, self.clipnorm))
