"""Which runs stay open for the next question."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import pytest

from lstm_core.jobs.answering import reopening
from lstm_core.jobs.answering.reopening import Reopened
from lstm_core.runs.snapshots.run import Run
from lstm_core.runs.stores.store import Store
from tests.runs.records import submit


@dataclass(frozen=True)
class FakePredictor:
    run_id: str


@pytest.fixture
def opened(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The runs whose models were read."""
    read: list[str] = []

    def open_one(store: Store, run_id: str) -> Any:
        read.append(run_id)
        return FakePredictor(run_id)

    monkeypatch.setattr(reopening, "open_predictor", open_one)
    return read


def test_the_runs_asked_for_last_stay_open(store: Store, opened: list[str]) -> None:
    runs: list[Run] = submit(store, 3)
    first, second, third = (run.id for run in runs)
    kept = Reopened(most=2)

    def ask(run_id: str) -> None:
        found = kept.open(store, store.runs.get(run_id))
        assert found.predictor == FakePredictor(run_id)
        assert found.collection.num_rows > 0

    for run_id in (first, second, first):
        ask(run_id)
    assert opened == [first, second]
    ask(third)  # the second makes room: the first was asked for later
    for run_id in (first, second):
        ask(run_id)
    assert opened == [first, second, third, second]
