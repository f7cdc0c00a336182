"""The tagging network with Keras: its steps, carried out around the encoder."""

from __future__ import annotations

from typing import Any

import keras

from lstm_core.learning.feeds.tags import TagShape
from lstm_core.models.building import carry_out
from lstm_core.models.precision import layers_in
from lstm_core.spec import ExperimentSpec
from lstm_core.tasks.tagging.network.frame import NetworkFrame
from lstm_core.tasks.tagging.network.head import say_tags
from lstm_core.tasks.tagging.network.stem import list_inputs, list_stem


def build_network(shape: TagShape, spec: ExperimentSpec) -> keras.Model:
    """Build the network.

    Args:
        shape: the sizes of the sequences.
        spec: filled in.

    Returns:
        A model from what ``TagTable`` gathers, by name, to what ``TagChain`` says of each step.

    Raises:
        SpecError: the layers don't go together, or leave no steps to tag.
    """
    frame = NetworkFrame.of(spec, shape)
    with layers_in(spec.training.precision):
        values: dict[str, Any] = {}
        inputs = list_inputs(frame)
        carry_out(inputs, values)
        given = [values[step.gives[0]] for step in inputs]
        carry_out((step for part in list_stem(frame) for step in part.steps), values)
        carry_out(frame.plan.list_steps(), values)
        carry_out((step for part in say_tags(frame) for step in part.steps), values)
        return keras.Model(given, values["said"], name="tagger")
