"""Finding runs in the tables."""

from __future__ import annotations

import re

from sqlalchemy import Select, select
from sqlalchemy.orm import Session

from lstm_core.errors import NotFoundError
from lstm_core.runs.rows import clean_text
from lstm_core.runs.tables import DatasetRow, EpochRow, NetworkRow, RunRow


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


def select_runs() -> Select[RunRow, str]:
    """Return the query for runs, each with its dataset's name."""
    return select(RunRow, DatasetRow.name).join(DatasetRow, RunRow.dataset_id == DatasetRow.id)


def select_epochs(run_id: str) -> Select[EpochRow, str | None]:
    """Return the query for a run's epochs, each with its network's title where it has one."""
    is_own = (NetworkRow.run_id == EpochRow.run_id) & (NetworkRow.network == EpochRow.network)
    query = select(EpochRow, NetworkRow.title).outerjoin(NetworkRow, is_own)
    return query.where(EpochRow.run_id == clean_text(run_id))


def not_found(what: str = "run") -> NotFoundError:
    return NotFoundError(
        f"This {what} is not in the record.", "It may have been deleted; look at the list of runs."
    )
