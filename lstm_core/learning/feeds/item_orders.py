"""In which order items are learnt from, and which of them together."""

from __future__ import annotations

import numpy as np

FEW_ITEMS = 5_000
SMALL_POOL = 3
"""How many batches are put in order by length together: of few items, where many batches in a
row would be alike, and"""
LARGE_POOL = 20
"""of more."""


class ItemOrder:
    """Cuts epochs into batches of similar lengths, all of one size.

    Every item comes once before any comes again: the last batch of an epoch is filled up with
    the next epoch's first items. Items are shuffled, pools of several batches are put in order by
    length and cut, and the batches are shuffled. Source: Ott et al., "fairseq", NAACL 2019.

    Args:
        items: ``(n,)`` to learn from.
        lengths: ``(all items,)``.
    """

    def __init__(
        self,
        items: np.ndarray,
        lengths: np.ndarray,
        num_batches: int,
        batch_size: int,
        seed: int,
    ) -> None:
        self._items = items
        self._lengths = lengths
        self._num_batches = num_batches
        self._size = batch_size
        self._pool = (SMALL_POOL if len(items) < FEW_ITEMS else LARGE_POOL) * batch_size
        self._generator = np.random.default_rng(seed)
        self._left = items[:0]

    def draw_epoch(self) -> list[np.ndarray]:
        """Return the items of each batch, ``(batch_size,)``."""
        count = self._num_batches * self._size
        while len(self._left) < count:
            again = self._generator.permutation(self._items)
            self._left = np.concatenate([self._left, again])
        order, self._left = np.split(self._left, [count])
        batches = []
        for start in range(0, count, self._pool):
            pool = order[start : start + self._pool]
            pool = pool[np.argsort(self._lengths[pool], kind="stable")]
            batches += np.split(pool, len(pool) // self._size)
        return [batches[place] for place in self._generator.permutation(len(batches))]
