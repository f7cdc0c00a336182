from __future__ import annotations

import numpy as np

from lstm_core.learning.feeds.streams import draw_lanes, find_streams

SERIES = np.repeat([0, 1], [20, 15]).astype(np.int32)


def find(cutoffs: list[int], lookback: int = 4) -> list[list[int]]:
    found = find_streams(np.array(cutoffs, np.int32), SERIES, lookback)
    return sorted(stream.tolist() for stream in found)


def test_a_window_begins_where_the_one_before_ended() -> None:
    assert find(list(range(3, 12))) == [[3, 7, 11], [4, 8], [5, 9], [6, 10]]


def test_a_stream_ends_where_a_cutoff_is_missing_and_with_its_series() -> None:
    assert find([3, 7, 15, 19, 23, 27]) == [[3, 7], [15, 19], [23, 27]]


def test_every_cutoff_is_in_one_stream() -> None:
    cutoffs = list(range(3, 20)) + list(range(24, 35))
    assert sorted(cutoff for stream in find(cutoffs) for cutoff in stream) == cutoffs


def draw(num_lanes: int, num_steps: int, seed: int = 0) -> tuple[np.ndarray, np.ndarray]:
    """Return cutoffs and beginnings, ``(steps, lanes)`` each."""
    streams = [np.arange(10 * n, 10 * n + length) for n, length in enumerate((5, 1, 3, 8))]
    drawn = draw_lanes(streams, num_lanes, num_steps, np.random.default_rng(seed))
    cutoffs, begins = (part.reshape(num_steps, num_lanes) for part in drawn)
    return cutoffs, begins


def test_a_lane_goes_on_along_its_stream_unless_it_says_otherwise() -> None:
    cutoffs, begins = draw(num_lanes=3, num_steps=12)
    assert begins[0].all()
    goes_on = np.diff(cutoffs, axis=0) == 1
    assert (goes_on | begins[1:]).all()
    assert goes_on.any()
    assert begins[1:].any()


def test_every_stream_comes_once_before_any_comes_again() -> None:
    cutoffs, begins = draw(num_lanes=1, num_steps=17)  # as many as there are windows
    assert len(set(cutoffs.ravel())) == 17
    assert begins.sum() == 4


def test_a_long_stream_is_joined_anywhere() -> None:
    stream = [np.arange(100)]
    starts = {
        int(draw_lanes(stream, 1, 3, np.random.default_rng(seed))[0][0]) for seed in range(40)
    }
    assert len(starts) > 20
    assert min(starts) >= 0
    assert max(starts) <= 97


def test_another_seed_draws_other_lanes() -> None:
    assert (draw(3, 12, seed=1)[0] == draw(3, 12, seed=1)[0]).all()
    assert (draw(3, 12, seed=1)[0] != draw(3, 12, seed=2)[0]).any()
