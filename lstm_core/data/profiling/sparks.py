"""What a column looks like in a line of a table: its values, thinned to a few."""

from __future__ import annotations

import numpy as np
import pandas as pd

NUM_POINTS = 48


def thin_column(column: pd.Series, count: int = NUM_POINTS) -> list[float]:
    """Return the mean of each of ``count`` stretches, in the order of the rows.

    Stretches without a value are left out; a column of no numbers has none.
    """
    is_number = pd.api.types.is_numeric_dtype(column) or pd.api.types.is_bool_dtype(column)
    if not is_number or not len(column):
        return []
    values = column.to_numpy(np.float64, na_value=np.nan)
    values = np.where(np.isfinite(values), values, np.nan)
    edges = np.unique(np.linspace(0, len(values), count + 1).astype(int))[:-1]
    is_given = ~np.isnan(values)
    sums = np.add.reduceat(np.where(is_given, values, 0.0), edges)
    counts = np.add.reduceat(is_given.astype(np.int64), edges)
    return [float(mean) for mean in sums[counts > 0] / counts[counts > 0]]
