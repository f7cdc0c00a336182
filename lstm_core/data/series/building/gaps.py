"""Gaps in the columns of a dataset: filled by what each column is for, and told.

Targets are filled between two observed values, never before the first or after the last; past
covariates from the value before only.
"""

from __future__ import annotations

import numpy as np

from lstm_core.data.series.building.extent import Extent
from lstm_core.data.series.building.filling import (
    fill_backward,
    fill_forward,
    fill_linear,
    fill_mean,
    fill_season,
)
from lstm_core.data.series.dataset import Roles
from lstm_core.data.series.season import detect_season
from lstm_core.data.series.spacing.frequency import Frequency
from lstm_core.data.wording import count_words
from lstm_core.spec.series import Fill

_WAYS: dict[Fill, str] = {
    "interpolate": "interpolation",
    "previous": "repeating the value before",
    "mean": "the mean of what was before",
    "season": "what was one season before",
    "drop": "repeating the value before",
}


def fill_gaps(
    values: np.ndarray, starts: np.ndarray, roles: Roles, fill: Fill, frequency: Frequency
) -> np.ndarray:
    """Return a copy, ``(rows, columns)``, filled by what each column is for."""
    filled = values.copy()
    for number, name in enumerate(roles.columns):
        column = filled[:, number]
        if not np.isnan(column).any():
            continue
        if name in roles.past_covariates:
            column = fill_forward(column, starts)
        elif name in roles.known_future_covariates:
            is_flag = np.isin(column[~np.isnan(column)], (0, 1)).all()  # nothing is half a yes
            line = column if is_flag else fill_linear(column, starts)
            column = fill_backward(fill_forward(line, starts), starts)
        else:
            # forward as well: where one of several targets ends before the others
            line = _fill_target(column, starts, fill, frequency)
            column = fill_forward(line, starts)
        filled[:, number] = column
    return filled


def _fill_target(
    column: np.ndarray, starts: np.ndarray, fill: Fill, frequency: Frequency
) -> np.ndarray:
    """Fill a target's gaps; what stays open repeats the value before it."""
    if fill == "interpolate":
        return fill_linear(column, starts)
    if fill == "mean":
        return fill_mean(column, starts)
    if fill == "season":
        return fill_season(column, starts, _find_season(column, starts, frequency))
    return column


def _find_season(column: np.ndarray, starts: np.ndarray, frequency: Frequency) -> int:
    """Return the season to fill by: what is usual, else what the first half of the rows shows.

    Nothing later is looked at, so that the test part has no say in it.
    """
    if frequency.usual_season > 1:
        return frequency.usual_season
    lines = np.split(column, starts[1:])
    halves = [line[: len(line) // 2] for line in lines]
    season, _ = detect_season([half[~np.isnan(half)] for half in halves], frequency)
    return season


def tell_gaps(values: np.ndarray, extent: Extent, roles: Roles, fill: Fill) -> list[str]:
    """Say how many gaps were filled, and how.

    Args:
        values: ``(rows, columns)``, before they were filled.
    """
    missing = np.isnan(values)
    notes = []
    for number, name in enumerate(roles.columns):
        if name in roles.targets:
            continue
        is_ahead = name in roles.known_future_covariates
        used = extent.in_history | extent.in_future if is_ahead else extent.in_history
        num_gaps = int((missing[:, number] & used).sum())
        if num_gaps:
            way = "from the values around them" if is_ahead else "with the value before"
            notes.append(f'{count_words(num_gaps, "gap")} in "{name}" filled {way}.')
    num_gaps = int((missing[:, : len(roles.targets)].any(axis=1) & extent.in_history).sum())
    if num_gaps:
        notes.append(f"{count_words(num_gaps, 'gap')} filled by {_WAYS[fill]}.")
        if fill == "drop":
            notes.append("No window that reads a gap is learnt from.")
    return notes
