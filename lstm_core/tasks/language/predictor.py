"""``TextPredictor``: a trained model, reopened, that reads and writes again and again."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

import numpy as np
import pandas as pd

from lstm_core.data.documents.collection import DocumentCollection
from lstm_core.data.documents.reading.cleaning import clean_text
from lstm_core.errors import DataError
from lstm_core.learning.encoding.units import EDGE, UNKNOWN
from lstm_core.learning.ensemble import mix_probabilities
from lstm_core.learning.feeds.texts import TextShape
from lstm_core.models.fitted import load_members
from lstm_core.spec import parse_spec
from lstm_core.tasks.language.encoding import Encoding
from lstm_core.tasks.language.judging.tables import tabulate_documents
from lstm_core.tasks.language.network.building import build_network
from lstm_core.tasks.language.passages import Passage
from lstm_core.tasks.language.scoring import Scorer
from lstm_core.tasks.language.stopping import StopWords
from lstm_core.tasks.language.writing import Hand, Wish, read_sampling

MOST_TOLD = 6_000
"""Units of a text that are told of one by one."""

LONGEST_PROMPT = 100_000
"""Characters."""


class TextPredictor:
    """Reads other texts with a trained model, and writes.

    Serves one thread.

    Args:
        model, weights: the artifacts ``model.json`` and ``weights.npz`` of a run.

    Attributes:
        encoding: how text is read.
        networks: one for each member.

    Raises:
        DataError: the weights are another model's.
    """

    def __init__(self, model: Mapping[str, Any], weights: bytes) -> None:
        self.spec = parse_spec(model["spec"])
        self.shape = TextShape(**model["shape"])
        self.encoding = Encoding.from_json(model["task"]["encoding"])
        first = build_network(self.shape, self.spec)
        members = load_members(first, weights)
        self.networks = [first, *(build_network(self.shape, self.spec) for _ in members[1:])]
        for network, own in zip(self.networks, members, strict=True):
            network.set_weights(own)
        self._hand: Hand | None = None
        self._scorers: list[Scorer] = []

    @property
    def hand(self) -> Hand:
        if self._hand is None:
            self._hand = Hand(self.networks)
        return self._hand

    def answer(self, collection: DocumentCollection) -> pd.DataFrame:
        """Return how surprising texts are; see ``judging.tables.tabulate_documents``."""
        passages, characters, documents = [], [], []
        for number, text in enumerate(collection.texts):
            located = self.encoding.locate(text)
            units = np.concatenate([[EDGE], located.numbers, [EDGE]]).astype(np.int32)
            passages.append(Passage(units, 1))
            characters.append(np.append(located.stops - located.starts, 0))
            documents.append(np.full(len(located.numbers) + 1, number))
        return tabulate_documents(
            collection.ids,
            np.concatenate(documents),
            np.concatenate(characters),
            self.score(passages),
        )

    def score(self, passages: Sequence[Passage]) -> np.ndarray:
        """Return the logarithms of the probabilities of units, ``(units,)``, passage by passage."""
        if not self._scorers:
            self._scorers = [Scorer(network) for network in self.networks]
        said = [scorer.score(passages) for scorer in self._scorers]
        return said[0] if len(said) == 1 else mix_probabilities(said)

    def explain(
        self, collection: DocumentCollection, how: str | None, label: str | None
    ) -> dict[str, Any]:
        """Return how surprising each unit of the first text is, JSON.

        ``text``: of ``units`` units at most; ``starts``, ``stops``: where each lies in it;
        ``names``: as it is shown; ``logs``: logarithms of their probabilities; ``known``; and
        ``alternatives``: of each the likeliest units with their probabilities. ``is_cut``: whether
        the text was longer.

        Raises:
            DataError: a way to explain is asked for; there is none.
        """
        if how is not None:
            raise DataError(
                f'There is no way "{how[:40]}" to explain a surprise.',
                "Ask for what the model says alone.",
            )
        units = self.encoding.units
        text = str(collection.texts[0])
        located = self.encoding.locate(text)
        numbers = located.numbers[:MOST_TOLD].astype(np.int32)
        told = list(self.hand.tell(numbers))
        is_cut = len(numbers) < len(located.numbers)
        return {
            "text": text[: located.stops[MOST_TOLD - 1]] if is_cut else text,
            "is_cut": is_cut,
            "starts": located.starts[:MOST_TOLD].tolist(),
            "stops": located.stops[:MOST_TOLD].tolist(),
            "names": [units.name(int(number)) for number in numbers],
            "known": [int(number) != UNKNOWN for number in numbers],
            "logs": [log for log, _ in told],
            "alternatives": [self._name(likely) for _, likely in told],
        }

    def go_on(self, asked: Mapping[str, Any]) -> Iterator[dict[str, Any]]:
        """Write, and yield what is there piece by piece, JSON.

        Args:
            asked: ``prompt``, ``length`` in units, ``drafts``, ``temperature``, ``top_k``,
                ``top_p``, ``seed``, ``stop``: words that end a draft. What is missing is usual.

        Yields:
            ``drafts``: for each, of the units that have come since: ``text`` that may be shown by
            now, ``names``, ``logs`` and ``alternatives``; ``is_over``; of the first piece
            ``unknown``: how many units of the prompt are.

        Raises:
            SpecError: what is asked for makes no sense.
            DataError: the prompt is too long.
        """
        prompt = clean_text(str(asked.get("prompt", "")))
        if len(prompt) > LONGEST_PROMPT:
            raise DataError(
                f"The beginning has {len(prompt):,} characters.",
                f"Give {LONGEST_PROMPT:,} at most: nothing older is remembered.",
            )
        units = self.encoding.units
        given = units.encode(prompt)
        drafts = int(asked.get("drafts", 1))
        wish = Wish(
            given,
            int(asked.get("length", 400)),
            drafts,
            read_sampling(asked),
            int(asked.get("seed", 0)),
        )
        stop = StopWords(tuple(asked.get("stop", ())))
        pens = [_Pen(self.encoding, stop) for _ in range(drafts)]
        unknown = int((given == UNKNOWN).sum())
        for written in self.hand.write(wish):
            found: list[dict[str, Any]] = []
            for draft, pen in enumerate(pens):
                number = int(written.numbers[draft])
                if pen.is_over:
                    found.append({"text": "", "names": [], "logs": [], "alternatives": []})
                    continue
                found.append(
                    {
                        "text": pen.put(number),
                        "names": [units.name(number)],
                        "logs": [float(written.logs[draft])],
                        "alternatives": [self._name(written.alternatives[draft])],
                    }
                )
            yield {"drafts": found, "unknown": unknown}
            if all(pen.is_over for pen in pens):
                break
        yield {"drafts": [{"text": pen.close()} for pen in pens], "unknown": unknown}

    def _name(self, likely: Sequence[tuple[int, float]]) -> list[list[Any]]:
        units = self.encoding.units
        return [[units.name(number), probability] for number, probability in likely]


class _Pen:
    """One draft: what of it may be shown, as units come.

    A stop word may have begun at its end, and a piece may end within a letter: so much is held
    back.
    """

    def __init__(self, encoding: Encoding, stop: StopWords) -> None:
        self._units = encoding.units
        self._stop = stop
        self._numbers: list[int] = []
        self._num_shown = 0
        self.is_over = False

    def put(self, number: int) -> str:
        """Take a unit, and return what may be shown since the last one."""
        if number == EDGE:
            self.is_over = True
            return ""
        self._numbers.append(number)
        text = self._read()
        end = self._stop.find(text)
        if end is not None:
            self.is_over = True
            return self._show(text, end)
        return self._show(text, self._stop.count_safe(text))

    def close(self) -> str:
        """Return what was held back to the end."""
        text = self._read()
        end = self._stop.find(text)
        return self._show(text, len(text) if end is None else end)

    def _read(self) -> str:
        return self._units.decode(np.array(self._numbers, np.int32))

    def _show(self, text: str, end: int) -> str:
        shown = text[self._num_shown : end]
        self._num_shown = max(self._num_shown, end)
        return shown
