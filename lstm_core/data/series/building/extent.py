"""Which rows of each series can be used, and which lie ahead of its last target."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from lstm_core.data.series.building.filling import first_known, last_known
from lstm_core.data.series.building.regular import RegularRows
from lstm_core.data.series.dataset import Roles
from lstm_core.data.wording import count_words

_FEWEST_ROWS = 2


@dataclass(frozen=True)
class Extent:
    """What is kept of regular rows.

    Attributes:
        in_history: bool, ``(rows,)``; from the first row at which every target and past
            covariate has had a value to the last observed target.
        in_future: bool, ``(rows,)``; after that, as long as every known-future covariate lasts.
        is_left_out: bool, ``(series,)``; fewer than two rows with a target, or a column of
            which the series has no value.
        num_leading, num_trailing: rows with values, of the other series, that are in neither.
    """

    in_history: np.ndarray
    in_future: np.ndarray
    is_left_out: np.ndarray
    num_leading: int
    num_trailing: int


def find_extent(rows: RegularRows, roles: Roles) -> Extent:
    """Find the part of every series that needs no invented value at its ends."""
    starts, series = rows.starts, rows.series_of_row
    num_targets = len(roles.targets)
    num_causal = num_targets + len(roles.past_covariates)
    num_columns = rows.values.shape[1]
    number = np.arange(len(rows.codes))

    firsts = np.stack([first_known(rows.values[:, i], starts) for i in range(num_columns)])
    lasts = np.stack([last_known(rows.values[:, i], starts) for i in range(num_columns)])
    first = firsts[:num_causal].max(axis=0)  # (series,)
    last = lasts[:num_targets].max(axis=0)
    future_last = lasts[num_causal:].min(axis=0) if num_causal < num_columns else last

    in_history = (number >= first[series]) & (number <= last[series])
    has_target = ~np.isnan(rows.values[:, :num_targets]).all(axis=1)
    num_usable = np.add.reduceat((in_history & has_target).astype(np.int64), starts)
    is_left_out = (num_usable < _FEWEST_ROWS) | (lasts.min(axis=0) < 0)
    kept = ~is_left_out[series]

    has_value = ~np.isnan(rows.values).all(axis=1) & kept
    return Extent(
        in_history=in_history & kept,
        in_future=(number > last[series]) & (number <= future_last[series]) & kept,
        is_left_out=is_left_out,
        num_leading=int((has_value & (number < first[series])).sum()),
        num_trailing=int((has_value & (number > np.maximum(last, future_last)[series])).sum()),
    )


def tell_extent(extent: Extent, roles: Roles) -> list[str]:
    """Say how many rows at the ends are not used for learning."""
    notes = []
    if extent.num_leading:
        columns = "target and past covariate" if roles.past_covariates else "target"
        notes.append(
            f"{count_words(extent.num_leading, 'row')} before the first value of every {columns} "
            "left out."
        )
    num_ahead = int(extent.in_future.sum())
    if num_ahead:
        notes.append(
            f"{count_words(num_ahead, 'row')} after the last value of the target kept for what is "
            "known ahead of time."
        )
    if extent.num_trailing:
        notes.append(
            f"{count_words(extent.num_trailing, 'row')} after the last value of the target "
            "left out."
        )
    return notes
