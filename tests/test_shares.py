"""Of many combinations, those that are tried daily leave no value out."""

from __future__ import annotations

from itertools import product

from tests.shares import pair_up, share_combinations, take_turns

FIRST, SECOND, THIRD = "abcd", (1, 2, 3, 4, 5, 6), ("x", "y", "z")


def test_each_two_values_meet_and_a_third_choice_takes_turns() -> None:
    found = pair_up(FIRST, SECOND, THIRD)
    assert len(found) == len(FIRST) * len(SECOND)
    assert {(one, other) for one, other, _ in found} == {*product(FIRST, SECOND)}
    assert {(one, third) for one, _, third in found} == {*product(FIRST, THIRD)}
    assert {(other, third) for _, other, third in found} == {*product(SECOND, THIRD)}


def test_each_value_of_two_choices_has_its_turn() -> None:
    found = take_turns(FIRST, SECOND)
    assert len(found) == max(len(FIRST), len(SECOND))
    assert {one for one, _ in found} == {*FIRST}
    assert {other for _, other in found} == {*SECOND}


def test_all_combinations_are_cases_and_the_others_are_slow() -> None:
    cases = share_combinations(product(FIRST, SECOND), take_turns(FIRST, SECOND))
    assert [case.values for case in cases] == [*product(FIRST, SECOND)]
    assert sum(not case.marks for case in cases) == len(SECOND)
    assert all([mark.name for mark in case.marks] in ([], ["slow"]) for case in cases)
