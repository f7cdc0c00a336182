"""From a framed collection to what a network learns from: the sizes, and the feed."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import lru_cache

import numpy as np

from lstm_core.data.items.collection import ItemCollection
from lstm_core.learning.feeds.item_lengths import choose_lengths
from lstm_core.learning.feeds.items import Change, ItemFeed, ItemShape
from lstm_core.spec import ExperimentSpec
from lstm_core.spec.tasks.classification import ClassificationSpec
from lstm_core.tasks.classification.encoding.encoding import Encoding, cut_item
from lstm_core.tasks.classification.framing import Framing, frame_items

USUAL_SHARE = 0.95
"""Of the items, that are no longer than what a cost is told for."""


@dataclass(frozen=True)
class _Asked:
    """What a collection was asked for: equal where the answer would be the same."""

    fingerprint: str
    spec: ClassificationSpec
    collection: ItemCollection = field(compare=False, repr=False)


def count_steps(spec: ClassificationSpec, items: ItemCollection) -> np.ndarray:
    """Return the steps of each item, all of them, ``(n,)``; what a step is has been chosen."""
    return _count_steps(_Asked(items.fingerprint, _keep_reading(spec), items))


def shape_items(spec: ExperimentSpec, collection: ItemCollection) -> ItemShape:
    """Return the sizes that a network is built for; the spec is filled in.

    Every fold's vocabulary fits in: folds share one network.
    """
    task = spec.task
    framing = frame_items(task, collection)
    items = framing.facts.items
    lengths = np.minimum(count_steps(task, items), task.most_steps)
    asked = _Asked(collection.fingerprint, _keep_reading(task), collection)
    return ItemShape(
        num_labels=len(framing.names),
        num_tokens=0 if items.signals is not None else _count_tokens(asked),
        num_channels=0 if items.signals is None else len(items.signals.channels),
        usual_steps=int(np.quantile(lengths, USUAL_SHARE, method="higher")),
        most_steps=int(lengths.max()),
        has_one_length=bool(lengths.min() == lengths.max()),
    )


def fit_encoding(spec: ClassificationSpec, framing: Framing, fold: int) -> Encoding:
    """Fit to the training part of a fold; the spec is filled in."""
    return Encoding.fit(spec, framing.facts.items, framing.splits[fold].train)


def lay_out(
    spec: ExperimentSpec,
    framing: Framing,
    fold: int,
    encoding: Encoding,
    shape: ItemShape,
    others: ItemCollection,
) -> ItemFeed:
    """Return the feed of a fold; the spec is filled in.

    Args:
        others: items without a label, numbered behind those with one: the part ``asked``.
    """
    split = framing.splits[fold]
    steps = [*encoding.encode(framing.facts.items), *encoding.encode(others)]
    lengths = np.array([len(item) for item in steps], np.int32)
    num_labelled = len(framing.labels)
    parts = {
        "train": split.train,
        "validation": split.validation,
        "test": split.test,
        "asked": np.arange(num_labelled, len(steps)),
    }
    return ItemFeed(
        flat=np.concatenate(steps),
        starts=(np.cumsum(lengths) - lengths).astype(np.int32),
        lengths=lengths,
        labels=np.pad(framing.labels, (0, others.num_items), constant_values=-1).astype(np.int32),
        label_weights=weigh_labels(spec.task, framing.labels[split.train], shape.num_labels),
        parts={name: places.astype(np.int32) for name, places in parts.items()},
        padded=choose_padded(lengths, shape),
        change=read_change(spec.task),
        shape=shape,
    )


def weigh_labels(spec: ClassificationSpec, labels: np.ndarray, num_labels: int) -> np.ndarray:
    """Return how much an item of each label counts, ``(labels,)`` float32; on average 1.

    Args:
        labels: of the training part.
    """
    if spec.class_weights != "balanced":
        return np.ones(num_labels, np.float32)
    counts = np.bincount(labels[labels >= 0], minlength=num_labels)
    num_known = int((counts > 0).sum())
    weights: np.ndarray = counts.sum() / (num_known * np.maximum(counts, 1))
    return weights.astype(np.float32)


def read_change(spec: ClassificationSpec) -> Change:
    """Return what training changes; what is not for this content has no effect."""
    return Change(
        hide=spec.hide or 0.0,
        crop=spec.crop or 1.0,
        jitter=spec.jitter or 0.0,
        stretch=spec.stretch or 0.0,
    )


_FEW_STEPS = 50_000
_USUAL_LENGTHS = 3


def choose_padded(lengths: np.ndarray, shape: ItemShape) -> np.ndarray:
    """Return the lengths that batches are padded to, ascending: each is a compilation.

    Little data is padded away in less time than that takes.
    """
    if shape.has_one_length:
        return np.array([shape.most_steps])
    most = 1 if int(lengths.sum()) < _FEW_STEPS else _USUAL_LENGTHS
    return choose_lengths(lengths, most)


def _keep_reading(spec: ClassificationSpec) -> ClassificationSpec:
    """Return what of a spec decides what steps are, and what they are learnt from."""
    kept = {name: getattr(spec, name) for name in _OF_READING}
    return ClassificationSpec(**kept)


_OF_READING = (
    *("tokens", "kmer", "vocabulary", "rarest", "most_steps"),
    *("split", "num_folds", "test_fraction", "validation_fraction", "keep_copies_together"),
)


@lru_cache(maxsize=8)
def _count_steps(asked: _Asked) -> np.ndarray:
    items = asked.collection
    if items.signals is not None:
        return items.signals.lengths
    counts = (len(cut_item(asked.spec, items, number)) for number in range(items.num_items))
    return np.maximum(np.fromiter(counts, np.int64, items.num_items), 1)


@lru_cache(maxsize=16)
def _count_tokens(asked: _Asked) -> int:
    """Return the size of the largest vocabulary of any fold."""
    framing = frame_items(asked.spec, asked.collection)
    folds = range(len(framing.splits))
    return max(fit_encoding(asked.spec, framing, fold).num_tokens for fold in folds)
