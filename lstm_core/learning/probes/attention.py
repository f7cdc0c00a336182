"""Where a network with attention looks."""

from __future__ import annotations

from collections.abc import Sequence

import keras
import numpy as np

from lstm_core.learning.carried_state import list_states
from lstm_core.models.attention import AttentionPooling
from lstm_core.tasks.base import Examples


def read_attention(
    network: keras.Model,
    members: Sequence[Sequence[np.ndarray]],
    examples: Examples,
    cutoffs: np.ndarray,
) -> np.ndarray | None:
    """Return how much each step of a window counts, the mean over an ensemble's members.

    Args:
        network: one that ``tasks.forecasting.network.building`` built; any weights.
        members: the weights of each member.
        cutoffs: ``(n,)`` rows of the examples; few of them.

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
    inputs = gather_inputs(network, examples, cutoffs)
    before = network.get_weights()
    said = []
    for weights in members:
        network.set_weights(list(weights))
        said.append(np.asarray(keras.ops.convert_to_numpy(looked(inputs))))
    network.set_weights(before)
    mean: np.ndarray = np.mean(said, axis=0)
    return mean


def gather_inputs(
    network: keras.Model, examples: Examples, cutoffs: np.ndarray
) -> list[np.ndarray]:
    """Cut windows out for a network's inputs, by their names; nothing of what is ahead is told."""
    shape = examples.shape
    back = cutoffs[:, None] + np.arange(1 - shape.lookback, 1)
    ahead = cutoffs[:, None] + np.arange(1, shape.horizon + 1)
    num_windows = len(cutoffs)
    found = {
        "past": lambda: examples.past[back],
        "future": lambda: examples.future[ahead],
        "series": lambda: examples.series[cutoffs],
        "taught": lambda: np.zeros((num_windows, shape.horizon, shape.num_targets), np.float32),
    }
    return [found[tensor.name]() for tensor in network.inputs]
