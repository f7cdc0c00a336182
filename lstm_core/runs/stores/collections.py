"""``Collections``: what people brought to learn from, each kept as a file."""

from __future__ import annotations

import hashlib
from datetime import UTC, datetime

from sqlalchemy import select

from lstm_core.data.series.dataset import Dataset
from lstm_core.errors import NotFoundError
from lstm_core.runs.database.engine import Database
from lstm_core.runs.database.rows import clean_text, read_dataset
from lstm_core.runs.database.tables import DatasetRow
from lstm_core.runs.named_files import NamedFiles
from lstm_core.runs.snapshots.run import DatasetEntry


class Collections:
    """The collections of the record."""

    def __init__(self, database: Database, files: NamedFiles) -> None:
        self._database = database
        self._files = files

    def add(self, dataset: Dataset) -> str:
        """Keep the dataset and return its id; adding an equal one again returns the same id.

        Equal means equal in values, name, source and notes: two people who upload the same
        numbers under two names each see their own.
        """
        fingerprint = dataset.fingerprint
        identity = "\0".join([fingerprint, dataset.source, dataset.name, *dataset.notes])
        dataset_id = hashlib.sha256(identity.encode("utf-8", "replace")).hexdigest()
        with self._database.writing() as session:
            row = session.get(DatasetRow, dataset_id)
            if row is not None:
                row.created_at = datetime.now(UTC)  # somebody is about to use it: no sweep may come
                return dataset_id
        with self._files.writing(dataset.to_bytes()) as (session, sha256):
            session.merge(
                DatasetRow(
                    id=dataset_id,
                    fingerprint=fingerprint,
                    name=clean_text(dataset.name),
                    source=dataset.source,
                    frequency=dataset.frequency.label,
                    num_rows=dataset.num_rows,
                    num_series=len(dataset.series_names),
                    sha256=sha256,
                    created_at=datetime.now(UTC),
                )
            )
        return dataset_id

    def get(self, dataset_id: str) -> Dataset:
        """Return the dataset as it was added.

        Raises:
            NotFoundError: there is no such dataset.
            RecordError: its file is missing or was damaged.
        """
        with self._database.reading() as session:
            row = session.get(DatasetRow, clean_text(dataset_id))
        if row is None:
            raise NotFoundError("This dataset is not in the record.", "Choose or upload another.")
        return Dataset.from_bytes(self._files.read(row.sha256))

    def list_newest(self) -> list[DatasetEntry]:
        """Return every dataset, newest first."""
        with self._database.reading() as session:
            rows = session.scalars(select(DatasetRow).order_by(DatasetRow.created_at.desc()))
            return [read_dataset(row) for row in rows]
