"""Running text as numbers: an example is the place where a stretch of it begins."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

JUDGED_LANES = 16
"""Lanes in which held-out text is gone through: fewer begin without a past, more go faster."""


@dataclass(frozen=True)
class TextShape:
    """The sizes that a network is built for.

    Attributes:
        num_units: that it tells apart. ``steps``: units of a stretch.
    """

    num_units: int
    steps: int


@dataclass(frozen=True, eq=False)
class TextFeed:
    """Units of all parts one behind another, and where stretches of them begin.

    Attributes:
        flat: ``(units,)`` int32; behind a part's last stretch stands at least one more unit.
        learnt: where the training part begins in ``flat``, and where it ends.
        parts: for each part, ``(n,)`` int32 places of stretches, one behind another where the text
            goes on: ``train``, ``validation`` and ``test``.
        shape: the sizes of one example.
    """

    flat: np.ndarray
    learnt: tuple[int, int]
    parts: Mapping[str, np.ndarray]
    shape: TextShape

    @property
    def places(self) -> Mapping[str, np.ndarray]:
        return self.parts

    @property
    def most_places(self) -> int:
        return max(1, (self.learnt[1] - self.learnt[0]) // self.shape.steps)


def line_up(begin: int, end: int, steps: int) -> np.ndarray:
    """Return where stretches of a text begin, ``(n,)`` int32; what is left at its end is none.

    Args:
        begin, end: of the text. Each stretch needs the unit behind it as well.
    """
    return np.arange(begin, max(begin, end - steps), steps, dtype=np.int32)


def put_in_lanes(places: np.ndarray, num_lanes: int, steps: int) -> tuple[np.ndarray, np.ndarray]:
    """Put stretches side by side into lanes, in each of which the text goes on where it can.

    Args:
        places: ``(n,)``, ascending.

    Returns:
        ``(batches, lanes)``: places, -1 where a lane is at its end; and whether each begins anew.
    """
    num_lanes = max(1, min(num_lanes, len(places)))
    count = -(-len(places) // num_lanes)
    filled = np.full(num_lanes * count, -1, np.int64)
    filled[: len(places)] = places
    lanes = filled.reshape(num_lanes, count)
    begins = np.ones(lanes.shape, bool)
    begins[:, 1:] = lanes[:, 1:] != lanes[:, :-1] + steps
    return lanes.T.astype(np.int32), begins.T


def draw_lanes(
    learnt: tuple[int, int],
    num_lanes: int,
    num_batches: int,
    steps: int,
    generator: np.random.Generator,
) -> tuple[np.ndarray, np.ndarray]:
    """Draw an epoch: lanes that begin evenly spread, from another place each time.

    Returns:
        As ``put_in_lanes``; no lane runs beyond the training part.
    """
    begin, end = learnt
    room = end - begin - 1
    stride = room // num_lanes
    count = max(1, min(num_batches, stride // steps))
    slack = max(0, stride - count * steps)
    starts = begin + np.arange(num_lanes) * stride + generator.integers(slack + 1)
    places = starts[None, :] + steps * np.arange(count)[:, None]
    begins = np.zeros(places.shape, bool)
    begins[0] = True
    return places.astype(np.int32), begins


def make_text_noise(shape: TextShape) -> TextFeed:
    """Return some stretches of noise."""
    generator = np.random.default_rng(0)
    flat: np.ndarray = generator.integers(0, shape.num_units, 4 * shape.steps + 1, np.int32)
    places = line_up(0, len(flat), shape.steps)
    return TextFeed(flat, (0, len(flat)), {"train": places}, shape)
