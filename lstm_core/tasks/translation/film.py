"""What a network in training makes of a few held-out texts after each epoch."""

from __future__ import annotations

from typing import Any

import keras
import numpy as np

from lstm_core.learning.feeds.pairs import PairShape
from lstm_core.spec import ExperimentSpec
from lstm_core.tasks.translation.encoding import Encoding
from lstm_core.tasks.translation.framing import Framing
from lstm_core.tasks.translation.searching.beam import Plan
from lstm_core.tasks.translation.searching.speaker import Speaker

NUM_TEXTS = 5
"""That are shown, from short to long ones."""

_LIKELIEST = Plan(beam=1, length_penalty=0.0)


class TranslationFilm:
    """Turns the same texts of the validation part after each epoch, a line each.

    Attributes:
        place: none: nothing of a batch is looked at.
        frame: the texts and what they should become, ``{"sources", "targets"}``.
    """

    place: int | None = None

    def __init__(
        self, framing: Framing, encoding: Encoding, shape: PairShape, spec: ExperimentSpec
    ) -> None:
        chosen = choose_texts(framing)
        sources = framing.pairs.sources[chosen].tolist()
        self.frame: dict[str, Any] = {
            "sources": sources,
            "targets": framing.pairs.targets[chosen].tolist(),
        }
        self._encoding, self._shape, self._spec = encoding, shape, spec
        self._sources = encoding.encode_sources(sources)
        self._speaker: tuple[keras.Model, Speaker] | None = None

    def draw(self, network: keras.Model, noted: np.ndarray | None) -> str:
        """Return what the network's present weights make of each text, a line each."""
        if self._speaker is None or self._speaker[0] is not network:
            self._speaker = network, Speaker([network], self._shape, self._spec)
        limits = self._encoding.limit(self._sources)
        found = self._speaker[1].translate(self._sources, limits, _LIKELIEST)
        said = [self._encoding.target.decode(each[0].numbers) for each in found]
        return "\n".join(" ".join(text.split()) for text in said)


def choose_texts(framing: Framing) -> np.ndarray:
    """Return a few pairs of the validation part, from short to long ones; no weight is fitted."""
    validation = framing.splits[0].validation
    lengths = np.array([len(text) for text in framing.pairs.sources[validation]])
    order = validation[np.argsort(lengths, kind="stable")]
    places = np.linspace(0, len(order) - 1, NUM_TEXTS + 2)[1:-1].round().astype(int)
    found: np.ndarray = order[np.unique(places)]
    return found
