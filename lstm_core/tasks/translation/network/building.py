"""The translating network with Keras: its steps, carried out around the encoder."""

from __future__ import annotations

from typing import Any

import keras

from lstm_core.learning.feeds.pairs import PairShape
from lstm_core.models.building import carry_out
from lstm_core.models.precision import layers_in
from lstm_core.spec import ExperimentSpec
from lstm_core.tasks.translation.network.frame import NetworkFrame
from lstm_core.tasks.translation.network.halves import Halves
from lstm_core.tasks.translation.network.wiring import (
    MEMORY,
    list_bridge,
    list_decoder,
    list_inputs,
    list_stem,
)


def build_network(shape: PairShape, spec: ExperimentSpec) -> keras.Model:
    """Build the network.

    Args:
        spec: filled in.

    Returns:
        A model from what ``PairTable`` gathers, by name, to what speaks for each unit that comes
        next, ``(batch, steps, units)`` float32 logits.

    Raises:
        SpecError: the layers don't go together, or leave no steps to look back at.
    """
    frame = NetworkFrame.of(spec, shape)
    with layers_in(spec.training.precision):
        values: dict[str, Any] = {}
        inputs = list_inputs()
        carry_out(inputs, values)
        given = [values[step.gives[0]] for step in inputs]
        carry_out((step for part in list_stem(frame) for step in part.steps), values)
        carry_out(frame.plan.list_steps(), values)
        carry_out((step for part in list_bridge(frame) for step in part.steps), values)
        carry_out((step for part in list_decoder(frame) for step in part.steps), values)
        return keras.Model(given, values["said"], name="translator")


def halve_network(
    network: keras.Model, shape: PairShape, spec: ExperimentSpec, number: int = 0
) -> Halves:
    """Return a network's halves, to say units one by one; ``number``: among several."""
    frame = NetworkFrame.of(spec, shape)
    source, lengths, _ = network.inputs
    with layers_in(spec.training.precision):
        begins = [network.get_layer(f"begin_{name}").output for name in frame.states]
        memory = [network.get_layer(MEMORY).output] if frame.looks_back else []
        encoder = keras.Model([source, lengths], [*memory, *begins], name="encoder")
        values: dict[str, Any] = {
            "given_before": keras.Input((1,), dtype="int32", name="before"),
            "lengths": keras.Input((), dtype="int32", name="lengths"),
        }
        if frame.looks_back:
            values[MEMORY] = keras.Input((None, frame.width), name=MEMORY)
        values |= {name: keras.Input((frame.width,), name=name) for name in frame.states}
        given = list(values.values())
        steps = (step for part in list_decoder(frame) for step in part.steps)
        carry_out(steps, values, made=network.get_layer)
        names = ["said", *frame.states, *(["weights"] if frame.looks_back else [])]
        decoder = keras.Model(given, [values[name] for name in names], name=f"decoder_of_{number}")
    return Halves(encoder, decoder, frame.looks_back)
