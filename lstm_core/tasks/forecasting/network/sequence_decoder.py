"""A decoder that goes on step by step and is fed what it said before."""

from __future__ import annotations

from typing import Any

import keras
from keras import ops


@keras.saving.register_keras_serializable("lstm_studio")
class FeedbackCell(keras.layers.Layer):
    """One step of the decoder: an LSTM cell whose input is its own last prediction.

    Inputs of a step: ``(batch, outputs + 1 + covariates)``: the actual value before the step,
    whether it counts, known-future covariates. State: output and cell state ``(batch, units)``,
    and what was said last ``(batch, outputs)``. Output ``(batch, units + outputs)``: features,
    and the prediction made of them.

    Sources: Sutskever et al., "Sequence to Sequence Learning with Neural Networks", NeurIPS 2014;
    attention: Luong et al., EMNLP 2015, equations 5 to 8.
    """

    def __init__(self, units: int, num_outputs: int, attention: str | None, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.units = units
        self.num_outputs = num_outputs
        self.attention = attention
        self.state_size = [units, units, num_outputs]
        self.output_size = units + num_outputs
        self.cell = keras.layers.LSTMCell(units)
        self.head = keras.layers.Dense(num_outputs)
        self.steps: Any = None
        if attention is not None:
            self.query = keras.layers.Dense(units, use_bias=False)
            self.merge = keras.layers.Dense(units, activation="tanh", use_bias=False)
        if attention == "additive":
            self.key = keras.layers.Dense(units, use_bias=False)
            self.value = keras.layers.Dense(1, use_bias=False)

    def build(self, input_shape: Any) -> None:
        batch, width = input_shape
        self.cell.build((batch, width - 1))
        self.head.build((batch, self.units))
        if self.attention is not None:
            self.query.build((batch, self.units))
            self.merge.build((batch, 2 * self.units))
        if self.attention == "additive":
            self.key.build((batch, None, self.units))
            self.value.build((batch, None, self.units))
        self.built = True

    def call(self, inputs: Any, states: list[Any], training: bool = False) -> Any:
        output, cell, said = states
        taught = inputs[:, : self.num_outputs]
        counts = inputs[:, self.num_outputs : self.num_outputs + 1]
        known = inputs[:, self.num_outputs + 1 :]
        before = counts * taught + (1 - counts) * said
        output, (output, cell) = self.cell(
            ops.concatenate([before, known], axis=-1), [output, cell]
        )
        features = output if self.attention is None else self._look_back(output)
        said = self.head(features)
        return ops.concatenate([features, said], axis=-1), [output, cell, said]

    def _look_back(self, output: Any) -> Any:
        """Mix in what the encoder's steps ``(batch, lookback, units)`` have to say."""
        asked = ops.expand_dims(self.query(output), 1)  # (batch, 1, units)
        if self.attention == "additive":
            scores = self.value(ops.tanh(self.key(self.steps) + asked))  # (batch, lookback, 1)
        else:
            scores = ops.sum(self.steps * asked, axis=-1, keepdims=True)
        seen = ops.sum(ops.softmax(scores, axis=1) * self.steps, axis=1)
        return self.merge(ops.concatenate([output, seen], axis=-1))

    def get_config(self) -> dict[str, Any]:
        return {
            **super().get_config(),
            "units": self.units,
            "num_outputs": self.num_outputs,
            "attention": self.attention,
        }


@keras.saving.register_keras_serializable("lstm_studio")
class FeedbackDecoder(keras.layers.Layer):
    """Decode ``[state, cell, first, taught]``, then ``known`` and ``steps`` where there are any.

    ``state``, ``cell``: ``(batch, units)``. ``first``: the last known values, ``(batch,
    outputs)``. ``taught``: the actual values ahead, ``(batch, horizon, outputs)``, used in
    training alone. ``known``: known-future covariates, ``(batch, horizon, covariates)``.
    ``steps``: the encoder's, ``(batch, lookback, units)``, for attention.

    Output ``(batch, horizon, units + outputs)``: features and predictions. A share of the
    training windows, ``teacher_forcing``, is fed the actual values, the others what was said:
    Bengio et al., "Scheduled Sampling", NeurIPS 2015, drawn window by window.
    """

    def __init__(
        self,
        units: int,
        num_outputs: int,
        attention: str | None,
        teacher_forcing: float,
        *,
        has_known: bool,
        **kwargs: Any,
    ) -> None:
        super().__init__(**kwargs)
        self.units = units
        self.num_outputs = num_outputs
        self.attention = attention
        self.teacher_forcing = teacher_forcing
        self.has_known = has_known
        self.loop = keras.layers.RNN(
            FeedbackCell(units, num_outputs, attention), return_sequences=True
        )
        self.seed_generator = keras.random.SeedGenerator()

    def build(self, input_shape: Any) -> None:
        batch, horizon, num_outputs = input_shape[3]
        width = num_outputs + 1 + (input_shape[4][-1] if self.has_known else 0)
        self.loop.build((batch, horizon, width))
        self.built = True

    def call(self, inputs: list[Any], training: bool = False) -> Any:
        state, cell, first, taught, *others = inputs
        before = ops.concatenate([ops.expand_dims(first, 1), taught[:, :-1]], axis=1)
        counts = ops.zeros_like(before[:, :, :1])
        if training:
            chance = keras.random.uniform(
                (ops.shape(before)[0], 1, 1), seed=self.seed_generator, dtype=counts.dtype
            )
            counts = counts + ops.cast(chance < self.teacher_forcing, counts.dtype)
        parts = [before, counts, others[0]] if self.has_known else [before, counts]
        self.loop.cell.steps = others[-1] if self.attention is not None else None
        try:
            return self.loop(ops.concatenate(parts, axis=-1), initial_state=[state, cell, first])
        finally:  # they belong to this call alone
            self.loop.cell.steps = None

    def compute_output_shape(self, input_shape: Any) -> Any:
        return (*input_shape[3][:2], self.units + self.num_outputs)

    def get_config(self) -> dict[str, Any]:
        return {
            **super().get_config(),
            "units": self.units,
            "num_outputs": self.num_outputs,
            "attention": self.attention,
            "teacher_forcing": self.teacher_forcing,
            "has_known": self.has_known,
        }
