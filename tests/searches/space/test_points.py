"""Which values and how many points; counting agrees with listing."""

from __future__ import annotations

import json
from itertools import pairwise
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lstm_core.searches.space.points import (
    count_points,
    is_active,
    list_points,
    list_values,
    make_grid,
)
from lstm_core.spec.search import ChoiceEntry, FixedEntry, FloatEntry, IntEntry, Space, parse_space
from tests.searches.spaces import FINITE, MIXED, keep_active


@pytest.mark.parametrize(
    ("entry", "values"),
    [
        (ChoiceEntry(values=("b", None, "a")), ["b", None, "a"]),
        (FixedEntry(value=[1]), [[1]]),
        (IntEntry(low=2, high=5), [2, 3, 4, 5]),
        (IntEntry(low=2, high=9, step=3), [2, 5, 8]),
        (IntEntry(low=16, high=128, step=2, scale="log"), [16, 32, 64, 128]),
        (IntEntry(low=1, high=4, scale="log"), [1, 2, 3, 4]),
        (IntEntry(low=7, high=7), [7]),
        (FloatEntry(low=0, high=0.5, step=0.1), [0.0, 0.1, 0.2, 0.3, 0.4, 0.5]),
        (FloatEntry(low=0.001, high=10, step=10, scale="log"), [0.001, 0.01, 0.1, 1.0, 10.0]),
        (FloatEntry(low=0, high=9), [float(number) for number in range(10)]),
        (FloatEntry(low=2, high=2), [2.0]),
    ],
)
def test_values_stand_in_order_and_include_both_ends(entry: Any, values: list[Any]):
    assert json.dumps(list(list_values(entry))) == json.dumps(values)


def test_a_range_on_a_log_scale_is_sampled_by_ratios():
    values = list_values(FloatEntry(low=1e-4, high=1e-1, scale="log"))
    ratios = [after / before for before, after in pairwise(values)]
    assert len(values) == 10
    assert ratios == pytest.approx([10 ** (1 / 3)] * 9)
    assert (values[0], values[-1]) == (1e-4, 1e-1)


def test_a_range_of_whole_numbers_may_be_as_long_as_it_likes():
    entry = IntEntry(low=1, high=10**12)
    assert (list_values(entry)[0], list_values(entry)[-1]) == (1, 10**12)
    assert count_points({"training.windows_per_epoch": entry}) == 10**12


def test_points_are_counted_with_conditions():
    assert count_points(FINITE) == 12 == len(list(list_points(FINITE)))
    assert count_points(MIXED) is None
    assert count_points({}) == 1


def test_a_range_that_never_matters_makes_no_endless_space():
    space = parse_space(
        {
            "model.architecture": "gru",
            "training.learning_rate": {
                **{"kind": "float", "low": 0, "high": 1},
                "when": {"model.architecture": ["stacked"]},
            },
            "model.units": [1, 2],
        }
    )
    assert count_points(space) == 2


def test_counting_needs_no_listing():
    entries = {f"model.x{number}": list(range(60)) for number in range(39)}
    last = {"kind": "choice", "values": [1, 2], "when": {path: [3, 4] for path in entries}}
    assert count_points(parse_space({**entries, "model.last": last})) == 60**39 + 2**39


@st.composite
def spaces(draw: st.DrawFn) -> Space:
    space: Space = {}
    for number in range(draw(st.integers(1, 5))):
        when = {}
        for parent, entry in space.items():
            if draw(st.integers(0, 3)) == 0:
                values = list_values(entry)
                when[parent] = tuple(draw(st.lists(st.sampled_from(values), min_size=1)))
        low = draw(st.integers(1, 3))
        high = low + draw(st.integers(0, 3))
        space[f"x{number}"] = draw(
            st.sampled_from(
                [
                    ChoiceEntry(values=("a", 1, True, None)[: high - low + 1], when=when),
                    IntEntry(low=low, high=high, when=when),
                    IntEntry(low=low, high=9, scale="log", when=when),
                    FixedEntry(value=low, when=when),
                ]
            )
        )
    return space


@given(spaces())
def test_there_are_as_many_points_as_are_listed_and_none_twice(space: Space):
    points = [json.dumps(point) for point in list_points(space)]
    assert len(set(points)) == len(points) == count_points(space)


def test_only_what_matters_is_kept():
    values = {"model.architecture": "gru", "model.layers": 3, "model.dropout": 0.1, "x": 1}
    assert keep_active(FINITE, values) == {"model.architecture": "gru", "model.dropout": 0.1}


def test_one_is_not_yes():
    entry = FixedEntry(value=1, when={"model.mixing": (1,)})
    assert is_active(entry, {"model.mixing": 1})
    assert not is_active(entry, {"model.mixing": True})


def test_a_grid_has_an_end():
    grid = make_grid(MIXED)
    # gru, segment with 2 segments, stacked with 2 depths
    assert count_points(grid) == (1 + 2 + 2) * 4 * 10 * 6 * 2 * 2
