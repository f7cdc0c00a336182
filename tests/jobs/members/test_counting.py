"""How many processes help a run."""

from __future__ import annotations

from dataclasses import replace

import pytest

from lstm_core import pipeline
from lstm_core.jobs.members import hiring
from lstm_core.jobs.members.hiring import START_SECONDS, count_helpers, count_worth
from lstm_core.jobs.working.execution import execute_run
from lstm_core.machine import Gpu
from lstm_core.runs.stores.store import Store
from lstm_core.settings import load_settings
from tests.jobs.workers import FakeResult
from tests.runs.records import create_running


def test_short_networks_are_trained_sooner_than_anybody_has_come_to_help() -> None:
    assert count_worth(2, seconds=3.0, most=7) == 0
    assert count_worth(1, seconds=1_000.0, most=7) == 0
    assert count_worth(0, seconds=1_000.0, most=7) == 0


def test_long_ones_are_shared_so_that_they_end_soonest() -> None:
    assert count_worth(2, seconds=60.0, most=7) == 1
    assert count_worth(4, seconds=60.0, most=1) == 1
    assert count_worth(4, seconds=60.0, most=7) == 3
    assert count_worth(24, seconds=START_SECONDS, most=3) == 3


def test_helpers_come_from_the_run_s_own_share_of_the_cores(
    studio_home: object, monkeypatch: pytest.MonkeyPatch
) -> None:
    settings = load_settings()
    monkeypatch.delenv("LSTM_STUDIO_PLACE", raising=False)
    monkeypatch.setattr(hiring, "list_gpus", lambda: ())
    monkeypatch.setattr(hiring, "count_cores", lambda: 8)
    assert count_helpers(replace(settings, max_running=4)) == 1
    assert count_helpers(replace(settings, max_running=1)) == 7
    assert count_helpers(replace(settings, max_running=8)) == 0
    assert count_helpers(replace(settings, max_running=16)) == 0


def test_nobody_helps_on_a_gpu_or_within_a_slot(
    studio_home: object, monkeypatch: pytest.MonkeyPatch
) -> None:
    settings = replace(load_settings(), max_running=1)
    monkeypatch.setattr(hiring, "count_cores", lambda: 8)
    monkeypatch.setattr(hiring, "list_gpus", lambda: (Gpu("0", "NVIDIA H200"),))
    assert count_helpers(settings) == 0
    monkeypatch.setattr(hiring, "list_gpus", lambda: ())
    monkeypatch.setenv("LSTM_STUDIO_PLACE", "CPU 1 of 2, 1 thread")
    assert count_helpers(settings) == 0


def test_a_trial_of_a_search_asks_nobody(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    given: list[set[str]] = []

    def note(*_: object, **signs: object) -> FakeResult:
        given.append(set(signs))
        return FakeResult()

    monkeypatch.setattr(pipeline, "run_experiment", note)
    execute_run(store, create_running(store))
    execute_run(store, replace(create_running(store), trial=3))
    assert [("hire" in signs) for signs in given] == [True, False]
