"""``Leftovers``: what nobody can speak of any more, removed for good."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from sqlalchemy import delete, or_, select

from lstm_core.runs.database.engine import Database, explain_failure
from lstm_core.runs.database.queries import select_unused_datasets
from lstm_core.runs.database.reserve import Reserve, spends_reserve
from lstm_core.runs.database.tables import DatasetRow, RunGroupRow, RunRow
from lstm_core.runs.logs import Logs
from lstm_core.runs.named_files import NamedFiles

UNDO_SECONDS = 3_600
"""So long what was deleted can be had back."""

STRANDED_SECONDS = 3_600
"""So long a dataset is kept that nothing uses: whoever added it is about to use it."""


@dataclass(frozen=True)
class Swept:
    """How much a sweep removed; ``files`` counts those that were never finished as well."""

    runs: int = 0
    datasets: int = 0
    files: int = 0


class Leftovers:
    """Sweeps what was deleted with everything that only it used, and what was never finished.

    ``sweep`` is for a thread that comes round now and then; it may be called in several processes.

    Attributes:
        reserve: room on the disk that is kept for deleting, from the first ``keep`` on.
    """

    def __init__(self, database: Database, files: NamedFiles, logs: Logs, reserve: Reserve) -> None:
        self._database = database
        self._files = files
        self._logs = logs
        self.reserve = reserve

    @spends_reserve
    def sweep(
        self, *, undo_seconds: float = UNDO_SECONDS, stranded_seconds: float = STRANDED_SECONDS
    ) -> Swept:
        """Remove for good what was deleted long enough ago, and all that nothing speaks of.

        These are the curves, files and logs of such runs, datasets that no run, group, search or
        draft uses, files that no row names, and files whose writer died in the middle.

        Raises:
            RecordError: the record or its folders can't be written.
        """
        now = datetime.now(UTC)
        ids = self._sweep_runs(now - timedelta(seconds=undo_seconds))
        for run_id in ids:
            self._logs.delete(run_id)
        num_datasets = self._sweep_datasets(now - timedelta(seconds=stranded_seconds))
        return Swept(len(ids), num_datasets, self._sweep_files())

    def make_room(self) -> None:
        """Remove at once what was deleted, where the disk is as good as full.

        Raises:
            RecordError: the record or its folders can't be written.
        """
        try:
            is_scarce = self.reserve.is_room_scarce
        except OSError as error:
            raise explain_failure(error) from error
        if is_scarce:
            self.sweep(undo_seconds=0)

    def sweep_logs(self, max_age_seconds: float) -> int:
        """Remove logs of runs and searches that are not in the record any more; return how many.

        Only those that nobody has written into for a while.
        """
        with self._database.reading() as session:
            known = set(session.scalars(select(RunRow.id)))
            known |= set(session.scalars(select(RunGroupRow.id)))
        strays = [name for name in self._logs.list_idle(max_age_seconds) if name not in known]
        for name in strays:
            self._logs.delete(name)
        return len(strays)

    def _sweep_runs(self, until: datetime) -> list[str]:
        """Remove the rows of what was deleted by then; return the ids of runs and groups."""
        with self._database.writing() as session:
            groups = list(
                session.scalars(select(RunGroupRow.id).where(RunGroupRow.deleted_at <= until))
            )
            is_old = or_(RunRow.deleted_at <= until, RunRow.group_id.in_(groups))
            runs = list(session.scalars(select(RunRow.id).where(is_old)))
            for few in _split(runs):  # their epochs and artifacts go with them
                session.execute(delete(RunRow).where(RunRow.id.in_(few)))
            session.execute(delete(RunGroupRow).where(RunGroupRow.id.in_(groups)))
        return [*runs, *groups]

    def _sweep_datasets(self, until: datetime) -> int:
        with self._database.writing() as session:
            query = select_unused_datasets().where(DatasetRow.created_at <= until)
            unused = list(session.scalars(query))
            for row in unused:
                session.delete(row)
        return len(unused)

    def _sweep_files(self) -> int:
        num_files = self._files.folder.sweep_unfinished()
        for few in _split(self._files.folder.list_names()):
            num_files += self._files.delete_unreferenced(few)
        return num_files


def _split(names: list[str], size: int = 500) -> Iterator[list[str]]:
    """Cut a list to pieces that a query may name; and between two, others may write."""
    return (names[start : start + size] for start in range(0, len(names), size))
