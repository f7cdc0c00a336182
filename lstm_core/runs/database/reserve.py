"""Room kept free for deleting: on a full disk a database can't even note what is to go."""

from __future__ import annotations

import functools
import logging
import os
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any, Concatenate, ParamSpec, Protocol, TypeVar

from lstm_core.runs.database.engine import RecordError

_LOGGER = logging.getLogger(__name__)
_Parameters = ParamSpec("_Parameters")
_Value = TypeVar("_Value")

RESERVE_BYTES = 2_000_000
"""More than the journal of a deletion takes; of a run with a long film, say."""


class Reserve:
    """A file that takes up room until it is needed.

    Args:
        path: in the folder of the database.
    """

    def __init__(self, path: Path, num_bytes: int = RESERVE_BYTES) -> None:
        self._path = path
        self._num_bytes = num_bytes

    @property
    def is_room_scarce(self) -> bool:
        """Whether there is not twice as much room as the reserve takes.

        Raises:
            OSError: the folder can't be looked at.
        """
        return shutil.disk_usage(self._path.parent).free < 2 * self._num_bytes

    def keep(self) -> None:
        """Take the room, unless it is taken already or room is scarce."""
        try:
            if self._path.exists() or self.is_room_scarce:
                return
            with self._path.open("xb") as file:
                file.write(b"\0" * self._num_bytes)
                os.fsync(file.fileno())
        except OSError as error:
            _LOGGER.info("No room could be kept free: %s", error)
            self.release()

    def release(self) -> bool:
        """Give the room away; return whether there was any."""
        try:
            self._path.unlink()
        except OSError:
            return False
        return True


class _HasReserve(Protocol):
    @property
    def reserve(self) -> Reserve: ...


_Owner = TypeVar("_Owner", bound=_HasReserve)


def spends_reserve(
    method: Callable[Concatenate[_Owner, _Parameters], _Value],
) -> Callable[Concatenate[_Owner, _Parameters], _Value]:
    """Let a method that makes room try once more with the reserve, where the disk is full.

    The room is kept again as soon as there is enough.
    """

    @functools.wraps(method)
    def delete(self: Any, *args: _Parameters.args, **kwargs: _Parameters.kwargs) -> _Value:
        try:
            return method(self, *args, **kwargs)
        except RecordError as error:
            if not error.is_full or not self.reserve.release():
                raise
            _LOGGER.warning("The disk is full: the room kept for deleting is used")
            value = method(self, *args, **kwargs)
        self.reserve.keep()
        return value

    return delete
