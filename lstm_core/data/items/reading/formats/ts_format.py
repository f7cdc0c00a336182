"""The ``.ts`` format of the UEA and UCR archive of series classification.

Source: the archive's own description, https://www.timeseriesclassification.com. A line an item;
colons between channels, commas between steps, the label behind the last colon; with
``@timeStamps true``, a step is ``(time,value)``.
"""

from __future__ import annotations

import re

import numpy as np
import pandas as pd

from lstm_core.data.items.reading.source import Hint, ItemSource
from lstm_core.data.items.signals import Signals
from lstm_core.errors import DataError

_STAMPED = re.compile(r"\(([^()]*),([^(),]*)\)")
_MOST_HEADER_LINES = 10_000


def looks_like_ts(text: str) -> bool:
    return bool(re.search(r"(?mi)^@problemname\b", text[:200_000])) and "@data" in text.lower()


def read_ts(text: str, name: str) -> ItemSource:
    """Return the items' signals, and their labels where the file has any.

    Raises:
        DataError: no ``@data``, a cell that is no number, or channels that don't fit.
    """
    header, lines = _split(text, name)
    is_stamped = header.get("timestamps", "false").split()[:1] == ["true"]
    told = header.get("classlabel", "").split()
    has_label = told[:1] != ["false"] and bool(told)
    has_target = header.get("targetlabel", "").split()[:1] == ["true"]
    items, labels = [], []
    for number, line in enumerate(lines, start=1):
        body, label = line, ""
        if has_label or has_target:
            body, _, label = line.rpartition(":")
        items.append(_read_item(body, is_stamped, number, name))
        labels.append(label.strip())
    widths = {item.shape[1] for item in items}
    if len(widths) > 1:
        odd = next(n for n, item in enumerate(items, 1) if item.shape[1] != items[0].shape[1])
        raise DataError(
            f'In "{name[:80]}", item {odd:,} has {items[odd - 1].shape[1]} channels, the first '
            f"one {items[0].shape[1]}.",
            "Give every item the same channels.",
        )
    channels = [f"channel {number + 1}" for number in range(widths.pop())]
    hints, notes = {}, []
    columns: dict[str, list[str]] = {}
    if has_label or has_target:
        columns["label"] = labels
        hints["label"] = Hint("label", "The file names it: it stands at each line's end.")
    if header.get("problemname"):
        notes.append(f'The file calls its problem "{header["problemname"][:80]}".')
    if is_stamped:
        notes.append("The times of steps were left out: steps count.")
    frame = pd.DataFrame(columns, index=range(len(items)), dtype="str")
    return ItemSource(
        frame,
        name,
        signals=Signals.from_items(items, channels),
        content="numbers",
        hints=hints,
        notes=tuple(notes),
    )


def _split(text: str, name: str) -> tuple[dict[str, str], list[str]]:
    """Return the header's fields, names in small letters, and the lines of items."""
    header: dict[str, str] = {}
    start = 0
    for _ in range(_MOST_HEADER_LINES):
        end = text.find("\n", start)
        line = text[start : end if end >= 0 else len(text)].strip()
        start = end + 1 if end >= 0 else len(text)
        if line.lower() == "@data":
            break
        if line.startswith("@"):
            key, _, value = line[1:].partition(" ")
            key = key.lower()
            header[key] = value.strip() if key == "problemname" else value.strip().lower()
        if start >= len(text):
            raise _refuse(name, "it has no line @data")
    rest = text[start:].split("\n")
    lines = [line.strip() for line in rest if line.strip() and not line.startswith(("#", "%"))]
    if not lines:
        raise _refuse(name, "no item follows @data")
    return header, lines


def _read_item(body: str, is_stamped: bool, number: int, name: str) -> np.ndarray:
    """Return ``(steps, channels)``, float64; ``?`` becomes NaN."""
    channels = []
    for place, part in enumerate(_split_channels(body, is_stamped), start=1):
        cells = [value for _, value in _STAMPED.findall(part)] if is_stamped else part.split(",")
        cells = [] if cells == [""] else cells
        if "?" in part:
            cells = ["nan" if cell.strip() == "?" else cell for cell in cells]
        try:
            channels.append(np.array(cells, dtype=np.float64))
        except ValueError as error:
            raise DataError(
                f'In "{name[:80]}", channel {place} of item {number:,} holds something that is '
                "no number.",
                "Write numbers with a point, and ? for what is missing.",
            ) from error
    lengths = {len(channel) for channel in channels}
    if len(lengths) > 1:
        raise DataError(
            f'In "{name[:80]}", the channels of item {number:,} have {min(lengths):,} to '
            f"{max(lengths):,} steps.",
            "Give the channels of an item equal lengths; fill what is missing with ?.",
        )
    return np.stack(channels, axis=1)


def _split_channels(body: str, is_stamped: bool) -> list[str]:
    # A time of day holds colons as well, but stands in brackets.
    return re.split(r"(?<=\)):(?=\(|$)", body) if is_stamped else body.split(":")


def _refuse(name: str, what: str) -> DataError:
    return DataError(
        f'The file "{name[:80]}" is not in the .ts format: {what}.',
        "Fetch it again, or bring the signals as CSV.",
    )
