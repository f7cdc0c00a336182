"""Few draw at a time; nobody is kept waiting by somebody who only waits, or for good."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager

import pytest

from pages._ui.shell.turns import AT_ONCE, Turns

LONG = 60.0


@contextmanager
def holding(turns: Turns, count: int) -> Iterator[None]:
    """Let so many threads have a turn for as long as the block lasts."""
    is_over, have_it = threading.Event(), threading.Barrier(count + 1)

    def hold() -> None:
        with turns.take():
            have_it.wait(LONG)
            is_over.wait(LONG)

    threads = [threading.Thread(target=hold, daemon=True) for _ in range(count)]
    for thread in threads:
        thread.start()
    have_it.wait(LONG)
    try:
        yield
    finally:
        is_over.set()
        for thread in threads:
            thread.join()


def run_beside(act: Callable[[], None]) -> threading.Event:
    """Do something in another thread; return what is set once it is done."""
    is_done = threading.Event()

    def run() -> None:
        act()
        is_done.set()

    threading.Thread(target=run, daemon=True).start()
    return is_done


def take_one(turns: Turns) -> None:
    with turns.take():
        pass


def test_who_comes_later_waits_until_one_is_free() -> None:
    turns = Turns(patience_seconds=LONG)
    with holding(turns, AT_ONCE - 1), holding(turns, 1):
        later = run_beside(lambda: take_one(turns))
        assert not later.wait(0.1)
    assert later.wait(LONG)


def test_a_turn_within_a_turn_is_the_same_one() -> None:
    turns = Turns(1, patience_seconds=LONG)
    with turns.take():
        with turns.take():
            later = run_beside(lambda: take_one(turns))
        assert not later.wait(0.1)  # the inner one gave nothing back
    assert later.wait(LONG)


def test_who_only_waits_lets_others_have_it() -> None:
    turns = Turns(1, patience_seconds=LONG)
    with turns.take(), turns.step_aside():
        assert run_beside(lambda: take_one(turns)).wait(LONG)


def test_who_stepped_aside_does_not_wait_for_who_may_wait_for_it() -> None:
    turns = Turns(1, patience_seconds=LONG)
    with turns.take():
        with turns.step_aside():
            others = holding(turns, 1)
            others.__enter__()
        others.__exit__(None, None, None)  # it came so far without a turn
    with turns.take():  # and none was given back that it did not have
        assert not run_beside(lambda: take_one(turns)).wait(0.1)


def test_who_came_to_no_turn_does_not_wait_for_one_again() -> None:
    turns = Turns(1, patience_seconds=0.05)
    with holding(turns, 1), turns.take():
        turns._patience_seconds = LONG
        with turns.take(), turns.take():
            pass
    turns = Turns(1, patience_seconds=LONG)
    with turns.take():
        with turns.step_aside():
            others = holding(turns, 1)
            others.__enter__()
        with turns.take():
            pass
        others.__exit__(None, None, None)


def test_stepping_aside_without_a_turn_does_nothing() -> None:
    turns = Turns(1)
    with turns.step_aside():
        take_one(turns)
    with holding(turns, 1), turns.step_aside():
        pass


def test_nobody_waits_for_good() -> None:
    turns = Turns(1, patience_seconds=0.05)
    with holding(turns, 1):
        assert run_beside(lambda: take_one(turns)).wait(LONG)


def test_a_fault_gives_the_turn_back() -> None:
    turns = Turns(1, patience_seconds=LONG)
    with pytest.raises(ZeroDivisionError), turns.take():
        _ = 1 / 0
    assert run_beside(lambda: take_one(turns)).wait(LONG)
