"""Where it errs: by label, by length, by group."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np
import pandas as pd

from lstm_core.judging.comparing import find_interval

MOST_GROUPS = 50

NUM_LENGTHS = 5
"""Stretches of lengths, with about as many items each."""


def break_down(
    labels: np.ndarray,
    said: Mapping[str, np.ndarray],
    *,
    names: Sequence[str],
    lengths: np.ndarray | None = None,
    groups: np.ndarray | None = None,
) -> pd.DataFrame:
    """Return ``by, value, num``, the accuracy of each in ``said``, and the first one's interval.

    Args:
        labels: ``(n,)`` true ones; -1 for one that the training part does not know.
        said: by name, ``(n,)``; the model first, then baselines.
        names: of the labels, as the file has them.
        lengths: ``(n,)`` steps of each item.
        groups: ``(n,)`` names of groups; None for an item without one.

    ``by`` is ``label``, ``length`` where lengths differ, and ``group`` where there are several:
    of many, those with the most mistakes. ``lowest`` and ``highest`` are the ends of the 95%
    interval of the model's accuracy.
    """
    right = {name: (found == labels).astype(float) for name, found in said.items()}
    known = [names[label] if label >= 0 else "(never learnt)" for label in labels]
    parts = [_average(right, np.asarray(known, object), "label")]
    if lengths is not None and lengths.min() < lengths.max():
        stretches = _cut_lengths(lengths)
        by_length = _average(right, stretches, "length")
        first = pd.Series(lengths).groupby(stretches).min()
        order = np.argsort(first[by_length["value"]].to_numpy(), kind="stable")
        parts.append(by_length.iloc[order])
    if groups is not None:
        has = np.asarray([group is not None for group in groups], bool)
        if len(set(groups[has])) > 1:
            own = {name: found[has] for name, found in right.items()}
            by_group = _average(own, groups[has], "group")
            model = next(iter(said))
            missed = (by_group["num"] * (1.0 - by_group[model])).to_numpy()
            kept = np.argsort(-missed, kind="stable")[:MOST_GROUPS]
            parts.append(by_group.iloc[kept].sort_values(model, kind="stable"))
    return pd.concat(parts, ignore_index=True)


def _cut_lengths(lengths: np.ndarray) -> np.ndarray:
    """Return the name of each item's stretch of lengths, ``"7 to 12"``, ``(n,)``."""
    edges = np.unique(np.quantile(lengths, np.linspace(0, 1, NUM_LENGTHS + 1), method="nearest"))
    place = np.searchsorted(edges[1:-1], lengths, side="right")
    found = np.empty(len(lengths), object)
    for number in np.unique(place):
        own = lengths[place == number]
        low, high = int(own.min()), int(own.max())
        found[place == number] = f"{low:,}" if low == high else f"{low:,} to {high:,}"
    return found


def _average(right: Mapping[str, np.ndarray], value: np.ndarray, by: str) -> pd.DataFrame:
    numbers, names = pd.factorize(pd.Series(value, dtype=object), sort=True)
    num = np.bincount(numbers)
    model = next(iter(right))
    counts = np.bincount(numbers, right[model])
    intervals = [
        find_interval(round(count), int(all_)) for count, all_ in zip(counts, num, strict=True)
    ]
    return pd.DataFrame(
        {
            "by": by,
            "value": [str(name) for name in names],
            "num": num,
            **{name: np.bincount(numbers, found) / num for name, found in right.items()},
            "lowest": [low for low, _ in intervals],
            "highest": [high for _, high in intervals],
        }
    )
