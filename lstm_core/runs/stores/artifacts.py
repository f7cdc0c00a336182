"""``Artifacts``: what runs leave behind, each kept as a file with a name."""

from __future__ import annotations

from datetime import UTC, datetime

from sqlalchemy import select

from lstm_core.errors import NotFoundError
from lstm_core.runs.database.engine import Database
from lstm_core.runs.database.queries import get_row
from lstm_core.runs.database.rows import clean_text
from lstm_core.runs.database.tables import ArtifactRow
from lstm_core.runs.named_files import NamedFiles
from lstm_core.runs.snapshots.run import ArtifactEntry


class Artifacts:
    """The named files of the record's runs."""

    def __init__(self, database: Database, files: NamedFiles) -> None:
        self._database = database
        self._files = files

    def put(self, run_id: str, name: str, content: bytes) -> None:
        """Keep a named file of the run; the same name again replaces it.

        Raises:
            NotFoundError: there is no such run.
        """
        with self._files.writing(content) as (session, sha256):
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
        self._files.delete_unreferenced(replaced)

    def get(self, run_id: str, name: str) -> bytes:
        """Return the content of a named file of the run.

        Raises:
            NotFoundError: the run has no such file.
            RecordError: the file is missing or was damaged.
        """
        with self._database.reading() as session:
            row = session.get(ArtifactRow, (clean_text(run_id), clean_text(name)))
        if row is None:
            raise NotFoundError(f'This run has no file "{name}".')
        return self._files.read(row.sha256)

    def list_of(self, run_id: str) -> list[ArtifactEntry]:
        """Return the run's files by name; empty for an unknown run."""
        with self._database.reading() as session:
            query = select(ArtifactRow).where(ArtifactRow.run_id == clean_text(run_id))
            rows = session.scalars(query.order_by(ArtifactRow.name))
            return [ArtifactEntry(row.name, row.sha256, row.num_bytes) for row in rows]
