"""Which kinds of collections can be brought, and by which ways."""

from __future__ import annotations

from collections.abc import Mapping
from importlib import import_module
from itertools import chain

from lstm_core.errors import SpecError, suggest_name
from lstm_core.spec.section import Section
from lstm_core.tasks.registry import get_kind, list_kinds
from pages._ui.data.kinds.face import KindPages, Sample, WayIn
from pages._ui.tasks.registry import list_rooms

_KINDS = {
    "series": "pages._ui.data.kinds.series.kind",
    "items": "pages._ui.data.kinds.items.kind",
    "tagged": "pages._ui.data.kinds.tagged.kind",
    "documents": "pages._ui.data.kinds.documents.kind",
    "pairs": "pages._ui.data.kinds.pairs.kind",
}
"""Each kind's module with its ``KIND``, imported when somebody asks for it."""


def find_data_kind(key: str) -> KindPages:
    """Return how a kind of collection comes in."""
    kind: KindPages = import_module(_KINDS[key]).KIND
    return kind


def find_way(data: Section) -> str:
    """Return the way by which what a section speaks of came in."""
    return find_data_kind(data.kind).ways[data.source]  # type: ignore[attr-defined]


def find_kind_of_task(task: str) -> KindPages:
    """Return how the collections come in that a task reads."""
    return find_data_kind(get_kind(task).data_kind)


def list_tasks(way: str) -> list[str]:
    """Return the tasks for which something can be brought by a way, in the order of the tasks."""
    tasks = [task for task in list_kinds() if task in list_rooms()]
    return [task for task in tasks if way in find_kind_of_task(task).ways.values()]


def list_own_ways() -> Mapping[str, WayIn]:
    """Return the ways that single kinds have."""
    return {name: way for key in _KINDS for name, way in find_data_kind(key).own_ways.items()}


def list_endings() -> list[str]:
    """Return the endings of all files that some task reads, in the order of the tasks."""
    endings = (find_kind_of_task(task).endings for task in list_tasks("upload"))
    return list(dict.fromkeys(chain.from_iterable(endings)))


def find_sample(name: str) -> tuple[str, Sample]:
    """Return a sample by its name, and the first task that it is for.

    Raises:
        SpecError: there is none; the nearest one is given.
    """
    known = {
        each: (task, sample)
        for task in reversed(list_tasks("sample"))
        for each, sample in find_kind_of_task(task).samples.items()
    }
    if name not in known:
        raise SpecError(
            f'There is no sample "{name}".',
            f"The samples are {', '.join(known)}." + suggest_name(name, known),
        )
    return known[name]
