"""``Collections``: what people brought to learn from, each kept as a file."""

from __future__ import annotations

import hashlib
from datetime import UTC, datetime
from typing import TypeVar

from sqlalchemy import select

from lstm_core.data.collections import Collection, get_format
from lstm_core.errors import DataError, NotFoundError
from lstm_core.runs.database.engine import Database
from lstm_core.runs.database.rows import clean_text, read_collection
from lstm_core.runs.database.tables import DatasetRow
from lstm_core.runs.named_files import NamedFiles
from lstm_core.runs.snapshots.run import CollectionEntry

_CollectionT = TypeVar("_CollectionT", bound=Collection)


class Collections:
    """The collections of the record, of every kind that ``data.collections`` knows."""

    def __init__(self, database: Database, files: NamedFiles) -> None:
        self._database = database
        self._files = files

    def add(self, collection: Collection) -> str:
        """Keep the collection and return its id; adding an equal one again returns the same id.

        Equal means equal in content, name, source and notes: two people who upload the same
        numbers under two names each see their own. Where its file has been lost, it is back.
        """
        fingerprint = collection.fingerprint
        identity = "\0".join([fingerprint, collection.source, collection.name, *collection.notes])
        dataset_id = hashlib.sha256(identity.encode("utf-8", "replace")).hexdigest()
        with self._database.writing() as session:
            row = session.get(DatasetRow, dataset_id)
            if row is not None and self._files.folder.path(row.sha256).exists():
                row.created_at = datetime.now(UTC)  # somebody is about to use it: no sweep may come
                return dataset_id
        kept_as = get_format(collection.kind)
        outline = kept_as.outline_collection(collection)
        with self._files.writing(kept_as.collection_to_bytes(collection)) as (session, sha256):
            session.merge(
                DatasetRow(
                    id=dataset_id,
                    fingerprint=fingerprint,
                    name=clean_text(collection.name),
                    source=collection.source,
                    kind=collection.kind,
                    summary=clean_text(outline.summary),
                    num_items=outline.num_items,
                    num_rows=outline.num_rows,
                    sha256=sha256,
                    created_at=datetime.now(UTC),
                )
            )
        return dataset_id

    def get(self, dataset_id: str) -> Collection:
        """Return the collection as it was added.

        Raises:
            NotFoundError: there is no such collection.
            DataError: it is of a kind that this version does not know.
            RecordError: its file is missing or was damaged.
        """
        with self._database.reading() as session:
            row = session.get(DatasetRow, clean_text(dataset_id))
        if row is None:
            raise NotFoundError("This dataset is not in the record.", "Choose or upload another.")
        return get_format(row.kind).collection_from_bytes(self._files.read(row.sha256))

    def get_as(self, dataset_id: str, kind: type[_CollectionT]) -> _CollectionT:
        """Return the collection for somebody who can use this kind alone.

        Args:
            kind: its class, such as ``Dataset``.

        Raises:
            NotFoundError, RecordError: as ``get``.
            DataError: it is of another kind.
        """
        collection = self.get(dataset_id)
        if not isinstance(collection, kind):
            raise DataError(
                f'These data are a collection of the kind "{collection.kind}", and '
                f'"{kind.kind}" is needed here.',
                "Choose other data, or another task.",
            )
        return collection

    def list_newest(self) -> list[CollectionEntry]:
        """Return every collection, newest first."""
        with self._database.reading() as session:
            rows = session.scalars(select(DatasetRow).order_by(DatasetRow.created_at.desc()))
            return [read_collection(row) for row in rows]
