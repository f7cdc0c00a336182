"""The spare worker: warm when it is needed, gone when nobody needs it."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import psutil
import pytest

from lstm_core.jobs.local.backend import LocalBackend
from lstm_core.jobs.local.launcher import Launcher
from lstm_core.jobs.working.worker import READY
from lstm_core.runs.snapshots.status import RunStatus
from lstm_core.runs.stores.store import Store
from tests.jobs.workers import command
from tests.processes import end_processes_of, list_processes_of
from tests.runs.records import change_row, submit, wait_until


@pytest.fixture
def backend(store: Store, studio_home: Path) -> Iterator[LocalBackend]:
    with LocalBackend(store, command=command("quick"), poll_seconds=0.1, keep_warm=True) as backend:
        yield backend
    end_processes_of(studio_home)


def find_spare(home: Path) -> psutil.Process | None:
    """Return the waiting process once it has loaded its engine."""
    log = home / "logs" / "spare.log"
    if not log.exists() or READY not in log.read_text():
        return None
    spares = [process for process in list_processes_of(home) if _waits(process)]
    return spares[0] if spares else None


def _waits(process: psutil.Process) -> bool:
    try:
        return "--wait" in process.cmdline()
    except psutil.Error:  # gone meanwhile
        return False


def test_a_spare_takes_the_run_and_another_one_follows(
    store: Store, backend: LocalBackend, studio_home: Path
) -> None:
    wait_until(lambda: find_spare(studio_home), "a spare was warm")
    spare = find_spare(studio_home)
    assert spare is not None
    (run,) = submit(store)
    backend.submit(run.id)
    wait_until(lambda: store.runs.get(run.id).is_finished, "the run ended")
    finished = store.runs.get(run.id)
    assert finished.status == RunStatus.COMPLETED
    assert finished.process is not None
    assert finished.process.pid == spare.pid
    log = store.logs.path(run.id)
    wait_until(lambda: "The run is completed" in log.read_text(), "it was logged")
    wait_until(
        lambda: (next_one := find_spare(studio_home)) and next_one.pid != spare.pid,
        "the next spare was warm",
    )


def test_a_spare_that_dies_with_its_run_before_it_began_is_no_loss(
    store: Store, backend: LocalBackend, studio_home: Path
) -> None:
    wait_until(lambda: find_spare(studio_home), "a spare was warm")
    spare = find_spare(studio_home)
    assert spare is not None
    spare.suspend()  # a machine so busy that it does not come to its work
    (run,) = submit(store)
    backend.submit(run.id)

    def is_handed_over() -> bool:
        process = store.runs.get(run.id).process
        return process is not None and process.pid == spare.pid

    wait_until(is_handed_over, "the spare was given the run")
    change_row(store, run.id, heartbeat_at=datetime.now(UTC) - timedelta(hours=1))
    assert store.runs.get(run.id).status == RunStatus.RUNNING  # slow is not dead
    spare.kill()
    wait_until(lambda: store.runs.get(run.id).is_finished, "the run ended")
    finished = store.runs.get(run.id)
    assert (finished.status, finished.num_starts) == (RunStatus.COMPLETED, 2)
    assert finished.process is not None
    assert finished.process.pid != spare.pid


def test_a_dead_spare_is_no_loss(store: Store, backend: LocalBackend, studio_home: Path) -> None:
    wait_until(lambda: find_spare(studio_home), "a spare was warm")
    spare = find_spare(studio_home)
    assert spare is not None
    spare.kill()
    (run,) = submit(store)
    backend.submit(run.id)
    wait_until(lambda: store.runs.get(run.id).is_finished, "the run ended")
    assert store.runs.get(run.id).status == RunStatus.COMPLETED


def test_the_spare_ends_with_its_launcher(store: Store, studio_home: Path) -> None:
    launcher = Launcher(store.settings, command("quick"), keep_warm=True)
    launcher.warm_up()
    wait_until(lambda: find_spare(studio_home), "a spare was warm")
    launcher.close()
    assert find_spare(studio_home) is None


def test_the_spare_ends_when_the_server_is_killed(store: Store, studio_home: Path) -> None:
    """A server that is killed closes nothing itself: the end of stdin has to do."""
    launcher = Launcher(store.settings, command("quick"), keep_warm=True)
    launcher.warm_up()
    wait_until(lambda: find_spare(studio_home), "a spare was warm")
    spare, launcher._spare = launcher._spare, None
    assert spare is not None
    assert spare.stdin is not None
    spare.stdin.close()
    assert spare.wait(timeout=20) == 0


def test_no_spare_unless_it_is_wanted(store: Store, studio_home: Path) -> None:
    launcher = Launcher(store.settings, command("quick"), keep_warm=False)
    launcher.warm_up()
    assert list_processes_of(studio_home) == []
    launcher.close()
