"""Dispatchers and workers are killed at any moment while a queue of runs is worked through.

In the end every run has ended, none was begun twice, and none that nobody killed was interrupted.
Work is made up, so that a run takes a second; the queue, the processes and the record are real.
"""

from __future__ import annotations

import os
import random
import subprocess
import sys
import time
from collections import Counter
from pathlib import Path

import psutil

from benchmarks.chaos.aftermath import find_damage, list_orphans, list_torn
from benchmarks.chaos.suite import Effort, Outcome
from benchmarks.chaos.tables import make_dataset
from benchmarks.chaos.worker import BEGUN, NUM_EPOCHS
from benchmarks.harness import temporary_home
from lstm_core.runs.snapshots.run import Run
from lstm_core.runs.snapshots.status import RunStatus
from lstm_core.runs.stores.store import Store
from lstm_core.settings import Settings
from lstm_core.spec import ExperimentSpec

NUM_RUNS = 60
MAX_RUNNING = 3
SHORTEST_PAUSE, LONGEST_PAUSE = 0.2, 2.5
KILLS_PER_RUN = 2
TIMEOUT_SECONDS = 1_800.0
DISPATCHER_SHARE = 0.4
"""Of the kills; the others hit workers, at their start, their work or their end."""


def run(effort: Effort) -> Outcome:
    """Work through ``count`` runs under kills, for ``seconds`` at most."""
    num_runs = effort.count or NUM_RUNS
    chance = random.Random(effort.seed)
    with temporary_home() as settings, Store.open(settings) as store:
        dataset_id = store.collections.add(make_dataset())
        numbers: dict[str, int] = {}
        for number in range(num_runs):
            spec = ExperimentSpec().with_values({"training.seed": number})
            numbers[store.runs.submit(spec, dataset_id).id] = number
        seconds = effort.seconds or TIMEOUT_SECONDS
        killed = torment(store, settings, chance, KILLS_PER_RUN * num_runs, seconds)
        runs = store.runs.list_newest()
        statuses = Counter(str(run.status) for run in runs)
        begun = Counter((settings.home / BEGUN).read_text().split())
        faults = find_damage(store) + [f"{path.name} is torn" for path in list_torn(store)]
        faults += [
            f"run {run.id} is completed with {len(store.runs.get_epochs(run.id))} epochs"
            for run in runs
            if run.status is RunStatus.COMPLETED
            and len(store.runs.get_epochs(run.id)) != NUM_EPOCHS
        ]
        unended = num_runs - sum(run.is_finished for run in runs)
        before = len(list_orphans(store))
        store.leftovers.sweep()
        figures = {
            "runs": num_runs,
            "kills": dict(killed),
            "statuses": dict(statuses),
            "started_again": sum(run.num_starts > 1 for run in runs),
            "lost": unended + _count_unfounded(runs, killed),
            "twice": sum(times > 1 for times in begun.values()),
            "orphans_before_sweep": before,
            "orphans": len(list_orphans(store)),
        }
    limits = {"lost": 0, "twice": 0, "orphans": 0}
    return Outcome(figures, limits, tuple(faults))


def torment(
    store: Store,
    settings: Settings,
    chance: random.Random,
    num_kills: int,
    timeout_seconds: float,
) -> Counter[str]:
    """Kill at random moments, and wait for every run's end; return how often each kind was hit."""
    killed: Counter[str] = Counter()
    dispatcher = _dispatch(settings)
    deadline = time.monotonic() + timeout_seconds
    try:
        while store.watch.list_active() and time.monotonic() < deadline:
            time.sleep(chance.uniform(SHORTEST_PAUSE, LONGEST_PAUSE))
            if killed.total() >= num_kills:
                continue
            workers = list_workers(settings.home)
            if chance.random() < DISPATCHER_SHARE or not workers:
                dispatcher.kill()
                dispatcher.wait()
                killed["dispatcher"] += 1
                dispatcher = _dispatch(settings)
            else:
                chance.choice(workers).kill()
                killed["worker"] += 1
    finally:
        assert dispatcher.stdin is not None
        dispatcher.stdin.close()
        dispatcher.wait()
        for worker in list_workers(settings.home):
            worker.kill()
    return killed


def list_workers(home: Path) -> list[psutil.Process]:
    """Return the workers that write into this home, at whatever they are."""
    found = []
    for process in psutil.process_iter(["cmdline"]):
        try:
            is_worker = "benchmarks.chaos.worker" in (process.info["cmdline"] or ())
            if is_worker and process.environ().get("LSTM_STUDIO_HOME") == str(home):
                found.append(process)
        except psutil.Error:  # gone meanwhile, or somebody else's
            continue
    return found


def _dispatch(settings: Settings) -> subprocess.Popen[bytes]:
    return subprocess.Popen(
        [sys.executable, "-m", "benchmarks.chaos.dispatcher"],
        stdin=subprocess.PIPE,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        env=os.environ
        | {"LSTM_STUDIO_HOME": str(settings.home), "LSTM_STUDIO_MAX_RUNNING": str(MAX_RUNNING)},
    )


def _count_unfounded(runs: list[Run], killed: Counter[str]) -> int:
    """Count runs that did not complete beyond those that a killed worker explains."""
    ended_early = sum(run.status is RunStatus.INTERRUPTED for run in runs)
    starts_lost = sum(run.num_starts for run in runs if run.status is RunStatus.FAILED)
    return max(0, ended_early + starts_lost - killed["worker"])
