"""``PairPredictor``: a trained model, reopened, that translates again and again."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import partial
from typing import Any

import numpy as np
import pandas as pd

from lstm_core.data.pairs.collection import PairCollection
from lstm_core.errors import DataError
from lstm_core.learning.encoding.units import EDGE, UNKNOWN
from lstm_core.learning.feeds.pairs import PairShape
from lstm_core.models.fitted import load_members
from lstm_core.spec import parse_spec
from lstm_core.tasks.translation.answering import read_said, tabulate_answers
from lstm_core.tasks.translation.encoding import Encoding
from lstm_core.tasks.translation.network.building import build_network
from lstm_core.tasks.translation.searching.beam import Hypothesis, Plan
from lstm_core.tasks.translation.searching.reader import Reader
from lstm_core.tasks.translation.searching.speaker import Speaker
from lstm_core.tasks.translation.task import make_plan, open_networks
from lstm_core.tasks.translation.unknown import count_unknown

NUM_ALTERNATIVES = 5
"""Translations of a text that are told of."""


LONGEST = 100_000
"""Characters of a text."""


class PairPredictor:
    """Translates texts with a trained model.

    Serves one thread.

    Args:
        model, weights: the artifacts ``model.json`` and ``weights.npz`` of a run.

    Attributes:
        encoding: how both sides are read.
        networks: one for each member.

    Raises:
        DataError: the weights are another model's.
    """

    def __init__(self, model: Mapping[str, Any], weights: bytes) -> None:
        self.spec = parse_spec(model["spec"])
        self.shape = PairShape(**model["shape"])
        self.encoding = Encoding.from_json(model["task"]["encoding"])
        build = partial(build_network, self.shape, self.spec)
        first = build()
        self.networks = open_networks(first, load_members(first, weights), build)
        self._speaker: Speaker | None = None
        self._reader: Reader | None = None

    def answer(self, collection: PairCollection) -> pd.DataFrame:
        """Return what becomes of texts; see ``answering.tabulate_answers``."""
        sources = collection.sources.tolist()
        best = [each[0] for each in self.translate(sources, make_plan(self.spec))]
        said = read_said(self.encoding, best)
        return tabulate_answers(collection.ids, sources, self.encoding, said)

    def turn(self, texts: Sequence[str]) -> pd.DataFrame:
        """Return ``said`` and ``certainty`` of each text."""
        best = [each[0] for each in self.translate(texts, make_plan(self.spec))]
        said = read_said(self.encoding, best)
        return pd.DataFrame({"said": list(said.texts), "certainty": said.certainty})

    def explain(
        self, collection: PairCollection, how: str | None, label: str | None
    ) -> dict[str, Any]:
        """Return what becomes of the first text, and what else might, JSON.

        ``source``: its units' names, the end's last; ``known``: of each, whether it was met in
        training; ``num_unknown``: how many of the whole text's units were not, of pieces those
        that are spelled by their bytes; ``is_cut``: whether the text is longer than what is read;
        ``found``: its translations, the best first, each with ``text``, ``probability``,
        ``score``, ``is_whole``, and of its units, the end's last, ``units``: names, ``logs``:
        natural logarithms of their probabilities, and ``weights``: how much each unit of the
        source counted for it, summing to 1; none where the network does not look back.

        Raises:
            DataError: a way to explain is asked for; there is none. Or the text is too long.
        """
        if how is not None:
            raise DataError(
                f'There is no way "{how[:40]}" to explain a translation.',
                "Ask for what the model says alone.",
            )
        text = str(collection.sources[0])
        (found,) = self.translate([text], make_plan(self.spec, NUM_ALTERNATIVES))
        (source,) = self.encoding.encode_sources([text])
        return {
            "source": [self._name(self.encoding.source, number) for number in source],
            "known": [int(number) != UNKNOWN for number in source],
            "num_unknown": count_unknown(self.encoding.source, text),
            "is_cut": self.encoding.is_cut(source, text),
            "found": [self._tell(source, each) for each in found[:NUM_ALTERNATIVES]],
        }

    def translate(self, texts: Sequence[str], plan: Plan) -> list[list[Hypothesis]]:
        """Return the translations of each text, the best first.

        Raises:
            DataError: a text is too long to be looked through for its beginning.
        """
        longest = max(map(len, texts), default=0)
        if longest > LONGEST:
            raise DataError(
                f"A text has {longest:,} characters.",
                f"Bring {LONGEST:,} at most; sentence by sentence is best.",
            )
        if self._speaker is None:
            self._speaker = Speaker(self.networks, self.shape, self.spec)
        sources = self.encoding.encode_sources(texts)
        return self._speaker.translate(sources, self.encoding.limit(sources), plan)

    def _tell(self, source: np.ndarray, found: Hypothesis) -> dict[str, Any]:
        if self._reader is None:
            looks_back = self.spec.task.attention != "none"
            self._reader = Reader(self.networks, looks_back=looks_back)
        read = self._reader.read(source, found.numbers)
        numbers = np.append(found.numbers, EDGE)
        return {
            "text": self.encoding.target.decode(found.numbers),
            "probability": float(np.exp(found.log)),
            "score": found.score,
            "is_whole": found.is_whole,
            "units": [self._name(self.encoding.target, number) for number in numbers],
            "logs": read.logs.astype(float).tolist(),
            "weights": None if read.weights is None else read.weights.astype(float).tolist(),
        }

    @staticmethod
    def _name(units: Any, number: int) -> str:
        return "(end)" if number == EDGE else str(units.name(int(number)))
