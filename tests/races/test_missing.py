"""What a race lacks is found from its runs, and made once."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from lstm_core.races.missing import list_missing
from lstm_core.races.results import read_standings
from lstm_core.runs.snapshots.group import GroupKind, GroupMember, RunGroup
from lstm_core.runs.snapshots.run import Run
from lstm_core.runs.snapshots.status import RunStatus
from lstm_core.runs.stores.store import Store
from lstm_core.settings import load_settings
from tests.races.records import LABELS, run_race, submit_race
from tests.runs.records import change_row

ERRORS = {"LSTM": (0.8, 0.7, 0.9), "GRU": (0.6, None, 0.5)}


@pytest.fixture
def store(studio_home: Path) -> Iterator[Store]:
    with Store.open(load_settings()) as store:
        yield store


def look(store: Store, group: RunGroup) -> list[GroupMember]:
    return list_missing(group, store.runs.list_newest(group_id=group.id))


def name(members: list[GroupMember]) -> list[tuple[str, int]]:
    return [(member.label, member.spec.training.seed) for member in members]


def make(store: Store, group: RunGroup) -> list[Run]:
    return store.groups.add_runs(group.id, GroupKind.RACE, look(store, group))


@pytest.mark.parametrize(
    "status",
    [RunStatus.FAILED, RunStatus.CANCELLED, RunStatus.INTERRUPTED],
)
def test_a_run_that_ended_without_a_result_is_missing(store: Store, status: RunStatus) -> None:
    group = run_race(store, ERRORS, {})
    failed = next(run for run in store.runs.list_newest() if run.status is RunStatus.FAILED)
    change_row(store, failed.id, status=status)
    (member,) = look(store, group)
    assert (member.label, member.spec) == ("GRU", failed.spec)


def test_what_waits_or_runs_may_still_come_to_a_result(store: Store) -> None:
    group = submit_race(store)
    change_row(store, store.runs.list_newest()[0].id, status=RunStatus.RUNNING, host="elsewhere")
    assert look(store, group) == []


def test_a_run_that_was_deleted_or_never_made_is_missing_as_well(store: Store) -> None:
    group = submit_race(store)
    for run in store.runs.list_newest(group_id=group.id):
        store.runs.request_cancel(run.id)
        if run.label == "LSTM":
            store.deletions.delete_run(run.id)
    assert name(look(store, group)) == [(label, seed) for seed in (42, 43, 44) for label in LABELS]
    made = make(store, group)
    assert {run.spec.model.architecture for run in made if run.label == "LSTM"} == {"vanilla"}


def test_missing_runs_are_made_once(store: Store) -> None:
    group = run_race(store, ERRORS, {})
    missing = look(store, group)
    first = store.groups.add_runs(group.id, GroupKind.RACE, missing)
    again = store.groups.add_runs(group.id, GroupKind.RACE, missing)
    assert (len(first), again) == (1, [])
    assert look(store, group) == []


def test_the_new_run_takes_the_place_of_the_one_that_failed(store: Store) -> None:
    group = run_race(store, ERRORS, {})
    (run,) = make(store, group)
    gru = read_standings(store, group).contestants[0]
    assert [attempt.run_id for attempt in gru.attempts][1] == run.id
    assert (len(gru.attempts), gru.num_finished, gru.reason) == (3, 2, "")
    store.runs.request_cancel(run.id)
    assert name(look(store, group)) == [("GRU", 1)]


def test_a_result_counts_before_a_later_failure(store: Store) -> None:
    group = run_race(store, ERRORS, {})
    done = next(run for run in store.runs.list_newest() if run.metrics and run.label == "GRU")
    extra = store.runs.submit(done.spec, group.dataset_id)
    change_row(store, extra.id, group_id=group.id, label="GRU", status=RunStatus.FAILED)
    gru = read_standings(store, group).contestants[0]
    assert done.id in [attempt.run_id for attempt in gru.attempts]
    assert len(gru.scores) == 2
