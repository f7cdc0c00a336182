"""``Listing``: all that people made, newest first, a page at a time; looked for in the database."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from sqlalchemy import ColumnElement, String, cast, exists, func, literal, or_, select, union_all
from sqlalchemy.orm import Session

from lstm_core.runs.database.engine import Database
from lstm_core.runs.database.queries import select_groups, select_runs
from lstm_core.runs.database.reading import read_all
from lstm_core.runs.database.rows import clean_text, read_group, read_run
from lstm_core.runs.database.tables import DatasetRow, RunGroupRow, RunRow
from lstm_core.runs.snapshots.group import GroupKind, RunGroup
from lstm_core.runs.snapshots.run import Run
from lstm_core.runs.snapshots.status import RunStatus
from lstm_core.runs.snapshots.unreadable import Unreadable
from lstm_core.runs.stores.watch import ACTIVE, Watch

PAGE_SIZE = 50

_RUN = "run"
_ESCAPE = "\\"


class Standing(StrEnum):
    """Which runs are looked for, by where they stand; a group is one of them if a run of it is."""

    ANY = "any"
    ACTIVE = "active"
    COMPLETED = "completed"
    ENDED = "ended"


_STATUSES = {
    Standing.ACTIVE: ACTIVE,
    Standing.COMPLETED: (RunStatus.COMPLETED,),
    Standing.ENDED: (RunStatus.FAILED, RunStatus.CANCELLED, RunStatus.INTERRUPTED),
}


@dataclass(frozen=True)
class GroupEntry:
    """A race with its runs, newest first, or a search, whose runs are not listed."""

    group: RunGroup
    runs: Sequence[Run] = ()


Entry = Run | GroupEntry | Unreadable


@dataclass(frozen=True)
class Page:
    """Entries, newest first.

    Attributes:
        first: how many are newer. ``num_found``: of all pages together.
    """

    entries: Sequence[Entry]
    first: int
    num_found: int

    @property
    def has_newer(self) -> bool:
        return self.first > 0

    @property
    def last(self) -> int:
        """The number of the oldest of them, counted from the newest of all."""
        return min(self.first + PAGE_SIZE, self.num_found)

    @property
    def has_older(self) -> bool:
        return self.last < self.num_found


class Listing:
    """What stands on the list of runs: each that belongs to no group, races and searches.

    Args:
        watch: marks runs whose process has gone, before anybody is told of them.
    """

    def __init__(self, database: Database, watch: Watch) -> None:
        self._database = database
        self._watch = watch

    def count(self) -> int:
        """Return how many entries there are."""
        with self._database.reading() as session:
            return session.scalar(select(func.count()).select_from(_select_all())) or 0

    def read_page(self, first: int = 0, text: str = "", standing: Standing = Standing.ANY) -> Page:
        """Return ``PAGE_SIZE`` entries; the last ones where there are not so many before them.

        A group stands where its newest run does; a search, whose runs are not listed, where it
        began.

        Args:
            first: how many newer ones are left out.
            text: what names, datasets, messages or verdicts have to hold, in any capitals.
        """
        self._watch.mark_vanished()
        found = _select_all(text, standing)
        with self._database.reading() as session:
            num_found = session.scalar(select(func.count()).select_from(found)) or 0
            first = max(0, min(first, (num_found - 1) // PAGE_SIZE * PAGE_SIZE))
            newest = select(found.c.kind, found.c.id).order_by(
                found.c.created_at.desc(), found.c.number.desc()
            )
            keys = session.execute(newest.offset(first).limit(PAGE_SIZE)).all()
            entries = _load(session, [(kind, entry_id) for kind, entry_id in keys])
        return Page(entries, first, num_found)


def _select_all(text: str = "", standing: Standing = Standing.ANY) -> Any:
    return union_all(_select_single(text, standing), _select_groups(text, standing)).subquery()


def _select_single(text: str, standing: Standing) -> Any:
    """Return the query for runs that belong to no group."""
    query = (
        select(literal(_RUN).label("kind"), RunRow.id, RunRow.created_at, RunRow.number)
        .join(DatasetRow, RunRow.dataset_id == DatasetRow.id)
        .where(RunRow.deleted_at.is_(None), RunRow.group_id.is_(None), RunRow.trial.is_(None))
    )
    if standing in _STATUSES:
        query = query.where(RunRow.status.in_(_STATUSES[standing]))
    return query.where(_holds(text, RunRow.name, RunRow.message, DatasetRow.name, RunRow.verdict))


def _select_groups(text: str, standing: Standing) -> Any:
    """Return the query for races that have runs, and for searches."""
    own = (RunRow.group_id == RunGroupRow.id) & RunRow.deleted_at.is_(None)
    listed = select(func.max(RunRow.created_at)).where(own, RunRow.trial.is_(None))
    newest = listed.correlate(RunGroupRow).scalar_subquery()
    is_search = RunGroupRow.kind == GroupKind.SEARCH
    query = (
        select(
            RunGroupRow.kind.label("kind"),
            RunGroupRow.id,
            func.coalesce(newest, RunGroupRow.created_at).label("created_at"),
            RunGroupRow.number,
        )
        .join(DatasetRow, RunGroupRow.dataset_id == DatasetRow.id)
        .where(RunGroupRow.deleted_at.is_(None), or_(is_search, newest.is_not(None)))
    )
    if standing in _STATUSES:
        has_one = exists().where(own, RunRow.status.in_(_STATUSES[standing]))
        query = query.where(has_one)
    return query.where(_holds(text, RunGroupRow.name, RunGroupRow.kind, DatasetRow.name))


def _holds(text: str, *columns: Any) -> ColumnElement[bool]:
    """Whether one of the columns holds the text as it stands, in any capitals."""
    sought = clean_text(text).strip()
    if not sought:
        return literal(True)
    for special in (_ESCAPE, "%", "_"):
        sought = sought.replace(special, _ESCAPE + special)
    return or_(*(cast(column, String).ilike(f"%{sought}%", escape=_ESCAPE) for column in columns))


def _load(session: Session, keys: Sequence[tuple[str, str]]) -> list[Entry]:
    """Return the entries of a page in its order."""
    left_out: list[Unreadable] = []
    run_ids = [entry_id for kind, entry_id in keys if kind == _RUN]
    group_ids = [entry_id for kind, entry_id in keys if kind != _RUN]
    races = [entry_id for kind, entry_id in keys if kind == GroupKind.RACE]
    runs = read_all(
        read_run, session.execute(select_runs().where(RunRow.id.in_(run_ids))), left_out
    )
    groups = read_all(
        read_group, session.execute(select_groups().where(RunGroupRow.id.in_(group_ids))), left_out
    )
    members = select_runs().where(RunRow.group_id.in_(races)).order_by(RunRow.number.desc())
    by_group: dict[str, list[Run]] = defaultdict(list)
    beside: list[Unreadable] = []
    for run in read_all(read_run, session.execute(members), beside):
        by_group[run.group_id or ""].append(run)
    found: dict[str, Entry] = {entry.id: entry for entry in left_out}
    found |= {run.id: run for run in runs}
    found |= {group.id: GroupEntry(group, by_group[group.id]) for group in groups}
    entries = [found[entry_id] for _, entry_id in keys if entry_id in found]
    return [*entries, *beside]
