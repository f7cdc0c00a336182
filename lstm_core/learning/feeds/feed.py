"""``Feed``: everything that was fitted on the training part, and its examples as numbers."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Protocol

import numpy as np

MAX_VALIDATION_PLACES = 1_024
"""More are thinned evenly: they decide when to stop, and a sample does."""


class Feed(Protocol):
    """The examples of one fold, on the host.

    An example is its *place*: a whole number, from which a ``Table`` gathers it on the device.
    """

    @property
    def places(self) -> Mapping[str, np.ndarray]:
        """For each part, ``(n,)`` int32: ``train``, ``validation``, ``test`` and what else."""

    @property
    def most_places(self) -> int:
        """The most places that an epoch can have, if each comes once."""


def draw_spread(cutoffs: np.ndarray, count: int) -> np.ndarray:
    """Keep at most ``count`` of ``(n,)``: one of each stretch, drawn, and the last one.

    Spaced evenly, they might all fall on the same hours of the day. The same are drawn each time.
    """
    if len(cutoffs) <= count:
        return cutoffs
    ends = np.linspace(len(cutoffs) - 1, 0, count).round().astype(int)[::-1]  # none comes twice
    firsts = np.append(0, ends[:-1] + 1)
    drawn = np.random.default_rng(0).integers(firsts, ends + 1)
    return cutoffs[np.append(drawn[:-1], ends[-1])]


def thin(cutoffs: np.ndarray, count: int) -> np.ndarray:
    """Keep at most ``count`` of ``(n,)``, evenly spread, the last one among them."""
    if len(cutoffs) <= count:
        return cutoffs
    return cutoffs[np.linspace(len(cutoffs) - 1, 0, count).round().astype(int)[::-1]]
