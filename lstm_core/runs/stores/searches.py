"""``Searches``: asked for, looked at, and carried out by a process of their own."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import Select, select
from sqlalchemy.orm import Session

from lstm_core.errors import StudioError
from lstm_core.runs.database.engine import Database
from lstm_core.runs.database.queries import check_search_id, get_search_row, not_found
from lstm_core.runs.database.reading import read_all
from lstm_core.runs.database.rows import clean_json, clean_text, read_search
from lstm_core.runs.database.tables import DatasetRow, RunGroupRow, SearchRow
from lstm_core.runs.database.transitions import finish_search
from lstm_core.runs.snapshots.group import GroupKind
from lstm_core.runs.snapshots.search import Search, SearchPhase, SearchStatus, Wish
from lstm_core.runs.snapshots.unreadable import Unreadable
from lstm_core.runs.stores.groups import Groups


class Searches:
    """The searches of the record.

    A search is changed by its own process while it has one, and by nobody else but for its wish
    and its budget.

    Args:
        groups: a search is a group of runs as well.
    """

    def __init__(self, database: Database, groups: Groups) -> None:
        self._database = database
        self._groups = groups

    # ---- asking ----

    def submit(
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

        group = self._groups.submit(
            GroupKind.SEARCH,
            dataset_id,
            settings,
            name=name,
            submission_key=submission_key,
            also=queue,
        )
        return self.get(group.id)

    def ask(self, search_id: str, wish: Wish) -> Search:
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

    def resume(self, search_id: str) -> Search:
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

    def extend(
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

    # ---- looking ----

    def get(self, search_id: str) -> Search:
        """Return the search as it is now.

        Raises:
            NotFoundError: there is no such search.
        """
        query = _select_searches().where(SearchRow.group_id == check_search_id(search_id))
        with self._database.reading() as session:
            found = session.execute(query).first()
            if found is None:
                raise not_found(GroupKind.SEARCH)
            return read_search(*found)

    def list_newest(
        self, *statuses: SearchStatus, left_out: list[Unreadable] | None = None
    ) -> list[Search]:
        """Return the searches, all or those of some statuses, newest first.

        Args:
            left_out: gets an entry for each that can't be read.
        """
        query = _select_searches().order_by(RunGroupRow.number.desc())
        if statuses:
            query = query.where(SearchRow.status.in_(statuses))
        with self._database.reading() as session:
            return read_all(read_search, session.execute(query), left_out)

    # ---- under way, by its own process ----

    def beat(self, search_id: str, seconds: float) -> Search:
        """Say that the search's process is alive; ``seconds`` have been spent since last time."""

        def beat(row: SearchRow) -> None:
            row.heartbeat_at = datetime.now(UTC)
            if row.phase == SearchPhase.TRIALS:
                row.seconds_spent += seconds

        return self._change(search_id, beat)

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

    def finish(
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
            finish_search(row, status, message)

        return self._change(search_id, end)

    # ---- inside ----

    def _change(self, search_id: str, change: Callable[[SearchRow], None]) -> Search:
        with self._database.writing() as session:
            change(get_search_row(session, search_id))
        return self.get(search_id)


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
