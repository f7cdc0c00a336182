"""Items that are the same: found, numbered, and asked whether their labels agree."""

from __future__ import annotations

import hashlib
import unicodedata
from dataclasses import dataclass

import numpy as np

from lstm_core.data.items.collection import ItemCollection

# Dots and quotation marks come and go when a text is copied; ! and ? may carry the meaning.
_MARKS = dict.fromkeys(map(ord, ".,;:'\"`´‘’“”„«»…-–—"), " ")


@dataclass(frozen=True)
class Conflict:
    """Equal items that carry different labels.

    ``numbers`` are the items' places in the collection, ``labels`` theirs.
    """

    numbers: tuple[int, ...]
    labels: tuple[str, ...]


def find_duplicates(collection: ItemCollection) -> np.ndarray:
    """Number what is equal: int64, ``(items,)``; equal items have equal numbers.

    Numbers are 0, 1, … in the order in which the clusters first occur. Texts are compared
    without regard to capitals, spaces, quotation marks and stops; DNA without regard to
    capitals, and U as T; signals by each value.
    """
    numbers: dict[object, int] = {}
    keys = (_make_key(collection, number) for number in range(collection.num_items))
    return np.fromiter(
        (numbers.setdefault(key, len(numbers)) for key in keys),
        dtype=np.int64,
        count=collection.num_items,
    )


def count_repeated(clusters: np.ndarray) -> int:
    """Return how many items have at least one copy; the first of them counts as well."""
    counts = np.bincount(clusters) if len(clusters) else np.zeros(0, dtype=np.int64)
    return int(counts[counts > 1].sum())


def find_conflicts(collection: ItemCollection, clusters: np.ndarray) -> tuple[Conflict, ...]:
    """Return each cluster of equal items whose known labels differ, in the items' order."""
    order = np.argsort(clusters, kind="stable")
    bounds = np.flatnonzero(np.diff(clusters[order])) + 1
    conflicts = []
    for members in np.split(order, bounds):
        known = [int(number) for number in members if collection.labels[number] is not None]
        labels = tuple(str(collection.labels[number]) for number in known)
        if len(set(labels)) > 1:
            conflicts.append(Conflict(tuple(known), labels))
    return tuple(conflicts)


def normalise_text(text: str) -> str:
    """Return what two copies of a text have in common; what it is made of, where nothing is."""
    folded = unicodedata.normalize("NFKC", text).casefold()
    plain = " ".join(folded.translate(_MARKS).split())
    return plain or " ".join(folded.split())


def normalise_symbols(sequence: str, alphabet: str | None) -> str:
    """Return the sequence in capitals and without spaces; RNA as the DNA that it is read from."""
    plain = "".join(sequence.split())
    if alphabet == "any":  # there, a and A may be two symbols
        return plain
    plain = plain.upper()
    return plain.replace("U", "T") if alphabet in ("dna", "rna") else plain


def _make_key(collection: ItemCollection, number: int) -> object:
    item = collection.get_item(number)
    if isinstance(item, np.ndarray):
        canonical = np.ascontiguousarray(item) + np.float32(0)  # -0.0 becomes 0.0
        return hashlib.blake2b(canonical.tobytes(), digest_size=16).digest(), len(item)
    if collection.content == "symbols":
        return normalise_symbols(item, collection.alphabet)
    return normalise_text(item)
