"""How sequences become numbers, fitted to the training part and kept with the model."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np

from lstm_core.data.tagged.collection import TaggedCollection
from lstm_core.learning.encoding.scaling import Scaler
from lstm_core.learning.encoding.words import Forms, WordReading, list_forms
from lstm_core.spec.tasks.tagging import TaggingSpec


@dataclass(frozen=True, eq=False)
class Encoded:
    """Sequences as numbers.

    Attributes:
        flat: ``(steps,)`` int32 numbers of forms, or ``(steps, channels)`` float32.
        forms: of words.
    """

    flat: np.ndarray
    forms: Forms | None = None


@dataclass(frozen=True)
class Encoding:
    """How sequences become numbers.

    Attributes:
        most_steps: that are read at once.
        reading: of words. ``scaler``: of numbers.
    """

    most_steps: int
    reading: WordReading | None = None
    scaler: Scaler | None = None

    @classmethod
    def fit(cls, spec: TaggingSpec, sequences: TaggedCollection, train: np.ndarray) -> Encoding:
        """Fit to the training part, ``(n,)`` positions; the spec is filled in."""
        assert spec.most_steps is not None
        learnt = sequences.select(train)
        if learnt.signals is not None:
            assert spec.scaling is not None
            items = [learnt.signals.get_item(number) for number in range(learnt.num_sequences)]
            return cls(spec.most_steps, scaler=Scaler.fit(spec.scaling, items))
        assert spec.rarest is not None
        assert learnt.words is not None
        reading = WordReading.fit(map(str, learnt.words), spec.rarest, spec.vocabulary)
        return cls(spec.most_steps, reading=reading)

    def encode(self, sequences: TaggedCollection) -> Encoded:
        if self.scaler is not None:
            signals = sequences.signals
            assert signals is not None
            count = range(sequences.num_sequences)
            rows = [self.scaler.scale(signals.get_item(number)) for number in count]
            empty = np.empty((0, len(signals.channels)), np.float32)
            return Encoded(np.concatenate([empty, *rows]))
        assert self.reading is not None
        assert sequences.words is not None
        forms, flat = list_forms(map(str, sequences.words))
        return Encoded(flat, self.reading.number_forms(forms))

    def to_json(self) -> dict[str, Any]:
        return {
            "most_steps": self.most_steps,
            "reading": None if self.reading is None else self.reading.to_json(),
            "scaler": None if self.scaler is None else vars(self.scaler),
        }

    @classmethod
    def from_json(cls, found: Mapping[str, Any]) -> Encoding:
        """Read what ``to_json`` wrote."""
        reading, scaler = found["reading"], found["scaler"]
        if scaler is not None:
            ends = {name: tuple(scaler[name]) for name in ("level", "spread")}
            scaler = Scaler(scaler["kind"], **ends)
        known = None if reading is None else WordReading.from_json(reading)
        return cls(found["most_steps"], known, scaler)
