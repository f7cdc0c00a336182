"""Spreads items over parts so that labels are as even as can be and blocks stay whole."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from lstm_core.data.items.splitting.quotas import fill_up, set_quotas

NUM_ATTEMPTS = 10
MOST_TRIED = 1_000
"""Blocks of several items; with more, chance evens them out by itself."""


def spread(
    labels: np.ndarray,
    blocks: np.ndarray,
    shares: Sequence[float],
    seed: int,
    priority: Sequence[int] = (),
) -> np.ndarray:
    """Return the number of each item's part, ``(n,)``.

    Args:
        labels: ``(n,)`` whole numbers from 0.
        blocks: ``(n,)`` numbers from 0 without gaps; items of a block stay together.
        shares: what part of all items each part is to have, 1 together.
        seed: chooses among what is equally good.
        priority: parts that need every label, the most important first. The first of them gets
            every label even if its blocks have to be taken from another part, as long as that
            keeps one.

    Blocks of several items go first, the largest before all, each to the part that lacks its
    labels most, as scikit-learn's ``StratifiedGroupKFold`` does, but for parts of any size. Items
    that stand alone then fill up what each part lacks of their label. No part stays empty while
    another has two blocks. The most even of several such attempts counts.
    """
    rng = np.random.default_rng(seed)
    num_large = int((np.bincount(blocks) > 1).sum())
    boards = []
    for _ in range(NUM_ATTEMPTS if 0 < num_large <= MOST_TRIED else 1):
        board = _Board(labels, blocks, np.asarray(shares, float), priority)
        board.place_blocks(rng)
        board.place_singles(rng)
        board.fill_empty_parts(priority)
        if priority:
            board.bring_labels(priority[0])
        boards.append(board)
    return min(boards, key=lambda board: board.measure_gap()).parts[blocks]


class _Board:
    """Blocks on their way into parts."""

    def __init__(
        self, labels: np.ndarray, blocks: np.ndarray, shares: np.ndarray, priority: Sequence[int]
    ) -> None:
        num_labels = int(labels.max(initial=-1)) + 1
        self._sizes = np.bincount(blocks)  # (blocks,)
        order = np.lexsort((labels, blocks))
        self._labels = labels[order]
        self._starts = np.concatenate([[0], np.cumsum(self._sizes)])
        totals = np.bincount(labels, minlength=num_labels)
        self._scale = np.maximum(totals, 1).astype(float)
        self._quotas = set_quotas(totals, shares, priority)  # (labels, parts)
        self._counts = np.zeros_like(self._quotas)
        self.parts = np.full(len(self._sizes), -1)  # (blocks,)

    def place_blocks(self, rng: np.random.Generator) -> None:
        """Place every block of several items where its labels are lacking most."""
        several = rng.permutation(np.flatnonzero(self._sizes > 1))
        several = several[np.argsort(-self._sizes[several], kind="stable")]
        num_items = float(self._sizes.sum())
        lacking = self._quotas.sum(axis=0).astype(float)  # (parts,)
        for block in several:
            own, counts = self._count_labels(block)
            gap = self._quotas[own] - self._counts[own]  # (own labels, parts)
            # By how much the squared gaps, each beside its label's items, grow.
            growth = counts[:, None] * (counts[:, None] - 2 * gap) / self._scale[own, None] ** 2
            size = float(self._sizes[block])
            cost = growth.sum(axis=0) + size * (size - 2 * lacking) / num_items**2
            part = int(np.argmin(cost))
            self._counts[own, part] += counts
            lacking[part] -= size
            self.parts[block] = part

    def place_singles(self, rng: np.random.Generator) -> None:
        """Fill up what is lacking of each label with items that stand alone."""
        singles = rng.permutation(np.flatnonzero(self._sizes == 1))
        labels = self._labels[self._starts[singles]]
        by_label = np.argsort(labels, kind="stable")
        ends = np.cumsum(np.bincount(labels, minlength=len(self._quotas)))
        for label, positions in enumerate(np.split(by_label, ends[:-1])):
            if len(positions):
                filled = fill_up(self._quotas[label] - self._counts[label], len(positions))
                self.parts[singles[positions]] = np.repeat(np.arange(len(filled)), filled)
                self._counts[label] += filled

    def fill_empty_parts(self, priority: Sequence[int]) -> None:
        """Give a block to each part that has none, from the part that has most blocks."""
        num_parts = self._quotas.shape[1]
        order = list(dict.fromkeys([*priority, *range(num_parts)]))
        for part in order:
            num_blocks = np.bincount(self.parts, minlength=num_parts)
            donor = int(np.argmax(num_blocks))
            if num_blocks[part] == 0 and num_blocks[donor] > 1:
                given = np.flatnonzero(self.parts == donor)
                self._move(int(given[np.argmin(self._sizes[given])]), part)

    def bring_labels(self, part: int) -> None:
        """Move the smallest blocks that hold labels which a part lacks into it."""
        num_parts = self._quotas.shape[1]
        for label in np.flatnonzero((self._counts[:, part] == 0) & (self._counts.sum(1) > 0)):
            if self._counts[label, part] > 0:
                continue  # came with another label's block
            num_blocks = np.bincount(self.parts, minlength=num_parts)
            holding = np.unique(self._find_blocks(int(label)))
            spare = holding[num_blocks[self.parts[holding]] > 1]
            if len(spare):
                self._move(int(spare[np.argmin(self._sizes[spare])]), part)

    def measure_gap(self) -> float:
        """Return how far the parts are from what they are due; smaller is better.

        A label that a part lacks altogether weighs more than any unevenness.
        """
        gap = self._counts - self._quotas
        sizes = gap.sum(axis=0) / max(len(self._labels), 1)
        empty = (self._counts == 0) & (self._quotas > 0)
        uneven = float(((gap / self._scale[:, None]) ** 2).sum() + (sizes**2).sum())
        return uneven + 2.0 * len(self._scale) * float(empty.sum())

    def _move(self, block: int, part: int) -> None:
        own, counts = self._count_labels(block)
        self._counts[own, self.parts[block]] -= counts
        self._counts[own, part] += counts
        self.parts[block] = part

    def _count_labels(self, block: int) -> tuple[np.ndarray, np.ndarray]:
        """Return a block's labels, and how many items have each."""
        return np.unique(
            self._labels[self._starts[block] : self._starts[block + 1]], return_counts=True
        )

    def _find_blocks(self, label: int) -> np.ndarray:
        places = np.flatnonzero(self._labels == label)
        return np.searchsorted(self._starts, places, side="right") - 1
