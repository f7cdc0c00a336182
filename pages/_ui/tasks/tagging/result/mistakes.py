"""The mistakes of a result as a list: entities, or words and stretches of plain tags."""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd

from lstm_core.charts.tagging.sentence import join_words
from lstm_core.data.tagged.collection import TaggedCollection

MOST_ROWS = 1_000
_AROUND = 6
"""Words on either side of a mistake that are shown with it."""


def list_wrong_steps(predictions: pd.DataFrame, *, joins: bool) -> pd.DataFrame:
    """Return ``position, item, first, last, text, type, said, certainty`` of wrong plain tags.

    Args:
        joins: whether steps in a row that have the same tag and were given the same are one.
    """
    wrong = (predictions["tag"] != predictions["said"]).to_numpy()
    return _gather(predictions, wrong, joins)


def list_cell_steps(predictions: pd.DataFrame, tag: str, said: str, *, joins: bool) -> pd.DataFrame:
    """Return the same of the steps with one tag that were given one."""
    chosen = (predictions["tag"] == tag) & (predictions["said"] == said)
    return _gather(predictions, chosen.to_numpy(), joins)


def _gather(predictions: pd.DataFrame, chosen: np.ndarray, joins: bool) -> pd.DataFrame:
    rows = np.flatnonzero(chosen)
    own = predictions.iloc[rows]
    if joins and len(rows):
        same = (
            (np.diff(rows) == 1)
            & (own["position"].to_numpy()[1:] == own["position"].to_numpy()[:-1])
            & (own["tag"].to_numpy()[1:] == own["tag"].to_numpy()[:-1])
            & (own["said"].to_numpy()[1:] == own["said"].to_numpy()[:-1])
        )
        number = np.concatenate([[0], np.cumsum(~same)])
    else:
        number = np.arange(len(rows))
    found = own.assign(number=number).groupby("number", sort=False)
    table = found.agg(
        position=("position", "first"),
        item=("item", "first"),
        first=("step", "first"),
        last=("step", "last"),
        text=("token", "first"),
        type=("tag", "first"),
        said=("said", "first"),
        certainty=("certainty", "mean"),
    )
    return table.sort_values("certainty", ascending=False, kind="stable").reset_index(drop=True)


def write_rows(rows: pd.DataFrame, collection: TaggedCollection) -> pd.DataFrame:
    """Return mistakes as people read them, what fits on a phone first.

    Args:
        rows: as ``list_wrong_steps`` returns them, or of the table ``entities``.
    """
    columns: dict[str, Any] = {}
    if collection.words is not None:
        columns["text"] = rows["text"]
    else:
        columns["steps"] = [
            f"{first:,}" if first == last else f"{first:,} to {last:,}"
            for first, last in zip(rows["first"], rows["last"], strict=True)
        ]
    columns["it is"] = rows["type"].replace("", "–")
    columns["the model says"] = rows["said"].replace("", "–")
    columns["sure"] = rows["certainty"]
    if collection.words is not None:
        columns["where"] = [
            _show_around(collection, int(position), int(first) - 1, int(last))
            for position, first, last in zip(
                rows["position"], rows["first"], rows["last"], strict=True
            )
        ]
    else:
        columns["where"] = rows["item"]
    return pd.DataFrame(columns)


def _show_around(collection: TaggedCollection, position: int, first: int, stop: int) -> str:
    words = collection.get_words(position)
    begin, end = max(0, first - _AROUND), min(len(words), stop + _AROUND)
    before, behind = "… " if begin else "", " …" if end < len(words) else ""
    return f"{before}{join_words(words[begin:end])}{behind}"
