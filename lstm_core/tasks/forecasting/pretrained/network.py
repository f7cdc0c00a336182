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

_ROWS_AT_ONCE = 1024
"""Steps of series that the head answers at once: what fits into a processor's own memory."""

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
    count, steps = description.spread.shape
    at_once = max(1, _ROWS_AT_ONCE // steps)
    answers = [
        _answer_head(weights, state[some], description, some)
        for some in (slice(start, start + at_once) for start in range(0, count, at_once))
    ]
    return np.concatenate(answers)


def _answer_head(
    weights: Weights, state: np.ndarray, description: Description, some: slice
) -> np.ndarray:
    """The head: of some series, from what was read of them, ``(some, steps, quantiles)``."""
    mixed = description.queries[some] @ weights["query/kernel"]
    mixed += state[:, None]
    mixed = _silu(mixed)
    mixed += _silu(mixed @ weights["deep/kernel"] + weights["deep/bias"])
    shares = mixed @ weights["rules/kernel"] + weights["rules/bias"]
    shaping = mixed @ weights["shape/kernel"] + weights["shape/bias"]
    shares -= shares.max(-1, keepdims=True)
    np.exp(shares, out=shares)
    middle = np.vecdot(shares, description.candidates[some]) / shares.sum(-1)
    widths = _softplus(shaping - NARROW)
    above = np.cumsum(widths[..., MEDIAN + 1 :], -1)
    below = np.cumsum(widths[..., MEDIAN - 1 :: -1], -1)[..., ::-1]
    correction = shaping[..., MEDIAN : MEDIAN + 1]
    around = np.concatenate([-below, np.zeros_like(correction), above], -1)
    around += CORRECTION * correction
    around *= description.spread[some][..., None]
    around += middle[..., None]
    return np.asarray(around)


def _run_lstm(weights: Weights, layer: str, inputs: np.ndarray) -> np.ndarray:
    """Read ``(steps, count, features)``; return the state after each, ``(steps, count, units)``.

    The gates lie in Keras's order: what comes in, what is kept, what is new, what goes out. One
    hyperbolic tangent is taken of all: a sigmoid is half of that of half a number, and a half.
    """
    projected = inputs @ weights[f"{layer}/kernel"]
    projected += weights[f"{layer}/bias"]
    recurrent = weights[f"{layer}/recurrent"]
    units = recurrent.shape[0]
    halves = np.full(4 * units, 0.5, projected.dtype)
    halves[2 * units : 3 * units] = 1
    rest = 1 - halves
    hidden = cell = np.zeros((inputs.shape[1], units), projected.dtype)
    states = np.empty((*projected.shape[:2], units), projected.dtype)
    gates = np.empty_like(projected[0])
    for step, now in enumerate(projected):
        np.matmul(hidden, recurrent, out=gates)
        gates += now
        gates *= halves
        np.tanh(gates, out=gates)
        gates *= halves
        gates += rest
        cell = gates[:, units : 2 * units] * cell
        cell += gates[:, :units] * gates[:, 2 * units : 3 * units]
        hidden = states[step]
        np.multiply(gates[:, 3 * units :], np.tanh(cell), out=hidden)
    return states


def _silu(values: np.ndarray) -> np.ndarray:
    half = 0.5 * values
    values = np.tanh(half)
    values += 1
    values *= half
    return values


def _softplus(values: np.ndarray) -> np.ndarray:
    return np.asarray(np.maximum(values, 0) + np.log1p(np.exp(-np.abs(values))))
