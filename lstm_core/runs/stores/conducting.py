"""``Conducting``: what a search's own process writes into the record."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from lstm_core.runs.database.queries import get_row
from lstm_core.runs.database.rows import clean_json, clean_text, read_claimer, read_process
from lstm_core.runs.database.tables import SearchRow, TrialRow
from lstm_core.runs.process import ProcessIdentity, identify_host, identify_process
from lstm_core.runs.snapshots.search import (
    Role,
    Search,
    SearchPhase,
    SearchStatus,
    TrialStatus,
    Wish,
)
from lstm_core.runs.snapshots.status import RunStatus
from lstm_core.runs.stores.searching import (
    Searching,
    finish_row,
    get_search_row,
    select_runs_of,
)
from lstm_core.runs.stores.transitions import ask_to_stop, claim, new_row
from lstm_core.runs.stores.watching import VOUCH_AGAIN
from lstm_core.runs.vanished import is_abandoned
from lstm_core.spec import ExperimentSpec

MOST_STARTS = 8
"""Processes of a search that may die one after another before it counts as failed."""


@dataclass(frozen=True)
class TrialOrder:
    """A run to be made for a trial; ``limit`` is that of ``Trial``."""

    role: Role
    spec: ExperimentSpec
    dataset_id: str
    limit: Sequence[float | None] | None = None


class Conducting(Searching):
    """The side of a search that asks its strategy, and begins and ends its trials.

    A trial and its runs are written in one transaction with what the strategy was asked or
    told, so that a crash leaves the two in step.
    """

    def claim_next_search(self) -> Search | None:
        """Take the oldest search that waits, or whose process has gone; None: none, or no room.

        One search at a time has a process on a machine. One whose processes keep dying without
        a trial coming to its end counts as failed.
        """
        now = datetime.now(UTC)
        active = self.list_searches(SearchStatus.QUEUED, SearchStatus.RUNNING)[::-1]
        for search in active:
            if search.status is SearchStatus.RUNNING and not search.is_orphaned(now):
                if search.host == identify_host():
                    return None
                continue
            claimed = self._claim(search, now)
            if claimed is not None:
                return claimed
        return None

    def adopt_search(self, search_id: str) -> Search | None:
        """Make this process the one that runs a search; None if another does or it has ended.

        Raises:
            NotFoundError: there is no such search.
        """
        now = datetime.now(UTC)
        process = identify_process()
        with self._database.writing() as session:
            row = get_search_row(session, search_id)
            known = read_process(row)
            if row.status == SearchStatus.RUNNING:
                is_waiting = row.claimer_pid is not None and row.host == process.host
                is_ours = is_waiting and (known is None or known.is_same(process))
                if not is_ours and not _is_orphaned(row, now):
                    return None
            elif row.status != SearchStatus.QUEUED:
                return None
            if known is None or not known.is_same(process):
                _set_process(row, process)
            row.claimer_pid = row.claimer_started = None
            row.status = SearchStatus.RUNNING
            row.started_at = row.started_at or now
            row.heartbeat_at = now
        return self.get_search(search_id)

    def record_search_launch(self, search_id: str, process: ProcessIdentity) -> None:
        """Say which process this one started for a search that it claimed.

        Changes nothing where another one has it.
        """
        with self._database.writing() as session:
            row = get_search_row(session, search_id)
            if _is_own_claim(row):
                _set_process(row, process)

    def give_back_search(self, search_id: str) -> None:
        """Queue a search again that this process claimed: its process could not be started.

        Changes nothing where another one has it.
        """
        with self._database.writing() as session:
            row = get_search_row(session, search_id)
            if _is_own_claim(row):
                row.status = SearchStatus.QUEUED
                row.host = row.claimer_pid = row.claimer_started = None

    def list_own_search_claims(self) -> list[str]:
        """Return the ids of searches that this process claimed and that have no process so far."""
        query = select(SearchRow).where(SearchRow.status == SearchStatus.RUNNING)
        with self._database.reading() as session:
            return [row.group_id for row in session.scalars(query) if _is_own_claim(row)]

    def vouch_for_searches(self) -> None:
        """Say for the searches that are about to get their process here that it is on its way."""
        now = datetime.now(UTC)
        for search in self.list_searches(SearchStatus.RUNNING):
            is_silent = now - (search.heartbeat_at or search.created_at) > VOUCH_AGAIN
            if is_silent and search.host == identify_host() and not search.is_orphaned(now):
                self._change(search.id, lambda row: setattr(row, "heartbeat_at", now))

    def beat_search(self, search_id: str, seconds: float) -> Search:
        """Say that the search's process is alive; ``seconds`` have been spent since last time."""

        def beat(row: SearchRow) -> None:
            row.heartbeat_at = datetime.now(UTC)
            if row.phase == SearchPhase.TRIALS:
                row.seconds_spent += seconds

        return self._change(search_id, beat)

    def begin_trial(
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

    def add_trial_runs(self, search_id: str, number: int, orders: Sequence[TrialOrder]) -> None:
        """Queue more runs of a trial: an interrupted one again, confirmations, the final one."""
        with self._database.writing() as session:
            get_search_row(session, search_id)
            _add_runs(session, search_id, number, orders)

    def end_trial(
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

    def claim_trial_run(self, run_id: str, place: str) -> bool:
        """Reserve a queued run for a process that is about to start; False: it was cancelled."""
        with self._database.writing() as session:
            row = get_row(session, run_id)
            if row.status != RunStatus.QUEUED:
                return False
            claim(row)
            row.place = place
            return True

    def cancel_trial_runs(self, search_id: str, trial: int | None = None) -> None:
        """Ask every run of the search, or of one trial, that is not finished to stop."""
        with self._database.writing() as session:
            for row in session.scalars(select_runs_of(search_id, trial)):
                ask_to_stop(row)

    def begin_finale(self, search_id: str, message: str) -> None:
        """From now on nothing is looked for any more; ``message`` says why, for people."""

        def begin(row: SearchRow) -> None:
            row.phase, row.message = SearchPhase.FINALE, clean_text(message)
            row.wish = None if row.wish == Wish.CONCLUDE else row.wish

        self._change(search_id, begin)

    def put_importances(self, search_id: str, importances: Sequence[Mapping[Any, Any]]) -> None:
        self._change(
            search_id, lambda row: setattr(row, "importances", clean_json(list(importances)))
        )

    def finish_search(
        self,
        search_id: str,
        status: SearchStatus,
        message: str = "",
        verdict: Mapping[str, Any] | None = None,
    ) -> Search:
        """End a running search, for good or for a while."""

        def end(row: SearchRow) -> None:
            if verdict is not None:
                row.verdict = clean_json(verdict)
            finish_row(row, status, message)

        return self._change(search_id, end)

    def _claim(self, search: Search, now: datetime) -> Search | None:
        """Reserve the search for this process to start, unless another one has it meanwhile."""
        claimer = identify_process()
        with self._database.writing() as session:
            row = get_search_row(session, search.id)
            if row.status != SearchStatus.QUEUED and not _is_orphaned(row, now):
                return None
            if row.num_starts >= MOST_STARTS:
                finish_row(
                    row,
                    SearchStatus.FAILED,
                    f"Its process ended {row.num_starts} times before a trial came to its end: it "
                    "was killed, or memory ran out. What was found is kept.",
                )
                return None
            row.status, row.heartbeat_at = SearchStatus.RUNNING, now
            row.host, row.pid, row.process_started = claimer.host, None, None
            row.claimer_pid, row.claimer_started = claimer.pid, claimer.started
            row.started_at = row.started_at or now
        return self.get_search(search.id)


def _set_process(row: SearchRow, process: ProcessIdentity) -> None:
    row.host, row.pid, row.process_started = process.host, process.pid, process.started
    row.num_starts += 1


def _is_orphaned(row: SearchRow, now: datetime) -> bool:
    """As ``Search.is_orphaned``, for a row that is locked."""
    if row.status != SearchStatus.RUNNING:
        return False
    responsible = read_process(row) or read_claimer(row)
    return is_abandoned(row.host, responsible, row.heartbeat_at or now, now)


def _is_own_claim(row: SearchRow) -> bool:
    """Whether this process claimed the search and nothing was started for it yet."""
    claimer = read_claimer(row)
    is_open = row.status == SearchStatus.RUNNING and row.pid is None
    return is_open and claimer is not None and claimer.is_same(identify_process())


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
