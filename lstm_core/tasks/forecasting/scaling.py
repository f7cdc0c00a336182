"""Transforms of columns, fitted on the training part of each series only."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Literal, Self

import numpy as np

ScalingName = Literal["standard", "minmax", "none"]
TransformName = Literal["none", "log", "boxcox"]

_LARGEST_LOG = 600.0
"""Near the largest exponent of a float64: a wild prediction stays a number."""

_LEAST_SHARE = 1e-3
"""A later value at or below zero counts as this share of the smallest training value."""


@dataclass(frozen=True)
class Scaler:
    """A power transform, then ``(value - offset) / scale``; arrays of ``(columns,)``.

    Attributes:
        power: Box and Cox's lambda: 0 is the logarithm, 1 leaves a column as it is.
        floor: values of a column with another power than 1 are cut off below here.
        offset, scale: of what the power gives.
    """

    power: np.ndarray
    floor: np.ndarray
    offset: np.ndarray
    scale: np.ndarray

    @classmethod
    def fit(
        cls,
        values: np.ndarray,
        observed: np.ndarray,
        kind: ScalingName,
        transform: TransformName = "none",
        num_targets: int = 0,
        season: int = 1,
    ) -> Self:
        """Measure the training part.

        Args:
            values: ``(rows, columns)``, the training rows and no others.
            observed: ``(rows, columns)`` bool; filled values have no say.
            kind: ``standard`` (mean and standard deviation), ``minmax`` (to 0..1) or ``none``.
            transform: of the leading ``num_targets`` columns, where they are positive.
            season: steps in a season, within which ``boxcox`` measures the spread.

        A column that is constant there is only shifted.
        """
        power = np.ones(values.shape[1])
        floor = np.zeros(values.shape[1])
        for column in range(num_targets if transform != "none" else 0):
            seen = values[observed[:, column], column]
            if len(seen) == 0 or seen.min() <= 0:
                continue
            slope = measure_spread_growth(seen, season) if transform == "boxcox" else 1.0
            power[column] = 1.0 - np.clip(1.0 if slope is None else slope, 0.0, 1.0)
            floor[column] = _LEAST_SHARE * seen.min()
        powered = _raise(values, power, floor)
        seen = np.where(observed, powered, np.nan)
        if kind == "none":
            offset, scale = np.zeros(values.shape[1]), np.ones(values.shape[1])
        elif kind == "minmax":
            offset = np.nanmin(seen, axis=0)
            scale = np.nanmax(seen, axis=0) - offset
        else:
            offset = np.nanmean(seen, axis=0)
            scale = np.nanstd(seen, axis=0)
        negligible = scale <= 1e-9 * np.maximum(np.abs(offset), 1e-30)
        return cls(power, floor, offset, np.where(negligible, 1.0, scale))

    def transform(self, values: np.ndarray) -> np.ndarray:
        """Scale ``(rows, columns)`` to float32."""
        powered = _raise(values, self.power, self.floor)
        return ((powered - self.offset) / self.scale).astype(np.float32)

    def transform_target(self, values: np.ndarray, target: int) -> np.ndarray:
        """Scale one target's values, of any shape, to float64."""
        powered = _raise(values[..., None], self.power[[target]], self.floor[[target]])[..., 0]
        return (powered - self.offset[target]) / self.scale[target]

    def restore_target(self, scaled: np.ndarray, target: int) -> np.ndarray:
        """Undo the scaling of one target's values, of any shape; float64."""
        powered = scaled.astype(np.float64) * self.scale[target] + self.offset[target]
        power = self.power[target]
        if power == 1:
            return powered
        if power == 0:
            return np.exp(np.minimum(powered, _LARGEST_LOG))
        return np.maximum(power * powered + 1.0, 0.0) ** (1.0 / power)

    def to_json(self) -> dict[str, Any]:
        return {name: getattr(self, name).tolist() for name in _FIELDS}

    @classmethod
    def from_json(cls, content: dict[str, Any]) -> Self:
        return cls(**{name: np.asarray(content[name], dtype=np.float64) for name in _FIELDS})


_FIELDS = ("power", "floor", "offset", "scale")


def measure_spread_growth(values: np.ndarray, season: int) -> float | None:
    """Return how the spread grows with the level: the slope of log spread over log level.

    0: not at all; 1: in proportion, which calls for a logarithm; its complement to 1 is the
    power that evens the spread out. Source: Guerrero, "Time-series analysis supported by power
    transformations", Journal of Forecasting 12 (1993).

    Args:
        values: ``(rows,)``, positive.
        season: stretches of this length are compared; of at least 8 rows where it is short.

    None where nothing can be said: too few stretches, or no clear relation.
    """
    length = season * -(-8 // season)
    count = len(values) // length
    if count < 4:
        return None
    blocks = values[len(values) - count * length :].reshape(count, length)
    spread, level = blocks.std(axis=1), blocks.mean(axis=1)
    varies = spread > 1e-9 * level
    if varies.sum() < 4 or level[varies].max() < 1.2 * level[varies].min():
        return None
    x, y = np.log(level[varies]), np.log(spread[varies])
    x, y = x - x.mean(), y - y.mean()
    if x @ y < 0.5 * np.sqrt((x @ x) * (y @ y)):
        return None
    return float(x @ y / (x @ x))


def _raise(values: np.ndarray, power: np.ndarray, floor: np.ndarray) -> np.ndarray:
    """Apply each column's power to ``(..., columns)``."""
    if (power == 1).all():
        return values
    powered = np.array(values, dtype=np.float64)
    for column in np.flatnonzero(power != 1):
        cut = np.maximum(powered[..., column], floor[column])
        lam = power[column]
        powered[..., column] = np.log(cut) if lam == 0 else (cut**lam - 1.0) / lam
    return powered
