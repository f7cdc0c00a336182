"""The nearest training item, after all have been stretched to one length."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

import numpy as np

from lstm_core.data.items.signals import Signals

MOST_STEPS = 256
"""Steps that items are stretched or pressed to; fewer where half of them are shorter."""

MOST_VALUES = 40_000_000
"""Of all items together; with more, fewer steps."""

MOST_ITEMS = 20_000
"""Training items that are compared with; of more, evenly spread ones."""

CHUNK = 512

Scaling = Literal["item", "channel"]
"""Each item on its own, as is the custom of the field; or by the training part, which keeps
levels."""


@dataclass(frozen=True)
class Nearest:
    """Training items to compare with.

    Attributes:
        items: ``(n, steps * channels)`` float32; ``labels``: ``(n,)``.
        num_steps: each item's.
        scaling: what the validation part chose.
        centre, scale: ``(channels,)`` of the training part.
        certainty: how often the nearest item of the validation part had the right label.
        num_labels: columns of the probabilities.
    """

    items: np.ndarray
    labels: np.ndarray
    num_steps: int
    scaling: Scaling
    centre: np.ndarray
    scale: np.ndarray
    certainty: float
    num_labels: int

    def predict(self, signals: Signals) -> np.ndarray:
        """Return probabilities, ``(n, labels)``: as certain of each item as it is on the whole."""
        said = self.find_labels(signals)
        rest = (1.0 - self.certainty) / max(self.num_labels - 1, 1)
        probabilities = np.full((len(said), self.num_labels), rest)
        probabilities[np.arange(len(said)), said] = self.certainty
        return probabilities

    def find_labels(self, signals: Signals) -> np.ndarray:
        """Return the label of each item's nearest, by Euclidean distance, ``(n,)``."""
        found = []
        squares = (self.items**2).sum(axis=1)  # (training items,)
        for begin in range(0, signals.num_items, CHUNK):
            numbers = np.arange(begin, min(begin + CHUNK, signals.num_items))
            own = _stretch(
                signals.select(numbers), self.num_steps, self.scaling, self.centre, self.scale
            )
            found.append((squares - 2.0 * own @ self.items.T).argmin(axis=1))
        return self.labels[np.concatenate(found)] if found else np.empty(0, np.int64)


def fit_nearest(
    signals: Signals,
    labels: np.ndarray,
    validation: Signals,
    validation_labels: np.ndarray,
    num_labels: int,
) -> Nearest:
    """Keep the training items, scaled as finds more of the validation part's labels.

    One nearest neighbour is the baseline of the UCR archive: Dau et al., "The UCR time series
    archive", IEEE/CAA Journal of Automatica Sinica 6 (2019); with equal lengths instead of
    dynamic time warping, which takes hours where this takes seconds.
    """
    if signals.num_items > MOST_ITEMS:
        kept = np.linspace(0, signals.num_items - 1, MOST_ITEMS).round().astype(int)
        signals, labels = signals.select(kept), labels[kept]
    num_channels = signals.values.shape[1]
    room = MOST_VALUES // max(signals.num_items * num_channels, 1)
    num_steps = int(np.clip(np.median(signals.lengths), 1, max(1, min(MOST_STEPS, room))))
    centre = signals.values.mean(axis=0, dtype=np.float64)
    scale = signals.values.std(axis=0, dtype=np.float64)
    scale = np.where(scale > 1e-12, scale, 1.0)
    best: Nearest | None = None
    scalings: tuple[Scaling, ...] = ("item", "channel")
    for scaling in scalings:
        items = _stretch(signals, num_steps, scaling, centre, scale)
        found = Nearest(items, labels, num_steps, scaling, centre, scale, 0.0, num_labels)
        right = int((found.find_labels(validation) == validation_labels).sum())
        # Laplace's rule: neither never nor always.
        certainty = (right + 1) / (len(validation_labels) + 2)
        certainty = max(certainty, 1.0 / num_labels + 1e-6)
        if best is None or certainty > best.certainty:
            best = Nearest(items, labels, num_steps, scaling, centre, scale, certainty, num_labels)
    assert best is not None
    return best


def _stretch(
    signals: Signals, num_steps: int, scaling: Scaling, centre: np.ndarray, scale: np.ndarray
) -> np.ndarray:
    """Return items of one length, scaled, ``(n, steps * channels)`` float32."""
    rows = np.empty((signals.num_items, num_steps, signals.values.shape[1]), np.float32)
    for number in range(signals.num_items):
        values = (signals.get_item(number) - centre) / scale
        if scaling == "item":
            spread = values.std(axis=0)
            values = (values - values.mean(axis=0)) / np.where(spread > 1e-9, spread, 1.0)
        rows[number] = _resample(values, num_steps)
    return rows.reshape(signals.num_items, -1)


def _resample(values: np.ndarray, num_steps: int) -> np.ndarray:
    """Return ``(num_steps, channels)``: means of stretches where it is longer, else between."""
    length = len(values)
    if length >= 2 * num_steps:
        edges = np.linspace(0, length, num_steps + 1).astype(int)[:-1]
        counts = np.diff(np.append(edges, length))
        return np.add.reduceat(values, edges, axis=0) / counts[:, None]
    places = np.linspace(0, length - 1, num_steps)
    low = np.floor(places).astype(int)
    high = np.minimum(low + 1, length - 1)
    share = (places - low)[:, None]
    return values[low] * (1.0 - share) + values[high] * share
