"""The list of all that people made: newest first, a page at a time, looked for in the database."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta

import pytest

from lstm_core.runs.snapshots.group import GroupKind, GroupMember
from lstm_core.runs.snapshots.run import Run
from lstm_core.runs.snapshots.status import RunStatus
from lstm_core.runs.snapshots.unreadable import Unreadable
from lstm_core.runs.stores import listing
from lstm_core.runs.stores.listing import Entry, GroupEntry, Standing
from lstm_core.runs.stores.store import Store
from lstm_core.spec import ExperimentSpec
from tests.runs.records import change_row, create_running, make_dataset, submit

BEGAN = datetime(2026, 1, 1, tzinfo=UTC)


@pytest.fixture(autouse=True)
def small_pages(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(listing, "PAGE_SIZE", 4)


def list_ids(entries: Sequence[Entry]) -> list[str]:
    return [entry.group.id if isinstance(entry, GroupEntry) else entry.id for entry in entries]


def submit_race(store: Store, name: str = "") -> str:
    members = [GroupMember("net", ExperimentSpec().with_values({"training.seed": 1}))]
    dataset_id = store.collections.add(make_dataset())
    return store.groups.submit(GroupKind.RACE, dataset_id, {}, members, name=name).id


def submit_named(store: Store, *names: str, dataset: str = "sales.csv") -> list[Run]:
    dataset_id = store.collections.add(make_dataset(dataset, num_rows=20 + len(dataset)))
    return [store.runs.submit(ExperimentSpec(), dataset_id, name=name) for name in names]


def test_pages_follow_each_other_and_leave_nothing_out(store: Store) -> None:
    runs = submit(store, 10)
    expected = [run.id for run in runs][::-1]
    found = []
    for first in (0, 4, 8):
        page = store.listing.read_page(first)
        assert (page.first, page.num_found) == (first, 10)
        assert (page.has_newer, page.has_older) == (first > 0, first < 8)
        found += list_ids(page.entries)
    assert found == expected
    beyond = store.listing.read_page(1_000)
    assert (beyond.first, list_ids(beyond.entries)) == (8, expected[8:])
    assert store.listing.count() == 10


def test_an_empty_record_has_an_empty_page(store: Store) -> None:
    page = store.listing.read_page(8)
    assert (page.entries, page.first, page.num_found) == ([], 0, 0)
    assert not page.has_newer
    assert not page.has_older


def test_a_race_stands_where_its_newest_run_does_with_all_of_them(store: Store) -> None:
    race_id = submit_race(store)
    before, after = submit(store, 2)
    (member,) = store.runs.list_newest(group_id=race_id)
    for hours, run in enumerate((before, member, after)):
        change_row(store, run.id, created_at=BEGAN + timedelta(hours=hours))
    page = store.listing.read_page()
    assert list_ids(page.entries) == [after.id, race_id, before.id]
    race = page.entries[1]
    assert isinstance(race, GroupEntry)
    assert [run.id for run in race.runs] == [member.id]


def test_runs_of_races_and_what_was_deleted_are_no_entries(store: Store) -> None:
    race_id = submit_race(store)
    kept, gone = submit(store, 2)
    store.runs.request_cancel(gone.id)
    store.deletions.delete_run(gone.id)
    assert set(list_ids(store.listing.read_page().entries)) == {race_id, kept.id}
    (member,) = store.runs.list_newest(group_id=race_id)
    store.runs.request_cancel(member.id)
    store.deletions.delete_run(member.id)
    assert list_ids(store.listing.read_page().entries) == [kept.id]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Winter", ["winter", "midwinter"]),
        ("  winter ", ["winter", "midwinter"]),
        ("50%", ["50% off"]),
        ("a_b", ["a_b"]),
        ("\\", ["back\\slash"]),
        ("Grün", ["Grün"]),
        ("nothing like it", []),
        ("'; drop table runs; --", []),
    ],
)
def test_a_text_is_looked_for_as_it_stands(store: Store, text: str, expected: list[str]) -> None:
    names = ["winter", "midwinter", "50% off", "50 off", "a_b", "acb", "back\\slash", "Grün"]
    submit_named(store, *names)
    found = [
        entry.name
        for first in (0, 4)
        for entry in store.listing.read_page(first, text).entries
        if isinstance(entry, Run)
    ]
    assert set(found) == {*expected}


def test_datasets_messages_verdicts_and_races_are_looked_through(store: Store) -> None:
    (of_file,) = submit_named(store, "", dataset="harvest.csv")
    said, told = submit(store, 2)
    change_row(store, said.id, message="The loss became nan.")
    change_row(store, told.id, verdict={"sentence": "Beats Theta by 9%."})
    race_id = submit_race(store, "the great race")
    sought = {"HARVEST": of_file.id, "became NaN": said.id, "theta by": told.id, "great": race_id}
    for text, expected in sought.items():
        assert list_ids(store.listing.read_page(0, text).entries) == [expected], text


def test_runs_are_found_by_where_they_stand(store: Store) -> None:
    waiting, failed, done = submit(store, 3)
    training = create_running(store)
    change_row(store, failed.id, status=RunStatus.FAILED)
    change_row(store, done.id, status=RunStatus.COMPLETED)
    race_id = submit_race(store)
    expected = {
        Standing.ANY: {waiting.id, failed.id, done.id, training.id, race_id},
        Standing.ACTIVE: {waiting.id, training.id, race_id},
        Standing.COMPLETED: {done.id},
        Standing.ENDED: {failed.id},
    }
    for standing, ids in expected.items():
        pages = (store.listing.read_page(first, "", standing) for first in (0, 4))
        found = {entry_id for page in pages for entry_id in list_ids(page.entries)}
        assert found == ids, standing


def test_what_cannot_be_read_stands_in_its_place(store: Store) -> None:
    first, second, third = submit(store, 3)
    change_row(store, second.id, status="dancing")
    entries = store.listing.read_page().entries
    assert list_ids(entries) == [third.id, second.id, first.id]
    assert isinstance(entries[1], Unreadable)
