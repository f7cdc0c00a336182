"""``Shelf``: what is kept as a file and named by a row: datasets, and what runs leave behind."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import UTC, datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from lstm_core.data.series.dataset import Dataset
from lstm_core.errors import NotFoundError
from lstm_core.runs.artifacts import ArtifactFolder
from lstm_core.runs.database.engine import Database
from lstm_core.runs.database.queries import get_row
from lstm_core.runs.database.rows import clean_text, read_dataset
from lstm_core.runs.database.tables import ArtifactRow, DatasetRow
from lstm_core.runs.snapshots.run import ArtifactEntry, DatasetEntry


class Shelf:
    """The files of the record and their names, kept in step.

    A file is written before the row that names it, and deleted only while nobody can write a
    row: a crash leaves at worst a file without a name, never a name without its file.
    """

    def __init__(self, database: Database, artifacts: ArtifactFolder) -> None:
        self._database = database
        self._artifacts = artifacts

    def add_dataset(self, dataset: Dataset) -> str:
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
        with self._writing_file(dataset.to_bytes()) as (session, sha256):
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

    def get_dataset(self, dataset_id: str) -> Dataset:
        """Return the dataset as it was added.

        Raises:
            NotFoundError: there is no such dataset.
            RecordError: its file is missing or was damaged.
        """
        with self._database.reading() as session:
            row = session.get(DatasetRow, clean_text(dataset_id))
        if row is None:
            raise NotFoundError("This dataset is not in the record.", "Choose or upload another.")
        return Dataset.from_bytes(self._artifacts.read(row.sha256))

    def list_datasets(self) -> list[DatasetEntry]:
        """Return every dataset, newest first."""
        with self._database.reading() as session:
            rows = session.scalars(select(DatasetRow).order_by(DatasetRow.created_at.desc()))
            return [read_dataset(row) for row in rows]

    def put_artifact(self, run_id: str, name: str, content: bytes) -> None:
        """Keep a named file of the run; the same name again replaces it.

        Raises:
            NotFoundError: there is no such run.
        """
        with self._writing_file(content) as (session, sha256):
            get_row(session, run_id)
            before = session.get(ArtifactRow, (run_id, name))
            replaced = [] if before is None or before.sha256 == sha256 else [before.sha256]
            session.merge(
                ArtifactRow(
                    run_id=run_id,
                    name=name,
                    sha256=sha256,
                    num_bytes=len(content),
                    created_at=datetime.now(UTC),
                )
            )
        self.delete_unreferenced(replaced)

    def get_artifact(self, run_id: str, name: str) -> bytes:
        """Return the content of a named file of the run.

        Raises:
            NotFoundError: the run has no such file.
            RecordError: the file is missing or was damaged.
        """
        with self._database.reading() as session:
            row = session.get(ArtifactRow, (clean_text(run_id), clean_text(name)))
        if row is None:
            raise NotFoundError(f'This run has no file "{name}".')
        return self._artifacts.read(row.sha256)

    def list_artifacts(self, run_id: str) -> list[ArtifactEntry]:
        """Return the run's files by name; empty for an unknown run."""
        with self._database.reading() as session:
            query = select(ArtifactRow).where(ArtifactRow.run_id == clean_text(run_id))
            rows = session.scalars(query.order_by(ArtifactRow.name))
            return [ArtifactEntry(row.name, row.sha256, row.num_bytes) for row in rows]

    def delete_unreferenced(self, hashes: Sequence[str]) -> int:
        """Delete the files that no row names, and return how many.

        Writing, so that none is named meanwhile; who wrote a file and is about to name it puts it
        back.
        """
        if not hashes:
            return 0
        with self._database.writing() as session:
            for column in (ArtifactRow.sha256, DatasetRow.sha256):
                used = set(session.scalars(select(column).where(column.in_(hashes))))
                hashes = [sha256 for sha256 in hashes if sha256 not in used]
            for sha256 in set(hashes):
                self._artifacts.delete(sha256)
        return len(set(hashes))

    @contextmanager
    def _writing_file(self, content: bytes) -> Iterator[tuple[Session, str]]:
        """Write a file, and then in one transaction the row that names it; or neither."""
        sha256 = self._artifacts.write(content)  # outside: others need not wait for the disk
        try:
            with self._database.writing() as session:
                self._artifacts.restore(sha256, content)  # a deletion may have come between
                yield session, sha256
        except BaseException:
            self.delete_unreferenced([sha256])
            raise
