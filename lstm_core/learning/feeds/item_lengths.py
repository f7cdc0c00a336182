"""The few lengths that items are padded to: an engine compiles anew for each of them."""

from __future__ import annotations

import numpy as np

MOST_LENGTHS = 4
_MOST_DISTINCT = 200
"""More lengths are thinned evenly before the best ones are looked for."""


def choose_lengths(lengths: np.ndarray, most: int = MOST_LENGTHS, multiple: int = 1) -> np.ndarray:
    """Return the padded lengths that waste the fewest steps, ascending; the last holds all.

    Exact, by dynamic programming over the distinct lengths.

    Args:
        lengths: ``(items,)`` of all items that will be gathered.
        most: how many there may be.
        multiple: every padded length is a multiple of it: as many steps as are made one of.
    """
    rounded = -(-np.maximum(lengths, 1) // multiple) * multiple
    distinct, counts = np.unique(rounded, return_counts=True)
    up_to = np.cumsum(counts)
    if len(distinct) > _MOST_DISTINCT:
        kept = np.linspace(0, len(distinct) - 1, _MOST_DISTINCT).round().astype(int)
        distinct, up_to = distinct[kept], up_to[kept]
    last = len(distinct) - 1
    # Padded steps of all items up to each length, with as many padded lengths as so far, the
    # largest of them that one.
    least = up_to * distinct
    froms: list[np.ndarray] = []
    for _ in range(min(most, len(distinct)) - 1):
        # One more, that holds the items beyond an earlier one: (earlier, this).
        options = least[:, None] + (up_to[None, :] - up_to[:, None]) * distinct[None, :]
        options[np.tril_indices(len(distinct))] = np.iinfo(options.dtype).max
        froms.append(np.where(options.min(0) < least, options.argmin(0), -1))
        least = np.minimum(least, options.min(0))
    chosen = [last]
    for earlier in reversed(froms):
        if earlier[chosen[-1]] >= 0:
            chosen.append(int(earlier[chosen[-1]]))
    found: np.ndarray = distinct[chosen[::-1]].astype(np.int32)
    return found


def find_padded(lengths: np.ndarray, padded: np.ndarray) -> int:
    """Return the shortest of the padded lengths that holds items of all these lengths."""
    return int(padded[np.searchsorted(padded, lengths.max())])
