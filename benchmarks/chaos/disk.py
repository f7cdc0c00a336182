"""A disk that is full, or almost: every refusal is a sentence, nothing is torn, deleting works.

The home lies on a small file system in memory of its own, which a ballast fills up to some bytes.
That needs the right to mount one: root, or a user namespace.
"""

from __future__ import annotations

import os
import random
import subprocess
import tempfile
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from benchmarks.chaos.aftermath import find_damage, list_orphans, list_torn
from benchmarks.chaos.suite import Effort, Outcome
from benchmarks.chaos.tables import make_dataset
from lstm_core.errors import StudioError
from lstm_core.events import EpochFinished
from lstm_core.runs.snapshots.run import Run
from lstm_core.runs.snapshots.status import RunStatus
from lstm_core.runs.stores.store import Store
from lstm_core.settings import Settings
from lstm_core.spec import ExperimentSpec

NUM_ROUNDS = 60
DISK_BYTES = 8_000_000
MOST_FREE_BYTES = 200_000
SAID = "disk"
"""What a sentence about it has to name."""


def run(effort: Effort) -> Outcome:
    """Fill the disk ``count`` times to some random bytes, and do what people do."""
    chance = random.Random(effort.seed)
    faults: list[str] = []
    counts: Counter[str] = Counter()
    with _small_disk() as home:
        settings = Settings(home, f"sqlite:///{home / 'record.sqlite'}", max_running=1)
        with Store.open(settings) as store:
            store.leftovers.reserve.keep()
            dataset_id = store.collections.add(make_dataset())
            kept = _complete(store, dataset_id, chance)
            for _ in range(effort.count or NUM_ROUNDS):
                gone = _complete(store, dataset_id, chance)
                free = chance.choice([0, chance.randint(0, MOST_FREE_BYTES)])
                with _filled(home, free):
                    for name, act in _list_acts(store, dataset_id, chance).items():
                        _try(name, act, counts, faults)
                    counts["deleted"] += _try_deleting(store, gone, faults)
                faults += _look(store, kept)
                store.leftovers.reserve.keep()
                _clear(store, kept)
            faults += find_damage(store) + [f"{path.name} is torn" for path in list_torn(store)]
            before = len(list_orphans(store))
            store.leftovers.sweep()
            figures = {
                "rounds": effort.count or NUM_ROUNDS,
                **counts,
                "torn": len(list_torn(store)),
                "orphans_before_sweep": before,
                "orphans": len(list_orphans(store)),
            }
    if not counts["refused"]:
        faults.append("the disk was never full")
    return Outcome(figures, {"torn": 0, "orphans": 0}, tuple(faults))


def _list_acts(
    store: Store, dataset_id: str, chance: random.Random
) -> dict[str, Callable[[], object]]:
    def work() -> None:
        run = store.runs.create_running(ExperimentSpec(), dataset_id)
        for epoch in range(1, 20):
            store.runs.record_events(
                run.id, [EpochFinished(epoch, 1.0, 1.0, 0.1, film=(1.0,) * 200)]
            )
        store.artifacts.put(run.id, "weights.npz", os.urandom(chance.randint(1, 300_000)))
        store.runs.finish(run.id, RunStatus.COMPLETED)

    seed = chance.randint(1, 10**9)
    return {
        "a table": lambda: store.collections.add(make_dataset(2_000, seed)),
        "a submission": lambda: store.runs.submit(ExperimentSpec(), dataset_id),
        "a run": work,
    }


def _try(name: str, act: Callable[[], object], counts: Counter[str], faults: list[str]) -> None:
    """Do it; a refusal has to be a sentence that says what to do."""
    try:
        act()
        counts["done"] += 1
    except StudioError as error:
        counts["refused"] += 1
        if SAID not in str(error).lower() or not error.remedy or not error.retryable:
            faults.append(f"{name} was refused with: {error}")
    except Exception as error:  # what it was is the finding
        faults.append(f"{name} met {type(error).__name__}: {error}")


def _try_deleting(store: Store, run: Run, faults: list[str]) -> int:
    """Delete a run while the disk is full: that is what people are told to do then."""
    try:
        store.deletions.delete_run(run.id)
    except Exception as error:  # what it was is the finding
        faults.append(f"deleting met {type(error).__name__}: {error}")
        return 0
    return 1


def _look(store: Store, kept: Run) -> list[str]:
    """Read what was there before, and all lists."""
    store.collections.list_newest()
    if kept.id not in {run.id for run in store.runs.list_newest()}:
        return ["a run was lost"]
    missing = 5 - len(store.runs.get_epochs(kept.id))
    return [f"{missing} epochs were lost"] if missing else []


def _complete(store: Store, dataset_id: str, chance: random.Random) -> Run:
    run = store.runs.create_running(ExperimentSpec(), dataset_id)
    epochs = [EpochFinished(epoch, 1.0, 1.0, 0.1) for epoch in range(1, 6)]
    store.runs.record_events(run.id, epochs)
    store.artifacts.put(run.id, "weights.npz", chance.randbytes(40_000))
    return store.runs.finish(run.id, RunStatus.COMPLETED)


def _clear(store: Store, kept: Run) -> None:
    """Remove what a round left, so that the next one begins with the same room."""
    for run in store.runs.list_newest():
        if run.id != kept.id:
            store.runs.request_cancel(run.id)
            if not store.runs.get(run.id).is_finished:
                store.runs.finish(run.id, RunStatus.CANCELLED)
            store.deletions.delete_run(run.id)
    store.leftovers.sweep(undo_seconds=0)


@contextmanager
def _small_disk() -> Iterator[Path]:
    """Mount a file system in memory, and remove it again."""
    with tempfile.TemporaryDirectory(prefix="lstm-studio-disk-") as folder:
        options = ["-t", "tmpfs", "-o", f"size={DISK_BYTES}", "tmpfs", folder]
        subprocess.run(["mount", *options], check=True)
        try:
            yield Path(folder)
        finally:
            subprocess.run(["umount", "--lazy", folder], check=True)


@contextmanager
def _filled(home: Path, free_bytes: int) -> Iterator[None]:
    """Leave so many bytes free, in whole pages."""
    ballast = home / "ballast"
    state = os.statvfs(home)
    size = max(0, state.f_bavail * state.f_frsize - free_bytes)
    with ballast.open("wb") as file:
        os.posix_fallocate(file.fileno(), 0, max(1, size))
    try:
        yield
    finally:
        ballast.unlink()
