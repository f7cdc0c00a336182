"""What an attention layer looked at, laid over the rows of the last window."""

from __future__ import annotations

import numpy as np
import pandas as pd

from lstm_core.data.series.dataset import Dataset
from lstm_core.tasks.forecasting.framing.examples import Framing
from lstm_core.tasks.forecasting.predicting.windows import label_series


def locate_attention(
    weights: np.ndarray, dataset: Dataset, framing: Framing, lookback: int
) -> pd.DataFrame:
    """Return ``series, target, timestamp, weight`` of the window that each forecast goes on from.

    Args:
        weights: ``(windows, steps)`` as ``attending.read_attention`` gives them for the forecast's
            cutoffs. A step that stands for several rows is put at the last of them.
    """
    times = dataset.frame.index.get_level_values("time")
    targets = dataset.roles.targets
    num_steps = weights.shape[1]
    each = lookback // num_steps  # rows of a step; the oldest rows that fill none are left out
    back = each * np.arange(num_steps - 1, -1, -1)
    by_line = np.broadcast_to(
        weights.reshape(len(framing.parts), -1, num_steps),
        (len(framing.parts), len(targets), num_steps),
    )
    tables = [
        pd.DataFrame(
            {
                "series": label_series(dataset, part, target),
                "target": target,
                "timestamp": times[part.rows.stop - 1 - back],
                "weight": own,
            }
        )
        for part, lines in zip(framing.parts, by_line, strict=True)
        for target, own in zip(targets, lines, strict=True)
    ]
    return pd.concat(tables, ignore_index=True)
