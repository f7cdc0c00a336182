"""The film of texts: what a network said after each epoch."""

from __future__ import annotations

import math
from collections.abc import Sequence

import pandas as pd

from lstm_core.charts.core.clusters import cut_text

LONGEST_TEXT = 400
MOST_ROWS = 60
"""Of more epochs, the first, the last, and some between them: the more the earlier."""

Epoch = tuple[str, int, str]
"""``(the network's title or "", epoch, what it said)``"""


def list_film(epochs: Sequence[Epoch]) -> pd.DataFrame:
    """Return a row for each epoch, in the order of their coming, to be shown as a table.

    Args:
        epochs: what was said is hostile, and stays text: tables draw it as it is.

    Returns:
        ``network, epoch, text``; without ``network`` where there is one only.
    """
    chosen = [epochs[place] for place in choose_epochs(len(epochs))]
    table = pd.DataFrame(
        {
            "network": pd.Series([title for title, _, _ in chosen], dtype=object),
            "epoch": pd.Series([epoch for _, epoch, _ in chosen], dtype="int64"),
            "text": pd.Series(
                [cut_text(text, LONGEST_TEXT) for _, _, text in chosen], dtype=object
            ),
        }
    )
    return table if table["network"].nunique() > 1 else table.drop(columns="network")


def choose_epochs(count: int, most: int = MOST_ROWS) -> list[int]:
    """Return the places of epochs to show; most is learnt at the beginning."""
    if count <= most:
        return list(range(count))
    ratio = math.log(count) / (most - 1)
    found = {min(count - 1, round(math.exp(ratio * step)) - 1) for step in range(most)}
    return sorted(found | {0, count - 1})
