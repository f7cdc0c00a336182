"""What Keras looks at before a script trains: two batches whose lengths it takes for fixed."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

import numpy as np
import pytest

from lstm_core.tasks.classification.export.training_code import _BATCHES as OF_ITEMS
from lstm_core.tasks.tagging.export.training_code import _BATCHES as OF_SEQUENCES
from lstm_core.tasks.translation.export.training_code import _BATCHES as OF_PAIRS

NUM_STEPS = 7


class _Dataset:
    def __init__(self, **_: Any) -> None: ...


class _Order:
    def draw_epoch(self) -> list[np.ndarray]:
        return [np.array([0, 1]), np.array([1, 0])]


def _lay_side_by_side(some: Any, more: int = 0) -> np.ndarray:
    return np.zeros((len(some), NUM_STEPS + more))


def make_batches(code: str) -> Any:
    """Return a script's batches, all as long as each other."""
    keras = SimpleNamespace(utils=SimpleNamespace(PyDataset=_Dataset))
    names: dict[str, Any] = {
        "keras": keras,
        "pad": _lay_side_by_side,
        "gather": lambda _, some, more=0: {"tags": _lay_side_by_side(some, more)},
    }
    exec(compile(code, "batches", "exec"), names)
    order = _Order()
    if code is OF_ITEMS:
        return names["Batches"]([0, 0], np.zeros(2), order)
    if code is OF_SEQUENCES:
        return names["Batches"](None, order)
    table = SimpleNamespace(
        sizes=np.full(2, NUM_STEPS), gather=lambda some, size, more=0: _lay_side_by_side(some, more)
    )
    return names["Batches"](table, order.draw_epoch)


def measure(batch: Any) -> int:
    found = batch[0] if isinstance(batch, tuple) else batch
    found = found["tags"] if isinstance(found, dict) else found
    return int(found.shape[1])


@pytest.mark.parametrize("code", [OF_ITEMS, OF_SEQUENCES, OF_PAIRS], ids=["items", "tags", "pairs"])
def test_batches_of_one_length_are_of_two_until_the_first_epoch(code: str) -> None:
    batches = make_batches(code)
    before = [measure(batches[place]) for place in (0, 1)]
    assert before[0] != before[1]
    batches.on_epoch_begin()
    assert [measure(batches[place]) for place in (0, 1)] == [NUM_STEPS, NUM_STEPS]
    batches.on_epoch_begin()
    assert measure(batches[1]) == NUM_STEPS
