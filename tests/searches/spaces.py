"""Spaces for tests, and points drawn from them."""

from __future__ import annotations

import random
from collections.abc import Mapping
from typing import Any

from lstm_core.searches.space.points import is_active
from lstm_core.spec.search import ChoiceEntry, FixedEntry, IntEntry, Space, parse_space

MIXED = parse_space(
    {
        "model.architecture": ["gru", "segment", "stacked"],
        "model.units": {"kind": "int", "low": 16, "high": 128, "step": 2, "scale": "log"},
        "model.segment": {
            **{"kind": "choice", "values": [6, 12]},
            "when": {"model.architecture": ["segment"]},
        },
        "model.layers": {
            **{"kind": "int", "low": 2, "high": 3},
            "when": {"model.architecture": ["stacked"]},
        },
        "training.learning_rate": {"kind": "float", "low": 1e-4, "high": 1e-2, "scale": "log"},
        "model.dropout": {"kind": "float", "low": 0, "high": 0.5, "step": 0.1},
        "training.loss": "mae",
        "training.clip_norm": [None, 1.0],
        "task.calendar": {"kind": "choice", "values": [[], ["hour"]]},
    }
)
"""Every kind of entry, with conditions."""

FINITE = parse_space(
    {
        "model.architecture": ["gru", "stacked"],
        "model.layers": {
            **{"kind": "int", "low": 2, "high": 4},
            "when": {"model.architecture": ["stacked"]},
        },
        "model.dropout": {"kind": "float", "low": 0, "high": 0.2, "step": 0.1},
    }
)
"""(1 + 3) × 3 points."""


def draw_point(space: Space, seed: int) -> dict[str, Any]:
    """Draw any point; ranges without steps are not cut into samples."""
    generator = random.Random(seed)
    point: dict[str, Any] = {}
    for path, entry in space.items():
        if is_active(entry, point):
            point[path] = _draw(entry, generator)
    return point


def _draw(entry: Any, generator: random.Random) -> Any:
    if isinstance(entry, FixedEntry):
        return entry.value
    if isinstance(entry, ChoiceEntry):
        return generator.choice(entry.values)
    if entry.step is None:
        inside = generator.uniform(entry.low, entry.high)
        return round(inside) if isinstance(entry, IntEntry) else inside
    values = [entry.low]
    while True:
        last = values[-1]
        value = last * entry.step if entry.scale == "log" else last + entry.step
        if value > entry.high + 1e-9:
            return generator.choice(values)
        values.append(value)


def keep_active(space: Space, values: Mapping[str, Any]) -> dict[str, Any]:
    """Return those of the values whose entries matter, in the space's order."""
    kept: dict[str, Any] = {}
    for path, entry in space.items():
        if path in values and is_active(entry, kept):
            kept[path] = values[path]
    return kept
