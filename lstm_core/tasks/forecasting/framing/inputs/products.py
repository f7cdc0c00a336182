"""Powers of chosen columns, and products of each two of them."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import combinations_with_replacement

import numpy as np


def list_products(names: Sequence[str], degree: int) -> list[tuple[str, ...]]:
    """Return what is multiplied: each power of a column, and columns with each other.

    Args:
        degree: the most factors that a product has, at least 2.
    """
    return [
        factors
        for count in range(2, degree + 1)
        for factors in combinations_with_replacement(names, count)
    ]


def name_product(factors: Sequence[str]) -> str:
    """``"price²"``, ``"price × rain"``."""
    counts = {name: factors.count(name) for name in dict.fromkeys(factors)}
    powers = {1: "", 2: "²", 3: "³"}
    return " × ".join(f"{name}{powers[count]}" for name, count in counts.items())


def multiply(columns: Sequence[np.ndarray]) -> np.ndarray:
    """Return the product of ``(rows,)`` each."""
    product = np.ones(len(columns[0]))
    with np.errstate(over="ignore"):
        for column in columns:
            product = product * column
    return np.clip(product, -_LARGEST, _LARGEST)


_LARGEST = 1e100
"""Squares of this are still numbers, as a scale needs them."""
