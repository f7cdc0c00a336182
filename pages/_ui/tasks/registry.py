"""Which room of the pages a task has."""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

from lstm_core.spec import ExperimentSpec

if TYPE_CHECKING:
    from pages._ui.tasks.face import TaskPages

_PAGES = {
    "forecasting": "pages._ui.tasks.forecasting.pages",
    "classification": "pages._ui.tasks.classification.pages",
    "tagging": "pages._ui.tasks.tagging.pages",
    "language": "pages._ui.tasks.language.pages",
    "translation": "pages._ui.tasks.translation.pages",
}
"""Each task's module with its ``PAGES``, imported when somebody looks at it."""


def list_modules() -> tuple[str, ...]:
    """Return the modules of all rooms, to be imported before anybody waits for them."""
    return tuple(_PAGES.values())


def list_rooms() -> tuple[str, ...]:
    """Return the tasks that have a room, which is all that there are once they have moved in."""
    return tuple(_PAGES)


def get_pages(task: str) -> TaskPages:
    """Return what a task shows of itself, by its key."""
    pages: TaskPages = import_module(_PAGES[task]).PAGES
    return pages


def find_pages(spec: ExperimentSpec) -> TaskPages:
    """Return what the task that a spec asks for shows of itself."""
    return get_pages(spec.task.kind)
