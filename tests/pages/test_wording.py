from __future__ import annotations

import pytest

from lstm_core.jobs.local.backoff import WAITING
from lstm_core.runs.estimate import Place
from lstm_core.runs.stores.store import Store
from pages._ui.shell.wording import say_comparison, say_place, say_skill, say_time_left
from tests.runs.records import change_row, submit


@pytest.mark.parametrize(
    ("skill", "words"),
    [
        (0.123, "12% smaller"),
        (0.0123, "1.2% smaller"),
        (-0.0951, "10% larger"),
        (-3.0, "4 times as large"),
        (-133466800.1, "more than 100 times as large"),
        (0.0, "the same"),
        (None, "larger: this one is exact"),
    ],
)
def test_a_skill_is_told_as_an_error(skill: float | None, words: str) -> None:
    assert say_skill(skill) == words


@pytest.mark.parametrize(
    ("skill", "p_value", "is_win", "words"),
    [
        (0.2, 0.01, True, "yes (p = 0.01)"),
        (0.2, 1e-9, True, "yes (p < 0.001)"),
        (0.2, 0.3, False, "not for sure (p = 0.3)"),
        (0.2, None, False, "too little to tell"),
        (0.0, 0.5, False, "no"),
        (-0.2, 0.9, False, "no"),
        (None, None, False, "no"),
    ],
)
def test_a_baseline_is_beaten_or_not(
    skill: float | None, p_value: float | None, is_win: bool, words: str
) -> None:
    assert say_comparison(skill, p_value, is_win=is_win) == words


def test_a_queued_run_says_what_holds_it_up(store: Store) -> None:
    first, second = submit(store, 2)
    change_row(store, first.id, phase=WAITING)
    assert "can't start another process" in say_place(store.runs.get(first.id), None)
    assert "free place" in say_place(store.runs.get(second.id), None)


def test_a_place_in_the_queue_is_told_with_what_it_is_based_on(store: Store) -> None:
    (run,) = submit(store)
    assert say_place(run, Place(1, None, 0)).endswith("It is the next one.")
    said = say_place(run, Place(3, 150.0, 5))
    assert said.endswith("2 before it. It begins in about 2 min 30 s, going by the last 5 runs.")
    change_row(store, run.id, phase=WAITING)  # nobody knows for how long
    assert "begins in" not in say_place(store.runs.get(run.id), Place(1, 0.0, 5))


def test_time_left_is_a_span_and_says_when_it_has_grown() -> None:
    assert say_time_left(30, 120) == "30 s to 2 min 0 s of training left"
    assert (
        say_time_left(None, 120) == say_time_left(120, 120) == "at most 2 min 0 s of training left"
    )
    assert say_time_left(30, 120, is_longer=True).endswith("left, longer than was said before")
