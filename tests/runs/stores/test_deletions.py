"""What is deleted is hidden, can be had back, and is swept with all that only it used."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from sqlalchemy import select, update

from lstm_core.errors import NotFoundError, StudioError
from lstm_core.events import EpochFinished
from lstm_core.runs.database.reserve import Reserve
from lstm_core.runs.database.tables import DatasetRow
from lstm_core.runs.snapshots.group import GroupKind, GroupMember
from lstm_core.runs.snapshots.run import Run
from lstm_core.runs.snapshots.status import RunStatus
from lstm_core.runs.stores.leftovers import UNDO_SECONDS, Swept
from lstm_core.runs.stores.store import Store
from lstm_core.spec import ExperimentSpec
from tests.runs.records import change_row, create_running, make_dataset, submit

RACE = GroupKind.RACE


def finish(store: Store, name: str = "sales.csv") -> Run:
    """A finished run with a curve and a file of its own, on a dataset of this name."""
    run = store.runs.create_running(ExperimentSpec(), store.collections.add(make_dataset(name)))
    store.runs.record_events(run.id, [EpochFinished(1, 1, 1, 1)])
    store.artifacts.put(run.id, "own", run.id.encode())
    return store.runs.finish(run.id, RunStatus.COMPLETED)


def submit_race(store: Store, name: str = "race.csv", labels: str = "ab") -> str:
    """A race whose runs were stopped before they began."""
    members = [GroupMember(label, ExperimentSpec()) for label in labels]
    dataset_id = store.collections.add(make_dataset(name))
    group = store.groups.submit(RACE, dataset_id, {"contestants": list(labels)}, members)
    for run in store.runs.list_newest(group_id=group.id):
        store.runs.request_cancel(run.id)
    return group.id


def list_files(store: Store) -> list[Path]:
    return [path for path in store.settings.artifacts_folder.rglob("*") if path.is_file()]


def sweep_all(store: Store) -> Swept:
    """Sweep as if all that has to pass before had passed."""
    return store.leftovers.sweep(undo_seconds=0, stranded_seconds=0)


def test_a_deleted_run_is_hidden_and_can_be_had_back_as_it_was(store: Store) -> None:
    run, other = finish(store), finish(store)
    files = list_files(store)
    store.deletions.delete_run(run.id)
    assert [kept.id for kept in store.runs.list_newest()] == [other.id]
    for call in (store.runs.get, store.deletions.delete_run):
        with pytest.raises(NotFoundError):
            call(run.id)
    store.leftovers.sweep()
    (deleted,) = store.deletions.list_deleted()
    assert (deleted.id, list_files(store)) == (run.id, files)
    store.deletions.restore_run(run.id)
    store.deletions.restore_run(run.id)  # two may press the button
    assert store.runs.get(run.id) == run
    assert store.artifacts.get(run.id, "own") == run.id.encode()
    assert len(store.runs.get_epochs(run.id)) == 1
    assert store.deletions.list_deleted() == []


def test_after_a_while_it_is_gone_for_good(store: Store) -> None:
    run = finish(store)
    store.deletions.delete_run(run.id)
    past = datetime.now(UTC) - timedelta(seconds=UNDO_SECONDS + 1)
    change_row(store, run.id, deleted_at=past)
    assert store.deletions.list_deleted() == []
    assert store.leftovers.sweep().runs == 1
    with pytest.raises(NotFoundError):
        store.deletions.restore_run(run.id)
    assert store.runs.get_epochs(run.id) == []


def test_a_run_s_table_goes_with_it_when_nothing_else_uses_it(store: Store) -> None:
    run, other = finish(store, "gone.csv"), finish(store, "kept.csv")
    again = finish(store, "kept.csv")
    for deleted in (run, other):
        store.deletions.delete_run(deleted.id)
    assert sweep_all(store) == Swept(runs=2, datasets=1, files=3)
    assert [entry.name for entry in store.collections.list_newest()] == ["kept.csv"]
    assert store.collections.get(again.dataset_id).name == "kept.csv"
    assert len(list_files(store)) == 2
    store.deletions.delete_run(again.id)
    sweep_all(store)
    assert (store.collections.list_newest(), list_files(store)) == ([], [])


def test_whatever_speaks_of_a_table_keeps_it(store: Store) -> None:
    deleted = finish(store, "deleted.csv")
    store.deletions.delete_run(deleted.id)  # it may be had back
    queued = store.runs.submit(ExperimentSpec(), store.collections.add(make_dataset("queued.csv")))
    group = submit_race(store, "race.csv", labels="")
    whole, part = (store.collections.add(make_dataset(name)) for name in ("whole.csv", "part.csv"))
    search = store.searches.submit(whole, {"development_id": part}, 3)
    store.drafts.begin(
        ExperimentSpec(), dataset_id=store.collections.add(make_dataset("draft.csv"))
    )
    store.collections.add(make_dataset("nobody.csv"))
    assert store.leftovers.sweep(stranded_seconds=0).datasets == 1
    names = {entry.name for entry in store.collections.list_newest()}
    assert names == {
        f"{name}.csv" for name in ("deleted", "queued", "race", "whole", "part", "draft")
    }
    assert store.runs.get(queued.id).dataset_name == "queued.csv"
    assert store.groups.get(group, RACE).dataset_name == "race.csv"
    assert store.searches.get(search.id).dataset_name == "whole.csv"


def test_a_table_that_was_just_added_is_about_to_be_used(store: Store) -> None:
    dataset_id = store.collections.add(make_dataset())
    assert store.leftovers.sweep().datasets == 0
    past = datetime.now(UTC) - timedelta(days=1)
    with store._database.writing() as session:
        session.execute(update(DatasetRow).values(created_at=past))
    assert store.collections.add(make_dataset()) == dataset_id  # somebody presses Train
    assert store.leftovers.sweep().datasets == 0
    store.runs.submit(ExperimentSpec(), dataset_id)
    with store._database.writing() as session:
        session.execute(update(DatasetRow).values(created_at=past))
    assert store.leftovers.sweep().datasets == 0


def test_files_that_no_row_names_are_swept(store: Store) -> None:
    run = finish(store)
    before = list_files(store)
    for content in (b"a kill came between", b"the file and its row"):
        store.files.folder.write(content)
    assert store.leftovers.sweep().files == 2
    assert list_files(store) == before
    assert store.artifacts.get(run.id, "own") == run.id.encode()


def test_a_file_that_is_swept_before_its_row_is_written_is_put_back(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    run = create_running(store)
    write = store.files.folder.write
    swept = []

    def write_before_a_sweep(content: bytes) -> str:
        sha256 = write(content)
        if not swept:
            swept.append(store.leftovers.sweep().files)
        return sha256

    monkeypatch.setattr(store.files.folder, "write", write_before_a_sweep)
    store.artifacts.put(run.id, "weights", b"content")
    assert swept == [1]
    assert store.artifacts.get(run.id, "weights") == b"content"


def test_a_deleted_race_comes_back_with_its_runs_but_not_with_others(store: Store) -> None:
    group = submit_race(store)
    first, second = store.runs.list_newest(group_id=group)
    store.deletions.delete_run(first.id)
    store.deletions.delete_group(group, RACE)
    assert (store.groups.list_newest(), store.runs.list_newest()) == ([], [])
    assert [deleted.id for deleted in store.deletions.list_deleted()] == [group]
    with pytest.raises(NotFoundError):
        store.deletions.delete_group(group, RACE)
    store.deletions.restore_group(group)
    assert [each.id for each in store.groups.list_newest()] == [group]
    assert [run.id for run in store.runs.list_newest()] == [second.id]
    assert [deleted.id for deleted in store.deletions.list_deleted()] == [first.id]


def test_a_race_is_swept_with_its_runs_its_logs_and_its_table(store: Store) -> None:
    group = submit_race(store)
    runs = store.runs.list_newest(group_id=group)
    for each in (group, *(run.id for run in runs)):
        store.logs.path(each).parent.mkdir(exist_ok=True)
        store.logs.path(each).write_text("log")
    store.deletions.delete_group(group, RACE)
    sweep_all(store)
    assert (store.collections.list_newest(), list_files(store)) == ([], [])
    assert not list(store.settings.logs_folder.glob("*.log"))
    with pytest.raises(NotFoundError):
        store.deletions.restore_group(group)


def test_a_search_under_way_is_not_deleted(store: Store) -> None:
    search = store.searches.submit(store.collections.add(make_dataset()), {}, 3)
    with pytest.raises(StudioError, match="This search is not finished"):
        store.deletions.delete_search(search.id)
    assert [each.id for each in store.searches.list_newest()] == [search.id]


def test_a_run_that_is_deleted_is_missing_in_its_race(store: Store) -> None:
    group = submit_race(store)
    first, second = store.runs.list_newest(group_id=group)
    change_row(store, first.id, status=RunStatus.COMPLETED)
    store.deletions.delete_run(first.id)
    member = GroupMember(first.label, first.spec)
    assert len(store.groups.add_runs(group, RACE, [member])) == 1
    assert second.id in [run.id for run in store.runs.list_newest(group_id=group)]


def test_a_sweep_of_an_empty_record_does_nothing(store: Store) -> None:
    submit(store)
    assert sweep_all(store) == Swept()


def test_on_a_full_disk_what_is_deleted_makes_room_at_once(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    before, run, group = finish(store), finish(store), submit_race(store)
    store.deletions.delete_run(before.id)
    monkeypatch.setattr(Reserve, "is_room_scarce", True)
    store.deletions.delete_run(run.id)
    assert store.deletions.list_deleted() == []
    assert {path.name for path in list_files(store)} == set(list_named(store))
    store.deletions.delete_group(group, RACE)
    with pytest.raises(NotFoundError):
        store.deletions.restore_group(group)


def list_named(store: Store) -> list[str]:
    with store._database.reading() as session:
        return sorted(session.scalars(select(DatasetRow.sha256)))
