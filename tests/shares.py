"""Which of many cases `make test` tries; `make test-slow` tries all of them."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from itertools import product
from typing import Any

import pytest


def share(cases: Iterable[Any], quick: Collection[Any]) -> list[Any]:
    """Return the cases, those that are not among the quick ones marked ``slow``."""
    return [case if case in quick else pytest.param(case, marks=pytest.mark.slow) for case in cases]


def share_combinations(
    cases: Iterable[tuple[Any, ...]], quick: Collection[tuple[Any, ...]]
) -> list[Any]:
    """Return cases of several parameters each, as ``share`` does those of one."""
    slow = pytest.mark.slow
    return [pytest.param(*case, marks=() if case in quick else slow) for case in cases]


def pair_up(*choices: Iterable[Any]) -> list[tuple[Any, ...]]:
    """Return some of all combinations: each two values of the first two choices meet once.

    The values of a third one and of further ones take turns.
    """
    first, second, *others = [list(values) for values in choices]
    return [
        (one, other, *(values[(place + number) % len(values)] for values in others))
        for (place, one), (number, other) in product(enumerate(first), enumerate(second))
    ]


def take_turns(first: Iterable[Any], second: Iterable[Any]) -> list[tuple[Any, Any]]:
    """Return some of all combinations of two choices: each value stands in one at least."""
    ones, others = list(first), list(second)
    count = max(len(ones), len(others))
    return [(ones[place % len(ones)], others[place % len(others)]) for place in range(count)]
