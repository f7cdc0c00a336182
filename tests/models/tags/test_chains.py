"""Chains of tags beside every path that there is, and beside plain NumPy."""

from __future__ import annotations

import itertools
from typing import Any

import numpy as np
import pytest
from keras import ops

from lstm_core.models.tags.chains import FORBIDDEN, TagChain, find_best_path, score_path, sum_paths

pytestmark = pytest.mark.backend

NUM_STEPS = 4


def make_chain(num_tags: int, *, marks_entities: bool, learns: bool = True) -> TagChain:
    generator = np.random.default_rng(num_tags)
    chain = TagChain(num_tags, marks_entities, learns)
    chain.build((None, None, num_tags), (None,))
    if learns:
        chain.set_weights([generator.normal(size=each.shape) for each in chain.get_weights()])
    return chain


def make_scores(num_tags: int) -> tuple[np.ndarray, np.ndarray]:
    scores = np.random.default_rng(7).normal(size=(3, NUM_STEPS, num_tags)).astype("float32")
    return scores, np.array([NUM_STEPS, 2, 1], "int32")


def read_links(chain: TagChain) -> list[np.ndarray]:
    return [np.asarray(ops.convert_to_numpy(each), np.float64) for each in chain.get_links()]


def list_paths(scores: np.ndarray, links: list[np.ndarray]) -> dict[tuple[int, ...], float]:
    """Return the score of every path of ``(steps, tags)``."""
    first, between, last = links
    found = {}
    for path in itertools.product(range(scores.shape[1]), repeat=len(scores)):
        follow = sum(between[one, other] for one, other in itertools.pairwise(path))
        own = sum(scores[step, tag] for step, tag in enumerate(path))
        found[path] = float(first[path[0]] + own + follow + last[path[-1]])
    return found


@pytest.mark.parametrize(("num_tags", "marks"), [(3, False), (5, True), (1, False)])
def test_partition_shares_and_best_path_are_those_of_all_paths(num_tags: int, marks: bool) -> None:
    chain = make_chain(num_tags, marks_entities=marks)
    scores, lengths = make_scores(num_tags)
    links = read_links(chain)
    total = ops.convert_to_numpy(
        sum_paths(ops.convert_to_tensor(scores), ops.convert_to_tensor(lengths), chain.get_links())
    )
    said = ops.convert_to_numpy(chain(scores, lengths, training=False))
    for number, length in enumerate(lengths):
        paths = list_paths(scores[number, :length].astype(np.float64), links)
        partition = np.logaddexp.reduce(list(paths.values()))
        assert total[number] == pytest.approx(partition, abs=1e-4)
        best = max(paths, key=paths.__getitem__)
        assert tuple(said[number, :length, -1].astype(int)) == best
        shares = np.zeros((length, num_tags))
        for path, value in paths.items():
            shares[np.arange(length), path] += np.exp(value - partition)
        told = np.exp(said[number, :length, num_tags:-1])
        assert told == pytest.approx(shares, abs=1e-4)


def test_a_paths_score_is_what_it_adds_up_to() -> None:
    chain = make_chain(3, marks_entities=False)
    scores, lengths = make_scores(3)
    tags = np.array([[0, 2, 1, 1], [2, 0, 0, 0], [1, 2, 2, 2]], "int32")
    given = (scores, tags, lengths)
    told = ops.convert_to_numpy(
        score_path(*map(ops.convert_to_tensor, given), chain.get_links())  # type: ignore[arg-type]
    )
    for number, length in enumerate(lengths):
        own = list_paths(scores[number, :length], read_links(chain))
        assert told[number] == pytest.approx(own[tuple(tags[number, :length])], abs=1e-4)


def test_what_lies_behind_an_end_changes_nothing() -> None:
    chain = make_chain(3, marks_entities=False)
    scores, lengths = make_scores(3)
    longer = np.concatenate([scores, np.full((3, 5, 3), 9.0, "float32")], axis=1)
    one = ops.convert_to_numpy(chain(scores, lengths, training=False))
    other = ops.convert_to_numpy(chain(longer, lengths, training=False))
    for number, length in enumerate(lengths):
        assert other[number, :length] == pytest.approx(one[number, :length], abs=1e-4)


def test_an_inside_follows_its_own_beginning_alone() -> None:
    chain = TagChain(7, marks_entities=True)
    chain.build((None, None, 7), (None,))
    first, between, _ = read_links(chain)
    for before, after in itertools.product(range(7), range(7)):
        is_inside = after in (2, 4, 6)
        is_allowed = not is_inside or before in (after, after - 1)
        assert (between[before, after] == FORBIDDEN) is not is_allowed
    assert [tag for tag in range(7) if first[tag] == FORBIDDEN] == [2, 4, 6]


def test_each_by_itself_is_a_softmax_with_a_path_that_is_well_formed() -> None:
    chain = make_chain(5, marks_entities=True, learns=False)
    scores = np.zeros((1, 3, 5), "float32")
    scores[0, :, 2] = 4.0  # an I is likeliest everywhere, and nothing begins it
    scores[0, 0, 1] = 3.0
    said = ops.convert_to_numpy(chain(scores, np.array([3], "int32"), training=False))
    assert said[0, :, -1].astype(int).tolist() == [1, 2, 2]
    likely = np.exp(scores) / np.exp(scores).sum(-1, keepdims=True)
    assert np.exp(said[0, :, 5:10]) == pytest.approx(likely[0], abs=1e-5)
    assert not chain.trainable_weights


def test_long_sequences_neither_overflow_nor_vanish() -> None:
    chain = make_chain(3, marks_entities=False)
    scores = np.random.default_rng(0).normal(0, 100, (1, 100, 3)).astype("float32")
    lengths = np.array([100], "int32")
    said = ops.convert_to_numpy(chain(scores, lengths, training=False))
    assert np.isfinite(said).all()
    shares = np.exp(said[0, :, 3:6].astype(np.float64))
    assert shares.sum(axis=1) == pytest.approx(1.0, abs=1e-2)
    links = chain.get_links()
    path = find_best_path(ops.convert_to_tensor(scores), ops.convert_to_tensor(lengths), links)
    own = _score(scores, path, lengths, links)
    other = _score(scores, ops.argmax(scores, axis=-1), lengths, links)
    assert own >= other - 1e-2


def _score(scores: np.ndarray, path: Any, lengths: np.ndarray, links: Any) -> float:
    given = ops.convert_to_tensor(scores), ops.cast(path, "int32"), ops.convert_to_tensor(lengths)
    return float(ops.convert_to_numpy(score_path(*given, links))[0])
