from __future__ import annotations

import numpy as np
import pytest

from lstm_core.learning.feeds.windows import WindowFeed, WindowShape
from lstm_core.tasks.forecasting.judging.trying import measure_lines

HORIZON = 3


def make_feed(num_series: int = 2, num_targets: int = 1) -> WindowFeed:
    """Several series of 20 rows, one after another, with a gap of the last target."""
    shape = WindowShape(4, HORIZON, num_targets, num_targets, 0, num_series)
    num_rows = 20 * num_series
    values = np.random.default_rng(0).normal(size=(num_rows, num_targets)).astype(np.float32)
    weight = np.ones((num_rows, num_targets), bool)
    weight[18, -1] = False
    first = np.arange(num_series)[:, None] * 20
    validation = (first + np.arange(10, 17)).ravel().astype(np.int32)
    return WindowFeed(
        values,
        np.zeros((num_rows, 0), np.float32),
        weight,
        np.repeat(np.arange(num_series), 20).astype(np.int32),
        {"validation": validation},
        shape,
        np.zeros((num_rows, 0), np.float32),
    )


def miss(feed: WindowFeed, by: np.ndarray) -> float | None:
    """Measure who is off by so much in each line, ``(series, targets)``."""
    shape = feed.shape

    def predict(places: np.ndarray) -> np.ndarray:
        rows = places[:, None] + np.arange(1, HORIZON + 1)
        said = feed.past[rows] + by[feed.series[places]][:, None]
        said[~feed.weight[rows]] = 1e6  # of what is not known, anything may be said
        return np.repeat(said[..., None], 7, axis=-1)

    assert by.shape == (shape.num_series, shape.num_targets)
    return measure_lines(feed, predict)


def test_one_line_is_left_to_the_loss() -> None:
    assert miss(make_feed(1), np.ones((1, 1))) is None


@pytest.mark.parametrize(("num_series", "num_targets"), [(2, 1), (1, 2), (2, 2)])
def test_each_line_counts_alike_whatever_its_scale_is(num_series: int, num_targets: int) -> None:
    feed = make_feed(num_series, num_targets)
    by = np.full((num_series, num_targets), 0.5)
    assert miss(feed, by) == pytest.approx(0.5, rel=1e-5)
    # Half as far off in a line that is hard is as much as half as far off in one that is easy.
    by[0, 0] = 50.0
    hard = miss(feed, by)
    easy = by.copy()
    by[0, 0] /= 2
    easy[-1, -1] /= 2
    halved = miss(feed, by)
    assert hard is not None
    assert halved == pytest.approx(hard * 0.5 ** (1 / by.size), rel=1e-4)
    assert miss(feed, easy) == pytest.approx(halved, rel=1e-4)


def test_a_line_without_error_does_not_make_all_others_vanish() -> None:
    found = miss(make_feed(), np.array([[0.0], [2.0]]))
    assert found is not None
    assert 0 < found < np.inf
