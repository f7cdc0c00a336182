"""Searches that need no training engine: their trials are ``tests.jobs.workers``."""

from __future__ import annotations

import threading
from collections.abc import Callable, Mapping, Sequence
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from lstm_core.data.series.building.building import build_dataset
from lstm_core.data.series.dataset import Dataset
from lstm_core.data.sources.samples import load_sample
from lstm_core.jobs.conducting.searcher import conduct_search
from lstm_core.jobs.local.launcher import Child, Starter
from lstm_core.jobs.local.pool import WorkerPool
from lstm_core.jobs.working.worker import run_worker
from lstm_core.runs.snapshots.search import Search
from lstm_core.runs.stores.store import Store
from lstm_core.searches.outcome.standing import SearchStanding, read_standing
from lstm_core.searches.plan import plan_search
from lstm_core.searches.submission import submit_planned
from lstm_core.spec import ExperimentSpec, SeriesDataSpec
from lstm_core.spec.search import parse_search, parse_space
from tests.jobs.workers import KINDS, command

SPACE: Mapping[str, Any] = {
    "model.dropout": {"kind": "float", "low": 0.05, "high": 0.9},
    "model.units": [16, 32],
}
QUICK: Mapping[str, Any] = {"strategy": "random", "num_trials": 6, "slots": 2, "prune": False}


def load_sine() -> tuple[ExperimentSpec, Dataset]:
    data = SeriesDataSpec(source="sample", name="sine")
    return ExperimentSpec(data=data), build_dataset(load_sample("sine"), data)


def submit_search(store: Store, space: Mapping[str, Any] = SPACE, **settings: Any) -> Search:
    spec, dataset = load_sine()
    asked = parse_search({**QUICK, **settings})
    plan, development = plan_search(spec, dataset, asked, parse_space(space))
    return submit_planned(store, plan, dataset, development)


class ThreadChild:
    """Looks like a process, and is a thread of this one: it need not load anything."""

    pid = 0

    def __init__(self, run_id: str, experiment: Callable[..., Any]) -> None:
        self._status = 0
        self._thread = threading.Thread(target=self._run, args=(run_id, experiment), daemon=True)
        self._thread.start()

    def _run(self, run_id: str, experiment: Callable[..., Any]) -> None:
        self._status = run_worker(run_id, experiment=experiment)

    def poll(self) -> int | None:
        return None if self._thread.is_alive() else self._status

    def wait(self) -> int:
        self._thread.join()
        return self._status


@dataclass(frozen=True)
class ThreadStarter:
    """Starts runs as threads, with an experiment of ``tests.jobs.workers``."""

    kind: str

    def close(self) -> None:
        """They end by themselves."""

    def launch(
        self,
        arguments: Sequence[str],
        log_path: Path,
        environment: Mapping[str, str] | None = None,
    ) -> ThreadChild:
        return ThreadChild(arguments[0], KINDS[self.kind])

    def prepare(self, log_path: Path, environment: Mapping[str, str] | None = None) -> None:
        """Threads are always ready."""


class LostChild:
    """A process that ended before it could begin anything."""

    pid = 0

    def poll(self) -> int:
        return -9

    def wait(self) -> int:
        return -9


@dataclass
class FailingStarter:
    """Fails as often as it is told, in whichever way, before it starts runs as threads."""

    failures: list[OSError | LostChild]

    def launch(
        self,
        arguments: Sequence[str],
        log_path: Path,
        environment: Mapping[str, str] | None = None,
    ) -> Child:
        if self.failures:
            failure = self.failures.pop()
            if isinstance(failure, OSError):
                raise failure
            return failure
        return ThreadStarter("scored").launch(arguments, log_path, environment)

    def prepare(self, log_path: Path, environment: Mapping[str, str] | None = None) -> None:
        if self.failures and isinstance(self.failures[-1], OSError):
            raise self.failures[-1]


def conduct(
    store: Store,
    search: Search,
    kind: str = "scored",
    on_turn: Callable[[SearchStanding], None] = lambda standing: None,
    *,
    in_processes: bool = False,
    starter: Starter | None = None,
) -> SearchStanding:
    """Carry it out here, its trials in threads or in processes, and read how it ended."""
    adopted = store.search_queue.adopt(search.id)
    assert adopted is not None
    with closing(WorkerPool(store.settings, command(kind))) as pool:
        starter = pool if in_processes else starter or ThreadStarter(kind)
        conduct_search(store, adopted, starter=starter, poll_seconds=0.05, on_turn=on_turn)
    return read_standing(store, search.id)


class Once:
    """Does something in the first turn in which a condition holds."""

    def __init__(
        self, holds: Callable[[SearchStanding], bool], act: Callable[[SearchStanding], Any]
    ) -> None:
        self._holds = holds
        self._act = act
        self.happened = threading.Event()

    def __call__(self, standing: SearchStanding) -> None:
        if not self.happened.is_set() and self._holds(standing):
            self.happened.set()
            self._act(standing)
