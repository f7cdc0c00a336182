"""The text that was judged, cut into stretches that can be looked at one by one."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

import numpy as np
import pandas as pd

from lstm_core.data.documents.collection import DocumentCollection

LONGEST = 1_000
"""Units of a stretch."""

_BRIDGED = 8
"""Characters between two units, such as spaces, that belong to the second of them."""

Order = Literal["text", "ahead", "behind"]


@dataclass(frozen=True, eq=False)
class HeldOut:
    """Stretches of what was judged; none crosses a gap or the end of a text.

    Attributes:
        starts, stops: ``(stretches,)`` rows of the table of predictions.
        gains: by how many nats a unit the model is less surprised than counting is, each.
    """

    starts: np.ndarray
    stops: np.ndarray
    gains: np.ndarray

    def order(self, order: Order) -> np.ndarray:
        """Return the stretches' numbers: as they stand, or by how far ahead the model is."""
        if order == "text":
            return np.arange(len(self.starts))
        return np.argsort(-self.gains if order == "ahead" else self.gains, kind="stable")


def cut_held_out(predictions: pd.DataFrame, rival: str) -> HeldOut:
    """Cut what was judged into stretches.

    Args:
        predictions: see ``judging.tables.tabulate_units``. ``rival``: a column of logarithms.
    """
    documents = predictions["document"].to_numpy()
    starts, stops = predictions["start"].to_numpy(), predictions["stop"].to_numpy()
    count = len(documents)
    is_new = np.ones(count, bool)
    is_new[1:] = (documents[1:] != documents[:-1]) | (starts[1:] - stops[:-1] > _BRIDGED)
    begins = np.flatnonzero(is_new)
    ends = np.append(begins[1:], count)
    firsts = np.concatenate(
        [np.arange(begin, end, LONGEST) for begin, end in zip(begins, ends, strict=True)]
        or [np.empty(0, np.int64)]
    )
    lasts = np.append(firsts[1:], count)
    gained = predictions["log"].to_numpy(np.float64) - predictions[rival].to_numpy(np.float64)
    sums = np.concatenate([[0.0], np.cumsum(gained)])
    gains = (sums[lasts] - sums[firsts]) / np.maximum(lasts - firsts, 1)
    return HeldOut(firsts, lasts, gains)


def read_units(rows: pd.DataFrame, collection: DocumentCollection) -> list[str]:
    """Return what each unit of a stretch stands for, with what lies before it."""
    if rows.empty:
        return []
    text = str(collection.texts[int(rows["document"].iloc[0])])
    starts, stops = rows["start"].tolist(), rows["stop"].tolist()
    borders = [starts[0], *stops[:-1]]
    return [text[before:stop] for before, stop in zip(borders, stops, strict=True)]
