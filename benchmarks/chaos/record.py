"""Many processes write into the record, and each is killed in the middle of it.

What a writer was told is kept must be there in the end: no epoch that was acknowledged is lost,
none is there twice or with another value, no file that was acknowledged is missing or torn.
"""

from __future__ import annotations

import os
import random
import subprocess
import sys
import time
from collections import defaultdict
from collections.abc import Iterator

from benchmarks.chaos.aftermath import find_damage, list_orphans
from benchmarks.chaos.suite import Effort, Outcome
from benchmarks.harness import temporary_home
from lstm_core.runs.snapshots.status import RunStatus
from lstm_core.runs.stores.store import Store
from lstm_core.settings import Settings

NUM_KILLS = 100
SIDE_BY_SIDE = 4
LONGEST_LIFE_SECONDS = 1.5

Acknowledged = dict[str, set[str]]
"""By run, what the record said it has: epochs as numbers in words, and files by name."""


def run(effort: Effort) -> Outcome:
    """Kill ``count`` writers, some of them always side by side."""
    chance = random.Random(effort.seed)
    num_kills = effort.count or NUM_KILLS
    epochs: Acknowledged = defaultdict(set)
    files: Acknowledged = defaultdict(set)
    with temporary_home() as settings, Store.open(settings) as store:
        killed = 0
        while killed < num_kills:
            batch = min(SIDE_BY_SIDE, num_kills - killed)
            for line in write_and_kill(settings, chance, batch):
                match line.split():
                    case ["epoch", run_id, epoch]:
                        epochs[run_id].add(epoch)
                    case ["file", run_id, name]:
                        files[run_id].add(name)
            killed += batch
        # Looking marks those whose process has gone.
        runs = {run.id: run for run in store.runs.list_newest()}
        lost = twice = 0
        for run_id, told in epochs.items():
            points = store.runs.get_epochs(run_id)
            there = {str(point.epoch) for point in points if point.loss == 1 / point.epoch}
            lost += len(told - there)
            twice += len(points) - len({point.epoch for point in points})
            twice += runs[run_id].num_epochs_done != len(points)
        for run_id, names in files.items():
            lost += len(names - {entry.name for entry in store.artifacts.list_of(run_id)})
        faults = find_damage(store)
        undecided = sum(run.status is not RunStatus.INTERRUPTED for run in runs.values())
        before = len(list_orphans(store))
        store.leftovers.sweep()
        figures = {
            "kills": killed,
            "acknowledged_epochs": sum(map(len, epochs.values())),
            "acknowledged_files": sum(map(len, files.values())),
            "lost": lost,
            "twice": twice,
            "undecided_runs": undecided,
            "orphans_before_sweep": before,
            "orphans": len(list_orphans(store)),
        }
    if not figures["acknowledged_epochs"]:
        faults.append("nothing was written before the kills")
    limits = {"lost": 0, "twice": 0, "undecided_runs": 0, "orphans": 0}
    return Outcome(figures, limits, tuple(faults))


def write_and_kill(settings: Settings, chance: random.Random, count: int) -> Iterator[str]:
    """Let writers write side by side, kill each at some moment, and yield what they were told."""
    writers = [
        subprocess.Popen(
            [sys.executable, "-m", "benchmarks.chaos.record_writer", str(chance.random())[2:10]],
            stdout=subprocess.PIPE,
            text=True,
            env=os.environ | {"LSTM_STUDIO_HOME": str(settings.home)},
        )
        for _ in range(count)
    ]
    for writer in writers:
        assert writer.stdout is not None
        yield writer.stdout.readline()  # it is at work; until then a kill would hit its imports
    ends = sorted((chance.uniform(0, LONGEST_LIFE_SECONDS), writer.pid) for writer in writers)
    started = time.monotonic()
    by_pid = {writer.pid: writer for writer in writers}
    for seconds, pid in ends:
        time.sleep(max(0.0, started + seconds - time.monotonic()))
        by_pid[pid].kill()
    for writer in writers:
        rest, _ = writer.communicate()
        yield from rest.splitlines(keepends=False)
