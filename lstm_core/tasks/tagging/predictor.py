"""``TagPredictor``: a trained model, reopened, that says tags again and again."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import keras
import numpy as np
import pandas as pd

from lstm_core.data.tagged.collection import TaggedCollection
from lstm_core.errors import DataError
from lstm_core.learning.encoding.stretches import Stretches
from lstm_core.learning.feeds.tags import TagShape
from lstm_core.models.fitted import load_members
from lstm_core.spec import parse_spec
from lstm_core.tasks.tagging.answering import mix_chains, read_said, tabulate_answers
from lstm_core.tasks.tagging.encoding import Encoded, Encoding
from lstm_core.tasks.tagging.judging.said import Said
from lstm_core.tasks.tagging.network.building import build_network
from lstm_core.tasks.tagging.suiting import suit_sequences

LEAST_LENGTH = 8
"""Shorter sequences are padded to it."""

SIZES = (1, 16, 128)
"""Of batches: an engine compiles anew for each of them, and for each length."""

MOST_STEPS_AT_ONCE = 32_768
"""Steps of a batch, padding among them: what it may take in memory."""

MOST_ALTERNATIVES = 3


class TagPredictor:
    """Says tags of sequences with a trained model and what it reads them by.

    Batches have few sizes and lengths, so that what was compiled once serves again. Serves one
    thread.

    Args:
        model, weights: the artifacts ``model.json`` and ``weights.npz`` of a run.

    Attributes:
        names: of the tags. ``encoding``: how sequences are read.
        members: the weights of each network.

    Raises:
        DataError: the weights are another model's.
    """

    def __init__(self, model: Mapping[str, Any], weights: bytes) -> None:
        self.spec = parse_spec(model["spec"])
        self.shape = TagShape(**model["shape"])
        self._kept: Mapping[str, Any] = model["task"]
        self.names: Sequence[str] = self._kept["tags"]
        self.encoding = Encoding.from_json(self._kept["encoding"])
        self.network: keras.Model = build_network(self.shape, self.spec)
        self.members = load_members(self.network, weights)

    def answer(self, collection: TaggedCollection) -> pd.DataFrame:
        """Return what it says of each step; see ``answering.tabulate_answers``.

        Raises:
            DataError: the sequences are of another kind than those that it was trained on.
        """
        suited = suit_sequences(self._kept, collection)
        return tabulate_answers(suited, self.names, self.say(suited))

    def explain(
        self, collection: TaggedCollection, how: str | None, label: str | None
    ) -> dict[str, Any]:
        """Return what is said of the first sequence, JSON.

        ``tokens``, ``said``, ``certainty``, ``known`` and ``alternatives``: of each step the
        likeliest tags with their probabilities.

        Raises:
            DataError: a way to explain is asked for; there is none.
        """
        if how is not None:
            raise DataError(
                f'There is no way "{how[:40]}" to explain a tag.',
                "Ask for what the model says alone.",
            )
        suited = suit_sequences(self._kept, collection).select([0])
        said = self.say(suited)
        tokens = [] if suited.words is None else [str(word) for word in suited.words]
        reading = self.encoding.reading
        best = np.argsort(-said.shares, axis=1)[:, :MOST_ALTERNATIVES]
        return {
            "tokens": tokens,
            "said": [self.names[tag] for tag in said.tags],
            "certainty": said.certainties.tolist(),
            "known": [reading is None or reading.knows(word) for word in tokens],
            "alternatives": [
                [[self.names[tag], float(shares[tag])] for tag in own]
                for own, shares in zip(best, said.shares, strict=True)
            ],
        }

    def say(self, sequences: TaggedCollection) -> Said:
        """Return tags and probabilities of every step, one sequence behind another."""
        encoded = self.encoding.encode(sequences)
        stretches = Stretches.cut(sequences.lengths, self.encoding.most_steps)
        said = []
        for weights in self.members:
            self.network.set_weights(weights)
            said.append(self._ask(encoded, stretches))
        together = said[0] if len(said) == 1 else mix_chains(said)
        places = np.arange(len(stretches.lengths))
        marks = self.shape.marks_entities
        return read_said(together, stretches, places, sequences.lengths, marks)

    def _ask(self, encoded: Encoded, stretches: Stretches) -> np.ndarray:
        """Return what the present weights say of stretches, ``(n, steps, 2 * tags + 1)``."""
        lengths = stretches.lengths
        rounded = np.array([_round_up(int(length)) for length in lengths])
        width = 2 * self.shape.num_tags + 1
        found = np.zeros((len(lengths), int(lengths.max()), width), np.float32)
        for length in np.unique(rounded):
            places = np.flatnonzero(rounded == length)
            most = max(1, MOST_STEPS_AT_ONCE // int(length))
            usable = [size for size in SIZES if size <= most] or [1]
            size = next((size for size in usable if size >= len(places)), usable[-1])
            for begin in range(0, len(places), size):
                part = places[begin : begin + size]
                filled = np.pad(part, (0, size - len(part)), mode="edge")
                batch = self._gather(encoded, stretches, filled, int(length))
                said = np.asarray(self.network.predict_on_batch(batch))[: len(part)]
                kept = min(int(length), found.shape[1])
                found[part, :kept] = said[:, :kept]
        return found

    def _gather(
        self, encoded: Encoded, stretches: Stretches, places: np.ndarray, length: int
    ) -> list[np.ndarray]:
        """Return the network's inputs for some stretches, padded to a length."""
        lengths = stretches.lengths[places]
        steps = np.arange(length)[None, :]
        at = stretches.starts[places][:, None] + np.minimum(steps, lengths[:, None] - 1)
        inside = steps < lengths[:, None]
        found = {"lengths": lengths.astype(np.int32)}
        if encoded.forms is None:
            values = encoded.flat[at]
            found["steps"] = np.where(inside[..., None], values, np.float32(0.0))
        else:
            forms = np.where(inside, encoded.flat[at], 0)
            own = encoded.forms
            found |= {
                "words": own.words[forms],
                "writings": own.writings[forms],
                "letters": own.letters[forms],
            }
        return [found[given.name] for given in self.network.inputs]


def _round_up(length: int) -> int:
    """Return what sequences of a length are padded to: one of few lengths."""
    return max(LEAST_LENGTH, 1 << (length - 1).bit_length())
