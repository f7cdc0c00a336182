"""Finding runs, groups, searches and what they use in the tables."""

from __future__ import annotations

import re

from sqlalchemy import Select, exists, or_, select
from sqlalchemy.orm import Session

from lstm_core.errors import NotFoundError
from lstm_core.runs.database.rows import clean_text, read_run
from lstm_core.runs.database.tables import (
    DatasetRow,
    DraftRow,
    EpochRow,
    NetworkRow,
    RunGroupRow,
    RunRow,
    SearchRow,
)
from lstm_core.runs.snapshots.group import GroupKind
from lstm_core.runs.snapshots.run import Run
from lstm_core.runs.snapshots.status import RunStatus


def check_id(run_id: str) -> str:
    """Return the id if it looks like one: it comes from addresses and names a log file.

    Raises:
        NotFoundError: it is something else.
    """
    if not is_id(run_id):
        raise not_found()
    return run_id


def is_id(text: str) -> bool:
    """Return whether the text looks like an id of the record."""
    return re.fullmatch(r"[a-z2-7]{16}", text) is not None


def find_row(session: Session, run_id: str) -> RunRow | None:
    """Return the run's row, locked until the transaction ends; None if it is not there."""
    query = select(RunRow).where(RunRow.id == clean_text(run_id))
    return session.scalar(query.with_for_update())


def get_row(session: Session, run_id: str) -> RunRow:
    """Return the run's row, locked until the transaction ends.

    Raises:
        NotFoundError: there is no such run.
    """
    row = find_row(session, run_id)
    if row is None:
        raise not_found()
    return row


def select_runs(*, deleted: bool = False) -> Select[RunRow, str]:
    """Return the query for runs, each with its dataset's name; for those deleted, or the others."""
    query = select(RunRow, DatasetRow.name).join(DatasetRow, RunRow.dataset_id == DatasetRow.id)
    return query.where(RunRow.deleted_at.is_not(None) if deleted else RunRow.deleted_at.is_(None))


def load_run(session: Session, run_id: str) -> Run:
    """Return the run as it stands.

    Raises:
        NotFoundError: there is no such run.
    """
    found = session.execute(select_runs().where(RunRow.id == check_id(run_id))).first()
    if found is None:
        raise not_found()
    return read_run(*found)


def check_dataset(session: Session, dataset_id: str) -> None:
    """Make sure that runs can be made on the dataset.

    Raises:
        NotFoundError: it is not in the record.
    """
    if session.get(DatasetRow, dataset_id) is None:
        raise NotFoundError("The run's dataset is not in the record.", "Choose or upload another.")


def select_groups(*, deleted: bool = False) -> Select[RunGroupRow, str]:
    """Return the query for groups in the same way."""
    is_its = RunGroupRow.dataset_id == DatasetRow.id
    query = select(RunGroupRow, DatasetRow.name).join(DatasetRow, is_its)
    is_deleted = RunGroupRow.deleted_at.is_not(None)
    return query.where(is_deleted if deleted else ~is_deleted)


def select_unused_datasets() -> Select[DatasetRow]:
    """Return the query for the datasets that no run, group, search or draft speaks of.

    What speaks of datasets from now on belongs here. A group or run that was deleted still does,
    until it is swept.
    """
    development_id = RunGroupRow.settings["development_id"].as_string()
    users = (
        exists().where(RunRow.dataset_id == DatasetRow.id),
        exists().where(RunGroupRow.dataset_id == DatasetRow.id),
        exists().where(development_id == DatasetRow.id),
        exists().where(DraftRow.dataset_id == DatasetRow.id),
    )
    return select(DatasetRow).where(~or_(*users))


def check_search_id(search_id: str) -> str:
    """Return the id if it looks like one.

    Raises:
        NotFoundError: it is something else.
    """
    if not is_id(search_id):
        raise not_found(GroupKind.SEARCH)
    return search_id


def get_search_row(session: Session, search_id: str) -> SearchRow:
    """Return the search's row, locked until the transaction ends.

    Raises:
        NotFoundError: there is no such search.
    """
    row = session.get(SearchRow, check_search_id(search_id), with_for_update=True)
    if row is None:
        raise not_found(GroupKind.SEARCH)
    return row


def select_unfinished(search_id: str, trial: int | None = None) -> Select[RunRow]:
    """Return the query for the runs of a search, or of one trial, that are not finished."""
    active = (RunStatus.QUEUED, RunStatus.RUNNING)
    query = select(RunRow).where(RunRow.group_id == search_id, RunRow.status.in_(active))
    return query if trial is None else query.where(RunRow.trial == trial)


def select_epochs(run_id: str) -> Select[EpochRow, str | None]:
    """Return the query for a run's epochs, each with its network's title where it has one."""
    is_own = (NetworkRow.run_id == EpochRow.run_id) & (NetworkRow.network == EpochRow.network)
    query = select(EpochRow, NetworkRow.title).outerjoin(NetworkRow, is_own)
    return query.where(EpochRow.run_id == clean_text(run_id))


def not_found(what: str = "run") -> NotFoundError:
    return NotFoundError(
        f"This {what} is not in the record.", "It may have been deleted; look at the list of runs."
    )
