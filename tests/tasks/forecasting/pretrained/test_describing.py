from __future__ import annotations

from dataclasses import fields

import numpy as np
import pytest

from lstm_core.tasks.forecasting.pretrained.describing import (
    NUM_INPUTS,
    NUM_QUERIES,
    NUM_TRIED,
    PATCH,
    TAIL,
    Describing,
    Description,
    describe,
)
from lstm_core.tasks.forecasting.pretrained.facts import NUM_FACTS, tell_changes
from lstm_core.tasks.forecasting.pretrained.history import Histories
from lstm_core.tasks.forecasting.pretrained.rules.candidates import RULES

AHEAD = np.arange(1, 9)
RANDOM = np.random.default_rng(3).normal(size=300)


def test_what_is_told_has_the_shapes_that_the_network_reads() -> None:
    told = describe(Histories.of([RANDOM, RANDOM[:50], RANDOM[:3]], (12,)), AHEAD)
    assert told.inputs.shape == (3, TAIL // PATCH, NUM_INPUTS)
    assert told.queries.shape == (3, 8, NUM_QUERIES)
    assert told.tried.shape == (3, NUM_TRIED)
    assert told.candidates.shape == (3, 8, len(RULES))
    assert told.spread.shape == (3, 8)


def test_location_and_scale_are_those_of_the_last_season_and_of_changes() -> None:
    values = np.array([0.0, 4.0, 1.0, 5.0, 2.0, 6.0])
    told = describe(Histories.of([values], (2,)), AHEAD)
    assert told.location[0] == 4
    assert told.scale[0] == pytest.approx(0.5 * 18 / 5 + 0.5 * 1)


def test_before_a_series_begins_there_is_nothing() -> None:
    told = describe(Histories.of([RANDOM[:5], RANDOM]), AHEAD)
    values = told.inputs[0, :, : 6 * PATCH].reshape(TAIL, 6)
    assert not values[:-5].any()
    assert values[-5:, 5].all()


def test_gaps_are_filled_and_told() -> None:
    values = np.sin(np.arange(60) * np.pi / 6)
    holed = values.copy()
    holed[[50, 55]] = np.nan
    whole, told = (
        describe(Histories.of([one], (12,)), AHEAD).inputs[0, :, : 6 * PATCH].reshape(TAIL, 6)
        for one in (values, holed)
    )
    assert told[:, 5].sum() == 58
    assert np.abs(told[:, 0] - whole[:, 0]).max() < 0.4


def test_a_walk_is_told_from_a_course() -> None:
    walk, line = RANDOM.cumsum(), 0.5 * np.arange(300) + RANDOM.cumsum() / 10
    noise = RANDOM + 0
    changes = np.diff(np.stack([walk, line, noise]), axis=1)
    standard, _, first, *_, together = tell_changes(changes, np.array([300, 300, 300]))
    assert abs(standard[0]) < 1 < standard[1]
    assert abs(first[0]) < 1
    assert first[2] < -1
    assert together[2] > together[0] + 0.5


def test_facts_do_not_depend_on_what_stands_before_a_series() -> None:
    changes = np.diff(RANDOM[:40])[None]
    alone = tell_changes(changes, np.array([40]))
    padded = tell_changes(np.pad(changes, ((0, 0), (60, 0))), np.array([40]))
    assert np.array(padded) == pytest.approx(np.array(alone))


def make_series(seasons: tuple[int, ...]) -> list[np.ndarray]:
    """Positive and other ones, short and long ones, some with gaps and zeros."""
    rng = np.random.default_rng(12)
    length = 3 * max(seasons, default=20) + 60
    walk = rng.normal(size=length).cumsum()
    holed = np.where(rng.random(length) < 0.1, np.nan, walk)
    late_zero = np.where(np.arange(length) == length - 5, 0.0, 5 + np.abs(walk))
    far = 1e6 + walk
    return [walk, np.exp(walk / 20), holed, walk[-40:], late_zero, np.exp(holed / 20), far]


@pytest.mark.parametrize("seasons", [(), (4,), (12,), (7, 28), (5, 13), (24, 168)])
@pytest.mark.parametrize("back", [1, 12, 24])
def test_series_as_they_were_are_described_as_if_nothing_had_come(
    seasons: tuple[int, ...], back: int
) -> None:
    histories = Histories.of(make_series(seasons), seasons)
    then = Describing(histories).describe(AHEAD, back)
    alone = describe(histories.without_last(back), AHEAD)
    for field in fields(Description):
        one, other = getattr(then, field.name), getattr(alone, field.name)
        assert one == pytest.approx(other, rel=1e-5, abs=1e-4), field.name


@pytest.mark.parametrize("seasons", [(), (12,), (5, 13)])
def test_a_series_is_described_the_same_among_others(seasons: tuple[int, ...]) -> None:
    series = make_series(seasons)
    together = describe(Histories.of(series, seasons), AHEAD)
    for row, one in enumerate(series):
        alone = describe(Histories.of([one], seasons), AHEAD)
        for field in fields(Description):
            found = getattr(together, field.name)[row]
            assert found == pytest.approx(getattr(alone, field.name)[0], rel=1e-5, abs=1e-4)


def test_facts_are_finite_and_small_for_what_is_odd() -> None:
    odd = [
        np.ones(50),
        np.arange(3.0),
        np.where(np.arange(60) == 30, 1e12, 1.0),
        1.8 ** np.arange(60),
    ]
    told = describe(Histories.of(odd, (12,)), AHEAD)
    facts = told.queries[:, 0, 9 : 9 + NUM_FACTS]
    assert np.isfinite(facts).all()
    assert np.abs(facts).max() < 12
