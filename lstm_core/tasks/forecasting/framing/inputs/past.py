"""What a series' own past says beyond the window: each row from itself and rows before it."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
import pandas as pd

from lstm_core.spec.tasks.forecasting import ForecastingSpec

_TINY = 1e-12


def name_past(target: str, task: ForecastingSpec) -> tuple[str, ...]:
    """Return the names of the columns that ``derive_past`` gives of a target, in their order."""
    return (
        *(f"{target}, {lag} before" for lag in task.lags),
        *(
            f"{target}, {statistic} of {window}"
            for window in task.rolling
            for statistic in task.statistics
        ),
        *(f"{target}, {change}" for change in task.changes),
    )


def derive_past(values: np.ndarray, task: ForecastingSpec) -> np.ndarray:
    """Return lags, rolling statistics and changes of one series of a target.

    Where a lag would reach before the first row, it is the first value; a rolling statistic is
    of as many rows as there are. A return is 0 where the value before is.

    Args:
        values: ``(rows,)``, without NaN.

    Returns:
        ``(rows, columns)``, as ``name_past`` names them; a row depends on rows up to it alone.
    """
    columns = [*_list_lags(values, task), *_list_statistics(values, task)]
    steps = np.diff(values, prepend=values[:1])
    for change in task.changes:
        if change == "difference":
            columns.append(steps)
        else:
            size = np.abs(np.append(values[:1], values[:-1]))
            columns.append(np.divide(steps, size, out=np.zeros_like(steps), where=size > _TINY))
    return np.stack(columns, axis=1) if columns else np.zeros((len(values), 0))


def count_reach(task: ForecastingSpec) -> int:
    """Return how many rows before a window its columns are made of."""
    windows = [window - 1 for window in task.rolling] if task.statistics else []
    return max([0, *task.lags, *windows, *(1 for _ in task.changes)])


def _list_lags(values: np.ndarray, task: ForecastingSpec) -> Iterator[np.ndarray]:
    rows = np.arange(len(values))
    for lag in task.lags:
        yield values[np.maximum(rows - lag, 0)]


def _list_statistics(values: np.ndarray, task: ForecastingSpec) -> Iterator[np.ndarray]:
    series = pd.Series(values)
    for window in task.rolling:
        rolling = series.rolling(window, min_periods=1)
        for statistic in task.statistics:
            found = rolling.std(ddof=0) if statistic == "std" else getattr(rolling, statistic)()
            yield found.to_numpy()
