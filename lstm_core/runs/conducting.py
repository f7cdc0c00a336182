"""``Conducting``: what a search's own process writes into the record."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from sqlalchemy.orm import Session

from lstm_core.runs.process import identify_host, identify_process
from lstm_core.runs.queries import get_row
from lstm_core.runs.rows import clean_json, clean_text
from lstm_core.runs.search import Role, Search, SearchPhase, SearchStatus, TrialStatus, Wish
from lstm_core.runs.searching import (
    Searching,
    cancel_row,
    finish_row,
    get_search_row,
    select_runs_of,
)
from lstm_core.runs.status import RunStatus
from lstm_core.runs.tables import SearchRow, TrialRow
from lstm_core.runs.transitions import claim, new_row
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
        search = self.get_search(search_id)
        may = search.status is SearchStatus.QUEUED or search.is_orphaned(now)
        is_claimed = search.status is SearchStatus.RUNNING and search.process is None
        if not may and not is_claimed:
            return None
        process = identify_process()
        with self._database.writing() as session:
            row = get_search_row(session, search_id)
            if (row.status, row.pid, row.heartbeat_at) != (
                search.status,
                None if search.process is None else search.process.pid,
                search.heartbeat_at,
            ):
                return None  # somebody else was faster
            if row.status == SearchStatus.QUEUED or not is_claimed:
                row.num_starts += 1
            row.status = SearchStatus.RUNNING
            row.host, row.pid, row.process_started = process.host, process.pid, process.started
            row.started_at = row.started_at or now
            row.heartbeat_at = now
        return self.get_search(search_id)

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
                cancel_row(row)

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
        """Reserve the search for this machine, unless it changed since it was looked at."""
        with self._database.writing() as session:
            row = get_search_row(session, search.id)
            pid = None if search.process is None else search.process.pid
            if (row.status, row.pid, row.heartbeat_at) != (search.status, pid, search.heartbeat_at):
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
            row.host, row.pid, row.process_started = identify_host(), None, None
            row.started_at = row.started_at or now
            row.num_starts += 1
        return self.get_search(search.id)


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
