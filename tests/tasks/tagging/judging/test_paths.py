"""The best tags that may follow one another, beside all that there are."""

from __future__ import annotations

import itertools

import numpy as np
import pytest

from lstm_core.data.tagged.entities import follows
from lstm_core.tasks.tagging.judging.paths import choose_path, choose_paths

NAMES = ("O", "B-a", "I-a", "B-b", "I-b")


def is_well_formed(path: tuple[int, ...]) -> bool:
    names: list[str | None] = [None, *(NAMES[tag] for tag in path)]
    return all(follows(one, str(other)) for one, other in itertools.pairwise(names))


@pytest.mark.parametrize("seed", range(8))
def test_the_path_is_the_likeliest_that_is_well_formed(seed: int) -> None:
    shares = np.log(np.random.default_rng(seed).dirichlet(np.full(5, 0.3), size=4) + 1e-9)
    found = choose_path(shares, marks_entities=True)
    every = [path for path in itertools.product(range(5), repeat=4) if is_well_formed(path)]
    best = max(every, key=lambda path: sum(shares[np.arange(4), path]))
    assert tuple(found) == best
    assert choose_path(shares, marks_entities=False).tolist() == shares.argmax(axis=1).tolist()


def test_sequences_one_behind_another_do_not_touch() -> None:
    shares = np.full((3, 5), -9.0)
    shares[:, 2] = 0.0
    shares[0, 1] = -1.0
    assert choose_paths(shares, [1, 2], marks_entities=True)[0] == 1
    assert choose_paths(shares, [3], marks_entities=True).tolist() == [1, 2, 2]
    assert choose_paths(shares[:0], [], marks_entities=True).tolist() == []
