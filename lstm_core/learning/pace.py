"""How many batches fit between two looks at what else there is to do."""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from typing import Any

from lstm_core.learning.feeds.table import Course

LOOK_SECONDS = 0.2
"""How long a call goes on before Python is come back to: what a request to stop waits for."""


class Pace:
    """Cuts courses into calls of about ``LOOK_SECONDS``; learns on the way what a batch takes."""

    def __init__(self) -> None:
        self._seconds: float | None = None

    def go(
        self,
        step: Callable[[Any, int, int], None],
        course: Course,
        looks: Sequence[Callable[[int], None]],
        should_end: Callable[[], bool],
    ) -> None:
        """Go through a course.

        Args:
            step: takes batches, the first and how many; see ``Stepper``.
            looks: called before each call with the number of its first batch.
            should_end: asked after that.
        """
        number = 0
        for run in course.runs:
            first = 0
            while first < run.count:
                for look in looks:
                    look(number)
                if should_end():
                    return
                count = min(run.count - first, self._count())
                started = time.monotonic()
                step(run.batches, first, count)
                self._note((time.monotonic() - started) / count)
                first += count
                number += count

    def _count(self) -> int:
        return 1 if not self._seconds else max(1, int(LOOK_SECONDS / self._seconds))

    def _note(self, seconds: float) -> None:
        # The first of each shape compiles; a busy moment passes.
        self._seconds = seconds if self._seconds is None else (self._seconds + seconds) / 2
