"""Sequences with a tag for each step: an example is the number of a stretch."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from lstm_core.learning.encoding.words import LONGEST_WORD, NUM_WRITINGS, Forms
from lstm_core.learning.feeds.items import UNKNOWN, Change


@dataclass(frozen=True)
class TagShape:
    """The sizes that a network is built for.

    Attributes:
        num_tags: that it says. ``marks_entities``: of ``O`` and a ``B`` and an ``I`` of each type.
        num_words: that it tells apart, padding and unknown among them; 0 for numbers.
        num_letters: likewise. ``num_channels``: of numbers; 0 for words.
        usual_steps: that 95% of the stretches don't exceed: what a cost is told for.
        most_steps: of the longest stretch.
    """

    num_tags: int
    marks_entities: bool
    num_words: int
    num_letters: int
    num_channels: int
    usual_steps: int
    most_steps: int


@dataclass(frozen=True, eq=False)
class TagFeed:
    """Steps of all sequences in one flat array, and which of them each stretch reads.

    Attributes:
        flat: ``(steps,)`` int32 numbers of forms, or ``(steps, channels)`` float32, scaled.
        tags: ``(steps,)`` int32, -1 where there is none that is learnt.
        starts, lengths: ``(stretches,)`` int32; none is empty.
        forms: of words. ``hidden``: ``(forms,)`` float32, how often each is hidden in training.
        parts: for each part, ``(n,)`` int32 numbers of stretches: ``train``, ``validation``,
            ``test`` and ``asked``.
        padded: ascending, the few lengths that batches are padded to; the last holds every one.
        change: what training changes of numbers.
        shape: the sizes of one example.
    """

    flat: np.ndarray
    tags: np.ndarray
    starts: np.ndarray
    lengths: np.ndarray
    forms: Forms | None
    hidden: np.ndarray | None
    parts: Mapping[str, np.ndarray]
    padded: np.ndarray
    change: Change
    shape: TagShape

    @property
    def places(self) -> Mapping[str, np.ndarray]:
        return self.parts

    @property
    def most_places(self) -> int:
        return len(self.starts)


def make_tag_noise(shape: TagShape) -> TagFeed:
    """Return one sequence of noise, of the usual length."""
    generator = np.random.default_rng(0)
    count = max(2, shape.usual_steps)
    forms = hidden = None
    if shape.num_words:
        flat: np.ndarray = np.arange(1, count + 1, dtype=np.int32)
        num_forms = count + 1
        forms = Forms(
            generator.integers(UNKNOWN, shape.num_words, num_forms, np.int32),
            generator.integers(1, NUM_WRITINGS, num_forms, np.int32),
            generator.integers(UNKNOWN, shape.num_letters, (num_forms, LONGEST_WORD), np.int32),
        )
        hidden = np.zeros(num_forms, np.float32)
    else:
        flat = generator.normal(size=(count, shape.num_channels)).astype(np.float32)
    return TagFeed(
        flat=flat,
        tags=np.zeros(count, np.int32),
        starts=np.zeros(1, np.int32),
        lengths=np.array([count], np.int32),
        forms=forms,
        hidden=hidden,
        parts={"train": np.zeros(1, np.int32)},
        padded=np.array([count], np.int32),
        change=Change(),
        shape=shape,
    )
