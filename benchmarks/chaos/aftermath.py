"""What is left of a record after it was done harm to."""

from __future__ import annotations

import hashlib
import sqlite3
from contextlib import closing
from pathlib import Path

from sqlalchemy import select

from lstm_core.errors import StudioError
from lstm_core.runs.artifacts import INCOMPLETE
from lstm_core.runs.database.tables import ArtifactRow, DatasetRow
from lstm_core.runs.stores.store import Store


def find_damage(store: Store) -> list[str]:
    """Return a sentence for each file that the record names and can't read, and for the record."""
    faults = []
    for run in store.runs.list_newest():
        for artifact in store.artifacts.list_of(run.id):
            try:
                store.artifacts.get(run.id, artifact.name)
            except StudioError as error:
                faults.append(f"{artifact.name} of run {run.id}: {error}")
    for entry in store.collections.list_newest():
        try:
            store.collections.get(entry.id)
        except StudioError as error:
            faults.append(f"dataset {entry.name}: {error}")
    with closing(sqlite3.connect(store.settings.home / "record.sqlite")) as connection:
        (state,) = connection.execute("PRAGMA integrity_check").fetchone()
    return faults if state == "ok" else [*faults, f"the record is damaged: {state}"]


def list_orphans(store: Store) -> list[Path]:
    """Return the files that no row names."""
    with store._database.reading() as session:
        named = set(session.scalars(select(ArtifactRow.sha256)))
        named |= set(session.scalars(select(DatasetRow.sha256)))
    return [path for path in _list_files(store) if path.name not in named]


def list_torn(store: Store) -> list[Path]:
    """Return the files whose content is not what their names say, unfinished ones left out."""
    return [
        path
        for path in _list_files(store)
        if not path.match(INCOMPLETE) and hashlib.sha256(path.read_bytes()).hexdigest() != path.name
    ]


def _list_files(store: Store) -> list[Path]:
    return [path for path in store.settings.artifacts_folder.glob("*/*") if path.is_file()]
