"""Lists of rows, of which some may be such that this version does not understand them."""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterable
from typing import Any, TypeVar

from lstm_core.runs.snapshots.unreadable import Unreadable, UnreadableError

_LOGGER = logging.getLogger(__name__)
_Snapshot = TypeVar("_Snapshot")
_told: set[str] = set()


def read_all(
    read: Callable[..., _Snapshot],
    found: Iterable[Any],
    left_out: list[Unreadable] | None = None,
) -> list[_Snapshot]:
    """Return snapshots of those rows that can be read; the others are told in the log, once.

    Args:
        read: makes one of what the query found for each.
        left_out: gets the others.
    """
    snapshots = []
    for each in found:
        try:
            snapshots.append(read(*each))
        except UnreadableError as error:
            if left_out is not None:
                left_out.append(error.entry)
            if str(error) not in _told:
                _told.add(str(error))
                _LOGGER.warning("An entry is left out of a list: %s", error)
    return snapshots
