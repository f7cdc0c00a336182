"""The language network with Keras: its steps, carried out around layers whose state goes on."""

from __future__ import annotations

from typing import Any

import keras

from lstm_core.learning.feeds.texts import TextShape
from lstm_core.learning.feeds.windows import STATE
from lstm_core.models.building import carry_out
from lstm_core.models.carrying import size_states
from lstm_core.models.precision import layers_in
from lstm_core.spec import ExperimentSpec
from lstm_core.tasks.language.network.frame import NetworkFrame
from lstm_core.tasks.language.network.wiring import list_head, list_inputs, list_stem


def build_network(shape: TextShape, spec: ExperimentSpec) -> keras.Model:
    """Build the network.

    Args:
        spec: filled in.

    Returns:
        A model from ``units``, ``(batch, steps)`` int32, and behind it the state to begin with,
        vector by vector, ``(batch, width)``; to what speaks for each next unit, ``(batch, steps,
        units)`` float32 logits, and behind it the state at the end, in the same order.

    Raises:
        SpecError: the layers don't go together, or have no state that could go on.
    """
    frame = NetworkFrame.of(spec, shape)
    with layers_in(spec.training.precision):
        values: dict[str, Any] = {}
        carry_out(list_inputs(frame), values)
        starts = {
            place.number: [
                keras.Input((width,), name=f"{STATE}_{place.number}_{number}")
                for number, width in enumerate(size_states(place))
            ]
            for place in frame.carrying
        }
        carry_out((step for part in list_stem(frame) for step in part.steps), values)
        ends = carry_out(frame.plan.list_steps(), values, starts)
        carry_out((step for part in list_head(frame) for step in part.steps), values)
        given = [values["given"], *(state for own in starts.values() for state in own)]
        found = [state for number in starts for state in ends[number]]
        return keras.Model(given, [values["said"], *found], name="writer")
