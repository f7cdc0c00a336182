"""What the items of a collection hold, before labels and groups join it."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd

from lstm_core.data.items.signals import Signals
from lstm_core.spec.items import NO_COLUMN


@dataclass(frozen=True)
class Contents:
    """What the items hold; ``table`` has a row an item, ``whole`` says which can be used."""

    table: pd.DataFrame
    whole: np.ndarray
    texts: np.ndarray | None = None
    signals: Signals | None = None
    notes: tuple[str, ...] = ()


def find_column(name: str | None) -> str | None:
    """Return a column's name, None where there is none or none is meant."""
    return None if name in (None, NO_COLUMN) else name
