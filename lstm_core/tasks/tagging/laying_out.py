"""From a framed collection to what a network learns from: the sizes, and the feed."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import lru_cache

import numpy as np

from lstm_core.data.tagged.collection import TaggedCollection
from lstm_core.learning.encoding.stretches import Stretches
from lstm_core.learning.feeds.item_lengths import choose_lengths
from lstm_core.learning.feeds.items import Change
from lstm_core.learning.feeds.tags import TagFeed, TagShape
from lstm_core.spec import ExperimentSpec
from lstm_core.spec.tasks.tagging import TaggingSpec
from lstm_core.tasks.tagging.encoding import Encoding
from lstm_core.tasks.tagging.framing import Framing, frame_sequences

USUAL_SHARE = 0.95
"""Of the stretches, that are no longer than what a cost is told for."""

_FEW_STEPS = 50_000
_USUAL_LENGTHS = 3
_SHORTEST = 2
"""Steps that are padded to at the least: a chain has two."""


@dataclass(frozen=True)
class _Asked:
    """What a collection was asked for: equal where the answer would be the same."""

    fingerprint: str
    spec: TaggingSpec
    collection: TaggedCollection = field(compare=False, repr=False)


def shape_sequences(spec: ExperimentSpec, collection: TaggedCollection) -> TagShape:
    """Return the sizes that a network is built for; the spec is filled in.

    Every fold's vocabulary fits in: folds share one network.
    """
    framing = frame_sequences(spec.task, collection)
    sequences = framing.facts.sequences
    stretches = Stretches.cut(collection.lengths, spec.task.most_steps)
    num_words, num_letters = 0, 0
    if sequences.words is not None:
        asked = _Asked(collection.fingerprint, _keep_reading(spec.task), collection)
        num_words, num_letters = _count_words(asked)
    return TagShape(
        num_tags=len(framing.names),
        marks_entities=framing.marks_entities,
        num_words=num_words,
        num_letters=num_letters,
        num_channels=len(sequences.channels),
        usual_steps=int(np.quantile(stretches.lengths, USUAL_SHARE, method="higher")),
        most_steps=int(stretches.lengths.max()),
    )


def lay_out(
    spec: ExperimentSpec,
    framing: Framing,
    fold: int,
    encoding: Encoding,
    shape: TagShape,
    others: TaggedCollection,
) -> tuple[TagFeed, Stretches]:
    """Return the feed of a fold, and its stretches; the spec is filled in.

    Args:
        others: sequences without tags, numbered behind those with: the part ``asked``.
    """
    split, sequences = framing.splits[fold], framing.facts.sequences
    both = join_steps(sequences, others)
    encoded = encoding.encode(both)
    stretches = Stretches.cut(both.lengths, encoding.most_steps)
    num_tagged = sequences.num_sequences
    parts = {
        "train": split.train,
        "validation": split.validation,
        "test": split.test,
        "asked": np.arange(num_tagged, both.num_sequences),
    }
    hidden = None
    if encoding.reading is not None and encoded.forms is not None:
        counts = encoding.reading.list_counts()[encoded.forms.words]
        hidden = hide_seldom(spec.task, counts)
    feed = TagFeed(
        flat=encoded.flat,
        tags=np.pad(framing.tags, (0, others.num_steps), constant_values=-1).astype(np.int32),
        starts=stretches.starts.astype(np.int32),
        lengths=stretches.lengths.astype(np.int32),
        forms=encoded.forms,
        hidden=hidden,
        parts={name: stretches.select(own).astype(np.int32) for name, own in parts.items()},
        padded=choose_padded(stretches.lengths),
        change=Change(jitter=spec.task.jitter or 0.0) if shape.num_channels else Change(),
        shape=shape,
    )
    return feed, stretches


def hide_seldom(spec: TaggingSpec, counts: np.ndarray) -> np.ndarray:
    """Return how often words are hidden in training, ``(n,)`` float32; unknown ones are anyway.

    Source: Kiperwasser and Goldberg, "Simple and Accurate Dependency Parsing Using Bidirectional
    LSTM Feature Representations", TACL 4 (2016), section 4.
    """
    share = spec.hide or 0.0
    if not share:
        return np.zeros(len(counts), np.float32)
    hidden: np.ndarray = np.where(counts > 0, share / (share + np.maximum(counts, 1.0)), 0.0)
    return hidden.astype(np.float32)


def choose_padded(lengths: np.ndarray) -> np.ndarray:
    """Return the lengths that batches are padded to, ascending: each is a compilation.

    Little data is padded away in less time than that takes.
    """
    most = 1 if int(lengths.sum()) < _FEW_STEPS else _USUAL_LENGTHS
    return choose_lengths(np.maximum(lengths, _SHORTEST), most)


def join_steps(sequences: TaggedCollection, others: TaggedCollection) -> TaggedCollection:
    """Return both, of one collection, as one; only ids and steps count."""
    if not others.num_sequences:
        return sequences

    def join(first: np.ndarray | None, second: np.ndarray | None) -> np.ndarray | None:
        return None if first is None or second is None else np.concatenate([first, second])

    signals = None
    if sequences.signals is not None and others.signals is not None:
        signals = sequences.signals.append(others.signals)
    return TaggedCollection(
        content=sequences.content,
        scheme=sequences.scheme,
        ids=np.concatenate([sequences.ids, others.ids]),
        tags=np.concatenate([sequences.tags, others.tags]),
        words=join(sequences.words, others.words),
        sizes=join(sequences.sizes, others.sizes),
        signals=signals,
    )


_OF_READING = (
    *("vocabulary", "rarest", "most_steps"),
    *("split", "num_folds", "test_fraction", "validation_fraction", "keep_copies_together"),
)


def _keep_reading(spec: TaggingSpec) -> TaggingSpec:
    """Return what of a spec decides which words and letters are told apart."""
    return TaggingSpec(**{name: getattr(spec, name) for name in _OF_READING})


@lru_cache(maxsize=16)
def _count_words(asked: _Asked) -> tuple[int, int]:
    """Return the sizes of the largest vocabulary and of the most letters of any fold."""
    framing = frame_sequences(asked.spec, asked.collection)
    found = []
    for split in framing.splits:
        reading = Encoding.fit(asked.spec, framing.facts.sequences, split.train).reading
        assert reading is not None
        found.append((reading.vocabulary.size, reading.num_letters))
    words, letters = zip(*found, strict=True)
    return max(words), max(letters)
