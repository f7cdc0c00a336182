"""Ctrl-C: the first one asks, the second one interrupts."""

from __future__ import annotations

import signal
import sys
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from types import FrameType

_ANSWER = (
    "Stopping: what it has learnt so far is judged and kept. Press Ctrl-C again to end at once."
)


@contextmanager
def first_interrupt_noted() -> Iterator[Callable[[], bool]]:
    """Yield what tells whether Ctrl-C was pressed; pressed again, it interrupts.

    Only the main thread may use this: signals are its own.
    """
    noted = threading.Event()

    def note(number: int, frame: FrameType | None) -> None:
        if noted.is_set():
            raise KeyboardInterrupt
        noted.set()
        print(_ANSWER, file=sys.stderr)

    before = signal.signal(signal.SIGINT, note)
    try:
        yield noted.is_set
    finally:
        signal.signal(signal.SIGINT, before)
