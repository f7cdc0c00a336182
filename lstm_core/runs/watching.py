"""``Watching``: what is going on, and which runs have lost their process."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime

from lstm_core.runs.queries import find_row, select_runs
from lstm_core.runs.rows import read_run
from lstm_core.runs.run import Run
from lstm_core.runs.shelf import Shelf
from lstm_core.runs.status import RunStatus
from lstm_core.runs.tables import RunRow
from lstm_core.runs.transitions import finish
from lstm_core.runs.vanished import explain_absence

ACTIVE = (RunStatus.QUEUED, RunStatus.RUNNING)


class Watching(Shelf):
    """Looks after runs that are not finished."""

    def list_active_runs(self) -> list[Run]:
        """Return what is queued or running, in the order of submission."""
        self.mark_vanished()
        return self._read_active(*ACTIVE)

    def mark_vanished(self) -> list[str]:
        """Mark every running run whose process has gone, and return their ids.

        They become interrupted, or cancelled where somebody had asked them to stop.
        """
        now = datetime.now(UTC)
        running = self._read_active(RunStatus.RUNNING)
        return self._mark([run for run in running if explain_absence(run, now) is not None])

    def _read_active(self, *statuses: RunStatus) -> list[Run]:
        with self._database.reading() as session:
            query = select_runs().where(RunRow.status.in_(statuses)).order_by(RunRow.number)
            return [read_run(row, dataset_name) for row, dataset_name in session.execute(query)]

    def _mark(self, runs: Sequence[Run]) -> list[str]:
        """Mark the runs as gone that are still as they were when they were looked at."""
        marked = []
        for run in runs:
            with self._database.writing() as session:
                row = find_row(session, run.id)
                if row is None or row.status != RunStatus.RUNNING:
                    continue
                pid = run.process.pid if run.process else None
                if row.pid == pid and row.heartbeat_at == run.heartbeat_at:
                    if row.cancel_requested_at is not None:
                        finish(row, RunStatus.CANCELLED, "Stopped on request.")
                    else:
                        finish(
                            row,
                            RunStatus.INTERRUPTED,
                            explain_absence(run, datetime.now(UTC)) or "",
                        )
                    marked.append(run.id)
        return marked
