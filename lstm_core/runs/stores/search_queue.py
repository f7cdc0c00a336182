"""``SearchQueue``: a search's way from the queue into a process of its own."""

from __future__ import annotations

from datetime import UTC, datetime

from sqlalchemy import select

from lstm_core.runs.database.engine import Database
from lstm_core.runs.database.queries import get_search_row
from lstm_core.runs.database.rows import read_claimer, read_process
from lstm_core.runs.database.tables import SearchRow
from lstm_core.runs.database.transitions import finish_search
from lstm_core.runs.process import ProcessIdentity, identify_host, identify_process
from lstm_core.runs.snapshots.search import Search, SearchStatus
from lstm_core.runs.stores.searches import Searches
from lstm_core.runs.stores.watch import VOUCH_AGAIN
from lstm_core.runs.vanished import is_abandoned

MOST_STARTS = 8
"""Processes of a search that may die one after another before it counts as failed."""


class SearchQueue:
    """Claimed by a dispatcher, launched as a process that is known, adopted by that very process.

    Args:
        searches: where they are looked at.
    """

    def __init__(self, database: Database, searches: Searches) -> None:
        self._database = database
        self._searches = searches

    def claim_next(self) -> Search | None:
        """Take the oldest search that waits, or whose process has gone; None: none, or no room.

        One search at a time has a process on a machine. One whose processes keep dying without
        a trial coming to its end counts as failed.
        """
        now = datetime.now(UTC)
        active = self._searches.list_newest(SearchStatus.QUEUED, SearchStatus.RUNNING)[::-1]
        for search in active:
            if search.status is SearchStatus.RUNNING and not search.is_orphaned(now):
                if search.host == identify_host():
                    return None
                continue
            claimed = self._claim(search, now)
            if claimed is not None:
                return claimed
        return None

    def adopt(self, search_id: str) -> Search | None:
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
        return self._searches.get(search_id)

    def record_launch(self, search_id: str, process: ProcessIdentity) -> None:
        """Say which process this one started for a search that it claimed.

        Changes nothing where another one has it.
        """
        with self._database.writing() as session:
            row = get_search_row(session, search_id)
            if _is_own_claim(row):
                _set_process(row, process)

    def give_back(self, search_id: str) -> None:
        """Queue a search again that this process claimed: its process could not be started.

        Changes nothing where another one has it.
        """
        with self._database.writing() as session:
            row = get_search_row(session, search_id)
            if _is_own_claim(row):
                row.status = SearchStatus.QUEUED
                row.host = row.claimer_pid = row.claimer_started = None

    def list_own_claims(self) -> list[str]:
        """Return the ids of searches that this process claimed and that have no process so far."""
        query = select(SearchRow).where(SearchRow.status == SearchStatus.RUNNING)
        with self._database.reading() as session:
            return [row.group_id for row in session.scalars(query) if _is_own_claim(row)]

    def vouch(self) -> None:
        """Say for the searches that are about to get their process here that it is on its way."""
        now = datetime.now(UTC)
        for search in self._searches.list_newest(SearchStatus.RUNNING):
            is_silent = now - (search.heartbeat_at or search.created_at) > VOUCH_AGAIN
            if is_silent and search.host == identify_host() and not search.is_orphaned(now):
                with self._database.writing() as session:
                    get_search_row(session, search.id).heartbeat_at = now

    def _claim(self, search: Search, now: datetime) -> Search | None:
        """Reserve the search for this process to start, unless another one has it meanwhile."""
        claimer = identify_process()
        with self._database.writing() as session:
            row = get_search_row(session, search.id)
            if row.status != SearchStatus.QUEUED and not _is_orphaned(row, now):
                return None
            if row.num_starts >= MOST_STARTS:
                finish_search(
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
        return self._searches.get(search.id)


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
