"""What was said of single test windows, as the rows that are kept of a run."""

from __future__ import annotations

import numpy as np
import pandas as pd

from lstm_core.tasks.forecasting.judging.pretrained_result import PRETRAINED
from lstm_core.tasks.forecasting.judging.scoreboard import Block
from lstm_core.tasks.forecasting.predicting.windows import name_ends


def make_table(
    block: Block, kept: np.ndarray, times: pd.Index, pretrained: np.ndarray
) -> pd.DataFrame:
    """Return the prediction table's rows of a block's kept cutoffs.

    Args:
        kept: ``(n,)`` bool. ``times``: of the series' rows.
        pretrained: ``(n, horizon)``, NaN where the pre-trained network was not asked.
    """
    horizon = block.actual.shape[1]
    local = block.cutoff[kept]
    steps = np.arange(1, horizon + 1)
    return pd.DataFrame(
        {
            "series": block.line[0],
            "target": block.line[1],
            "fold": np.repeat(block.fold[kept], horizon),
            "cutoff": times[np.repeat(local, horizon)],
            "step": np.tile(steps, len(local)),
            "timestamp": times[(local[:, None] + steps).ravel()],
            "actual": block.actual[kept].ravel(),
            **{name: found[kept].ravel() for name, found in block.predictions.items()},
            **name_ends(block.ends[kept].reshape(-1, *block.ends.shape[2:])),
            PRETRAINED: pretrained[kept].ravel(),
        }
    )
