"""``NamedFiles``: the record's files and the rows that name them, kept in step."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager

from sqlalchemy import select
from sqlalchemy.orm import Session

from lstm_core.runs.artifacts import ArtifactFolder
from lstm_core.runs.database.engine import Database
from lstm_core.runs.database.tables import ArtifactRow, DatasetRow


class NamedFiles:
    """Writes, reads and deletes files for the stores whose rows name them.

    A file is written before the row that names it, and deleted only while nobody can write a
    row: a crash leaves at worst a file without a name, never a name without its file.
    """

    def __init__(self, database: Database, folder: ArtifactFolder) -> None:
        self._database = database
        self.folder = folder

    @contextmanager
    def writing(self, content: bytes) -> Iterator[tuple[Session, str]]:
        """Write a file, and then in one transaction the row that names it; or neither."""
        sha256 = self.folder.write(content)  # outside: others need not wait for the disk
        try:
            with self._database.naming(alone=False) as session:
                self.folder.restore(sha256, content)  # a deletion may have come between
                yield session, sha256
        except BaseException:
            self.delete_unreferenced([sha256])
            raise

    def read(self, sha256: str) -> bytes:
        """Return the content.

        Raises:
            NotFoundError: the file is missing.
            RecordError: it was damaged.
        """
        return self.folder.read(sha256)

    def delete_unreferenced(self, hashes: Sequence[str]) -> int:
        """Delete the files that no row names, and return how many.

        Writing, so that none is named meanwhile; who wrote a file and is about to name it puts it
        back.
        """
        if not hashes:
            return 0
        with self._database.naming(alone=True) as session:
            for column in (ArtifactRow.sha256, DatasetRow.sha256):
                used = set(session.scalars(select(column).where(column.in_(hashes))))
                hashes = [sha256 for sha256 in hashes if sha256 not in used]
            for sha256 in set(hashes):
                self.folder.delete(sha256)
        return len(set(hashes))
