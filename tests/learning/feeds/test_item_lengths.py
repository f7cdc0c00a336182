from __future__ import annotations

from itertools import combinations

import numpy as np
import pytest

from lstm_core.learning.feeds.item_lengths import choose_lengths, find_padded


def count_padded(lengths: np.ndarray, padded: np.ndarray) -> int:
    return int(padded[np.searchsorted(padded, lengths)].sum())


@pytest.mark.parametrize("most", [1, 2, 3, 4])
def test_no_other_lengths_waste_less(most: int) -> None:
    lengths = np.random.default_rng(most).choice([1, 2, 3, 5, 8, 13, 40, 41], 60)
    distinct = np.unique(lengths)
    found = choose_lengths(lengths, most)
    assert len(found) <= most
    best = min(
        count_padded(lengths, np.array([*chosen, distinct[-1]]))
        for count in range(most)
        for chosen in combinations(distinct[:-1], count)
    )
    assert count_padded(lengths, found) == best


def test_few_lengths_waste_little() -> None:
    lengths = np.random.default_rng(0).lognormal(3.0, 0.6, 3_000).astype(int) + 1
    found = choose_lengths(lengths)
    assert found[-1] == lengths.max()
    assert (np.diff(found) > 0).all()
    assert count_padded(lengths, found) < 1.45 * lengths.sum()
    assert count_padded(lengths, found[-1:]) > 4 * lengths.sum()


def test_lengths_are_multiples_where_steps_are_made_one() -> None:
    found = choose_lengths(np.array([3, 4, 9, 30]), 3, multiple=8)
    assert found.tolist() == [8, 16, 32]


def test_one_length_needs_one() -> None:
    assert choose_lengths(np.full(9, 5)).tolist() == [5]


def test_an_item_is_padded_to_what_holds_it() -> None:
    padded = np.array([4, 8])
    assert find_padded(np.array([3, 4]), padded) == 4
    assert find_padded(np.array([3, 5]), padded) == 8
