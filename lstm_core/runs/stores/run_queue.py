"""``RunQueue``: a run's way from the queue into a process."""

from __future__ import annotations

from sqlalchemy import select
from sqlalchemy.orm import Session

from lstm_core.runs.database.engine import Database
from lstm_core.runs.database.queries import find_row, get_row, load_run
from lstm_core.runs.database.rows import read_claimer, read_process, read_run
from lstm_core.runs.database.tables import RunRow
from lstm_core.runs.database.transitions import (
    begin,
    claim,
    finish,
    give_back,
    lose_start,
    set_process,
)
from lstm_core.runs.process import ProcessIdentity, identify_host, identify_process
from lstm_core.runs.snapshots.run import Run
from lstm_core.runs.snapshots.status import RunStatus
from lstm_core.runs.snapshots.unreadable import UnreadableError
from lstm_core.runs.stores.watch import ACTIVE


class RunQueue:
    """Claimed by a dispatcher, launched as a process that is known, begun by that very process.

    At each of these points the record names a process that is responsible, so that whether the
    run goes on is a fact that anybody can ask for. Whoever dies on the way, the run goes back
    to the queue; once it has begun it never does.
    """

    def __init__(self, database: Database) -> None:
        self._database = database

    def claim_next(self, max_running: int) -> Run | None:
        """Take the oldest queued run for this process to start, or None if none, or no room.

        Over all processes at most ``max_running`` runs are running at once through this. The
        trials of a search are not among them: their search's process starts them.
        """
        with self._database.writing() as session:
            query = select(RunRow).where(RunRow.status.in_(ACTIVE), RunRow.trial.is_(None))
            query = query.order_by(RunRow.number)
            active = list(session.scalars(query.with_for_update()))
            queued = [row for row in active if row.status == RunStatus.QUEUED]
            if not queued or len(active) - len(queued) >= max_running:
                return None
            for row in queued:
                try:
                    read_run(row, "")
                except UnreadableError as error:  # it must not hold up those behind it
                    finish(row, RunStatus.FAILED, str(error))
                else:
                    claim(row)
                    break
            else:
                return None
            run_id = row.id
        with self._database.reading() as session:
            return load_run(session, run_id)

    def claim(self, run_id: str) -> bool:
        """Reserve one queued run for this process, before its turn; False: it does not wait.

        Raises:
            NotFoundError: there is no such run.
        """
        with self._database.writing() as session:
            row = get_row(session, run_id)
            if row.status != RunStatus.QUEUED:
                return False
            claim(row)
            return True

    def record_launch(self, run_id: str, process: ProcessIdentity) -> None:
        """Say which process this one started for a run that it claimed.

        Changes nothing where the run has begun, or is not this process's any more.
        """
        with self._database.writing() as session:
            row = _find_own_claim(session, run_id)
            if row is not None:
                set_process(row, process)

    def adopt(self, run_id: str) -> Run | None:
        """Make this process the one that runs a claimed run; None if it may not.

        It may not when the run is not running (cancelled meanwhile, say), has begun, or another
        process was started for it.

        Raises:
            NotFoundError: there is no such run.
        """
        with self._database.writing() as session:
            row = get_row(session, run_id)
            process = identify_process()
            known = read_process(row)
            is_ours = row.host == process.host if known is None else known.is_same(process)
            if row.status != RunStatus.RUNNING or row.begun_at is not None or not is_ours:
                return None
            if known is None:  # sooner than whoever started it could say so
                set_process(row, process)
            begin(row)
        with self._database.reading() as session:
            return load_run(session, run_id)

    def give_back(self, run_id: str, phase: str) -> None:
        """Put a run that this process claimed back into the queue: nothing could be started.

        Changes nothing where a process was started, or the run is not this process's any more.

        Args:
            phase: what it waits for, for people.
        """
        with self._database.writing() as session:
            row = _find_own_claim(session, run_id)
            if row is not None:
                give_back(row, phase)

    def record_lost_start(self, run_id: str, pid: int, cause: str) -> bool:
        """Say that a process that this one started has ended; return whether that was too soon.

        It was, if it had not begun its run. That goes back to the queue then, or has failed after
        several such starts. Changes nothing otherwise.

        Args:
            pid: of the process that ended.
            cause: for people: what it met, "was ended by the system" or the like.
        """
        with self._database.writing() as session:
            row = find_row(session, run_id)
            if row is None or row.status != RunStatus.RUNNING or row.begun_at is not None:
                return False
            if row.host == identify_host() and row.pid == pid:
                lose_start(row, cause)
                return True
            own = _find_own_claim(session, run_id)
            if own is None:
                return False
            own.num_starts += 1  # the process was never recorded
            lose_start(own, cause)
            return True

    def list_own_claims(self) -> list[str]:
        """Return the ids of runs that this process claimed and that have no process so far."""
        me = identify_process()
        query = select(RunRow).where(
            RunRow.status == RunStatus.RUNNING,
            RunRow.begun_at.is_(None),
            RunRow.pid.is_(None),
            RunRow.host == me.host,
            RunRow.claimer_pid == me.pid,
        )
        with self._database.reading() as session:
            return [row.id for row in session.scalars(query) if _is_claimed_by(row, me)]


def _find_own_claim(session: Session, run_id: str) -> RunRow | None:
    """Return the row of a run that this process claimed and that has no process yet."""
    row = find_row(session, run_id)
    if row is None or row.status != RunStatus.RUNNING:
        return None
    if row.begun_at is not None or row.pid is not None:
        return None
    return row if _is_claimed_by(row, identify_process()) else None


def _is_claimed_by(row: RunRow, process: ProcessIdentity) -> bool:
    claimer = read_claimer(row)
    return claimer is not None and claimer.is_same(process)
