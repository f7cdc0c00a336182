"""``Searching``: searches, their trials, and the runs that these are made of."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import UTC, datetime
from typing import Any

import pandas as pd
from sqlalchemy import Select, select
from sqlalchemy.orm import Session

from lstm_core.errors import StudioError
from lstm_core.runs.database.queries import check_id, not_found
from lstm_core.runs.database.rows import (
    clean_text,
    read_all,
    read_search,
    read_trial,
    read_trial_run,
)
from lstm_core.runs.database.tables import (
    DatasetRow,
    EpochRow,
    RunGroupRow,
    RunRow,
    SearchRow,
    TrialRow,
)
from lstm_core.runs.snapshots.group import GroupKind
from lstm_core.runs.snapshots.search import (
    Role,
    Search,
    SearchPhase,
    SearchStatus,
    Trial,
    TrialRun,
    TrialStatus,
    Wish,
)
from lstm_core.runs.snapshots.status import RunStatus
from lstm_core.runs.stores.gathering import Gathering
from lstm_core.runs.stores.transitions import ask_to_stop


class Searching(Gathering):
    """The searches of the record.

    A search is changed by its own process while it has one (``Conducting``), and by nobody else
    but for its wish and its budget.
    """

    def submit_search(
        self,
        dataset_id: str,
        settings: Mapping[str, Any],
        num_trials: int,
        minutes: float | None = None,
        *,
        name: str = "",
        submission_key: str | None = None,
    ) -> Search:
        """Record a search and queue it. The same ``submission_key`` again returns the first one.

        Raises:
            NotFoundError: there is no such dataset.
        """

        def queue(session: Session, group_id: str) -> None:
            session.add(
                SearchRow(
                    group_id=group_id,
                    status=SearchStatus.QUEUED,
                    phase=SearchPhase.TRIALS,
                    num_trials=num_trials,
                    minutes=minutes,
                )
            )

        group = self.submit_group(
            GroupKind.SEARCH,
            dataset_id,
            settings,
            name=name,
            submission_key=submission_key,
            also=queue,
        )
        return self.get_search(group.id)

    def ask_search(self, search_id: str, wish: Wish) -> Search:
        """Ask a search to pause, to conclude or to stop; one that has ended stays as it is.

        One that paused, was stopped or failed can be concluded, and one that paused stopped: a
        process will see to it.

        Raises:
            NotFoundError: there is no such search.
        """

        def ask(row: SearchRow) -> None:
            status = SearchStatus(row.status)
            if status is SearchStatus.RUNNING:
                row.wish = wish
            elif wish is Wish.PAUSE:
                row.status = SearchStatus.PAUSED if status.is_active else status
            elif status in _OPEN_TO[wish]:
                row.status, row.wish = SearchStatus.QUEUED, wish

        return self._change(search_id, ask)

    def resume_search(self, search_id: str) -> Search:
        """Queue a search again that paused, stopped or failed; others stay as they are.

        Raises:
            NotFoundError: there is no such search.
        """

        def resume(row: SearchRow) -> None:
            if row.status == SearchStatus.RUNNING and row.wish == Wish.PAUSE:
                row.wish = None
            elif SearchStatus(row.status).may_go_on:
                row.status, row.wish, row.message = SearchStatus.QUEUED, None, ""
                row.started_at = row.finished_at = None
                row.num_starts = 0

        return self._change(search_id, resume)

    def extend_search(
        self, search_id: str, *, num_trials: int = 0, minutes: float | None = None
    ) -> Search:
        """Add to the budget of a search that has not come to its finale.

        Args:
            minutes: added where there is a limit.

        Raises:
            NotFoundError: there is no such search.
            StudioError: the test part has been looked at, or is about to be.
        """

        def extend(row: SearchRow) -> None:
            if row.phase == SearchPhase.FINALE or row.status == SearchStatus.COMPLETED:
                raise StudioError(
                    "This search has judged its winner on the test part: more trials would choose "
                    "by what is to judge them.",
                    "Start another search, from the best one found here.",
                )
            row.num_trials += num_trials
            if row.minutes is not None and minutes is not None:
                row.minutes += minutes

        return self._change(search_id, extend)

    def skip_trial(self, search_id: str, number: int) -> None:
        """Ask a running trial to end without a score; one that has ended stays as it is.

        Raises:
            NotFoundError: there is no such search.
        """
        with self._database.writing() as session:
            get_search_row(session, search_id)
            trial = session.get(TrialRow, (search_id, number), with_for_update=True)
            if trial is None or trial.status != TrialStatus.RUNNING or number == 0:
                return
            trial.message = "Skipped on request."
            for run in session.scalars(select_runs_of(search_id, number)):
                ask_to_stop(run)

    def get_search(self, search_id: str) -> Search:
        """Return the search as it is now.

        Raises:
            NotFoundError: there is no such search.
        """
        query = _select_searches().where(SearchRow.group_id == _check_search_id(search_id))
        with self._database.reading() as session:
            found = session.execute(query).first()
            if found is None:
                raise not_found(GroupKind.SEARCH)
            return read_search(*found)

    def list_searches(self, *statuses: SearchStatus) -> list[Search]:
        """Return the searches, all or those of some statuses, newest first."""
        query = _select_searches().order_by(RunGroupRow.number.desc())
        if statuses:
            query = query.where(SearchRow.status.in_(statuses))
        with self._database.reading() as session:
            return read_all(read_search, session.execute(query))

    def list_trials(self, search_id: str) -> list[Trial]:
        """Return the trials in their order; empty for an unknown search."""
        query = select(TrialRow).where(TrialRow.group_id == clean_text(search_id))
        with self._database.reading() as session:
            return [read_trial(row) for row in session.scalars(query.order_by(TrialRow.number))]

    def list_trial_runs(self, search_id: str) -> list[TrialRun]:
        """Return the runs of all trials, oldest first, without what only a run's page needs."""
        self.mark_vanished()
        query = select(*_TRIAL_RUN).where(RunRow.group_id == clean_text(search_id))
        query = query.where(RunRow.deleted_at.is_(None))
        with self._database.reading() as session:
            return [read_trial_run(row) for row in session.execute(query.order_by(RunRow.number))]

    def get_trial_curves(self, search_id: str, role: Role = Role.TRIAL) -> pd.DataFrame:
        """Return ``trial, run_id, epoch, validation_loss, seconds`` of each run's main network.

        Only of runs with this role; a loss that is not a number is NaN.
        """
        query = (
            select(
                RunRow.trial,
                RunRow.id,
                EpochRow.epoch,
                EpochRow.validation_loss,
                EpochRow.seconds,
            )
            .join(RunRow, RunRow.id == EpochRow.run_id)
            .where(RunRow.group_id == clean_text(search_id), RunRow.role == role)
            .where(EpochRow.network == RunRow.main_network)
            .order_by(RunRow.number, EpochRow.epoch)
        )
        columns = ["trial", "run_id", "epoch", "validation_loss", "seconds"]
        with self._database.reading() as session:
            rows = [tuple(row) for row in session.execute(query)]
        table = pd.DataFrame(rows, columns=columns)
        return table.astype({"validation_loss": float, "seconds": float})

    def _change(self, search_id: str, change: Callable[[SearchRow], None]) -> Search:
        with self._database.writing() as session:
            change(get_search_row(session, search_id))
        return self.get_search(search_id)


_TRIAL_RUN = (
    RunRow.id,
    RunRow.trial,
    RunRow.role,
    RunRow.spec["training"]["seed"].as_integer().label("seed"),
    RunRow.status,
    RunRow.place,
    RunRow.device,
    RunRow.phase,
    RunRow.progress,
    RunRow.num_parameters,
    RunRow.metrics,
    RunRow.baselines,
    RunRow.message,
    RunRow.cancel_requested_at,
    RunRow.created_at,
    RunRow.started_at,
    RunRow.finished_at,
)


_OPEN_TO = {
    Wish.STOP: (SearchStatus.QUEUED, SearchStatus.PAUSED),
    Wish.CONCLUDE: (
        *(SearchStatus.QUEUED, SearchStatus.PAUSED),
        *(SearchStatus.STOPPED, SearchStatus.FAILED),
    ),
}
"""By wish, where a search without a process may stand to be given one for it."""


def _select_searches() -> Select[SearchRow, RunGroupRow, str]:
    return (
        select(SearchRow, RunGroupRow, DatasetRow.name)
        .join(RunGroupRow, RunGroupRow.id == SearchRow.group_id)
        .join(DatasetRow, RunGroupRow.dataset_id == DatasetRow.id)
        .where(RunGroupRow.deleted_at.is_(None))
    )


def select_runs_of(search_id: str, trial: int | None = None) -> Select[RunRow]:
    active = (RunStatus.QUEUED, RunStatus.RUNNING)
    query = select(RunRow).where(RunRow.group_id == search_id, RunRow.status.in_(active))
    return query if trial is None else query.where(RunRow.trial == trial)


def _check_search_id(search_id: str) -> str:
    try:
        return check_id(search_id)
    except StudioError:
        raise not_found(GroupKind.SEARCH) from None


def get_search_row(session: Session, search_id: str) -> SearchRow:
    """Return the row, locked until the transaction ends."""
    row = session.get(SearchRow, _check_search_id(search_id), with_for_update=True)
    if row is None:
        raise not_found(GroupKind.SEARCH)
    return row


def finish_row(row: SearchRow, status: SearchStatus, message: str) -> None:
    row.status, row.message, row.wish = status, clean_text(message), None
    row.host = row.pid = row.process_started = row.claimer_pid = row.claimer_started = None
    if status is not SearchStatus.PAUSED:
        row.finished_at = datetime.now(UTC)
