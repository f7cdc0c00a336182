"""Which rows the toy learns from."""

from __future__ import annotations

import numpy as np


def split_rows(num_rows: int, steps: int) -> dict[str, np.ndarray]:
    """Return for each part the rows after which the next one is told, ``(n,)``."""
    rows = np.arange(steps, num_rows - 1, dtype=np.int32)
    ends = [round(0.6 * len(rows)), round(0.8 * len(rows))]
    train, validation, test = np.split(rows, ends)
    return {"train": train, "validation": validation, "test": test}
