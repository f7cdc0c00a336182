"""A run's way from the queue to its end, with whoever takes part killed at any point."""

from __future__ import annotations

import random
from collections import Counter
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from functools import partial
from typing import Any

import pytest
from sqlalchemy import event

from lstm_core.events import EpochFinished
from lstm_core.runs.database import transitions
from lstm_core.runs.database.transitions import MOST_STARTS
from lstm_core.runs.process import ProcessIdentity, identify_host
from lstm_core.runs.snapshots.run import Run
from lstm_core.runs.snapshots.status import RunStatus
from lstm_core.runs.stores import run_queue, runs
from lstm_core.runs.stores.store import Store
from lstm_core.spec import ExperimentSpec
from tests.runs.records import change_row, make_dataset, submit
from tests.shares import share


class Processes:
    """Made-up processes of this machine: who lives, and which of them is at work now."""

    def __init__(self) -> None:
        self._count = 0
        self.living: set[int] = set()
        self.acting = self.make()

    def make(self) -> ProcessIdentity:
        self._count += 1
        self.living.add(self._count)
        return ProcessIdentity(identify_host(), self._count, 10.0 * self._count)

    def kill(self, process: ProcessIdentity) -> None:
        self.living.discard(process.pid)

    def is_alive(self, process: ProcessIdentity) -> bool:
        return process.pid in self.living


@pytest.fixture
def processes(monkeypatch: pytest.MonkeyPatch) -> Processes:
    """Let the record take made-up processes for real ones."""
    made_up = Processes()
    for module in (run_queue, runs, transitions):
        monkeypatch.setattr(module, "identify_process", lambda: made_up.acting)
    monkeypatch.setattr(ProcessIdentity, "is_alive", property(made_up.is_alive))
    return made_up


def claim(store: Store) -> Run:
    run = store.run_queue.claim_next(9)
    assert run is not None
    return run


def test_a_slow_start_is_no_death(store: Store, processes: Processes) -> None:
    submit(store)
    run = claim(store)
    dispatcher, child = processes.acting, processes.make()
    store.run_queue.record_launch(run.id, child)
    processes.kill(dispatcher)
    change_row(store, run.id, heartbeat_at=datetime.now(UTC) - timedelta(hours=1))
    (seen,) = store.watch.list_active()
    assert (seen.status, seen.process, seen.begun_at) == (RunStatus.RUNNING, child, None)
    processes.acting = child
    adopted = store.run_queue.adopt(run.id)
    assert adopted is not None
    assert adopted.begun_at is not None
    assert adopted.num_starts == 1


def test_a_claim_whose_dispatcher_died_goes_back_to_the_queue(
    store: Store, processes: Processes
) -> None:
    first, _ = submit(store, 2)
    claimed = claim(store)
    processes.kill(processes.acting)
    seen = store.runs.get(claimed.id)
    assert (seen.status, seen.num_starts, seen.started_at) == (RunStatus.QUEUED, 0, None)
    processes.acting = processes.make()
    assert claim(store).id == first.id  # it is the first again


def test_a_process_that_was_not_started_for_a_run_does_not_get_it(
    store: Store, processes: Processes
) -> None:
    submit(store)
    run = claim(store)
    child, stranger = processes.make(), processes.make()
    store.run_queue.record_launch(run.id, child)
    processes.acting = stranger
    assert store.run_queue.adopt(run.id) is None
    processes.acting = ProcessIdentity(child.host, child.pid, child.started + 60)
    assert store.run_queue.adopt(run.id) is None  # its number went to another one
    processes.acting = child
    assert store.run_queue.adopt(run.id) is not None


def test_a_child_may_be_quicker_than_its_dispatcher(store: Store, processes: Processes) -> None:
    submit(store)
    run = claim(store)
    dispatcher, child, another = processes.acting, processes.make(), processes.make()
    processes.acting = child
    assert store.run_queue.adopt(run.id) is not None
    processes.acting = dispatcher
    store.run_queue.record_launch(run.id, another)  # too late: it has begun
    store.run_queue.give_back(run.id, "Waiting")
    now = store.runs.get(run.id)
    assert (now.status, now.process, now.num_starts) == (RunStatus.RUNNING, child, 1)


def test_a_run_whose_process_never_begins_is_started_again_twice(
    store: Store, processes: Processes
) -> None:
    (run,) = submit(store)
    for attempt in range(1, MOST_STARTS + 1):
        assert claim(store).id == run.id
        child = processes.make()
        store.run_queue.record_launch(run.id, child)
        processes.kill(child)
        assert store.run_queue.record_lost_start(run.id, child.pid, "met a fault and ended")
        assert not store.run_queue.record_lost_start(run.id, child.pid, "was told twice")
        now = store.runs.get(run.id)
        is_over = attempt == MOST_STARTS
        assert now.status is (RunStatus.FAILED if is_over else RunStatus.QUEUED)
        assert now.num_starts == attempt
    assert "3 times" in now.message
    assert "met a fault and ended" in now.message


def test_a_run_that_was_asked_to_stop_is_not_started_again(
    store: Store, processes: Processes
) -> None:
    submit(store)
    run = claim(store)
    store.runs.request_cancel(run.id)
    processes.kill(processes.acting)
    assert store.runs.get(run.id).status is RunStatus.CANCELLED


def test_a_machine_says_for_its_processes_that_they_live(
    store: Store, processes: Processes
) -> None:
    submit(store, 2)
    slow, quick = claim(store), claim(store)
    old = datetime.now(UTC) - timedelta(seconds=40)
    change_row(store, slow.id, heartbeat_at=old)
    store.watch.vouch(store.watch.list_active())
    heard = {run.id: run.heartbeat_at for run in store.watch.list_active()}
    assert heard[quick.id] == quick.heartbeat_at
    assert (heard[slow.id] or old) - old > timedelta(seconds=30)


def test_own_claims_without_a_process_are_known(store: Store, processes: Processes) -> None:
    submit(store, 4)
    bare, launched, begun = claim(store), claim(store), claim(store)
    me = processes.acting
    store.run_queue.record_launch(launched.id, processes.make())
    processes.acting = processes.make()
    store.run_queue.adopt(begun.id)
    claim(store)  # another's
    processes.acting = me
    assert store.run_queue.list_own_claims() == [bare.id]


@dataclass
class Worker:
    process: ProcessIdentity
    run_id: str
    has_begun: bool = False


@dataclass
class Dispatcher:
    process: ProcessIdentity
    claimed: list[str] = field(default_factory=list)
    started: list[Worker] = field(default_factory=list)


class RunsUnderKills:
    """Dispatchers and workers at every point of a run's way, each of which may die there."""

    def __init__(self, store: Store, processes: Processes, chance: random.Random) -> None:
        self.store = store
        self.processes = processes
        self.chance = chance
        self.dataset_id = store.collections.add(make_dataset())
        self.runs: list[str] = []
        self.dispatchers = [Dispatcher(processes.make()) for _ in range(2)]
        self.workers: list[Worker] = []
        self.begun: Counter[str] = Counter()
        self.completed: Counter[str] = Counter()
        self.epochs: Counter[str] = Counter()
        self.asked_to_stop: set[str] = set()

    def happen(self) -> None:
        """Let something happen that could."""
        events = [self.submit, self.kill, self.refuse, self.look, self.ask_to_stop, self.go_on]
        self.chance.choices(events, weights=[3, 6, 2, 2, 1, 20])[0]()

    def submit(self) -> None:
        self.runs.append(self.store.runs.submit(ExperimentSpec(), self.dataset_id).id)

    def go_on(self) -> None:
        """Take a step that a dispatcher or a worker could take next."""
        steps = [partial(self.claim_as, self.chance.choice(self.dispatchers))]
        for dispatcher in self.dispatchers:
            if dispatcher.started:
                steps.append(partial(self.record_late, dispatcher))
            if dispatcher.claimed:
                is_recorded = self.chance.random() < 0.5
                steps.append(partial(self.launch_as, dispatcher, is_recorded=is_recorded))
        for worker in self.workers:
            steps.append(partial(self.work_as if worker.has_begun else self.begin_as, worker))
        self.chance.choice(steps)()

    def kill(self) -> None:
        victim = self.chance.choice([*self.workers[-2:], *self.dispatchers])
        self.processes.kill(victim.process)
        if isinstance(victim, Worker):
            self.workers.remove(victim)
        else:
            self.dispatchers.remove(victim)
            self.dispatchers.append(Dispatcher(self.processes.make()))

    def refuse(self) -> None:
        """The machine is full: nothing can be started."""
        for dispatcher in self.dispatchers:
            self.processes.acting = dispatcher.process
            while dispatcher.claimed:
                self.store.run_queue.give_back(dispatcher.claimed.pop(), "Waiting")

    def look(self) -> None:
        self.look_as(self.chance.choice(self.dispatchers))

    def ask_to_stop(self) -> None:
        for run_id in self.chance.sample(self.runs, k=min(1, len(self.runs))):
            self.asked_to_stop.add(run_id)
            self.store.runs.request_cancel(run_id)

    def check(self) -> None:
        """Nothing is lost, and nothing is done twice."""
        self.store.watch.mark_vanished()
        for run_id in self.runs:
            run = self.store.runs.get(run_id)
            assert self.begun[run_id] <= 1
            assert self.completed[run_id] == (run.status is RunStatus.COMPLETED)
            assert run.num_epochs_done == self.epochs[run_id]
            match run.status:
                case RunStatus.QUEUED:
                    assert not self.begun[run_id]
                    assert run.num_starts < MOST_STARTS
                case RunStatus.RUNNING:
                    responsible = run.process or run.claimer
                    assert responsible is not None
                    assert responsible.is_alive
                case RunStatus.INTERRUPTED:
                    assert self.begun[run_id]
                case RunStatus.FAILED:
                    assert run.num_starts == MOST_STARTS
                case RunStatus.CANCELLED:
                    assert run_id in self.asked_to_stop

    def come_to_an_end(self) -> None:
        """Whatever happened, those who are left bring everything to its end."""
        for _ in range(4 * MOST_STARTS * (len(self.runs) + 1)):
            if all(self.store.runs.get(run_id).is_finished for run_id in self.runs):
                break
            for dispatcher in self.dispatchers:
                while dispatcher.claimed:
                    self.launch_as(dispatcher, is_recorded=True)
                self.look_as(dispatcher)
                self.claim_as(dispatcher)
            for worker in list(self.workers):
                if not worker.has_begun:
                    self.begin_as(worker)
                if worker.has_begun:
                    self.complete_as(worker)
        assert all(self.store.runs.get(run_id).is_finished for run_id in self.runs)
        self.check()

    def claim_as(self, dispatcher: Dispatcher) -> None:
        self.processes.acting = dispatcher.process
        run = self.store.run_queue.claim_next(2)
        if run is not None:
            dispatcher.claimed.append(run.id)

    def launch_as(self, dispatcher: Dispatcher, *, is_recorded: bool) -> None:
        self.processes.acting = dispatcher.process
        worker = Worker(self.processes.make(), dispatcher.claimed.pop())
        self.workers.append(worker)
        dispatcher.started.append(worker)
        if is_recorded:
            self.store.run_queue.record_launch(worker.run_id, worker.process)

    def begin_as(self, worker: Worker) -> None:
        if worker.has_begun:
            return
        self.processes.acting = worker.process
        if self.store.run_queue.adopt(worker.run_id) is None:
            self.processes.kill(worker.process)
            self.workers.remove(worker)
        else:
            worker.has_begun = True
            self.begun[worker.run_id] += 1

    def record_late(self, dispatcher: Dispatcher) -> None:
        self.processes.acting = dispatcher.process
        worker = dispatcher.started[-1]
        if self.processes.is_alive(worker.process):
            self.store.run_queue.record_launch(worker.run_id, worker.process)

    def work_as(self, worker: Worker) -> None:
        epoch = self.epochs[worker.run_id] + 1
        self.store.runs.record_events(worker.run_id, [EpochFinished(epoch, 1.0, 1.0, 0.1)])
        self.epochs[worker.run_id] = epoch
        if epoch == 3:
            self.complete_as(worker)

    def complete_as(self, worker: Worker) -> None:
        self.processes.acting = worker.process
        self.store.runs.finish(worker.run_id, RunStatus.COMPLETED)
        self.completed[worker.run_id] += 1
        self.processes.kill(worker.process)
        self.workers.remove(worker)

    def look_as(self, dispatcher: Dispatcher) -> None:
        self.processes.acting = dispatcher.process
        for worker in list(dispatcher.started):
            if not self.processes.is_alive(worker.process):
                dispatcher.started.remove(worker)
                self.store.run_queue.record_lost_start(worker.run_id, worker.process.pid, "ended")
        known = {worker.run_id for worker in dispatcher.started} | set(dispatcher.claimed)
        for run_id in self.store.run_queue.list_own_claims():
            if run_id not in known:
                self.store.run_queue.give_back(run_id, "Waiting")


@pytest.mark.parametrize("seed", share(range(4), (0, 1)))
def test_whoever_is_killed_no_run_is_lost_and_none_runs_twice(
    store: Store, processes: Processes, seed: int
) -> None:
    def write_quickly(connection: Any, _: object) -> None:
        connection.execute("PRAGMA synchronous = OFF")  # nobody cuts the power here

    event.listen(store._database._engine, "connect", write_quickly)
    store._database._engine.dispose()
    runs = RunsUnderKills(store, processes, random.Random(seed))
    for _ in range(150):
        runs.happen()
        runs.check()
    runs.come_to_an_end()
    assert runs.completed


def test_a_run_may_be_claimed_before_its_turn_and_once(store: Store) -> None:
    first, second = submit(store, 2)
    assert store.run_queue.claim(second.id)
    assert store.runs.get(second.id).status is RunStatus.RUNNING
    assert not store.run_queue.claim(second.id)
    assert claim(store).id == first.id
    store.runs.request_cancel(first.id)
    store.runs.finish(second.id, RunStatus.COMPLETED)
    assert not store.run_queue.claim(second.id)
    assert store.runs.get(second.id).status is RunStatus.COMPLETED
