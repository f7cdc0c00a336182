"""The finished run that a command asks."""

from __future__ import annotations

from lstm_core.errors import DataError
from lstm_core.runs.snapshots.run import Run
from lstm_core.runs.stores.store import Store
from lstm_core.tasks.kind import Command
from lstm_core.tasks.registry import find_kind


def find_finished(store: Store, run_id: str) -> Run:
    """Return a run that has a result.

    Raises:
        NotFoundError: there is no such run.
        DataError: it has no result.
    """
    record = store.runs.get(run_id)
    if not record.has_result:
        answer = find_kind(record.spec).nouns.answer
        raise DataError(
            f"The run {record.id} is {record.status}; it has no {answer}.",
            "Choose one with a result from `runs`.",
        )
    return record


def find_asked(store: Store, run_id: str, command: Command) -> Run:
    """Return a run that has a result, and whose task is asked by this command.

    Raises:
        NotFoundError: there is no such run.
        DataError: it has no result, or is asked by another command.
    """
    record = store.runs.get(run_id)
    kind = find_kind(record.spec)
    if kind.command != command:
        raise DataError(
            f"The run {record.id} is of the task {kind.key}, which `{command}` does not ask.",
            f"Use `{kind.command} {record.id}`.",
        )
    return find_finished(store, run_id)
