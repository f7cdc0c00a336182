"""What was read from files, kept in memory as long as there is room for it."""

from __future__ import annotations

import threading
from collections import OrderedDict
from collections.abc import Callable, Hashable, Mapping
from dataclasses import fields, is_dataclass
from typing import Any, TypeVar

import numpy as np
import pandas as pd

Value = TypeVar("Value")


class BoundedMemory:
    """Keeps what was built, by keys of its own, up to a size; what was used longest ago goes first.

    What was built last stays, however large it is. Each thing is built once, however many threads
    ask for it meanwhile.

    Args:
        most_bytes: of tables and arrays, all together.
    """

    def __init__(self, most_bytes: int) -> None:
        self._most_bytes = most_bytes
        self._kept: OrderedDict[Hashable, tuple[Any, int]] = OrderedDict()
        self._building: dict[Hashable, threading.Lock] = {}
        self._lock = threading.Lock()

    @property
    def num_bytes(self) -> int:
        """The size of what is kept."""
        return sum(size for _, size in list(self._kept.values()))

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
                self._put(key, value)
            finally:
                with self._lock:
                    self._building.pop(key, None)
        return value

    def forget(self, key: Hashable) -> None:
        """Let go of what is kept under a key; of one that is not there, nothing."""
        with self._lock:
            self._kept.pop(key, None)

    def _take(self, key: Hashable) -> Any:
        self._kept.move_to_end(key)
        return self._kept[key][0]

    def _put(self, key: Hashable, value: Any) -> None:
        size = measure_bytes(value)
        with self._lock:
            self._kept[key] = (value, size)
            left = self.num_bytes - self._most_bytes
            for oldest in list(self._kept)[:-1]:
                if left <= 0:
                    break
                left -= self._kept.pop(oldest)[1]


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
