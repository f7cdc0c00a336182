"""``Backoff``: pauses between attempts to start a process on a machine that can't at the moment."""

from __future__ import annotations

import errno
import logging
import time
from collections.abc import Callable

_LOGGER = logging.getLogger(__name__)

WAITING = "Waiting: this machine can't start another process at the moment"
"""What a queued run does meanwhile, for people."""

_LASTING = frozenset(
    {
        *(errno.ENOENT, errno.ENOEXEC, errno.ENOTDIR, errno.EISDIR, errno.ELOOP),
        *(errno.EACCES, errno.EPERM, errno.EROFS, errno.ENAMETOOLONG, errno.E2BIG),
    }
)


class Backoff:
    """Counts failed attempts; each makes the pause before the next twice as long, up to a most.

    Says once in the log that it waits, and once that it goes on. Belongs to one thread.
    """

    def __init__(
        self,
        first_seconds: float = 1.0,
        most_seconds: float = 60.0,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self._first_seconds = first_seconds
        self._most_seconds = most_seconds
        self._clock = clock
        self._pause_seconds = 0.0
        self._until = -float("inf")

    @property
    def remaining_seconds(self) -> float:
        """How long to wait before the next attempt; 0: it is time."""
        return max(0.0, self._until - self._clock())

    def fail(self, error: BaseException) -> None:
        """An attempt has failed."""
        if not self._pause_seconds:
            _LOGGER.warning("No process can be started, what is queued waits: %s", error)
            self._pause_seconds = self._first_seconds
        else:
            self._pause_seconds = min(self._most_seconds, 2 * self._pause_seconds)
        self._until = self._clock() + self._pause_seconds

    def succeed(self) -> None:
        """An attempt has worked; the next one need not wait."""
        if self._pause_seconds:
            _LOGGER.info("Processes can be started again")
        self._pause_seconds, self._until = 0.0, -float("inf")


def is_lasting(error: OSError) -> bool:
    """Return whether waiting would not help: the program is missing, say.

    All else may pass: descriptors, memory, processes and disk space come back.
    """
    return error.errno in _LASTING
