"""Scaling of columns, fitted on the training part of each series only."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Literal, Self

import numpy as np

ScalingName = Literal["standard", "minmax", "none"]


@dataclass(frozen=True)
class Scaler:
    """``(value - offset) / scale`` for each column of one series; arrays of ``(columns,)``."""

    offset: np.ndarray
    scale: np.ndarray

    @classmethod
    def fit(cls, values: np.ndarray, observed: np.ndarray, kind: ScalingName) -> Self:
        """Measure the training part.

        Args:
            values: ``(rows, columns)``, the training rows and no others.
            observed: ``(rows, columns)`` bool; filled values have no say.
            kind: ``standard`` (mean and standard deviation), ``minmax`` (to 0..1) or ``none``.

        A column that is constant there is only shifted.
        """
        if kind == "none":
            return cls(np.zeros(values.shape[1]), np.ones(values.shape[1]))
        seen = np.where(observed, values, np.nan)
        if kind == "minmax":
            offset = np.nanmin(seen, axis=0)
            scale = np.nanmax(seen, axis=0) - offset
        else:
            offset = np.nanmean(seen, axis=0)
            scale = np.nanstd(seen, axis=0)
        negligible = scale <= 1e-9 * np.maximum(np.abs(offset), 1e-30)
        return cls(offset, np.where(negligible, 1.0, scale))

    def transform(self, values: np.ndarray) -> np.ndarray:
        """Scale ``(rows, columns)`` to float32."""
        return ((values - self.offset) / self.scale).astype(np.float32)

    def restore_targets(self, scaled: np.ndarray) -> np.ndarray:
        """Undo the scaling of the leading columns: ``(..., targets)`` to float64."""
        num_targets = scaled.shape[-1]
        return scaled * self.scale[:num_targets] + self.offset[:num_targets]

    def to_json(self) -> dict[str, Any]:
        return {"offset": self.offset.tolist(), "scale": self.scale.tolist()}

    @classmethod
    def from_json(cls, content: dict[str, Any]) -> Self:
        return cls(np.asarray(content["offset"]), np.asarray(content["scale"]))
