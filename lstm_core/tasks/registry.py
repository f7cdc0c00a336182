"""Which tasks there are: the one place that names them all."""

from __future__ import annotations

from importlib import import_module

from lstm_core.engines.loading import load_keras
from lstm_core.errors import SpecError, suggest_name
from lstm_core.machine import importing_much
from lstm_core.spec import ExperimentSpec
from lstm_core.tasks.kind import Engine, TaskKind

_KINDS = {
    "forecasting": "lstm_core.tasks.forecasting.kind",
    "classification": "lstm_core.tasks.classification.kind",
    "tagging": "lstm_core.tasks.tagging.kind",
    "language": "lstm_core.tasks.language.kind",
    "translation": "lstm_core.tasks.translation.kind",
}
"""Each task's module with its ``KIND``, imported when somebody asks for it."""

_LOADED: set[str] = set()
"""The tasks whose engines this process has imported."""


def list_kinds() -> tuple[str, ...]:
    """Return the keys of all tasks, in the order in which people see them."""
    return tuple(_KINDS)


def get_kind(key: str) -> TaskKind:
    """Return a task by its key.

    Raises:
        SpecError: there is no such task.
    """
    if key not in _KINDS:
        raise SpecError(f'There is no task "{key}".', suggest_name(key, _KINDS).strip())
    kind: TaskKind = import_module(_KINDS[key]).KIND
    return kind


def load_engine(kind: TaskKind) -> Engine:
    """Return what trains this task, imported if it has not been.

    Raises:
        TrainingError: the engine that ``KERAS_BACKEND`` names is not installed.
    """
    if kind.key not in _LOADED:
        with importing_much():
            load_keras()
            kind.load_engine()
        _LOADED.add(kind.key)
    return kind.load_engine()


def find_kind(spec: ExperimentSpec) -> TaskKind:
    """Return the task that a spec asks for."""
    return get_kind(spec.task.kind)
