"""Transforms of columns, fitted on the training part of each series only."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Literal, Self

import numpy as np

from lstm_core.tasks.forecasting.framing.outliers import (
    OutlierName,
    fit_limits,
    limit_outliers,
)

ScalingName = Literal["standard", "minmax", "none"]
TransformName = Literal["none", "log", "boxcox"]
FloorName = Literal["zero", "counts", "none"]

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
        lowest: no restored value lies below here; minus infinity where nothing is known of an end.
        low, high, jump: what is read is drawn in beyond them; see ``outliers.fit_limits``.
    """

    power: np.ndarray
    floor: np.ndarray
    offset: np.ndarray
    scale: np.ndarray
    lowest: np.ndarray
    low: np.ndarray
    high: np.ndarray
    jump: np.ndarray

    @classmethod
    def fit(
        cls,
        values: np.ndarray,
        observed: np.ndarray,
        kind: ScalingName,
        transform: TransformName = "none",
        num_targets: int = 0,
        season: int = 1,
        floor_kind: FloorName | None = None,
        outliers: OutlierName = "none",
        num_limited: int = 0,
    ) -> Self:
        """Measure the training part.

        Args:
            values: ``(rows, columns)``, the training rows and no others.
            observed: ``(rows, columns)`` bool; filled values have no say.
            kind: ``standard`` (mean and standard deviation), ``minmax`` (to 0..1) or ``none``.
            transform: of the leading ``num_targets`` columns, where they are positive.
            season: steps in a season, within which ``boxcox`` measures the spread.
            floor_kind: which restored targets are held to zero or above; see ``settle_lowest``.
            outliers: how the leading ``num_limited`` columns are drawn in before all else.

        A target that is constant there is scaled by its own size, and a covariate that is stays
        hidden: nothing could be learnt of what it does once it moves.
        """
        lowest = settle_lowest(values, observed, num_targets, floor_kind)
        low, high, jump = fit_limits(values, observed, outliers, num_limited)
        if outliers != "none":
            values = limit_outliers(values, low, high, jump)
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
        if kind != "none":
            scale = settle_scale(offset, scale, num_targets)
        return cls(power, floor, offset, scale, lowest, low, high, jump)

    @property
    def is_limiting(self) -> bool:
        return bool(np.isfinite([self.low, self.high, self.jump]).any())

    def transform(self, values: np.ndarray) -> np.ndarray:
        """Scale ``(rows, columns)`` of one series to float32, outliers drawn in."""
        if self.is_limiting:
            values = limit_outliers(values, self.low, self.high, self.jump)
        powered = _raise(values, self.power, self.floor)
        return ((powered - self.offset) / self.scale).astype(np.float32)

    def transform_target(self, values: np.ndarray, target: int) -> np.ndarray:
        """Scale one target's values, of any shape, to float64."""
        powered = _raise(values[..., None], self.power[[target]], self.floor[[target]])[..., 0]
        return (powered - self.offset[target]) / self.scale[target]

    def restore_target(self, scaled: np.ndarray, target: int) -> np.ndarray:
        """Undo the scaling of one target's values, of any shape; float64."""
        powered = scaled.astype(np.float64) * self.scale[target] + self.offset[target]
        restored = np.maximum(_lower(powered, self.power[target]), self.lowest[target])
        return np.asarray(restored)

    def to_json(self) -> dict[str, Any]:
        """Return what ``from_json`` reads; JSON has no infinity."""
        kept = {name: getattr(self, name).tolist() for name in _FIELDS}
        for name in ("lowest", *(_LIMITS if self.is_limiting else ())):
            ends = getattr(self, name)
            kept[name] = [None if np.isinf(value) else float(value) for value in ends]
        return kept

    @classmethod
    def from_json(cls, content: dict[str, Any]) -> Self:
        known = {name: np.asarray(content[name], dtype=np.float64) for name in _FIELDS}
        for name in ("lowest", *_LIMITS):
            ends = content.get(name) or [None] * len(known["scale"])
            open_end = np.inf if name in ("high", "jump") else -np.inf
            known[name] = np.array([open_end if end is None else end for end in ends], np.float64)
        return cls(**known)


_FIELDS = ("power", "floor", "offset", "scale")
_LIMITS = ("low", "high", "jump")


def settle_scale(offset: np.ndarray, scale: np.ndarray, num_targets: int) -> np.ndarray:
    """Return a scale that constant columns have as well: of a target its size; others are hidden.

    Args:
        offset, scale: ``(columns,)`` as measured; the leading ``num_targets`` are targets.
    """
    size = np.abs(offset)
    is_constant = scale <= np.maximum(1e-9 * size, 1e-30)
    stand_in = np.where(size > 1e-30, size, 1.0)
    stand_in[num_targets:] = 1e300  # whatever it does later, it counts for nothing
    return np.where(is_constant, stand_in, scale)


def keep_levels(
    values: np.ndarray, offset: np.ndarray, scale: np.ndarray, levels: Sequence[int]
) -> tuple[np.ndarray, np.ndarray]:
    """Return offset and scale under which levels of categories stay 0 and 1.

    Args:
        values: ``(rows, columns)``, the training rows.
        offset, scale: ``(columns,)`` as measured.
        levels: the columns' numbers. What is no share between 0 and 1 keeps its scale.
    """
    offset, scale = offset.copy(), scale.copy()
    for column in levels:
        if values[:, column].min() >= 0 and values[:, column].max() <= 1:
            offset[column], scale[column] = 0.0, 1.0
    return offset, scale


def find_lowest(values: np.ndarray, seen: np.ndarray, num_targets: int) -> np.ndarray:
    """Return 0 for each target that counts something, minus infinity for every other column.

    Such are whole numbers, and amounts that often are nothing, of which none is below zero.

    Args:
        values, seen: ``(rows, columns)``, the training rows, and where they were observed.
    """
    lowest = np.full(values.shape[1], -np.inf)
    for column in range(num_targets):
        known = values[seen[:, column], column]
        if len(known) and known.min() >= 0:
            is_count = (known % 1 == 0).all() or (known == 0).mean() > 0.05
            lowest[column] = 0.0 if is_count else -np.inf
    return lowest


def settle_lowest(
    values: np.ndarray, seen: np.ndarray, num_targets: int, kind: FloorName | None
) -> np.ndarray:
    """Return what no restored value of a column lies below: 0, or minus infinity.

    Args:
        values, seen: ``(rows, columns)``, the training rows, and where they were observed.
        kind: ``zero`` for every target, ``counts`` as ``find_lowest`` finds them, ``none``, or
            None: targets that can't be negative, by ``is_never_negative``.
    """
    if kind == "counts":
        return find_lowest(values, seen, num_targets)
    lowest = np.full(values.shape[1], -np.inf)
    for column in range(num_targets if kind != "none" else 0):
        if kind == "zero" or is_never_negative(values[seen[:, column], column]):
            lowest[column] = 0.0
    return lowest


def is_never_negative(known: np.ndarray) -> bool:
    """Whether values look as if nothing below zero could be among them.

    None of them is, and they are whole numbers, or often nothing, or lie on one side as amounts
    do, or stay clear of zero by more than they jump. What is left is noise around a level near
    zero, with as much below it as above: temperatures, say, that happened to stay above.

    Args:
        known: ``(rows,)`` in order of time, without gaps.
    """
    if len(known) == 0 or known.min() < 0:
        return False
    if (known % 1 == 0).all() or (known == 0).mean() > 0.05:
        return True
    spread = known.std()
    if spread == 0 or known.min() >= 3 * np.diff(known).std() / np.sqrt(2):
        return True
    return bool(np.mean(((known - known.mean()) / spread) ** 3) >= 0.75)


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


def _lower(powered: np.ndarray, power: float) -> np.ndarray:
    """Undo ``_raise`` for one column."""
    if power == 1:
        return powered
    if power == 0:
        return np.asarray(np.exp(np.minimum(powered, _LARGEST_LOG)))
    return np.asarray(np.maximum(power * powered + 1.0, 0.0) ** (1.0 / power))


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
