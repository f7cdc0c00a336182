"""``LabelPredictor``: a trained model, reopened, that says labels again and again."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import keras
import numpy as np
import pandas as pd

from lstm_core.data.items.collection import ItemCollection
from lstm_core.learning.ensemble import mix_probabilities
from lstm_core.learning.feeds.items import ItemShape
from lstm_core.models.fitted import load_members
from lstm_core.spec import parse_spec
from lstm_core.tasks.classification.answering import tabulate_answers
from lstm_core.tasks.classification.encoding.encoding import Encoding
from lstm_core.tasks.classification.explaining.explaining import explain_item
from lstm_core.tasks.classification.judging.calibration import Temperature
from lstm_core.tasks.classification.network.building import build_network
from lstm_core.tasks.classification.suiting import suit_items

LEAST_LENGTH = 8
"""Shorter items are padded to it."""

SIZES = (1, 16, 256)
"""Of batches: an engine compiles anew for each of them, and for each length."""

MOST_STEPS_AT_ONCE = 262_144
"""Steps of a batch, padding among them: what it may take in memory."""


class LabelPredictor:
    """Says labels of items with a trained model and what it reads them by.

    Batches have few sizes and lengths, so that what was compiled once serves again. Serves one
    thread.

    Args:
        model, weights: the artifacts ``model.json`` and ``weights.npz`` of a run.

    Attributes:
        names: of the labels.
        encoding: how items are read.
        members: the weights of each network.

    Raises:
        DataError: the weights are another model's.
    """

    def __init__(self, model: Mapping[str, Any], weights: bytes) -> None:
        self.spec = parse_spec(model["spec"])
        self.shape = ItemShape(**model["shape"])
        self._kept: Mapping[str, Any] = model["task"]
        self.names: Sequence[str] = self._kept["labels"]
        self.encoding = Encoding.from_json(self._kept["encoding"])
        self.temperature = Temperature(self._kept["temperature"], 0.0, 0.0)
        self.network: keras.Model = build_network(self.shape, self.spec)
        self.members = load_members(self.network, weights)

    def answer(self, collection: ItemCollection) -> pd.DataFrame:
        """Return what it says of each item; see ``answering.tabulate_answers``.

        Raises:
            DataError: the items are of another kind than those that it was trained on.
        """
        said = self.predict(self.encoding.encode(suit_items(self._kept, collection)))
        return tabulate_answers(collection.ids, self.names, said)

    def explain(
        self, collection: ItemCollection, how: str | None, label: str | None
    ) -> dict[str, Any]:
        """Return what is said of the first item; see ``explaining.explain_item``."""
        return explain_item(self, suit_items(self._kept, collection), how, label)

    def predict(self, steps: Sequence[np.ndarray]) -> np.ndarray:
        """Return probabilities of items that have been encoded, ``(n, labels)``."""
        said = []
        for weights in self.members:
            self.network.set_weights(weights)
            said.append(self._ask(steps))
        together = said[0] if len(said) == 1 else mix_probabilities(said)
        return self.temperature.apply(np.exp(together.astype(np.float64)))

    def round_length(self, length: int) -> int:
        """Return what items of a length are padded to: one of few lengths."""
        if self.shape.has_one_length:
            return self.shape.most_steps
        return int(max(LEAST_LENGTH, 1 << (length - 1).bit_length()))

    def _pad(self, steps: Sequence[np.ndarray], size: int, length: int) -> list[np.ndarray]:
        """Return the network's inputs for a batch of ``size``, filled up with its last item."""
        padded = np.zeros((size, length, *steps[0].shape[1:]), steps[0].dtype)
        lengths = np.zeros(size, np.int32)
        for place in range(size):
            item = steps[min(place, len(steps) - 1)]
            padded[place, : len(item)] = item
            lengths[place] = len(item)
        found = {"steps": padded, "lengths": lengths}
        return [found[given.name] for given in self.network.inputs]

    def _ask(self, steps: Sequence[np.ndarray]) -> np.ndarray:
        """Return what the present weights say, logarithms of probabilities, ``(n, labels)``."""
        lengths = np.array([self.round_length(len(item)) for item in steps])
        found = np.zeros((len(steps), self.shape.num_labels), np.float32)
        for length in np.unique(lengths):
            places = np.flatnonzero(lengths == length)
            most = max(1, MOST_STEPS_AT_ONCE // int(length))
            usable = [size for size in SIZES if size <= most] or [1]
            size = next((size for size in usable if size >= len(places)), usable[-1])
            for begin in range(0, len(places), size):
                part = places[begin : begin + size]
                batch = self._pad([steps[place] for place in part], size, int(length))
                said = np.asarray(self.network.predict_on_batch(batch))
                found[part] = said[: len(part)]
        return found
