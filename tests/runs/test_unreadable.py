"""A row that can't be read never breaks a list, and holds up nobody."""

from __future__ import annotations

import sqlite3
from contextlib import closing

import pytest

from lstm_core.errors import StudioError
from lstm_core.runs.snapshots.group import GroupKind
from lstm_core.runs.snapshots.status import RunStatus
from lstm_core.runs.stores.store import Store
from tests.runs.records import make_dataset, submit

UNREADABLE = [
    "not json",
    "{}x",
    '{"a": 1}',
    "[]",
    '{"schema_version": 999}',
    "\x00\x01",
    "null",
    "",
]


def spoil(store: Store, table: str, column: str, row_id: str, content: str) -> None:
    with closing(sqlite3.connect(store.settings.home / "record.sqlite")) as connection:
        connection.execute(f"UPDATE {table} SET {column} = ? WHERE id = ?", (content, row_id))
        connection.commit()


@pytest.mark.parametrize("content", UNREADABLE)
def test_an_unreadable_run_is_left_out_of_lists_and_told_where_it_is_asked_for(
    store: Store, content: str, caplog: pytest.LogCaptureFixture
) -> None:
    bad, good = submit(store, 2)
    spoil(store, "runs", "spec", bad.id, content)
    for _ in range(3):
        assert [run.id for run in store.runs.list_newest()] == [good.id]
        assert [run.id for run in store.watch.list_active()] == [good.id]
    told = [record for record in caplog.records if "left out" in record.message]
    assert len(told) == 1
    assert bad.id in told[0].message
    with pytest.raises(StudioError, match=r"can't be read.*restore a backup"):
        store.runs.get(bad.id)


def test_an_unreadable_run_does_not_hold_up_the_queue(store: Store) -> None:
    bad, good = submit(store, 2)
    spoil(store, "runs", "spec", bad.id, "not json")
    claimed = store.run_queue.claim_next(1)
    assert claimed is not None
    assert claimed.id == good.id
    spoil(store, "runs", "spec", bad.id, good.spec.to_json())
    ended = store.runs.get(bad.id)
    assert ended.status is RunStatus.FAILED
    assert "can't be read" in ended.message
    store.deletions.delete_run(bad.id)


def test_a_status_of_another_version_is_told(store: Store) -> None:
    (run,) = submit(store)
    spoil(store, "runs", "status", run.id, "hibernating")
    assert store.runs.list_newest() == []
    with pytest.raises(StudioError, match="hibernating"):
        store.runs.get(run.id)


def test_an_unreadable_group_is_left_out_of_the_list(store: Store) -> None:
    dataset_id = store.collections.add(make_dataset())
    bad, good = (store.groups.submit(GroupKind.RACE, dataset_id, {"of": "two"}) for _ in range(2))
    spoil(store, "run_groups", "settings", bad.id, "not json")
    assert [group.id for group in store.groups.list_newest()] == [good.id]
    with pytest.raises(StudioError, match="can't be read"):
        store.groups.get(bad.id, GroupKind.RACE)
