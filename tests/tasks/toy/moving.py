"""All that the house has to be told of a task: a section and a line."""

from __future__ import annotations

import pytest

from lstm_core.spec.tasks import TASK_KINDS
from lstm_core.tasks import registry
from tests.tasks.toy.section import ToySpec


def move_in(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let the toy be one of the tasks until the test is over."""
    monkeypatch.setitem(TASK_KINDS, "toy", ToySpec)
    monkeypatch.setitem(registry._KINDS, "toy", "tests.tasks.toy.kind")
