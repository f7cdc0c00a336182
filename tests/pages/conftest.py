from __future__ import annotations

import math
from collections.abc import Iterator
from pathlib import Path

import pytest

from lstm_core.jobs.answering.background import BackgroundAsker
from lstm_core.jobs.local.stopping import Stopper
from lstm_core.runs.stores.run_queue import RunQueue
from lstm_core.runs.stores.search_queue import SearchQueue
from lstm_core.runs.stores.store import Store
from lstm_core.settings import load_settings
from pages._ui.server.services import close_services

_BEGIN = BackgroundAsker._begin


@pytest.fixture(autouse=True)
def resting_queue(studio_home: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """The job backend is the real one, but nothing leaves the queue: no worker starts.

    No process is told to end: that of a run in these tests is their own. Nor is any question
    asked.
    """
    monkeypatch.setattr(RunQueue, "claim_next", lambda self, max_running: None)
    monkeypatch.setattr(SearchQueue, "claim_next", lambda self: None)
    monkeypatch.setattr(Stopper, "press", lambda self, run: math.inf)
    monkeypatch.setattr(BackgroundAsker, "_begin", lambda self: None)
    yield
    close_services()  # while nothing can leave the queue yet


@pytest.fixture
def may_ask(resting_queue: None, monkeypatch: pytest.MonkeyPatch) -> None:
    """Questions are asked after all."""
    monkeypatch.setattr(BackgroundAsker, "_begin", _BEGIN)


@pytest.fixture
def store(studio_home: Path) -> Iterator[Store]:
    """The record, looked at through another door than the pages'."""
    with Store.open(load_settings()) as store:
        yield store
