"""Columns that describe a series: the same in all its rows, they tell one series from another.

Within a series there is nothing to scale them by, so they are scaled across the series.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from lstm_core.data.columns.derived import is_part_of
from lstm_core.data.series.dataset import Dataset
from lstm_core.spec import ExperimentSpec
from lstm_core.tasks.forecasting.framing.categories import list_levels
from lstm_core.tasks.forecasting.framing.cutting import is_long_enough
from lstm_core.tasks.forecasting.framing.scaling import Scaler


def list_static(dataset: Dataset, spec: ExperimentSpec) -> list[str]:
    """Return the columns of the dataset that describe its series."""
    given = spec.data.static
    return [
        name
        for name in dataset.roles.past_covariates
        if any(is_part_of(name, each) for each in given)
    ]


def find_static_scales(dataset: Dataset, spec: ExperimentSpec) -> dict[int, tuple[float, float]]:
    """Return offset and scale of each column that differs between the series that are learnt from.

    Returns:
        By the column's number.
    """
    looked_up = list_levels(dataset.roles, spec)
    numbers = [dataset.roles.columns.index(name) for name in list_static(dataset, spec)]
    numbers = [number for number in numbers if number not in looked_up]
    if not numbers or spec.task.scaling == "none":
        return {}
    firsts = [
        rows.start
        for _, rows in dataset.iterate_series()
        if is_long_enough(rows.stop - rows.start, spec)
    ]
    values = dataset.frame.to_numpy()[firsts]
    found: dict[int, tuple[float, float]] = {}
    for number in numbers:
        own = values[:, number]
        if spec.task.scaling == "minmax":
            offset, scale = float(own.min()), float(own.max() - own.min())
        else:
            offset, scale = float(own.mean()), float(own.std())
        if scale > 1e-9 * max(abs(offset), 1e-21):
            found[number] = (offset, scale)
    return found


def scale_across(
    scalers: Sequence[Scaler], scales: Mapping[int, tuple[float, float]]
) -> tuple[Scaler, ...]:
    """Return each series' scaler with the scales that all series share."""
    if not scales:
        return tuple(scalers)
    shared = []
    for scaler in scalers:
        offset, scale = scaler.offset.copy(), scaler.scale.copy()
        for number, (own_offset, own_scale) in scales.items():
            offset[number], scale[number] = own_offset, own_scale
        shared.append(replace(scaler, offset=offset, scale=scale))
    return tuple(shared)
