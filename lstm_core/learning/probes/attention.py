"""Where a network with attention looks."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import keras
import numpy as np

from lstm_core.learning.feeds.carried_state import list_states
from lstm_core.models.attention import AttentionPooling


def read_attention(
    network: keras.Model,
    members: Sequence[Sequence[np.ndarray]],
    gather: Callable[[], Sequence[np.ndarray]],
) -> np.ndarray | None:
    """Return how much each step of a window counts, the mean over an ensemble's members.

    Args:
        network: any weights.
        members: the weights of each member.
        gather: gives the inputs of ``n`` examples, in the network's order; few of them.

    Returns:
        ``(windows, steps)``, each row adding up to 1: ``n`` windows, or ``n`` times the targets,
        targets in turn, where each is predicted by itself. The steps are those that the last
        attention layer is given: fewer than the lookback behind segments or pooling. None where
        the network has no such layer, or where it looks depends on what went before the window.
    """
    found = [layer for layer in network.layers if isinstance(layer, AttentionPooling)]
    if not found or list_states(network):
        return None
    looked = keras.Model(network.inputs, found[-1].weigh(found[-1].input))
    inputs = list(gather())
    before = network.get_weights()
    said = []
    for weights in members:
        network.set_weights(list(weights))
        said.append(np.asarray(keras.ops.convert_to_numpy(looked(inputs))))
    network.set_weights(before)
    mean: np.ndarray = np.mean(said, axis=0)
    return mean
