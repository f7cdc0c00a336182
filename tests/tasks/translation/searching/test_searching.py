"""What is found is the best there is, whatever is asked beside it."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from itertools import product

import keras
import numpy as np
import pytest

from lstm_core.learning.encoding.units import EDGE, FIRST
from lstm_core.learning.ensemble import mix_probabilities
from lstm_core.learning.feeds.pairs import PairShape
from lstm_core.spec import ExperimentSpec
from lstm_core.tasks.translation.network.building import build_network
from lstm_core.tasks.translation.searching.beam import Plan, weigh
from lstm_core.tasks.translation.searching.reader import Reader
from lstm_core.tasks.translation.searching.speaker import Speaker
from tests.tasks.translation.examples import ask_for

SHAPE = PairShape(num_sources=6, num_targets=4, source_steps=5, target_steps=4)
LIMIT = 4
"""Units of a translation at most, its end among them."""

SOURCES = [np.array([2, 3, 5, EDGE], np.int32), np.array([4, EDGE], np.int32)]
Translation = tuple[int, ...]


@lru_cache(maxsize=8)
def make_networks(attention: str, layers: int, count: int) -> tuple[ExperimentSpec, list]:
    spec = ask_for(
        task__attention=attention,
        task__decoder_layers=layers,
        task__tied=True,
        model__architecture="bidirectional",
    )
    networks = []
    for seed in range(count):
        keras.utils.set_random_seed(seed + 3)
        network = build_network(SHAPE, spec)
        generator = np.random.default_rng(seed)
        # Freshly drawn, a network says much the same of everything.
        network.set_weights(
            [
                each + generator.normal(0, 0.6, each.shape).astype(np.float32)
                for each in network.get_weights()
            ]
        )
        networks.append(network)
    return spec, networks


def list_all(limit: int = LIMIT) -> list[Translation]:
    own = range(FIRST, SHAPE.num_targets)
    return [each for length in range(limit) for each in product(own, repeat=length)]


def score_all(
    networks: Sequence[keras.Model], source: np.ndarray, limit: int = LIMIT
) -> dict[Translation, float]:
    """Return the logarithm of the probability of every translation, by the whole network."""
    every = list_all(limit)
    before = np.full((len(every), limit), EDGE, np.int32)
    wanted = np.full((len(every), limit), EDGE)
    counts = np.zeros((len(every), limit))
    for row, each in enumerate(every):
        before[row, 1 : len(each) + 1] = each
        wanted[row, : len(each)] = each
        counts[row, : len(each) + 1] = 1.0
    given = np.repeat(source[None], len(every), axis=0)
    lengths = np.full(len(every), len(source), np.int32)
    logs = []
    for network in networks:
        said = np.asarray(network([given, lengths, before], training=False))
        own = said - np.log(np.exp(said).sum(axis=-1, keepdims=True))
        logs.append(np.take_along_axis(own, wanted[..., None], axis=-1)[..., 0])
    together = logs[0] if len(logs) == 1 else mix_probabilities(logs)
    return dict(zip(every, (together * counts).sum(axis=1).tolist(), strict=True))


def rank(scores: dict[Translation, float], length_penalty: float) -> list[Translation]:
    weighed = {
        each: log / float(weigh(len(each) + 1, length_penalty)) for each, log in scores.items()
    }
    return sorted(weighed, key=lambda each: -weighed[each])


@pytest.mark.backend
@pytest.mark.parametrize(
    ("attention", "layers", "count"), [("dot", 2, 1), ("additive", 1, 3), ("none", 1, 1)]
)
@pytest.mark.parametrize("length_penalty", [0.0, 1.0])
def test_a_wide_beam_finds_what_trying_everything_finds(
    attention: str, layers: int, count: int, length_penalty: float
) -> None:
    spec, networks = make_networks(attention, layers, count)
    speaker = Speaker(networks, SHAPE, spec)
    beam = 2 * len(list_all()) + 2  # wider than there are ways to go on
    plan = Plan(beam, length_penalty, num_wanted=beam)
    limits = np.full(len(SOURCES), LIMIT)
    for source, found in zip(SOURCES, speaker.translate(SOURCES, limits, plan), strict=True):
        scores = score_all(networks, source)
        said = [tuple(each.numbers.tolist()) for each in found]
        assert said == rank(scores, length_penalty)
        assert [each.log for each in found] == pytest.approx(
            [scores[each] for each in said], abs=1e-4
        )
        assert all(each.is_whole for each in found)


@pytest.mark.parametrize("length_penalty", [0.0, 1.0, 2.0])
def test_a_search_that_ends_early_has_the_same_best(length_penalty: float) -> None:
    spec, networks = make_networks("dot", 2, 1)
    speaker = Speaker(networks, SHAPE, spec)
    limits = np.full(len(SOURCES), 6)
    wide = Plan(2 * len(list_all(6)), length_penalty)
    for source, found in zip(SOURCES, speaker.translate(SOURCES, limits, wide), strict=True):
        best = rank(score_all(networks, source, 6), length_penalty)[0]
        assert tuple(found[0].numbers.tolist()) == best


def test_a_beam_of_one_takes_the_likeliest_next_unit() -> None:
    spec, networks = make_networks("dot", 2, 1)
    network = networks[0]
    (found,) = Speaker(networks, SHAPE, spec).translate(
        SOURCES[:1], np.array([LIMIT]), Plan(beam=1, length_penalty=0.0)
    )
    said: list[int] = []
    while len(said) < LIMIT:
        before = np.array([[EDGE, *said]], np.int32)
        given = [SOURCES[0][None], np.array([len(SOURCES[0])], np.int32), before]
        row = np.array(network(given, training=False))[0, -1]
        row[1] = -np.inf  # what is unknown is never said
        if row.argmax() == EDGE:
            break
        said.append(int(row.argmax()))
    assert found[0].numbers.tolist() == said
    assert found[0].is_whole == (len(said) < LIMIT)


def test_what_is_said_of_a_text_hangs_on_no_other() -> None:
    spec, networks = make_networks("dot", 2, 1)
    speaker = Speaker(networks, SHAPE, spec)
    generator = np.random.default_rng(0)
    sources = [
        np.append(generator.integers(2, 6, 1 + number % 12), EDGE).astype(np.int32)
        for number in range(40)
    ]
    limits = np.array([2 + number % 9 for number in range(40)])
    plan = Plan(beam=3)
    together = speaker.translate(sources, limits, plan)
    for number in (0, 17, 39):
        (alone,) = speaker.translate([sources[number]], limits[[number]], plan)
        assert alone[0].numbers.tolist() == together[number][0].numbers.tolist()
        assert alone[0].score == pytest.approx(together[number][0].score, abs=1e-4)
        assert len(alone[0].numbers) < limits[number] or not alone[0].is_whole


@pytest.mark.parametrize("attention", ["dot", "additive"])
def test_a_translation_that_is_there_is_as_likely_as_it_was_found(attention: str) -> None:
    spec, networks = make_networks(attention, 1, 3)
    source = SOURCES[0]
    (found,) = Speaker(networks, SHAPE, spec).translate([source], np.array([LIMIT]), Plan(4))
    read = Reader(networks, looks_back=True).read(source, found[0].numbers)
    assert float(read.logs.sum()) == pytest.approx(found[0].log, abs=1e-4)
    assert read.weights is not None
    assert read.weights.shape == (len(found[0].numbers) + 1, len(source))
    assert read.weights.sum(axis=1) == pytest.approx(np.ones(len(read.weights)), abs=1e-5)


def test_where_nothing_is_looked_back_at_there_are_no_weights() -> None:
    _, networks = make_networks("none", 1, 1)
    assert Reader(networks, looks_back=False).read(SOURCES[0], np.array([2])).weights is None
