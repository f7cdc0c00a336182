"""A row never names a file that is gone, whoever sweeps meanwhile."""

from __future__ import annotations

import sqlite3
from pathlib import Path

import pytest

from lstm_core.runs.artifacts import ArtifactFolder
from lstm_core.runs.database.tables import DatasetRow
from lstm_core.runs.stores.store import Store
from tests.runs.records import make_dataset


def test_nobody_sweeps_between_the_last_look_at_a_file_and_its_row(
    store: Store, studio_home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    looked: list[str] = []

    def look_as_others_try_to_write(folder: ArtifactFolder, sha256: str, content: bytes) -> None:
        restore(folder, sha256, content)
        other = sqlite3.connect(studio_home / "record.sqlite", timeout=0)
        with pytest.raises(sqlite3.OperationalError, match="locked"):
            other.execute("BEGIN IMMEDIATE")
        other.close()
        looked.append(sha256)

    restore = ArtifactFolder.restore
    monkeypatch.setattr(ArtifactFolder, "restore", look_as_others_try_to_write)
    store.collections.add(make_dataset())
    assert len(looked) == 1


def test_adding_data_again_brings_back_a_file_that_was_lost(store: Store) -> None:
    dataset = make_dataset()
    dataset_id = store.collections.add(dataset)
    with store._database.reading() as session:
        sha256 = session.get_one(DatasetRow, dataset_id).sha256
    store.collections._files.folder.delete(sha256)
    assert store.collections.add(dataset) == dataset_id
    assert store.collections.get(dataset_id).fingerprint == dataset.fingerprint
