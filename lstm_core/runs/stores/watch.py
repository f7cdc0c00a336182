"""``Watch``: what is going on, and which runs have lost their process."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta

from sqlalchemy import select

from lstm_core.runs.database.engine import Database
from lstm_core.runs.database.queries import check_id, find_row, select_runs
from lstm_core.runs.database.reading import read_all
from lstm_core.runs.database.rows import read_claimer, read_process, read_run
from lstm_core.runs.database.tables import RunRow
from lstm_core.runs.database.transitions import finish, lose_start
from lstm_core.runs.process import identify_host
from lstm_core.runs.snapshots.run import Run
from lstm_core.runs.snapshots.status import RunStatus
from lstm_core.runs.vanished import explain_interruption, is_abandoned

ACTIVE = (RunStatus.QUEUED, RunStatus.RUNNING)

VOUCH_AGAIN = timedelta(seconds=20)
"""How old a word of a run may be before its machine gives another; a third of what is borne."""


class Watch:
    """Looks after runs that are not finished."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def list_active(self) -> list[Run]:
        """Return what is queued or running, in the order of submission."""
        self.mark_vanished()
        with self._database.reading() as session:
            query = select_runs().where(RunRow.status.in_(ACTIVE)).order_by(RunRow.number)
            return read_all(read_run, session.execute(query))

    def mark_vanished(self) -> list[str]:
        """Mark every running run whose process has gone, and return their ids.

        One that had begun becomes interrupted. One whose process ended before that goes back to
        the queue, as long as there is hope. Either is cancelled where somebody had asked for it.
        """
        now = datetime.now(UTC)
        with self._database.reading() as session:
            running = session.scalars(select(RunRow).where(RunRow.status == RunStatus.RUNNING))
            lost = [row.id for row in running if _is_lost(row, now)]
        return self._mark(lost)

    def vouch(self, runs: Sequence[Run]) -> None:
        """Say for the processes of this machine that they live, where they haven't for a while.

        A process that is still at its imports can't say so itself, and other machines can't see it.
        """
        now = datetime.now(UTC)
        silent = [
            run
            for run in runs
            if run.status is RunStatus.RUNNING
            and run.host == identify_host()
            and now - (run.heartbeat_at or run.created_at) > VOUCH_AGAIN
        ]
        for run in silent:
            with self._database.writing() as session:
                row = find_row(session, run.id)
                if row is not None and row.status == RunStatus.RUNNING:
                    row.heartbeat_at = now

    def mark_if_vanished(self, run_id: str) -> None:
        """Mark one run, if its process has gone.

        Raises:
            NotFoundError: the id can't be that of a run.
        """
        with self._database.reading() as session:
            row = session.scalar(select(RunRow).where(RunRow.id == check_id(run_id)))
            is_lost = row is not None and _is_lost(row, datetime.now(UTC))
        if is_lost:
            self._mark([run_id])

    def _mark(self, run_ids: Sequence[str]) -> list[str]:
        """Mark those of the runs that are lost, looking again while nobody else can write."""
        marked = []
        for run_id in run_ids:
            with self._database.writing() as session:
                row = find_row(session, run_id)
                if row is None or not _is_lost(row, datetime.now(UTC)):
                    continue
                if row.begun_at is None:
                    lose_start(row)
                elif row.cancel_requested_at is not None:
                    finish(row, RunStatus.CANCELLED, "Stopped on request.")
                else:
                    finish(row, RunStatus.INTERRUPTED, explain_interruption(row.host))
                marked.append(run_id)
        return marked


def _is_lost(row: RunRow, now: datetime) -> bool:
    """Whether the run is marked running but nobody runs it, or is about to."""
    return row.status == RunStatus.RUNNING and is_abandoned(
        row.host, read_process(row) or read_claimer(row), row.heartbeat_at or row.created_at, now
    )
