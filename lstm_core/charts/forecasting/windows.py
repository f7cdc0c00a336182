"""Windows of the prediction table as lines and bands."""

from __future__ import annotations

import numpy as np
import pandas as pd

from lstm_core.charts.core.bands import outline_band

MOST_VALUES = 5_000
"""As many predicted values as are drawn; of more windows, evenly spread ones."""


def pick_windows(predictions: pd.DataFrame, most_values: int = MOST_VALUES) -> pd.DataFrame:
    """Keep whole windows of one line that do not overlap, the last one among them."""
    ends = predictions.groupby("cutoff", sort=True)["timestamp"].max()
    cutoffs = ends.index.to_numpy()
    # Thinned tables skip cutoffs, so distance is counted in time, not in entries.
    starts, stops = cutoffs.tolist(), ends.to_numpy().tolist()
    picked: list[int] = []
    for number in range(len(starts) - 1, -1, -1):
        if not picked or stops[number] <= starts[picked[-1]]:
            picked.append(number)
    most = max(1, most_values // int(predictions["step"].max()))
    if len(picked) > most:
        picked = [picked[number] for number in np.linspace(0, len(picked) - 1, most).astype(int)]
    chosen = predictions[predictions["cutoff"].isin(cutoffs[picked])]
    return chosen.sort_values(["cutoff", "step"], kind="stable")


def join_windows(picked: pd.DataFrame, column: str) -> tuple[np.ndarray, np.ndarray]:
    """Return times and values, with a hole between windows so that no line joins them.

    Args:
        picked: see ``pick_windows``. Windows of one step are joined: each alone is no line.
    """
    holes = _find_borders(picked)
    times, values = picked["timestamp"].to_numpy(), picked[column].to_numpy(dtype=np.float64)
    return np.insert(times, holes, times[holes - 1]), np.insert(values, holes, np.nan)


def outline_windows(picked: pd.DataFrame, level: int) -> tuple[np.ndarray, np.ndarray]:
    """Return the outlines of the windows' ranges, one after another with holes between them."""
    edges = _find_borders(picked)
    columns = ("timestamp", f"low_{level}", f"high_{level}")
    parts = zip(*(np.split(picked[name].to_numpy(), edges) for name in columns), strict=True)
    outlines = [outline_band(*part) for part in parts]
    times = np.concatenate([np.append(times, times[-1:]) for times, _ in outlines])
    values = np.concatenate([np.append(values, np.nan) for _, values in outlines])
    return times[:-1], values[:-1]


def _find_borders(picked: pd.DataFrame) -> np.ndarray:
    """Return the rows at which another window begins, unless windows are single steps."""
    if picked["step"].max() == 1:
        return np.array([], dtype=np.int64)
    cutoffs = picked["cutoff"].to_numpy()
    return np.flatnonzero(cutoffs[1:] != cutoffs[:-1]) + 1
