"""``Sweeper``: chores that come round again for as long as the server lives."""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable, Sequence
from typing import Self

from lstm_core.errors import StudioError

_LOGGER = logging.getLogger(__name__)

EVERY_SECONDS = 900.0
"""Between two rounds."""


class Sweeper:
    """Does its chores at once and then every so often; one that fails is done in the next round.

    Owns a thread from ``start`` to ``close``.
    """

    def __init__(
        self, chores: Sequence[Callable[[], object]], *, every_seconds: float = EVERY_SECONDS
    ) -> None:
        self._chores = chores
        self._every_seconds = every_seconds
        self._closed = threading.Event()
        self._thread = threading.Thread(target=self._sweep, name="sweeper", daemon=True)

    def start(self) -> Self:
        self._thread.start()
        return self

    def close(self) -> None:
        """End the thread, after the chore that it is at."""
        self._closed.set()
        self._thread.join()

    def _sweep(self) -> None:
        while not self._closed.is_set():
            for chore in self._chores:
                if self._closed.is_set():
                    return
                self._do(chore)
            self._closed.wait(self._every_seconds)

    def _do(self, chore: Callable[[], object]) -> None:
        try:
            done = chore()
        except StudioError as error:
            _LOGGER.warning("A sweep is put off: %s", error)
        except Exception:  # the other chores are worth doing all the same
            _LOGGER.exception("A sweep met a fault")
        else:
            _LOGGER.debug("Swept: %s", done)
