"""``Encoding``: from items to steps, fitted to the training part and kept with the model."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import Any

import numpy as np

from lstm_core.data.items.collection import ItemCollection
from lstm_core.data.items.duplicates import normalise_symbols
from lstm_core.data.items.tokens import cut_characters, cut_kmers, cut_words
from lstm_core.learning.encoding.scaling import Scaler
from lstm_core.learning.encoding.vocabulary import Vocabulary
from lstm_core.spec.tasks.classification import ClassificationSpec


@dataclass(frozen=True)
class Encoding:
    """How items become steps.

    Attributes:
        most_steps: of an item that are read, from its beginning.
        vocabulary: of texts and symbols. ``scaler``: of signals.
        tokens: what a step of them is. ``kmer``: symbols in a row, with ``kmers``.
    """

    most_steps: int
    vocabulary: Vocabulary | None = None
    scaler: Scaler | None = None
    tokens: str = ""
    kmer: int = 0

    @classmethod
    def fit(
        cls, spec: ClassificationSpec, collection: ItemCollection, train: np.ndarray
    ) -> Encoding:
        """Fit to the training part, ``(n,)`` positions; the spec is filled in."""
        assert spec.most_steps is not None
        if collection.signals is not None:
            assert spec.scaling is not None
            items = [collection.signals.get_item(number)[: spec.most_steps] for number in train]
            return cls(spec.most_steps, scaler=Scaler.fit(spec.scaling, items))
        assert spec.tokens is not None
        assert spec.rarest is not None
        cut = [cut_item(spec, collection, number)[: spec.most_steps] for number in train]
        vocabulary = Vocabulary.fit(cut, spec.rarest, spec.vocabulary)
        return cls(
            spec.most_steps,
            vocabulary=vocabulary,
            tokens=spec.tokens,
            kmer=spec.kmer if spec.tokens == "kmers" else 0,
        )

    @property
    def num_tokens(self) -> int:
        return 0 if self.vocabulary is None else self.vocabulary.size

    def encode(self, collection: ItemCollection) -> list[np.ndarray]:
        """Return each item's steps: ``(steps,)`` int32 tokens, or ``(steps, channels)`` float32."""
        if self.scaler is not None:
            assert collection.signals is not None
            return [
                self.scaler.scale(collection.signals.get_item(number)[: self.most_steps])
                for number in range(collection.num_items)
            ]
        assert self.vocabulary is not None
        return [
            self.vocabulary.number(self.cut(collection, number))
            for number in range(collection.num_items)
        ]

    def cut(self, collection: ItemCollection, number: int) -> list[str]:
        """Return the tokens of one item that are read."""
        return _cut(self.tokens, self.kmer, collection, number)[: self.most_steps]

    def to_json(self) -> dict[str, Any]:
        return asdict(self)

    @classmethod
    def from_json(cls, found: Mapping[str, Any]) -> Encoding:
        """Read what ``to_json`` wrote."""
        known = dict(found)
        if known["vocabulary"] is not None:
            words = known["vocabulary"]
            known["vocabulary"] = Vocabulary(**{**words, "tokens": tuple(words["tokens"])})
        if known["scaler"] is not None:
            scale = known["scaler"]
            ends = {name: tuple(scale[name]) for name in ("level", "spread")}
            known["scaler"] = Scaler(scale["kind"], **ends)
        return cls(**known)


def cut_item(spec: ClassificationSpec, collection: ItemCollection, number: int) -> list[str]:
    """Return all tokens of a text or a sequence of symbols, as the spec says."""
    assert spec.tokens is not None
    return _cut(spec.tokens, spec.kmer, collection, number)


def _cut(tokens: str, kmer: int, collection: ItemCollection, number: int) -> list[str]:
    assert collection.texts is not None
    text = str(collection.texts[number])
    if collection.content == "symbols":
        text = normalise_symbols(text, collection.alphabet)
    if tokens == "words":
        return cut_words(text)
    return cut_kmers(text, kmer) if tokens == "kmers" else cut_characters(text)
