"""Numbers brought to level 0 and spread 1: item by item, or by the training part."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

import numpy as np

Scaling = Literal["item", "training", "none"]

LEAST_SPREAD = 1e-8
"""Added to what is divided by: a channel that stands still stays at 0."""


@dataclass(frozen=True)
class Scaler:
    """How signals are scaled.

    Attributes:
        kind: by each item's own level and spread, by those of the training part, or not at all.
        level, spread: of each channel in the training part, ``(channels,)``.
    """

    kind: Scaling
    level: tuple[float, ...] = ()
    spread: tuple[float, ...] = ()

    @classmethod
    def fit(cls, kind: Scaling, items: Sequence[np.ndarray]) -> Scaler:
        """Measure items of the training part, ``(steps, channels)`` each."""
        if kind != "training":
            return cls(kind)
        rows = np.concatenate(items).astype(np.float64)
        return cls(kind, tuple(rows.mean(axis=0).tolist()), tuple(rows.std(axis=0).tolist()))

    def scale(self, item: np.ndarray) -> np.ndarray:
        """Return ``(steps, channels)`` float32."""
        if self.kind == "none":
            return item.astype(np.float32)
        rows = item.astype(np.float64)
        if self.kind == "item":
            level, spread = rows.mean(axis=0), rows.std(axis=0)
        else:
            level, spread = np.array(self.level), np.array(self.spread)
        scaled: np.ndarray = ((rows - level) / (spread + LEAST_SPREAD)).astype(np.float32)
        return scaled
