"""Fits what a network has to beat to the training part, and asks it about any items."""

from __future__ import annotations

import time
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np

from lstm_core.data.items.signals import Signals
from lstm_core.spec.items import Content
from lstm_core.tasks.classification.baselines.features import summarise
from lstm_core.tasks.classification.baselines.logistic import fit_logistic
from lstm_core.tasks.classification.baselines.nearest import fit_nearest
from lstm_core.tasks.classification.baselines.texts import (
    Encode,
    fit_kmers,
    fit_positions,
    fit_tfidf,
)
from lstm_core.tasks.classification.baselines.words import BASELINES, say_left_out

MOST_ITEMS = {"text": 60_000, "symbols": 60_000, "numbers": 15_000}
"""Training items that are fitted to; of more, evenly spread ones."""

Sequences = Sequence[str] | Signals
"""Texts, sequences of symbols, or signals."""

Predict = Callable[[Sequences], np.ndarray]
"""Turns items into probabilities, ``(n, labels)``."""


@dataclass(frozen=True)
class Baselines:
    """Fitted baselines.

    Attributes:
        models: by name, a key of ``words.BASELINES``.
        seconds: what fitting each took.
        left_out: those that could not be had, each with the reason in a sentence.
    """

    models: Mapping[str, Predict]
    seconds: Mapping[str, float] = field(default_factory=dict)
    left_out: Mapping[str, str] = field(default_factory=dict)

    def predict(self, items: Sequences) -> dict[str, np.ndarray]:
        """Return each one's probabilities, ``(n, labels)``."""
        return {name: predict(items) for name, predict in self.models.items()}


def fit_baselines(
    content: Content,
    items: Sequences,
    labels: np.ndarray,
    train: np.ndarray,
    validation: np.ndarray,
    num_labels: int,
    only: Collection[str] | None = None,
) -> Baselines:
    """Fit to the training part alone; the validation part chooses how much to regularise.

    Args:
        content: what items are made of.
        items, labels: of the whole collection; labels are whole numbers from 0.
        train, validation: ``(n,)`` positions of the parts; others are not looked at.
        num_labels: columns of the probabilities.
        only: names of those that are wanted; all where none are given.
    """
    if len(train) > MOST_ITEMS[content]:
        train = train[np.linspace(0, len(train) - 1, MOST_ITEMS[content]).round().astype(int)]
    builder = _Builder(
        select_items(items, train),
        labels[train],
        select_items(items, validation),
        labels[validation],
        num_labels,
        BASELINES.keys() if only is None else only,
    )
    builder.add("most_frequent", builder.fit_most_frequent)
    if content == "numbers":
        builder.add("features", builder.fit_features)
        builder.add("nearest", builder.fit_nearest)
    elif content == "text":
        builder.add("tfidf", lambda: builder.fit_counts(fit_tfidf), "there are no words in it")
    else:
        builder.add("kmers", lambda: builder.fit_counts(fit_kmers), "there are no letters in it")
        builder.add(
            "positions",
            lambda: builder.fit_counts(fit_positions),
            "it needs items of one length and few different letters",
        )
    return Baselines(builder.models, builder.seconds, builder.left_out)


@dataclass
class _Builder:
    """The two parts, and what was fitted to them so far."""

    items: Sequences
    labels: np.ndarray
    validation: Sequences
    validation_labels: np.ndarray
    num_labels: int
    wanted: Collection[str]
    models: dict[str, Predict] = field(default_factory=dict)
    seconds: dict[str, float] = field(default_factory=dict)
    left_out: dict[str, str] = field(default_factory=dict)

    def add(self, name: str, fit: Callable[[], Predict | None], reason: str = "") -> None:
        """Fit one; ``reason`` is why it can't be where it can't."""
        if name not in self.wanted:
            return
        begin = time.perf_counter()
        predict = fit()
        if predict is None:
            self.left_out[name] = say_left_out(name, reason)
            return
        self.models[name] = predict
        self.seconds[name] = time.perf_counter() - begin

    def fit_most_frequent(self) -> Predict:
        # Certain of each label as often as it occurs, one more of each so that none is impossible.
        counts = np.bincount(self.labels, minlength=self.num_labels) + 1.0
        shares = counts / counts.sum()
        return lambda items: np.tile(shares, (_count(items), 1))

    def fit_counts(self, learn: Callable[[Sequence[str]], Encode | None]) -> Predict | None:
        assert not isinstance(self.items, Signals)
        assert not isinstance(self.validation, Signals)
        encode = learn(self.items)
        if encode is None:
            return None
        model = fit_logistic(
            encode(self.items),
            self.labels,
            encode(self.validation),
            self.validation_labels,
            self.num_labels,
        )

        def predict(items: Sequences) -> np.ndarray:
            assert not isinstance(items, Signals)
            return model.predict(encode(items))

        return predict

    def fit_features(self) -> Predict:
        assert isinstance(self.items, Signals)
        assert isinstance(self.validation, Signals)
        found = summarise(self.items)
        centre, spread = found.mean(axis=0), found.std(axis=0)
        scale = np.where(spread > 1e-9, spread, 1.0)

        def encode(features: np.ndarray) -> np.ndarray:
            # What lies far beyond all that was learnt from is no more than far.
            return np.clip((features - centre) / scale, -10.0, 10.0)

        model = fit_logistic(
            encode(found),
            self.labels,
            encode(summarise(self.validation)),
            self.validation_labels,
            self.num_labels,
        )

        def predict(items: Sequences) -> np.ndarray:
            assert isinstance(items, Signals)
            return model.predict(encode(summarise(items)))

        return predict

    def fit_nearest(self) -> Predict:
        assert isinstance(self.items, Signals)
        assert isinstance(self.validation, Signals)
        nearest = fit_nearest(
            self.items, self.labels, self.validation, self.validation_labels, self.num_labels
        )

        def predict(items: Sequences) -> np.ndarray:
            assert isinstance(items, Signals)
            return nearest.predict(items)

        return predict


def select_items(items: Sequences, numbers: np.ndarray) -> Sequences:
    """Return these items, in this order."""
    if isinstance(items, Signals):
        return items.select(numbers)
    return [items[number] for number in numbers]


def _count(items: Sequences) -> int:
    return items.num_items if isinstance(items, Signals) else len(items)
