"""Small texts that a network can learn to write in a moment."""

from __future__ import annotations

from typing import Any

import numpy as np

from lstm_core.data.documents.collection import DocumentCollection
from lstm_core.spec import ExperimentSpec, parse_spec
from tests.data.documents.collections import make_documents

WHO = ("the keeper", "a pilot", "the old baker", "her sister", "nobody")
DID = ("lit the lamp", "came in from the sea", "closed the door", "sang", "waited for the tide")
WHEN = ("at night", "before dawn", "on Sunday", "again and again")


def write_tales(count: int, seed: int = 0) -> list[str]:
    """Return short texts, all different."""
    generator = np.random.default_rng(seed)

    def write() -> str:
        sentences = [
            " ".join(generator.choice(each) for each in (WHO, DID, WHEN)).capitalize() + "."
            for _ in range(6)
        ]
        return " ".join(sentences) + "\n"

    return [f"Tale {number}.\n{write()}" for number in range(count)]


def make_tales(count: int = 40, **given: Any) -> DocumentCollection:
    return make_documents(write_tales(count), **given)


def ask_for(**values: Any) -> ExperimentSpec:
    """Return a spec for a small network; names have two underscores between section and key."""
    content = {"data": {"kind": "documents"}, "task": {"kind": "language"}}
    small = {
        "task.steps": 16,
        "model.units": 12,
        "training.epochs": 3,
        "training.batch_size": 8,
    }
    return parse_spec(content).with_values(
        small | {name.replace("__", "."): value for name, value in values.items()}
    )
