"""What was read from files, kept in memory as long as there is room for it."""

from __future__ import annotations

import threading
import time
from collections import OrderedDict
from collections.abc import Callable, Hashable, Mapping
from dataclasses import dataclass, fields, is_dataclass, replace
from typing import Any, TypeVar

import numpy as np
import pandas as pd

from lstm_core.machine import return_memory

Value = TypeVar("Value")


@dataclass(frozen=True)
class _Kept:
    value: Any
    num_bytes: int
    asked_at: float


class BoundedMemory:
    """Keeps what was built, by keys of its own, up to a size; what was used longest ago goes first.

    What was built last stays, however large it is. Each thing is built once, however many threads
    ask for it meanwhile.

    Args:
        most_bytes: of tables and arrays, all together.
        clock: seconds that never go back.
    """

    _WORTH_BYTES = 5_000_000
    """Building something of this size takes many times as much, which is given back."""

    def __init__(self, most_bytes: int, clock: Callable[[], float] = time.monotonic) -> None:
        self._most_bytes = most_bytes
        self._clock = clock
        self._kept: OrderedDict[Hashable, _Kept] = OrderedDict()
        self._building: dict[Hashable, threading.Lock] = {}
        self._lock = threading.Lock()

    @property
    def num_bytes(self) -> int:
        """The size of what is kept."""
        return sum(kept.num_bytes for kept in list(self._kept.values()))

    def holds(self, key: Hashable) -> bool:
        return key in self._kept

    def get(self, key: Hashable, build: Callable[[], Value]) -> Value:
        """Return what is kept under a key, or build and keep it; not to be changed.

        An error of the builder is raised, and nothing is kept.
        """
        with self._lock:
            if key in self._kept:
                return self._take(key)
            own = self._building.setdefault(key, threading.Lock())
        with own:
            with self._lock:
                if key in self._kept:
                    return self._take(key)
            try:
                value = build()
                size = self._put(key, value)
            finally:
                with self._lock:
                    self._building.pop(key, None)
        if size >= self._WORTH_BYTES:
            return_memory()
        return value

    def forget(self, key: Hashable) -> None:
        """Let go of what is kept under a key; of one that is not there, nothing."""
        with self._lock:
            self._kept.pop(key, None)

    def forget_idle(self, seconds: float) -> int:
        """Let go of what nobody has asked for meanwhile; return how many things."""
        with self._lock:
            oldest = self._clock() - seconds
            idle = [key for key, kept in self._kept.items() if kept.asked_at <= oldest]
            for key in idle:
                del self._kept[key]
        if idle:
            return_memory()
        return len(idle)

    def _take(self, key: Hashable) -> Any:
        kept = self._kept[key] = replace(self._kept[key], asked_at=self._clock())
        self._kept.move_to_end(key)
        return kept.value

    def _put(self, key: Hashable, value: Any) -> int:
        size = measure_bytes(value)
        with self._lock:
            self._kept[key] = _Kept(value, size, self._clock())
            left = self.num_bytes - self._most_bytes
            for oldest in list(self._kept)[:-1]:
                if left <= 0:
                    break
                left -= self._kept.pop(oldest).num_bytes
        return size


def measure_bytes(thing: Any) -> int:
    """Return the size of the tables and arrays that a thing holds; what else it holds is small."""
    if isinstance(thing, pd.DataFrame):
        return int(thing.memory_usage(deep=True).sum())
    if isinstance(thing, pd.Series):
        return int(thing.memory_usage(deep=True))
    if isinstance(thing, np.ndarray):
        return int(thing.nbytes)
    if isinstance(thing, bytes | str):
        return len(thing)
    if isinstance(thing, Mapping):
        return sum(measure_bytes(part) for part in thing.values())
    if isinstance(thing, tuple | list):
        return sum(measure_bytes(part) for part in thing)
    if is_dataclass(thing) and not isinstance(thing, type):
        return sum(measure_bytes(getattr(thing, field.name)) for field in fields(thing))
    return 0
