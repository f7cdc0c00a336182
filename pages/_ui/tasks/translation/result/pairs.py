"""The held-out pairs as a list, in an order that shows what is worth a look."""

from __future__ import annotations

from typing import Literal

import pandas as pd

MOST_ROWS = 1_000

Order = Literal["worst", "sure", "unsure", "best", "file"]


def order_pairs(predictions: pd.DataFrame, order: Order) -> pd.DataFrame:
    """Return judged pairs in an order; the table's own decides between equals.

    Args:
        predictions: see ``judging.tables.tabulate_pairs``.
        order: ``worst`` and ``best`` by chrF; ``sure``: those that are not exact, the surest
            first; ``unsure``: the least sure first; ``file``: as they came.
    """
    if order == "file":
        return predictions
    if order == "sure":
        wrong = predictions[~predictions["exact"]]
        return wrong.sort_values("certainty", ascending=False, kind="stable")
    column, ascending = {
        "worst": ("chrf", True),
        "best": ("chrf", False),
        "unsure": ("certainty", True),
    }[order]
    return predictions.sort_values(column, ascending=ascending, kind="stable")
