"""How far off a network is that was only tried, where it predicts several lines."""

from __future__ import annotations

import numpy as np

from lstm_core.learning.feeds.feed import thin
from lstm_core.learning.feeds.windows import WindowFeed
from lstm_core.tasks.base import Predict

MOST_WINDOWS = 8_192
"""Windows of the validation part that are looked at; beyond, they are thinned evenly."""

_LEAST_ERROR = 1e-6


def measure_lines(feed: WindowFeed, predict: Predict) -> float | None:
    """Return the mean error on the validation part, in which each line counts alike.

    A *line* is one target of one series. The loss is a mean over all values, so that the lines that
    are hard to predict rule it; the geometric mean over lines asks instead which network is better
    on most of them, whatever their scales are, as a mean of scaled errors does that judges the run.

    Args:
        predict: from places, ``(n,)``, to ``(n, horizon, targets, 1 + levels)``, scaled.

    Returns:
        None where there is one line: the loss says the same.
    """
    shape = feed.shape
    num_targets, num_lines = shape.num_targets, shape.num_series * shape.num_targets
    if num_lines == 1:
        return None
    places = thin(feed.places["validation"], MOST_WINDOWS)
    ahead = places[:, None] + np.arange(1, shape.horizon + 1)  # (n, horizon)
    known = feed.weight[ahead]  # (n, horizon, targets)
    off = np.abs(feed.past[ahead][..., :num_targets] - predict(places)[..., 0])
    line = (feed.series[places][:, None] * num_targets + np.arange(num_targets)).ravel()
    errors = np.bincount(line, np.where(known, off, 0.0).sum(axis=1).ravel(), num_lines)
    counts = np.bincount(line, known.sum(axis=1).ravel(), num_lines)
    means = errors[counts > 0] / counts[counts > 0]
    return float(np.exp(np.log(np.maximum(means, _LEAST_ERROR)).mean()))
