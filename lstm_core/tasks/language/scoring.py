"""How likely a network holds each unit of held-out text, its state carried along."""

from __future__ import annotations

import keras
import numpy as np

from lstm_core.learning.feeds.carried_state import list_states
from lstm_core.learning.feeds.text_table import JUDGED_LANES
from lstm_core.learning.feeds.texts import TextFeed, put_in_lanes


def score_stretches(network: keras.Model, feed: TextFeed, places: np.ndarray) -> np.ndarray:
    """Return the logarithm of the probability of each next unit, ``(n, steps)`` float32.

    Args:
        places: ``(n,)``, ascending. A stretch that goes on from the one before begins with its
            state; others, and the first of each lane, with none.
    """
    steps = feed.shape.steps
    lanes, begins = put_in_lanes(places, JUDGED_LANES, steps)  # (batches, lanes)
    found: dict[int, np.ndarray] = {}
    states = [
        np.zeros((lanes.shape[1], *each.shape[1:]), np.float32) for each in list_states(network)
    ]
    for row, anew in zip(lanes, begins, strict=True):
        states = [np.where(anew[:, None], np.float32(0.0), state) for state in states]
        at = np.maximum(row, 0)[:, None] + np.arange(steps + 1)
        units = feed.flat[at]
        answer = network.predict_on_batch([units[:, :-1], *states])
        said, *ends = (np.asarray(each) for each in answer)
        states = [np.asarray(end, np.float32) for end in ends]
        own = np.take_along_axis(said, units[:, 1:, None], axis=-1)[..., 0]
        peaks = said.max(axis=-1)
        logs = own - peaks - np.log(np.exp(said - peaks[..., None]).sum(axis=-1))
        found |= {int(place): log for place, log in zip(row, logs, strict=True) if place >= 0}
    return np.stack([found[int(place)] for place in places]).astype(np.float32)
