"""A collection from what was opened and understood, checked for what can't be learnt from."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pandas as pd

from lstm_core.data.documents.collection import DocumentCollection
from lstm_core.data.documents.reading.cleaning import clean_text
from lstm_core.data.documents.reading.source import DocumentSource
from lstm_core.data.documents.reading.understanding import DocumentsUnderstanding
from lstm_core.data.items.collection import as_objects, make_unique
from lstm_core.data.items.reading.columns.vocabulary import read_part
from lstm_core.data.wording import count_words
from lstm_core.errors import DataError

LEAST = 2_000
"""Characters of all texts together; with fewer there is nothing to learn and nothing to judge."""

GOOD = 100_000
"""Characters that a remedy asks for."""

_LONG_LINE = 10_000


def build_documents(
    source: DocumentSource, understanding: DocumentsUnderstanding, *, learnt: bool = True
) -> DocumentCollection:
    """Build the collection.

    Args:
        learnt: whether it is to be learnt from, and has to be enough for that.

    Raises:
        DataError: there is no text, too little of it, or a single sign.
    """
    columns = understanding.spec.columns
    frame = source.frame
    texts = [clean_text(str(cell)) for cell in frame[columns["text"]]]
    kept = np.array([number for number, text in enumerate(texts) if text.strip()], np.int64)
    notes = list(source.notes)
    if len(kept) < len(texts) and not source.is_files:
        notes.append(f"{count_words(len(texts) - len(kept), 'row')} without text left out.")
    texts = [texts[number] for number in kept]
    if not texts:
        raise DataError(
            f'No text stands in "{source.name[:80]}".', "Choose another file or another column."
        )
    if learnt:
        _check_enough(texts, notes)
    ids = [str(number + 1) for number in kept]
    if "item" in columns:
        names = frame[columns["item"]].iloc[kept].tolist()
        ids = [clean_text(str(name)) or own for name, own in zip(names, ids, strict=True)]
    return DocumentCollection(
        ids=make_unique(ids),
        texts=as_objects(texts),
        groups=_read_optional(frame, columns.get("group"), kept),
        parts=_read_parts(frame, columns.get("split"), kept, notes),
        source="file",
        name=source.name,
        roles=tuple((part, name) for part, name in columns.items() if not source.is_files),
        understood=understanding.spec,
        notes=tuple(dict.fromkeys(notes)),
    )


def _check_enough(texts: Sequence[str], notes: list[str]) -> None:
    total = sum(map(len, texts))
    signs = set().union(*map(set, texts))
    letters = [sign for sign in signs if not sign.isspace()]
    if len(letters) < 2:
        raise DataError(
            f'The text holds one sign alone, "{letters[0]}": there is nothing to learn.',
            "Bring running text.",
        )
    if total < LEAST:
        raise DataError(
            f"The text has {count_words(total, 'character')}, which is too little to learn from.",
            f"Bring {LEAST:,} at least; {GOOD:,} are a beginning, and a million is good.",
        )
    longest = max(len(line) for text in texts for line in text.split("\n"))
    if longest >= _LONG_LINE and longest > total / 2:
        notes.append(
            f"Most of the text is one line of {longest:,} characters: what is kept apart begins "
            "at a sentence or a word instead of at a line."
        )


def _read_optional(frame: pd.DataFrame, column: str | None, kept: np.ndarray) -> np.ndarray | None:
    if column is None:
        return None
    cells = frame[column].iloc[kept]
    return as_objects([clean_text(str(cell)) or None for cell in cells])


def _read_parts(
    frame: pd.DataFrame, column: str | None, kept: np.ndarray, notes: list[str]
) -> np.ndarray | None:
    if column is None:
        return None
    parts = [read_part(str(cell)) for cell in frame[column].iloc[kept]]
    unknown = sum(part is None for part in parts)
    if "train" not in parts or len(set(parts) - {None}) < 2:
        notes.append(f'The column "{column[:40]}" does not tell train from test, and is not used.')
        return None
    if unknown:
        notes.append(f"{count_words(unknown, 'text')} of no part left out of training and test.")
    return as_objects(parts)
