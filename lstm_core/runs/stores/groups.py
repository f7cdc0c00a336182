"""``Groups``: runs that belong together."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from lstm_core.errors import NotFoundError
from lstm_core.runs.database.engine import Database
from lstm_core.runs.database.queries import (
    check_dataset,
    check_id,
    not_found,
    select_groups,
    select_runs,
)
from lstm_core.runs.database.reading import read_all
from lstm_core.runs.database.rows import clean_text, read_group, read_run
from lstm_core.runs.database.tables import EpochRow, RunGroupRow, RunRow
from lstm_core.runs.database.transitions import new_group_row, new_row
from lstm_core.runs.snapshots.group import GroupKind, GroupMember, RunGroup
from lstm_core.runs.snapshots.run import Run
from lstm_core.runs.snapshots.status import RunStatus
from lstm_core.runs.snapshots.unreadable import Unreadable
from lstm_core.runs.stores.watch import ACTIVE


class Groups:
    """The groups of the record; their runs are runs like all others."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def submit(
        self,
        kind: GroupKind,
        dataset_id: str,
        settings: Mapping[str, Any],
        members: Sequence[GroupMember] = (),
        *,
        name: str = "",
        submission_key: str | None = None,
        also: Callable[[Session, str], None] = lambda session, group_id: None,
    ) -> RunGroup:
        """Record a group and queue its runs in their order: all of them or, on an error, nothing.

        The same ``submission_key`` again returns the group that it made first.

        Args:
            also: writes what else belongs to a new group with this id, in the same transaction.

        Raises:
            NotFoundError: there is no such dataset.
        """
        row = new_group_row(kind, dataset_id, settings, name, submission_key)
        group_id = row.id
        try:
            with self._database.writing() as session:
                check_dataset(session, dataset_id)
                found = _find_submission(session, submission_key)
                if found is None:
                    session.add(row)
                    session.flush()  # the runs refer to it
                    session.add_all(
                        new_row(member.spec, dataset_id, group_id=group_id, label=member.label)
                        for member in members
                    )
                    also(session, group_id)
                else:
                    group_id = found
        except IntegrityError:  # another process submitted the same key at the same moment
            with self._database.reading() as session:
                found = _find_submission(session, submission_key)
            if found is None:
                raise
            group_id = found
        return self.get(group_id, kind)

    def add_runs(self, group_id: str, kind: GroupKind, members: Sequence[GroupMember]) -> list[Run]:
        """Queue more runs of a group and return them.

        One that waits, runs or has completed with this label and spec is not made again, so that
        two who ask at once, or a script that runs twice, make each run once.

        Raises:
            NotFoundError: there is no such group of this kind.
        """
        group = self.get(group_id, kind)
        made = []
        with self._database.writing() as session:
            lock = select(RunGroupRow).where(RunGroupRow.id == group.id)
            session.scalars(lock.with_for_update()).one()
            hopeful = RunRow.status.in_((*ACTIVE, RunStatus.COMPLETED))
            query = select(RunRow).where(RunRow.group_id == group.id, hopeful)
            own = session.scalars(query.where(RunRow.deleted_at.is_(None)))
            known = [(row.label, row.spec) for row in own]
            for member in members:
                row = new_row(member.spec, group.dataset_id, group_id=group.id, label=member.label)
                if (row.label, row.spec) not in known:
                    session.add(row)
                    made.append(row.id)
        with self._database.reading() as session:
            found = session.execute(
                select_runs().where(RunRow.id.in_(made)).order_by(RunRow.number)
            )
            return read_all(read_run, found)

    def get(self, group_id: str, kind: GroupKind) -> RunGroup:
        """Return the group.

        Raises:
            NotFoundError: there is no such group of this kind.
        """
        try:
            query = select_groups().where(RunGroupRow.id == check_id(group_id))
        except NotFoundError:
            raise not_found(kind) from None
        with self._database.reading() as session:
            found = session.execute(query.where(RunGroupRow.kind == kind)).first()
            if found is None:
                raise not_found(kind)
            return read_group(*found)

    def list_newest(
        self,
        kind: GroupKind | None = None,
        limit: int | None = None,
        *,
        left_out: list[Unreadable] | None = None,
    ) -> list[RunGroup]:
        """Return the groups, of one kind or all, newest first.

        Args:
            left_out: gets an entry for each that can't be read.
        """
        query = select_groups().order_by(RunGroupRow.number.desc()).limit(limit)
        if kind is not None:
            query = query.where(RunGroupRow.kind == kind)
        with self._database.reading() as session:
            return read_all(read_group, session.execute(query), left_out)

    def sum_training_seconds(self, group_id: str) -> dict[str, float]:
        """Return for each of the group's runs how long its epochs took, validation included.

        What comes before and after is left out: the engine's start, and judging. Runs without an
        epoch are missing.
        """
        query = (
            select(EpochRow.run_id, func.sum(EpochRow.seconds))
            .join(RunRow, RunRow.id == EpochRow.run_id)
            .where(RunRow.group_id == clean_text(group_id))
            .group_by(EpochRow.run_id)
        )
        with self._database.reading() as session:
            return {run_id: float(seconds) for run_id, seconds in session.execute(query)}


def _find_submission(session: Session, submission_key: str | None) -> str | None:
    if submission_key is None:
        return None
    query = select(RunGroupRow.id).where(RunGroupRow.submission_key == submission_key)
    return session.scalar(query)
