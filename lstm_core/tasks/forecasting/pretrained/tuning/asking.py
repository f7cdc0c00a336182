"""What a pre-trained network says of cutoffs: in NumPy, whatever it has learnt since."""

from __future__ import annotations

from collections.abc import Sequence

import keras
import numpy as np

from lstm_core.tasks.forecasting.pretrained.describing import Description
from lstm_core.tasks.forecasting.pretrained.network import Weights, compute_quantiles
from lstm_core.tasks.forecasting.pretrained.tuning.feed import DescribedFeed
from lstm_core.tasks.forecasting.pretrained.tuning.network import ENDS, read_members
from lstm_core.tasks.forecasting.pretrained.tuning.scales import scale_values
from lstm_core.threads import stay_on_one_thread


def ask_described(network: keras.Model, places: np.ndarray, *, feed: DescribedFeed) -> np.ndarray:
    """Return what a network says of cutoffs ``(n,)``, scaled: ``(n, horizon, targets, ends)``.

    Each is described for this alone, so that nothing grows with their number; and nothing is
    compiled.
    """
    members = read_members(network)
    shape = feed.shape
    said = np.empty((len(places), shape.horizon, shape.num_targets, len(ENDS)))
    with stay_on_one_thread():
        for at, told in feed.describe(places):
            values = _ask(members, told.description)
            by_target = values.reshape(len(at), shape.num_targets, shape.horizon, len(ENDS))
            said[at] = scale_values(feed, told, by_target).transpose(0, 2, 1, 3)
    return said


def _ask(members: Sequence[Weights], description: Description) -> np.ndarray:
    """Return point and ends in the units of the data, ``(lines, horizon, ends)``."""
    said = [compute_quantiles(member, description)[..., ENDS] for member in members]
    location, scale = description.location, description.scale
    return location[:, None, None] + scale[:, None, None] * np.mean(said, axis=0, dtype=float)
