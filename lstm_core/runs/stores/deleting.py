"""``Deleting``: what people throw away can be had back for a while, and is swept after that."""

from __future__ import annotations

import time
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from sqlalchemy import delete, or_, select, update
from sqlalchemy.orm import Session

from lstm_core.errors import StudioError
from lstm_core.runs.artifacts import ArtifactFolder
from lstm_core.runs.database.engine import Database, explain_failure
from lstm_core.runs.database.queries import (
    check_id,
    get_row,
    is_id,
    not_found,
    select_groups,
    select_runs,
    select_unused_datasets,
)
from lstm_core.runs.database.reserve import Reserve, spends_reserve
from lstm_core.runs.database.rows import clean_text, read_all, read_group, read_run
from lstm_core.runs.database.tables import DatasetRow, RunGroupRow, RunRow
from lstm_core.runs.snapshots.group import GroupKind, RunGroup
from lstm_core.runs.snapshots.run import Run
from lstm_core.runs.snapshots.status import RunStatus
from lstm_core.runs.stores.conducting import Conducting
from lstm_core.settings import Settings

UNDO_SECONDS = 3_600
"""So long what was deleted can be had back."""

STRANDED_SECONDS = 3_600
"""So long a dataset is kept that nothing uses: whoever added it is about to use it."""

_UNFINISHED = (RunStatus.QUEUED, RunStatus.RUNNING)


@dataclass(frozen=True)
class Swept:
    """How much a sweep removed; ``files`` counts those that were never finished as well."""

    runs: int = 0
    datasets: int = 0
    files: int = 0


class Deleting(Conducting):
    """Hides what is deleted, and sweeps it with everything that only it used.

    ``sweep`` is for a thread that comes round now and then; it may be called in several processes.
    """

    def __init__(self, database: Database, artifacts: ArtifactFolder, settings: Settings) -> None:
        super().__init__(database, artifacts)
        self._logs_folder = settings.logs_folder
        self._home = settings.home

    @property
    def reserve(self) -> Reserve:
        """Room on the disk that is kept for deleting, from the first ``keep`` on."""
        return Reserve(self._home / "reserve")

    def delete_run(self, run_id: str) -> None:
        """Hide a finished run; for ``UNDO_SECONDS`` it can be restored.

        Where the disk is as good as full, what is deleted makes room at once.

        Raises:
            NotFoundError: there is no such run, or it was deleted already.
            StudioError: it is queued or running.
        """
        self._hide_run(run_id)
        self._make_room()

    @spends_reserve
    def _hide_run(self, run_id: str) -> None:
        self.mark_vanished()
        with self._database.writing() as session:
            row = get_row(session, run_id)
            if row.deleted_at is not None:
                raise not_found()
            _check_finished(row.status in _UNFINISHED, "run")
            row.deleted_at = datetime.now(UTC)

    def _make_room(self) -> None:
        try:
            is_scarce = self.reserve.is_room_scarce
        except OSError as error:
            raise explain_failure(error) from error
        if is_scarce:
            self.sweep(undo_seconds=0)

    def restore_run(self, run_id: str) -> None:
        """Take back that a run was deleted; one that was not stays as it is.

        Raises:
            NotFoundError: it has been swept.
        """
        with self._database.writing() as session:
            get_row(session, run_id).deleted_at = None

    def delete_group(self, group_id: str, kind: GroupKind) -> None:
        """Hide a group with all its runs; for ``UNDO_SECONDS`` it can be restored.

        Raises:
            NotFoundError: there is no such group of this kind, or it was deleted already.
            StudioError: one of its runs is queued or running, or its search is.
        """
        self._hide_group(group_id, kind)
        self._make_room()

    @spends_reserve
    def _hide_group(self, group_id: str, kind: GroupKind) -> None:
        self.mark_vanished()
        group = self.get_group(group_id, kind)
        is_active = kind is GroupKind.SEARCH and self.get_search(group_id).status.is_active
        now = datetime.now(UTC)
        with self._database.writing() as session:
            own = RunRow.group_id == group.id
            active = select(RunRow.id).where(own, RunRow.status.in_(_UNFINISHED)).limit(1)
            _check_finished(is_active or session.scalar(active) is not None, kind)
            alive = own & RunRow.deleted_at.is_(None)  # others were deleted before, by themselves
            session.execute(update(RunRow).where(alive).values(deleted_at=now))
            _get_group_row(session, group.id).deleted_at = now

    def delete_search(self, search_id: str) -> None:
        """Hide a search with its trials and runs; see ``delete_group``."""
        self.delete_group(search_id, GroupKind.SEARCH)

    def restore_group(self, group_id: str) -> None:
        """Take back that a group was deleted, and its runs with it; others stay as they are.

        Raises:
            NotFoundError: it has been swept.
        """
        with self._database.writing() as session:
            row = _get_group_row(session, group_id)
            together = (RunRow.group_id == row.id) & (RunRow.deleted_at == row.deleted_at)
            session.execute(update(RunRow).where(together).values(deleted_at=None))
            row.deleted_at = None

    def list_deleted(self) -> list[Run | RunGroup]:
        """Return what can still be restored, the latest first; of a group not its runs."""
        since = datetime.now(UTC) - timedelta(seconds=UNDO_SECONDS)
        runs = select_runs(deleted=True).where(RunRow.deleted_at > since)
        groups = select_groups(deleted=True).where(RunGroupRow.deleted_at > since)
        with self._database.reading() as session:
            found: list[Run | RunGroup] = [*read_all(read_group, session.execute(groups))]
            gone = {group.id for group in found}
            found += [
                run for run in read_all(read_run, session.execute(runs)) if run.group_id not in gone
            ]
        return sorted(found, key=lambda each: str(each.deleted_at), reverse=True)

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
            self._delete_log(run_id)
        num_datasets = self._sweep_datasets(now - timedelta(seconds=stranded_seconds))
        return Swept(len(ids), num_datasets, self._sweep_files())

    def sweep_logs(self, max_age_seconds: float) -> int:
        """Remove logs of runs and searches that are not in the record any more; return how many.

        Only those that nobody has written into for a while.
        """
        oldest = time.time() - max_age_seconds
        with self._database.reading() as session:
            known = set(session.scalars(select(RunRow.id)))
            known |= set(session.scalars(select(RunGroupRow.id)))
        count = 0
        for path in self._logs_folder.glob("*.log"):
            if not is_id(path.stem) or path.stem in known:
                continue
            with suppress(FileNotFoundError):  # somebody else sweeps as well
                if path.stat().st_mtime < oldest:
                    self._delete_log(path.stem)
                    count += 1
        return count

    def _delete_log(self, run_id: str) -> None:
        try:
            (self._logs_folder / f"{check_id(run_id)}.log").unlink(missing_ok=True)
        except OSError as error:
            raise explain_failure(error) from error

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
        num_files = self._artifacts.sweep_unfinished()
        for few in _split(self._artifacts.list_names()):
            num_files += self.delete_unreferenced(few)
        return num_files


def _check_finished(is_active: bool, what: str) -> None:
    if is_active:
        raise StudioError(f"This {what} is not finished, so it can't be deleted.", "Stop it first.")


def _get_group_row(session: Session, group_id: str) -> RunGroupRow:
    query = select(RunGroupRow).where(RunGroupRow.id == clean_text(group_id))
    row = session.scalar(query.with_for_update())
    if row is None:
        raise not_found("group")
    return row


def _split(names: list[str], size: int = 500) -> Iterator[list[str]]:
    """Cut a list to pieces that a query may name; and between two, others may write."""
    return (names[start : start + size] for start in range(0, len(names), size))
