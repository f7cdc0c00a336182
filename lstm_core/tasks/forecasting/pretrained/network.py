"""The network's forward pass in NumPy alone: what answers needs no engine.

It computes what ``keras_network`` builds, weight by weight; a test holds the two together.
"""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np

from lstm_core.tasks.forecasting.pretrained.describing import Description
from lstm_core.tasks.forecasting.pretrained.quantiles import MEDIAN

CORRECTION = 0.3
"""How much of what the head says is added to the mean of the rules."""
NARROW = 0.5
"""Taken off what the head says before it becomes a width, so that ranges begin narrow."""

Weights = Mapping[str, np.ndarray]
"""By ``layer/part``: the LSTM layers by number, then state, query, deep, rules and shape."""


def name_lstm(number: int) -> str:
    """What the weights of an LSTM layer are called; the first is 0."""
    return f"lstm{number}"


def count_lstms(weights: Weights) -> int:
    """How many LSTM layers there are."""
    return sum(name.endswith("/recurrent") for name in weights)


def compute_quantiles(weights: Weights, description: Description) -> np.ndarray:
    """Return ``(count, steps, quantiles)`` on the series' scale."""
    inputs = np.swapaxes(description.inputs, 0, 1)
    reading, ends = inputs, []
    for number in range(count_lstms(weights)):
        states = _run_lstm(weights, name_lstm(number), reading)
        reading = np.concatenate([states, inputs], -1)
        ends.append(states[-1])
    read = np.concatenate([*ends, description.tried], -1)
    state = read @ weights["state/kernel"] + weights["state/bias"]
    mixed = _silu(description.queries @ weights["query/kernel"] + state[:, None])
    mixed = mixed + _silu(mixed @ weights["deep/kernel"] + weights["deep/bias"])
    weighing = mixed @ weights["rules/kernel"] + weights["rules/bias"]
    shaping = mixed @ weights["shape/kernel"] + weights["shape/bias"]
    shares = np.exp(weighing - weighing.max(-1, keepdims=True))
    shares /= shares.sum(-1, keepdims=True)
    middle = (shares * description.candidates).sum(-1, keepdims=True)
    widths = np.logaddexp(0, shaping - NARROW)
    above = np.cumsum(widths[..., MEDIAN + 1 :], -1)
    below = np.cumsum(widths[..., MEDIAN - 1 :: -1], -1)[..., ::-1]
    correction = shaping[..., MEDIAN : MEDIAN + 1]
    around = np.concatenate([-below, np.zeros_like(correction), above], -1)
    return np.asarray(middle + (CORRECTION * correction + around) * description.spread[..., None])


def _run_lstm(weights: Weights, layer: str, inputs: np.ndarray) -> np.ndarray:
    """Read ``(steps, count, features)``; return the state after each, ``(steps, count, units)``.

    The gates lie in Keras's order: what comes in, what is kept, what is new, what goes out.
    """
    projected = inputs @ weights[f"{layer}/kernel"] + weights[f"{layer}/bias"]
    recurrent = weights[f"{layer}/recurrent"]
    units = recurrent.shape[0]
    hidden = cell = np.zeros((inputs.shape[1], units), projected.dtype)
    states = np.empty((*projected.shape[:2], units), projected.dtype)
    for step, now in enumerate(projected):
        gates = now + hidden @ recurrent
        opened = _sigmoid(gates)
        new = np.tanh(gates[:, 2 * units : 3 * units])
        cell = opened[:, units : 2 * units] * cell + opened[:, :units] * new
        hidden = opened[:, 3 * units :] * np.tanh(cell)
        states[step] = hidden
    return states


def _sigmoid(values: np.ndarray) -> np.ndarray:
    return np.asarray(0.5 * np.tanh(0.5 * values) + 0.5)


def _silu(values: np.ndarray) -> np.ndarray:
    return values * _sigmoid(values)
