"""Texts and sequences of symbols, cleaned."""

from __future__ import annotations

import numpy as np

from lstm_core.data.items.collection import as_objects
from lstm_core.data.items.reading.building.contents import Contents, find_column
from lstm_core.data.items.reading.columns.letters import find_strangers
from lstm_core.data.items.reading.files import LONGEST_ITEM
from lstm_core.data.items.reading.source import ItemSource
from lstm_core.data.wording import count_words, list_names
from lstm_core.errors import DataError
from lstm_core.spec.items import ItemsDataSpec

_WORST_SHARE = 0.01
_UNKNOWN = {"dna": "N", "rna": "N", "protein": "X"}


def read_texts(source: ItemSource, spec: ItemsDataSpec) -> Contents:
    """Return the texts of a table.

    Raises:
        DataError: no column of them, all empty, one too long, or letters that are none.
    """
    column = find_column(spec.text)
    if column is None:
        raise DataError(
            f'No column of "{source.name[:80]}" holds texts or sequences.',
            f"The columns are {list_names(list(source.frame.columns))}.",
        )
    cells = source.frame[column]
    if cells.dtype == object or str(cells.dtype) != "str":
        cells = cells.astype("str")
    longest = cells.str.len()
    if len(cells) and int(longest.max()) > LONGEST_ITEM:
        number = int(longest.to_numpy().argmax())
        raise DataError(
            f"Item {number + 1:,} has {int(longest.max()):,} characters; at most "
            f"{LONGEST_ITEM:,} are read.",
            "Cut it into pieces, such as paragraphs, each with the label.",
        )
    notes: list[str] = []
    texts = cells.tolist()
    if spec.content == "symbols":
        texts, notes = _clean_symbols(texts, spec.alphabet or "any")
    whole = np.array([bool(text) for text in texts], dtype=bool)
    empty = int((~whole).sum())
    if empty == len(texts):
        raise DataError(
            f'The column "{column[:60]}" is empty.', "Choose the column that holds the texts."
        )
    if empty:
        notes.append(
            f"Items without anything in them left out: {empty:,}, such as row "
            f"{int(np.argmin(whole)) + 1:,}."
        )
    return Contents(source.frame, whole, texts=as_objects(texts), notes=tuple(notes))


def _clean_symbols(texts: list[str], alphabet: str) -> tuple[list[str], list[str]]:
    """Bring sequences to capitals; a few strange letters become "unknown", many are refused."""
    if alphabet == "any":
        return ["".join(text.split()) for text in texts], []
    texts = ["".join(text.split()).upper() for text in texts]
    strange = {
        number: found
        for number, text in enumerate(texts)
        if (found := find_strangers(text, alphabet))
    }
    if not strange:
        return texts, []
    letters = "".join(sorted(set().union(*strange.values())))[:20]
    name = {"dna": "DNA", "rna": "RNA", "protein": "a protein"}[alphabet]
    first = next(iter(strange))
    if len(strange) > max(1, _WORST_SHARE * len(texts)) or len(texts) < 20:
        raise DataError(
            f"{count_words(len(strange), 'sequence')} of {len(texts):,} "
            f"{'holds' if len(strange) == 1 else 'hold'} letters that are no letters of {name}: "
            f"{letters}; the first is number {first + 1:,}.",
            "Correct them, or choose another alphabet: protein, or symbols of any kind.",
        )
    unknown = _UNKNOWN[alphabet]
    table = str.maketrans(dict.fromkeys(set().union(*strange.values()), unknown))
    for number in strange:
        texts[number] = texts[number].translate(table)
    return texts, [
        f"In {count_words(len(strange), 'sequence')}, letters that are none of {name} ({letters}) "
        f"are read as unknown ({unknown})."
    ]
