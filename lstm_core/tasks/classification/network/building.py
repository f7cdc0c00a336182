"""The classifying network with Keras: the steps of ``wiring``, carried out around the encoder."""

from __future__ import annotations

from typing import Any

import keras
import numpy as np

from lstm_core.learning.feeds.items import ItemShape
from lstm_core.models.building import carry_out
from lstm_core.models.precision import layers_in
from lstm_core.spec import ExperimentSpec
from lstm_core.tasks.classification.network.frame import NetworkFrame
from lstm_core.tasks.classification.network.wiring import list_answering, list_inputs, list_stem


def build_network(
    shape: ItemShape, spec: ExperimentSpec, vectors: np.ndarray | None = None
) -> keras.Model:
    """Build the network.

    Args:
        shape: the sizes of the items.
        spec: filled in.
        vectors: what tokens' vectors begin as, ``(num_tokens, embedding)``; none: drawn.

    Returns:
        A model from ``[steps, lengths]`` to the logarithm of each label's probability,
        ``(batch, labels)`` float32. ``steps``: ``(batch, steps)`` int32 tokens, or ``(batch,
        steps, channels)`` float32, padded on the right with any numbers; ``lengths``: ``(batch,)``
        int32, at least 1.

    Raises:
        SpecError: the layers don't go together, or have no meaning for labels.
    """
    frame = NetworkFrame.of(spec, shape)
    with layers_in(spec.training.precision):
        values: dict[str, Any] = {}
        carry_out(list_inputs(frame), values)
        inputs = [values["given"], values["given_lengths"]]
        carry_out((step for part in list_stem(frame, vectors) for step in part.steps), values)
        carry_out(frame.plan.list_steps(), values)
        carry_out((step for part in list_answering(frame) for step in part.steps), values)
        return keras.Model(inputs, values["said"], name="classifier")
