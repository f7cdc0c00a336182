"""A row that can't be read never breaks a list, and holds up nobody."""

from __future__ import annotations

import json
import sqlite3
from contextlib import closing
from typing import Any

import pytest

from lstm_core.commands.telling.search_report import list_searches
from lstm_core.errors import NotFoundError, StudioError
from lstm_core.races.results import get_race
from lstm_core.runs.snapshots.group import GroupKind
from lstm_core.runs.snapshots.status import RunStatus
from lstm_core.runs.snapshots.unreadable import Unreadable, UnreadableError
from lstm_core.runs.stores.store import Store
from lstm_core.searches.outcome.standing import read_standing
from lstm_core.spec import SCHEMA_VERSION, ExperimentSpec
from tests.runs.records import make_dataset, submit
from tests.searches.records import complete_search, submit_search

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


NEWER = json.dumps({"schema_version": SCHEMA_VERSION + 1, "what": "nobody knows yet"})


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
    remedy = "Use that version" if "999" in content else "restore a backup"
    with pytest.raises(StudioError, match=rf"can't be read.*{remedy}"):
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


def test_a_list_says_what_it_leaves_out_and_why(store: Store) -> None:
    newer, damaged, good = submit(store, 3)
    spoil(store, "runs", "resolved_spec", newer.id, NEWER)
    spoil(store, "runs", "reasons", damaged.id, "[1]")
    left_out: list[Unreadable] = []
    assert [run.id for run in store.runs.list_newest(left_out=left_out)] == [good.id]
    assert [(entry.kind, entry.id, entry.is_newer) for entry in left_out] == [
        ("run", damaged.id, False),
        ("run", newer.id, True),
    ]
    assert left_out[1].reason == "a newer version of LSTM Studio made it."
    assert left_out[1].title == f"Run {newer.id} can't be read"
    with pytest.raises(StudioError, match=r"newer version of LSTM Studio made it\. Use that"):
        store.runs.get(newer.id)


def test_what_can_t_be_read_can_be_deleted(store: Store) -> None:
    (run,) = submit(store)
    store.runs.request_cancel(run.id)
    spoil(store, "runs", "spec", run.id, NEWER)
    store.deletions.delete_run(run.id)
    search = complete_search(store)
    spoil(store, "run_groups", "settings", search.id, "[]")
    store.deletions.delete_group(search.id, GroupKind.SEARCH)
    left_out: list[Unreadable] = []
    assert store.runs.list_newest(left_out=left_out) == []
    assert store.groups.list_newest(left_out=left_out) == []
    assert left_out == []
    with pytest.raises(NotFoundError):
        store.deletions.delete_group(search.id, GroupKind.SEARCH)


def rewrite(store: Store, group_id: str, **values: Any) -> None:
    """Change a group's settings; those that are None are taken out."""
    with closing(sqlite3.connect(store.settings.home / "record.sqlite")) as connection:
        query = "SELECT settings FROM run_groups WHERE id = ?"
        settings = json.loads(connection.execute(query, (group_id,)).fetchone()[0]) | values
    kept = {key: value for key, value in settings.items() if value is not None}
    spoil(store, "run_groups", "settings", group_id, json.dumps(kept))


@pytest.mark.parametrize(
    ("values", "is_newer"),
    [
        ({"draft": json.loads(NEWER)}, True),
        ({"space": {"model.units": 3, "x": {"kind": "wave"}}}, False),
        ({"base": None}, False),
        ({"default_values": 3}, False),
        ({"search": "bayesian"}, False),
    ],
)
def test_a_search_that_can_t_be_read_is_told_and_breaks_no_list(
    store: Store, values: dict[str, Any], is_newer: bool, capsys: pytest.CaptureFixture[str]
) -> None:
    bad, good = submit_search(store), submit_search(store)
    rewrite(store, bad.id, **values)
    with pytest.raises(UnreadableError) as caught:
        read_standing(store, bad.id)
    assert (caught.value.entry.kind, caught.value.entry.is_newer) == ("search", is_newer)
    list_searches(store, as_json=False)
    list_searches(store, as_json=True)
    *lines, report = capsys.readouterr().out.splitlines()
    assert [line.split()[0] for line in lines] == [good.id, bad.id]
    assert "can't be read" in lines[1]
    (entry,) = json.loads(report)["unreadable"]
    assert entry["id"] == bad.id


@pytest.mark.parametrize(
    ("values", "is_newer"),
    [
        ({"specs": {"GRU": json.loads(NEWER)}}, True),
        ({"contestants": None}, False),
        ({"contestants": [1]}, False),
        ({"seeds": "two"}, False),
        ({"specs": []}, False),
    ],
)
def test_a_race_that_can_t_be_read_is_told(
    store: Store, values: dict[str, Any], is_newer: bool
) -> None:
    dataset_id = store.collections.add(make_dataset())
    settings = {"contestants": ["GRU", "LSTM"], "seeds": [1]}
    race = store.groups.submit(GroupKind.RACE, dataset_id, settings)
    assert get_race(store, race.id).settings == settings
    rewrite(store, race.id, **values)
    with pytest.raises(UnreadableError) as caught:
        get_race(store, race.id)
    assert (caught.value.entry.id, caught.value.entry.is_newer) == (race.id, is_newer)


def test_a_trial_that_can_t_be_read_is_told_with_its_search(store: Store) -> None:
    search = complete_search(store)
    with closing(sqlite3.connect(store.settings.home / "record.sqlite")) as connection:
        connection.execute('UPDATE trials SET "values" = ? WHERE number = 2', ("null",))
        connection.commit()
    with pytest.raises(UnreadableError, match=rf"Trial 2 of search {search.id} can't be read"):
        read_standing(store, search.id)


@pytest.mark.parametrize(
    ("column", "content"), [("spec", NEWER), ("past", "[3]"), ("kept", "7"), ("spec", "[]")]
)
def test_a_draft_that_can_t_be_read_is_told(store: Store, column: str, content: str) -> None:
    draft = store.drafts.begin(ExperimentSpec())
    spoil(store, "drafts", column, draft.id, content)
    with pytest.raises(StudioError, match=r"[Dd]raft"):
        store.drafts.get(draft.id)
