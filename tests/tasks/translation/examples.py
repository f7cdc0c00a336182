"""Small collections of pairs that a network can learn in seconds."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np

from lstm_core.data.items.collection import as_objects
from lstm_core.data.pairs.collection import PairCollection
from lstm_core.spec import ExperimentSpec, parse_spec

DIGITS = ("zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine")


def make_collection(pairs: Sequence[tuple[str, str | None]], **beside: Any) -> PairCollection:
    """Return texts with their partners; None: not known."""
    columns: dict[str, Any] = {
        name: as_objects(value) if isinstance(value, list) else value
        for name, value in beside.items()
    }
    ids = columns.pop("ids", as_objects([str(number + 1) for number in range(len(pairs))]))
    return PairCollection(
        ids=ids,
        sources=as_objects([source for source, _ in pairs]),
        targets=as_objects([target for _, target in pairs]),
        **columns,
    )


def make_pairs(count: int = 80, num_unknown: int = 0, **given: Any) -> PairCollection:
    """Numbers in words and in digits, no two alike; the last ones without digits."""
    numbers = np.random.default_rng(4).permutation(10_000)[:count]
    pairs: list[tuple[str, str | None]] = []
    for place, number in enumerate(numbers):
        digits = str(number)
        text = " ".join(DIGITS[int(digit)] for digit in digits)
        pairs.append((text, digits if place < count - num_unknown else None))
    return make_collection(pairs, **given)


def ask_for(**values: Any) -> ExperimentSpec:
    """Return a spec for a small network; names have two underscores between section and key."""
    content = {"data": {"kind": "pairs"}, "task": {"kind": "translation"}}
    small = {
        "task.embedding": 8,
        "task.decoder_units": 12,
        "task.num_folds": 1,
        "task.beam": 2,
        "model.units": 8,
        "model.layers": 1,
        "training.epochs": 3,
        "training.batch_size": 8,
    }
    return parse_spec(content).with_values(
        small | {name.replace("__", "."): value for name, value in values.items()}
    )
