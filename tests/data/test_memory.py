import threading
from typing import Any

import numpy as np
import pandas as pd
import pytest

from lstm_core.data.memory import BoundedMemory, measure_bytes
from lstm_core.data.reading.table import SourceTable
from lstm_core.machine import return_memory


def make(num_bytes: int) -> np.ndarray:
    return np.zeros(num_bytes, dtype=np.int8)


def test_what_was_used_longest_ago_goes_first() -> None:
    memory = BoundedMemory(100)
    memory.get("a", lambda: make(40))
    memory.get("b", lambda: make(40))
    memory.get("a", lambda: make(40))
    memory.get("c", lambda: make(40))
    assert [memory.holds(key) for key in "abc"] == [True, False, True]
    assert memory.num_bytes == 80


def test_what_is_larger_than_all_stays_until_the_next_comes() -> None:
    memory = BoundedMemory(100)
    memory.get("small", lambda: make(10))
    large = memory.get("large", lambda: make(500))
    assert not memory.holds("small")
    assert memory.get("large", lambda: pytest.fail("built again")) is large
    memory.get("small", lambda: make(10))
    assert not memory.holds("large")


def test_an_error_is_raised_and_not_kept() -> None:
    memory = BoundedMemory(100)
    with pytest.raises(ZeroDivisionError):
        memory.get("a", lambda: 1 / 0)
    assert memory.get("a", lambda: 7) == 7
    memory.forget("a")
    assert not memory.holds("a")


def test_a_thing_is_built_once_by_many_threads() -> None:
    memory, begun, calls = BoundedMemory(100), threading.Barrier(4), []

    def build() -> int:
        calls.append(1)
        return 7

    def ask() -> None:
        begun.wait()
        memory.get("a", build)

    threads = [threading.Thread(target=ask) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert calls == [1]


@pytest.mark.parametrize(
    ("thing", "least"),
    [
        (pd.DataFrame({"a": np.zeros(1_000)}), 8_000),
        (SourceTable(pd.DataFrame({"a": ["x" * 100] * 1_000}), "x"), 100_000),
        ([np.zeros(10), {"a": np.zeros(10)}], 160),
        (pd.Series(np.zeros(10), index=range(10)), 80),
        (b"x" * 50, 50),
        (None, 0),
    ],
)
def test_the_size_is_that_of_tables_and_arrays(thing: Any, least: int) -> None:
    assert least <= measure_bytes(thing) <= 2 * least + 300


def test_what_a_large_table_took_is_given_back(monkeypatch: pytest.MonkeyPatch) -> None:
    calls: list[int] = []
    monkeypatch.setattr("lstm_core.data.memory.return_memory", lambda: calls.append(1))
    memory = BoundedMemory(10**9)
    memory.get("small", lambda: make(1_000))
    assert not calls
    memory.get("large", lambda: make(6_000_000))
    assert calls


def test_memory_is_given_back_without_a_fault() -> None:
    return_memory()


def test_what_nobody_asks_for_goes() -> None:
    now = [0.0]
    memory = BoundedMemory(100, clock=lambda: now[0])
    memory.get("old", lambda: make(10))
    memory.get("used", lambda: make(10))
    now[0] = 50.0
    memory.get("used", lambda: make(10))
    now[0] = 100.0
    assert memory.forget_idle(60.0) == 1
    assert [memory.holds(key) for key in ("old", "used")] == [False, True]
