"""Words as units: words, marks and line ends, capitals kept, as in running text.

A space between two words is no unit of its own. Which marks stand close to what is before or
behind them is learnt from the training part; where a text is spaced otherwise, a unit says so, so
that it comes back exactly.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property

import numpy as np

from lstm_core.learning.encoding.unit_kinds.cutting import compile_cut, is_word
from lstm_core.learning.encoding.unit_kinds.face import (
    EDGE,
    FIRST,
    SHOWN_UNKNOWN,
    UNKNOWN,
    Located,
    UnitKind,
    name_reserved,
    name_unit,
)

JOIN = ""
"""The unit that says: no space here."""


@dataclass(frozen=True)
class WordUnits:
    """Words and marks that the training part holds often enough; see ``Units``.

    Attributes:
        words: in the order of their numbers; white space and ``JOIN`` first, then the most
            frequent.
        close_left, close_right: marks that no space stands before, and behind.
    """

    words: tuple[str, ...]
    close_left: frozenset[str]
    close_right: frozenset[str]

    @property
    def kind(self) -> UnitKind:
        return "words"

    @classmethod
    def fit(cls, texts: Iterable[str], most: int, rarest: int = 2) -> WordUnits:
        """Count the training part's words.

        Args:
            most: how many units are told apart at most, the reserved numbers counted.
            rarest: how often one has to occur.
        """
        counts: Counter[str] = Counter()
        spaced = _Spacing()
        for text in texts:
            tokens = compile_cut().findall(text)
            counts.update(tokens)
            spaced.add(tokens)
        blanks = sorted({" "} | {token for token in counts if token.isspace()})
        frequent = sorted(
            (token for token in counts if counts[token] >= rarest and not token.isspace()),
            key=lambda token: (-counts[token], token),
        )
        words = (JOIN, *blanks, *frequent)[: max(0, most - FIRST)]
        kept = set(words)
        left, right = spaced.judge()
        return cls(words, frozenset(left & kept), frozenset(right & kept))

    @property
    def size(self) -> int:
        return len(self.words) + FIRST

    def encode(self, text: str) -> np.ndarray:
        numbers = self._numbers
        found = [numbers.get(token, UNKNOWN) for token, _, _ in self._cut(text)]
        return np.array(found, np.int32)

    def locate(self, text: str) -> Located:
        cut = list(self._cut(text))
        return Located(
            np.array([self._numbers.get(token, UNKNOWN) for token, _, _ in cut], np.int32),
            np.array([start for _, start, _ in cut], np.int64),
            np.array([stop for _, _, stop in cut], np.int64),
        )

    def decode(self, numbers: np.ndarray) -> str:
        written: list[str] = []
        before = JOIN
        for number in np.asarray(numbers).tolist():
            if number == EDGE:
                before = JOIN
                continue
            token = SHOWN_UNKNOWN if number == UNKNOWN else self.words[number - FIRST]
            if self._are_apart(before, token, is_unknown=number == UNKNOWN):
                written.append(" ")
            written.append(token)
            before = "x" if number == UNKNOWN else token
        return "".join(written)

    def name(self, number: int) -> str:
        return name_reserved(number) or name_unit(self.words[number - FIRST]) or "(no space)"

    def to_json(self) -> str:
        content = {
            "kind": self.kind,
            "words": self.words,
            "close_left": sorted(self.close_left),
            "close_right": sorted(self.close_right),
        }
        return json.dumps(content)

    @cached_property
    def _numbers(self) -> dict[str, int]:
        return {word: number for number, word in enumerate(self.words, FIRST)}

    def _are_apart(self, before: str, token: str, *, is_unknown: bool = False) -> bool:
        """Whether a space stands between two units where nothing says otherwise."""
        if before == JOIN or token == JOIN or before.isspace() or token.isspace():
            return False
        return before not in self.close_right and (is_unknown or token not in self.close_left)

    def _cut(self, text: str) -> Iterator[tuple[str, int, int]]:
        """Yield units with where they begin and end; spaces that go without saying are none.

        What is unknown is spaced like a word: whoever decodes it doesn't know more.
        """
        before, is_waiting, place = JOIN, False, 0
        for match in compile_cut().finditer(text):
            token, (start, stop) = match.group(), match.span()
            if token == " " and not is_waiting and before != JOIN and not before.isspace():
                is_waiting, place = True, start
                continue
            known = token if token in self._numbers else "x"
            apart = self._are_apart(before, known, is_unknown=known == "x")
            if is_waiting and not apart:
                yield " ", place, place + 1
            elif apart and not is_waiting:
                yield JOIN, start, start
            yield token, start, stop
            before, is_waiting = known, False
        if is_waiting:
            yield " ", place, place + 1


class _Spacing:
    """How often marks stand close to their neighbours."""

    def __init__(self) -> None:
        self._left: Counter[tuple[str, bool]] = Counter()
        self._right: Counter[tuple[str, bool]] = Counter()

    def add(self, tokens: list[str]) -> None:
        marks = {token for token in set(tokens) if not token.isspace() and not is_word(token)}
        for place, token in enumerate(tokens):
            if token not in marks:
                continue
            # A line's end says nothing about spaces.
            if place and tokens[place - 1] != "\n":
                self._left[token, tokens[place - 1].isspace()] += 1
            if place + 1 < len(tokens) and tokens[place + 1] != "\n":
                self._right[token, tokens[place + 1].isspace()] += 1

    def judge(self) -> tuple[set[str], set[str]]:
        """Return the marks that mostly are close to what is before, and behind."""
        return _find_close(self._left), _find_close(self._right)


def _find_close(counts: Counter[tuple[str, bool]]) -> set[str]:
    marks = {mark for mark, _ in counts}
    return {mark for mark in marks if counts[mark, False] > counts[mark, True]}
