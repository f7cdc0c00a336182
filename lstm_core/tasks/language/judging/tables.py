"""What was judged, unit by unit, and summed up by what units are and where they stand."""

from __future__ import annotations

import unicodedata

import numpy as np
import pandas as pd

from lstm_core.data.documents.collection import DocumentCollection
from lstm_core.learning.encoding.units import EDGE, UNKNOWN, Units

MOST_DOCUMENTS = 2_000
"""That are told of one by one."""

_PLACES = (0, 100, 1_000, 10_000)
"""Units from where a text or a judged stretch of it begins, where the next group begins."""


def tabulate_units(
    collection: DocumentCollection,
    units: Units,
    documents: np.ndarray,
    numbers: np.ndarray,
    starts: np.ndarray,
    stops: np.ndarray,
    logs: np.ndarray,
    rivals: dict[str, np.ndarray],
) -> pd.DataFrame:
    """Return a row for each unit that was judged: ``document``, ``start``, ``stop``, ``unit``,
    ``kind``, ``known``, ``log`` and ``log_BASELINE``; all arguments ``(units,)``."""
    names, kinds = _name_units(units, np.unique(numbers))
    rows = {
        "document": documents.astype(np.int32),
        "start": starts.astype(np.int64),
        "stop": stops.astype(np.int64),
        "unit": pd.Categorical([names[number] for number in numbers.tolist()]),
        "kind": pd.Categorical([kinds[number] for number in numbers.tolist()]),
        "known": numbers != UNKNOWN,
        "log": logs.astype(np.float32),
    }
    return pd.DataFrame(
        rows | {f"log_{name}": each.astype(np.float32) for name, each in rivals.items()}
    )


def name_kind(text: str) -> str:
    """Return what a unit is, by its first sign that is no space: ``letters``, ``digits`` …"""
    if "\n" in text:
        return "line ends"
    plain = text.strip()
    if not plain:
        return "spaces"
    category = unicodedata.category(plain[0])
    if category[0] in "LM":
        return "capitals" if category in ("Lu", "Lt") else "letters"
    return {"N": "digits", "P": "marks"}.get(category[0], "signs")


def break_down(predictions: pd.DataFrame) -> pd.DataFrame:
    """Return surprise by what units are, and by how far a text has been read.

    ``by``: ``kind`` or ``place``; ``group``: its name; ``num``: units; ``nats``: each unit's on
    average, and ``nats_BASELINE``.
    """
    logs = [name for name in predictions.columns if name.startswith("log")]
    frame = predictions[["document", "kind", *logs]].copy()
    frame["kind"] = frame["kind"].astype(str)
    within = frame.groupby("document", sort=False).cumcount().to_numpy()
    frame["place"] = np.searchsorted(_PLACES, within, side="right") - 1
    parts = []
    for by in ("kind", "place"):
        grouped = frame.groupby(by, sort=by == "place")
        means = -grouped[logs].mean()
        means.columns = [name.replace("log", "nats", 1) for name in logs]
        found = means.reset_index().rename(columns={by: "group"})
        found["num"] = grouped.size().to_numpy()
        if by == "place":
            found["group"] = [_say_place(int(place)) for place in found["group"]]
        else:
            found = found.sort_values("num", ascending=False)
        found.insert(0, "by", by)
        parts.append(found)
    return pd.concat(parts, ignore_index=True)


def tabulate_documents(
    ids: np.ndarray, documents: np.ndarray, characters: np.ndarray, logs: np.ndarray
) -> pd.DataFrame:
    """Return surprise text by text.

    Args:
        ids: of all documents. The others: ``(units,)``, of the units that are told of.

    Returns:
        ``id``, ``num_units``, ``num_characters``, ``surprise``: nats of all its units together;
        ``nats``: each character's on average.
    """
    frame = pd.DataFrame(
        {"document": documents, "characters": characters, "log": logs.astype(np.float64)}
    )
    grouped = frame.groupby("document", sort=False)
    found = pd.DataFrame(
        {
            "id": ids[pd.unique(documents)].astype(str),
            "num_units": grouped.size().to_numpy(),
            "num_characters": grouped["characters"].sum().to_numpy(),
            "surprise": -grouped["log"].sum().to_numpy(),
        }
    )
    found["nats"] = found["surprise"] / found["num_characters"].clip(lower=1)
    return found.head(MOST_DOCUMENTS)


def _name_units(units: Units, numbers: np.ndarray) -> tuple[dict[int, str], dict[int, str]]:
    names = {int(number): units.name(int(number)) for number in numbers}
    kinds = {
        int(number): "unknown"
        if number == UNKNOWN
        else "ends"
        if number == EDGE
        else name_kind(units.decode(np.array([number], np.int32)))
        for number in numbers
    }
    return names, kinds


def _say_place(place: int) -> str:
    if place == len(_PLACES) - 1:
        return f"from the {_PLACES[place]:,}th on"
    return f"to the {_PLACES[place + 1]:,}th"
