"""Lines that begin with their label, the form that fastText is trained on."""

from __future__ import annotations

import re

import pandas as pd

from lstm_core.data.items.reading.source import Hint, ItemSource

_FASTTEXT = re.compile(r"__label__(\S+)\s+(.*)")


def read_fasttext(text: str, name: str) -> ItemSource | None:
    """Read ``__label__x the text``, or return None for other text."""
    lines = [line for line in text.split("\n", 50)[:50] if line.strip()]
    if not lines or not all(_FASTTEXT.match(line) for line in lines):
        return None
    found = [_FASTTEXT.match(line) for line in text.split("\n")]
    rows = [match.groups() for match in found if match is not None]
    frame = pd.DataFrame(rows, columns=["label", "text"], dtype="str")
    several = int(frame["text"].str.contains("__label__", regex=False).sum())
    notes = ["Each line begins with its label, as fastText writes it."]
    if several:
        notes.append(f"Of {several:,} lines with several labels, the first one counts.")
        frame["text"] = frame["text"].str.replace(r"__label__\S+\s*", "", regex=True)
    reason = "It stands behind __label__ at the beginning of each line."
    return ItemSource(
        frame, name, content="text", hints={"label": Hint("label", reason)}, notes=tuple(notes)
    )
