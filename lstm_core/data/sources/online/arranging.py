"""Several series in one table: one below the other, or side by side."""

from __future__ import annotations

from collections.abc import Mapping

import pandas as pd

from lstm_core.data.sources.online.face import VALUE
from lstm_core.errors import SpecError, suggest_name
from lstm_core.spec.download import DownloadPlan


def choose_columns(frame: pd.DataFrame, plan: DownloadPlan) -> pd.DataFrame:
    """Return the times and the columns that were asked for, however they are capitalised.

    Raises:
        SpecError: there is no such column.
    """
    if not plan.columns:
        return frame
    time, *numbers = frame.columns
    known = {name.casefold(): name for name in numbers}
    for name in plan.columns:
        if name.strip().casefold() not in known:
            raise SpecError(
                f'There is no column "{name}".',
                f"Choose among {', '.join(numbers)}." + suggest_name(name, numbers),
            )
    wanted = {known[name.strip().casefold()] for name in plan.columns}
    return frame[[time, *(name for name in numbers if name in wanted)]]


def arrange(frames: Mapping[str, pd.DataFrame], layout: str, names: str) -> pd.DataFrame:
    """Put the series into one table.

    Args:
        frames: by name; the times come first.
        layout: ``series`` or ``columns``; see ``DownloadPlan``.
        names: what the column is called that tells the series apart.
    """
    if len(frames) == 1:
        ((name, frame),) = frames.items()
        return frame.rename(columns={VALUE: name})
    if layout == "columns":
        return _put_side_by_side(frames)
    told = [_tell_apart(frame, names, name) for name, frame in frames.items()]
    return pd.concat(told, ignore_index=True)


def _tell_apart(frame: pd.DataFrame, names: str, name: str) -> pd.DataFrame:
    told = frame.copy()
    told.insert(1, names, name)
    return told


def _put_side_by_side(frames: Mapping[str, pd.DataFrame]) -> pd.DataFrame:
    """Name each column as yfinance does, such as ``Close MSFT``; a time that one lacks is empty."""
    time = next(iter(frames.values())).columns[0]
    wide = []
    for name, frame in frames.items():
        numbers = frame.set_index(time)
        names = [name if column == VALUE else f"{column} {name}" for column in numbers.columns]
        wide.append(numbers.set_axis(names, axis=1))
    return pd.concat(wide, axis=1).sort_index().reset_index()
