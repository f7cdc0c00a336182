"""``Turns``: few scripts draw at a time, and the others wait for theirs.

Python runs one thread at a time, and dozens that all want to run mostly hand it on to each other:
fifty people's clicks took 1.8 s each at the median, and .06 s where two scripts had turns.
"""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager

AT_ONCE = 2
"""One would do, but for a page that takes long: it must not keep all others waiting."""

PATIENCE_SECONDS = 5.0
"""Nobody waits longer, whatever those with a turn are held up by."""


class Turns:
    """Hands out turns; several threads may ask."""

    def __init__(
        self, at_once: int = AT_ONCE, *, patience_seconds: float = PATIENCE_SECONDS
    ) -> None:
        self._free = threading.BoundedSemaphore(at_once)
        self._patience_seconds = patience_seconds
        self._own = threading.local()

    @contextmanager
    def take(self) -> Iterator[None]:
        """Wait for a turn and have it for the block.

        Within such a block nobody waits again, be it that the outer one came to none.
        """
        if getattr(self._own, "is_inside", False):
            yield
            return
        self._own.has_one = self._free.acquire(timeout=self._patience_seconds)
        self._own.is_inside = True
        try:
            yield
        finally:
            self._own.is_inside = False
            self._give_back()

    @contextmanager
    def step_aside(self) -> Iterator[None]:
        """Let others have the turn while this thread waits for something.

        Afterwards it takes one again if one is free, and else goes on without: others may wait for
        what it holds.
        """
        had_one = self._has_one
        self._give_back()
        try:
            yield
        finally:
            self._own.has_one = had_one and self._free.acquire(blocking=False)

    @property
    def _has_one(self) -> bool:
        return getattr(self._own, "has_one", False)

    def _give_back(self) -> None:
        if self._has_one:
            self._own.has_one = False
            self._free.release()


_TURNS = Turns()

take_turn = _TURNS.take
step_aside = _TURNS.step_aside
