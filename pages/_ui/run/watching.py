"""Who watches which run, and what all of them are shown: read once for those who come together."""

from __future__ import annotations

import math
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any, TypeVar

import streamlit as st
from streamlit.runtime.scriptrunner import get_script_run_ctx

from lstm_core.runs.snapshots.run import EpochPoint, Run

POLL_SECONDS = 0.5
"""From one look at a run to the next, of a page that few others watch."""

FEW = 8
"""So many watchers get the quickest pace; twice as many half of it, and so on."""

_MOST_LOOKS_MISSED = 3
"""A page that missed so many has been closed."""

T = TypeVar("T")


@dataclass(frozen=True)
class Look:
    """What a run was like when it was looked at, and what has been drawn up of it since.

    Attributes:
        run, points: as they were read.
    """

    run: Run
    points: list[EpochPoint]
    _drawn_up: dict[str, Any] = field(default_factory=dict, compare=False)

    def recall(self, name: str, draw_up: Callable[[], T]) -> T:
        """Return what another watcher was shown under this name, or draw it up for all."""
        if name not in self._drawn_up:
            self._drawn_up[name] = draw_up()
        found: T = self._drawn_up[name]
        return found


class Watching:
    """The watchers of all runs; several threads may ask.

    Args:
        clock: seconds.
    """

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._until: dict[str, dict[str, float]] = {}
        self._looks: dict[str, tuple[float, Look]] = {}
        self._lock = threading.Lock()

    def come(self, run_id: str, session_id: str, pace: float) -> int:
        """Note that a session watches a run at a pace; return how many do."""
        now = self._clock()
        with self._lock:
            until = self._until.setdefault(run_id, {})
            until[session_id] = now + _MOST_LOOKS_MISSED * max(pace, POLL_SECONDS)
            for gone in [each for each, end in until.items() if end < now]:
                del until[gone]
            return len(until)

    def look(
        self, run_id: str, read: Callable[[], tuple[Run, list[EpochPoint]]], num_watchers: int
    ) -> Look:
        """Return what a run is like: as another watcher has just read it, or read anew."""
        with self._lock:
            at, look = self._looks.get(run_id, (-math.inf, None))
            is_fresh = self._clock() - at < choose_pace(num_watchers) / 2
            if look is None or num_watchers < 2 or not is_fresh:
                look = Look(*read())
                self._looks[run_id] = self._clock(), look
            if look.run.is_finished:
                self._looks.pop(run_id, None)
                self._until.pop(run_id, None)
            return look

    def forget(self, run_id: str) -> None:
        """Read a run anew at the next look: something was done to it."""
        with self._lock:
            self._looks.pop(run_id, None)


def choose_pace(num_watchers: int) -> float:
    """Return the seconds between two looks of each of so many watchers."""
    return POLL_SECONDS * 2 ** max(0, math.ceil(math.log2(max(1, num_watchers) / FEW)))


@st.cache_resource(show_spinner=False)
def get_watching() -> Watching:
    """Return the one of this server."""
    return Watching()


def name_session() -> str:
    """Return what this page's session is called."""
    context = get_script_run_ctx()
    return "" if context is None else context.session_id
