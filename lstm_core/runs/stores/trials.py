"""``Trials``: the candidates of searches, and the runs that these are made of."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

import pandas as pd
from sqlalchemy import select
from sqlalchemy.orm import Session

from lstm_core.runs.database.engine import Database
from lstm_core.runs.database.queries import get_row, get_search_row, select_unfinished
from lstm_core.runs.database.rows import clean_json, clean_text, read_trial, read_trial_run
from lstm_core.runs.database.tables import EpochRow, RunRow, SearchRow, TrialRow
from lstm_core.runs.database.transitions import ask_to_stop, claim, new_row
from lstm_core.runs.snapshots.search import Role, Trial, TrialRun, TrialStatus
from lstm_core.runs.snapshots.status import RunStatus
from lstm_core.runs.stores.watch import Watch
from lstm_core.spec import ExperimentSpec, parse_spec


@dataclass(frozen=True)
class TrialOrder:
    """A run to be made for a trial; ``limit`` is that of ``Trial``."""

    role: Role
    spec: ExperimentSpec
    dataset_id: str
    limit: Sequence[float | None] | None = None


class Trials:
    """The trials of searches.

    A trial and its runs are written in one transaction with what the strategy was asked or told,
    so that a crash leaves the two in step.

    Args:
        watch: looks after the runs.
    """

    def __init__(self, database: Database, watch: Watch) -> None:
        self._database = database
        self._watch = watch

    # ---- looking ----

    def list_of(self, search_id: str) -> list[Trial]:
        """Return the trials in their order; empty for an unknown search."""
        query = select(TrialRow).where(TrialRow.group_id == clean_text(search_id))
        with self._database.reading() as session:
            return [read_trial(row) for row in session.scalars(query.order_by(TrialRow.number))]

    def list_runs(self, search_id: str) -> list[TrialRun]:
        """Return the runs of all trials, oldest first, without what only a run's page needs."""
        self._watch.mark_vanished()
        query = select(*_TRIAL_RUN).where(RunRow.group_id == clean_text(search_id))
        query = query.where(RunRow.deleted_at.is_(None))
        with self._database.reading() as session:
            return [read_trial_run(row) for row in session.execute(query.order_by(RunRow.number))]

    def get_curves(self, search_id: str, role: Role = Role.TRIAL) -> pd.DataFrame:
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

    def read_choice(self, search_id: str) -> ExperimentSpec | None:
        """Return the default's spec with what its first run has chosen; None: not yet.

        It has chosen once it trains for good, and another run of the default changes nothing.
        """
        query = (
            select(RunRow.resolved_spec)
            .where(RunRow.group_id == clean_text(search_id), RunRow.trial == 0)
            .where(RunRow.role == Role.TRIAL, RunRow.main_network.is_not(None))
            .order_by(RunRow.number)
            .limit(1)
        )
        with self._database.reading() as session:
            content = session.scalar(query)
        return None if content is None else parse_spec(content)

    # ---- asked for by people ----

    def skip(self, search_id: str, number: int) -> None:
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
            for run in session.scalars(select_unfinished(search_id, number)):
                ask_to_stop(run)

    # ---- under way, by the search's own process ----

    def begin(
        self,
        search_id: str,
        number: int,
        values: Mapping[str, Any],
        raw: Mapping[str, Any] | None,
        orders: Sequence[TrialOrder],
    ) -> None:
        """Record a trial and queue its runs, in one step with the strategy's being asked."""
        with self._database.writing() as session:
            search = get_search_row(session, search_id)
            session.add(
                TrialRow(
                    group_id=search_id,
                    number=number,
                    status=TrialStatus.RUNNING,
                    values=clean_json(values),
                    raw=None if raw is None else clean_json(raw),
                    asked=None if raw is None else _count_event(search),
                    limit=None if orders[0].limit is None else list(orders[0].limit),
                    created_at=datetime.now(UTC),
                )
            )
            session.flush()
            _add_runs(session, search_id, number, orders)

    def add_runs(self, search_id: str, number: int, orders: Sequence[TrialOrder]) -> None:
        """Queue more runs of a trial: an interrupted one again, confirmations, the final one."""
        with self._database.writing() as session:
            get_search_row(session, search_id)
            _add_runs(session, search_id, number, orders)

    def end(
        self,
        search_id: str,
        number: int,
        status: TrialStatus,
        *,
        score: float | None = None,
        spread: float | None = None,
        message: str = "",
    ) -> None:
        """End a running trial, in one step with the strategy's being told."""
        now = datetime.now(UTC)
        with self._database.writing() as session:
            search = get_search_row(session, search_id)
            trial = session.get_one(TrialRow, (search_id, number))
            if trial.status != TrialStatus.RUNNING:
                raise ValueError(f"trial {number} has ended already")
            trial.status, trial.score, trial.spread = status, score, spread
            trial.message = clean_text(message or trial.message)
            trial.finished_at = now
            trial.seconds = max(0.0, (now - trial.created_at).total_seconds())
            trial.ended_after = search.seconds_spent
            if trial.asked is not None:
                trial.told = _count_event(search)
            search.num_starts = 0

    def claim_run(self, run_id: str, place: str) -> bool:
        """Reserve a queued run for a process that is about to start; False: it was cancelled."""
        with self._database.writing() as session:
            row = get_row(session, run_id)
            if row.status != RunStatus.QUEUED:
                return False
            claim(row)
            row.place = place
            return True

    def cancel_runs(self, search_id: str, trial: int | None = None) -> None:
        """Ask every run of the search, or of one trial, that is not finished to stop."""
        with self._database.writing() as session:
            for row in session.scalars(select_unfinished(search_id, trial)):
                ask_to_stop(row)


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


def _count_event(row: SearchRow) -> int:
    row.num_events += 1
    return row.num_events


def _add_runs(session: Session, search_id: str, number: int, orders: Sequence[TrialOrder]) -> None:
    for order in orders:
        label = "default" if number == 0 else f"trial {number}"
        row = new_row(order.spec, order.dataset_id, group_id=search_id, label=label)
        row.trial, row.role = number, order.role
        row.limit = None if order.limit is None else list(order.limit)
        session.add(row)
