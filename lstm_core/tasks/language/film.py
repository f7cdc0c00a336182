"""What a network in training writes after each epoch: first letters, then words, then grammar."""

from __future__ import annotations

from typing import Any

import keras
import numpy as np

from lstm_core.data.documents.splitting.stretches import Stretch
from lstm_core.learning.encoding.unit_kinds.face import UnitKind
from lstm_core.tasks.language.encoding import Encoding
from lstm_core.tasks.language.framing import Framing
from lstm_core.tasks.language.sampling import Sampling
from lstm_core.tasks.language.writing import Hand, Wish

CHARACTERS = 400
"""That are written after an epoch, about."""

_SIGNS_OF_UNIT = {"characters": 1, "pieces": 3, "words": 5}
_PROMPT = 60
_SAMPLING = Sampling(temperature=0.8, top_p=0.95)
_SEED = 7


class WritingFilm:
    """Writes on from where the validation part begins, with the same luck each time.

    Attributes:
        place: none: nothing of a batch is looked at.
        frame: the text that goes before, ``{"prompt"}``.
    """

    place: int | None = None

    def __init__(self, framing: Framing, encoding: Encoding) -> None:
        prompt = _choose_prompt(framing)
        self.frame: dict[str, Any] = {"prompt": prompt}
        self._units = encoding.units
        length = count_units(self._units.kind, CHARACTERS)
        self._wish = Wish(self._units.encode(prompt), length, sampling=_SAMPLING, seed=_SEED)
        self._hand: tuple[keras.Model, Hand] | None = None

    def draw(self, network: keras.Model, noted: np.ndarray | None) -> str:
        """Return what the network's present weights write."""
        if self._hand is None or self._hand[0] is not network:
            self._hand = network, Hand([network])
        written = [each.numbers for each in self._hand[1].write(self._wish)]
        return self._units.decode(np.concatenate(written))


def count_units(kind: UnitKind, num_characters: int) -> int:
    """Return about how many units so many characters are."""
    return max(1, num_characters // _SIGNS_OF_UNIT[kind])


def _choose_prompt(framing: Framing) -> str:
    """Return the line with which the validation part begins: no weight is fitted to it."""
    first: Stretch = framing.split.validation[0]
    text = str(framing.collection.texts[first.document])[first.start : first.stop]
    line = next((line for line in text.split("\n") if line.strip()), text)
    return line[:_PROMPT]
