"""``Deletions``: what people throw away can be had back for a while, and is swept after that."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from lstm_core.errors import StudioError
from lstm_core.runs.database.engine import Database
from lstm_core.runs.database.queries import get_row, not_found, select_groups, select_runs
from lstm_core.runs.database.reading import read_all
from lstm_core.runs.database.reserve import Reserve, spends_reserve
from lstm_core.runs.database.rows import clean_text, read_group, read_run
from lstm_core.runs.database.tables import RunGroupRow, RunRow, SearchRow
from lstm_core.runs.snapshots.group import GroupKind, RunGroup
from lstm_core.runs.snapshots.run import Run
from lstm_core.runs.snapshots.search import SearchStatus
from lstm_core.runs.snapshots.status import RunStatus
from lstm_core.runs.stores.leftovers import UNDO_SECONDS, Leftovers
from lstm_core.runs.stores.watch import Watch

_UNFINISHED = (RunStatus.QUEUED, RunStatus.RUNNING)
_ACTIVE_SEARCH = [status for status in SearchStatus if status.is_active]


class Deletions:
    """Hides what is deleted, until it is restored or swept.

    Args:
        leftovers: makes room where the disk is as good as full.
    """

    def __init__(
        self,
        database: Database,
        watch: Watch,
        leftovers: Leftovers,
    ) -> None:
        self._database = database
        self._watch = watch
        self._leftovers = leftovers

    @property
    def reserve(self) -> Reserve:
        """Room on the disk that is kept for deleting."""
        return self._leftovers.reserve

    def delete_run(self, run_id: str) -> None:
        """Hide a finished run; for ``UNDO_SECONDS`` it can be restored.

        Where the disk is as good as full, what is deleted makes room at once.

        Raises:
            NotFoundError: there is no such run, or it was deleted already.
            StudioError: it is queued or running.
        """
        self._hide_run(run_id)
        self._leftovers.make_room()

    @spends_reserve
    def _hide_run(self, run_id: str) -> None:
        self._watch.mark_vanished()
        with self._database.writing() as session:
            row = get_row(session, run_id)
            if row.deleted_at is not None:
                raise not_found()
            _check_finished(row.status in _UNFINISHED, "run")
            row.deleted_at = datetime.now(UTC)

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
        self._leftovers.make_room()

    @spends_reserve
    def _hide_group(self, group_id: str, kind: GroupKind) -> None:
        self._watch.mark_vanished()
        now = datetime.now(UTC)
        with self._database.writing() as session:
            # Not read, as it may be one that can't be.
            group = _get_group_row(session, group_id, kind)
            if group.kind != kind or group.deleted_at is not None:
                raise not_found(kind)
            search = session.get(SearchRow, group.id)
            is_active = search is not None and search.status in _ACTIVE_SEARCH
            own = RunRow.group_id == group.id
            active = select(RunRow.id).where(own, RunRow.status.in_(_UNFINISHED)).limit(1)
            _check_finished(is_active or session.scalar(active) is not None, kind)
            alive = own & RunRow.deleted_at.is_(None)  # others were deleted before, by themselves
            session.execute(update(RunRow).where(alive).values(deleted_at=now))
            group.deleted_at = now

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


def _check_finished(is_active: bool, what: str) -> None:
    if is_active:
        raise StudioError(f"This {what} is not finished, so it can't be deleted.", "Stop it first.")


def _get_group_row(session: Session, group_id: str, what: str = "group") -> RunGroupRow:
    query = select(RunGroupRow).where(RunGroupRow.id == clean_text(group_id))
    row = session.scalar(query.with_for_update())
    if row is None:
        raise not_found(what)
    return row
