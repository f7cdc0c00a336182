"""Runs that belong together: made at once or not at all, looked at together, deleted together."""

from __future__ import annotations

import pytest
from sqlalchemy import event

from lstm_core.errors import NotFoundError, StudioError
from lstm_core.events import EpochFinished
from lstm_core.runs.snapshots.group import GroupKind, GroupMember
from lstm_core.runs.snapshots.status import RunStatus
from lstm_core.runs.stores.store import Store
from lstm_core.spec import ExperimentSpec
from tests.runs.records import create_running, make_dataset, submit

RACE = GroupKind.RACE
UNKNOWN = "a" * 16


def make_members(count: int = 3) -> list[GroupMember]:
    spec = ExperimentSpec()
    return [
        GroupMember(f"net {seed % 2}", spec.with_values({"training.seed": seed}))
        for seed in range(count)
    ]


def submit_race(store: Store, count: int = 3, key: str | None = None) -> str:
    dataset_id = store.collections.add(make_dataset())
    group = store.groups.submit(
        RACE, dataset_id, {"seeds": (1, 2)}, make_members(count), submission_key=key
    )
    return group.id


def test_a_group_comes_back_as_it_went_in_with_its_runs_queued_in_order(store: Store) -> None:
    group = store.groups.get(submit_race(store, 25), RACE)
    assert (group.kind, group.name, group.dataset_name) == (RACE, "", "sales.csv")
    assert group.settings == {"seeds": [1, 2]}
    runs = store.runs.list_newest(group_id=group.id)[::-1]
    assert [run.spec.training.seed for run in runs] == list(range(25))
    assert [run.label for run in runs[:3]] == ["net 0", "net 1", "net 0"]
    assert {run.status for run in runs} == {RunStatus.QUEUED}
    claimed = store.run_queue.claim_next(1)
    assert claimed is not None
    assert (claimed.id, claimed.group_id) == (runs[0].id, group.id)


def test_runs_by_themselves_belong_to_no_group(store: Store) -> None:
    (alone,) = submit(store)
    group_id = submit_race(store)
    assert (alone.group_id, alone.label) == (None, "")
    assert len(store.runs.list_newest()) == 4
    assert alone.id not in [run.id for run in store.runs.list_newest(group_id=group_id)]
    assert (
        store.runs.list_newest(group_id=UNKNOWN)
        == store.runs.list_newest(group_id="\udcff\0")
        == []
    )


def test_the_same_submission_twice_is_one_group(store: Store) -> None:
    first = submit_race(store, key="click")
    assert submit_race(store, key="click") == first
    assert submit_race(store, key="another click") != first
    assert len(store.groups.list_newest()) == 2
    assert len(store.runs.list_newest()) == 6


def test_a_submission_that_comes_a_moment_later_returns_the_first(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    first = submit_race(store, key="click")
    looks = iter([None])  # the first look finds nothing: the other has not yet written

    def look_late(session: object, key: str | None) -> str | None:
        return next(looks, first)

    monkeypatch.setattr("lstm_core.runs.stores.groups._find_submission", look_late)
    assert submit_race(store, key="click") == first
    assert len(store.runs.list_newest()) == 3


def test_an_error_in_the_middle_leaves_neither_group_nor_runs(store: Store) -> None:
    from lstm_core.runs.database.tables import RunRow

    def fail(_mapper: object, _connection: object, row: RunRow) -> None:
        if row.spec["training"]["seed"] == 2:
            raise RuntimeError("the power fails")

    event.listen(RunRow, "before_insert", fail)
    try:
        with pytest.raises(RuntimeError):
            submit_race(store)
    finally:
        event.remove(RunRow, "before_insert", fail)
    assert store.groups.list_newest() == []
    assert store.runs.list_newest() == []


def test_a_group_without_its_dataset_is_refused(store: Store) -> None:
    with pytest.raises(NotFoundError, match="dataset"):
        store.groups.submit(RACE, "0" * 64, {}, make_members())
    assert store.groups.list_newest() == []


@pytest.mark.parametrize("group_id", [UNKNOWN, "", "../../etc/passwd", "\0", "\udcff", "x" * 9999])
def test_an_id_that_is_not_in_the_record(store: Store, group_id: str) -> None:
    for call in (store.groups.get, store.deletions.delete_group):
        with pytest.raises(NotFoundError, match="This race is not in the record"):
            call(group_id, RACE)
    assert store.groups.sum_training_seconds(group_id) == {}


def test_groups_are_listed_newest_first(store: Store) -> None:
    ids = [submit_race(store, 1) for _ in range(3)]
    assert [group.id for group in store.groups.list_newest(RACE)] == ids[::-1]
    assert [group.id for group in store.groups.list_newest(limit=1)] == ids[2:]


def test_a_run_of_this_process_may_belong_to_a_group(store: Store) -> None:
    group_id = submit_race(store, 0)
    dataset_id = store.collections.add(make_dataset())
    run = store.runs.create_running(ExperimentSpec(), dataset_id, group_id=group_id, label="GRU")
    assert (run.group_id, run.label, run.status) == (group_id, "GRU", RunStatus.RUNNING)
    assert [member.id for member in store.runs.list_newest(group_id=group_id)] == [run.id]


def test_the_seconds_of_all_epochs_are_added_up(store: Store) -> None:
    group_id = submit_race(store, 0)
    dataset_id = store.collections.add(make_dataset())
    runs = [
        store.runs.create_running(ExperimentSpec(), dataset_id, group_id=group_id) for _ in "ab"
    ]
    store.runs.record_events(
        runs[0].id, [EpochFinished(1, 1, 1, 0.5, 1), EpochFinished(1, 1, 1, 0.25, 2)]
    )
    store.runs.record_events(create_running(store).id, [EpochFinished(1, 1, 1, 9.0)])
    assert store.groups.sum_training_seconds(group_id) == {runs[0].id: 0.75}


def test_a_group_is_deleted_with_its_runs_and_no_others(store: Store) -> None:
    group_id = submit_race(store)
    (alone,) = submit(store)
    for run in store.runs.list_newest(group_id=group_id):
        store.runs.request_cancel(run.id)
    store.deletions.delete_group(group_id, RACE)
    assert store.groups.list_newest() == []
    assert [run.id for run in store.runs.list_newest()] == [alone.id]


def test_a_group_that_is_not_finished_stays_whole(store: Store) -> None:
    group_id = submit_race(store)
    store.runs.request_cancel(store.runs.list_newest(group_id=group_id)[0].id)
    with pytest.raises(StudioError, match=r"race is not finished.*Stop it first"):
        store.deletions.delete_group(group_id, RACE)
    assert len(store.runs.list_newest(group_id=group_id)) == 3


def test_a_run_can_leave_its_group_by_being_deleted(store: Store) -> None:
    group_id = submit_race(store, 1)
    (run,) = store.runs.list_newest(group_id=group_id)
    store.runs.request_cancel(run.id)
    store.deletions.delete_run(run.id)
    assert store.runs.list_newest(group_id=group_id) == []
    store.deletions.delete_group(group_id, RACE)
    assert store.groups.list_newest() == []
