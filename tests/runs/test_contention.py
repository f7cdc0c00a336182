"""Several processes and threads at the record at once."""

from __future__ import annotations

import subprocess
import sys
import threading
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from lstm_core.events import EpochFinished, TrainingStarted
from lstm_core.runs.snapshots.status import RunStatus
from lstm_core.runs.stores.store import Store
from tests.runs.records import create_running, make_settings, submit

NUM_THREADS = 8
ROOT = Path(__file__).parents[2]


def test_several_processes_open_an_empty_home_and_submit_the_same_click(
    studio_home: Path,
) -> None:
    processes = [
        subprocess.Popen(
            [sys.executable, "-m", "tests.runs.contenders"],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
            cwd=ROOT,
        )
        for _ in range(4)
    ]
    for process in processes:
        assert process.stdout is not None
        assert process.stdout.readline() == "ready\n"
    for process in processes:
        assert process.stdin is not None
        process.stdin.write("go\n")
        process.stdin.flush()
    run_ids = {process.communicate()[0].strip() for process in processes}
    assert [process.returncode for process in processes] == [0] * 4
    with Store.open(make_settings(studio_home)) as store:
        assert {run.id for run in store.runs.list_newest()} == run_ids
        assert len(run_ids) == 1
        assert len(store.collections.list_newest()) == 1


def test_claimers_never_run_more_than_the_limit(store: Store, studio_home: Path) -> None:
    submitted = [run.id for run in submit(store, 24)]
    limit = 3
    begin = threading.Barrier(NUM_THREADS)
    most_running = []

    def work(_: int) -> list[str]:
        claimed = []
        with Store.open(make_settings(studio_home)) as own:
            begin.wait()
            while any(run.status == RunStatus.QUEUED for run in own.watch.list_active()):
                run = own.run_queue.claim_next(limit)
                active = own.watch.list_active()
                most_running.append(sum(run.status == RunStatus.RUNNING for run in active))
                if run is not None:
                    claimed.append(run.id)
                    own.runs.finish(run.id, RunStatus.COMPLETED)
        return claimed

    with ThreadPoolExecutor(NUM_THREADS) as pool:
        claimed = [run_id for ids in pool.map(work, range(NUM_THREADS)) for run_id in ids]
    assert sorted(claimed) == sorted(submitted)
    assert max(most_running) <= limit


def test_writers_with_stores_of_their_own_all_get_through(store: Store, studio_home: Path) -> None:
    run_ids = [create_running(store).id for _ in range(NUM_THREADS)]
    num_epochs = 40

    def work(run_id: str) -> None:
        with Store.open(make_settings(studio_home)) as own:
            own.runs.record_events(run_id, [TrainingStarted(num_epochs, 10, "CPU")])
            for epoch in range(1, num_epochs + 1):
                own.runs.record_events(run_id, [EpochFinished(epoch, 1 / epoch, 2 / epoch, 0.1)])
                own.runs.get(run_id)

    with ThreadPoolExecutor(NUM_THREADS) as pool:
        list(pool.map(work, run_ids))
    for run_id in run_ids:
        points = store.runs.get_epochs(run_id)
        assert [point.epoch for point in points] == list(range(1, num_epochs + 1))
        assert store.runs.get(run_id).progress == 1.0
