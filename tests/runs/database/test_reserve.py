from __future__ import annotations

import shutil
from pathlib import Path
from types import SimpleNamespace

import pytest

from lstm_core.runs.database.engine import RecordError
from lstm_core.runs.database.reserve import Reserve, spends_reserve
from lstm_core.runs.snapshots.status import RunStatus
from lstm_core.runs.stores.store import Store
from tests.runs.records import create_running

FULL = RecordError("The disk is full.", "Free some space and try again.")


class Keeper:
    """Deletes, if the reserve has been given away or there never was need of it."""

    def __init__(self, reserve: Reserve, error: RecordError | None) -> None:
        self.reserve = reserve
        self.error = error
        self.tries = 0

    @spends_reserve
    def delete(self, what: str) -> str:
        self.tries += 1
        if self.error is not None and self.tries == 1:
            raise self.error
        return what


@pytest.fixture
def reserve(tmp_path: Path) -> Reserve:
    return Reserve(tmp_path / "reserve", 1_000)


def test_room_is_taken_once_and_given_once(reserve: Reserve, tmp_path: Path) -> None:
    reserve.keep()
    reserve.keep()
    assert (tmp_path / "reserve").stat().st_size == 1_000
    assert reserve.release()
    assert not reserve.release()


def test_no_room_is_taken_from_a_disk_that_has_little(
    reserve: Reserve, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(shutil, "disk_usage", lambda path: SimpleNamespace(free=1_500))
    reserve.keep()
    assert list(tmp_path.iterdir()) == []


def test_a_full_disk_is_met_with_the_reserve_and_it_is_kept_again(
    reserve: Reserve, tmp_path: Path
) -> None:
    reserve.keep()
    keeper = Keeper(reserve, FULL)
    assert keeper.delete("it") == "it"
    assert keeper.tries == 2
    assert (tmp_path / "reserve").exists()


def test_without_a_reserve_the_disk_is_told_to_be_full(reserve: Reserve) -> None:
    with pytest.raises(RecordError, match="disk is full"):
        Keeper(reserve, FULL).delete("it")


def test_other_errors_leave_the_reserve_alone(reserve: Reserve, tmp_path: Path) -> None:
    reserve.keep()
    with pytest.raises(RecordError, match="busy"):
        Keeper(reserve, RecordError("The record is busy.")).delete("it")
    assert (tmp_path / "reserve").exists()


def test_a_store_takes_no_room_by_itself(store: Store) -> None:
    run = create_running(store)
    store.runs.finish(run.id, RunStatus.COMPLETED)
    store.deletions.delete_run(run.id)
    assert not (store.settings.home / "reserve").exists()
