"""``WordCut``: how running text is cut into words, so that they are like those of the training."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass
from typing import Any, Literal, cast, get_args

from lstm_core.data.tagged.graphemes import cut_graphemes, is_ideograph, is_letter

CutWay = Literal["spaces", "marks", "signs"]

_APOSTROPHES = "'\u2019"
_INSIDE = "'\u2019-./_@&+*"
"""Marks that may be part of a word."""
_INSIDE_NUMBERS = ".,:/-'\u2019"
_ENDS = frozenset(".,;:!?")
_CLITICS = frozenset({"s", "m", "d", "re", "ve", "ll"})
_NOT = "n't"
_MOST_WORDS = 200_000


@dataclass(frozen=True)
class WordCut:
    """A way to cut text; the same words and marks come out wherever it is used.

    Attributes:
        way: ``spaces``: where spaces are, alone. ``marks``: marks are words of their own.
            ``signs``: and so is each sign of Chinese or Japanese.
        inside: marks that are part of a word where they stand between two letters.
        inside_numbers: the same between two digits.
        cuts_clitics: whether ``don't`` is ``do`` and ``n't``, and ``Ann's`` ``Ann`` and ``'s``.
    """

    way: CutWay = "marks"
    inside: str = _APOSTROPHES
    inside_numbers: str = ".,:"
    cuts_clitics: bool = False

    @classmethod
    def fit(cls, words: Iterable[str]) -> WordCut:
        """Return the cut that gives words such as these; the default where they tell nothing."""
        counts: Counter[str] = Counter()
        for number, word in enumerate(words):
            if number >= _MOST_WORDS:
                break
            counts[word] += 1
        seen = _look_at(counts)
        if not counts:
            return cls()
        if seen["attached"] > seen["alone"]:
            return cls("spaces", "", "")
        signs = seen["signs"] > 0.5 * seen["words"] and seen["signs"] > 4 * seen["joined signs"]
        cuts_clitics = seen["clitics"] > seen["kept clitics"]
        inside = _keep_marks(_INSIDE, "inside ", seen, cls.inside)
        if cuts_clitics:
            inside = "".join(mark for mark in inside if mark not in _APOSTROPHES)
        inside_numbers = _keep_marks(_INSIDE_NUMBERS, "between ", seen, cls.inside_numbers)
        return cls("signs" if signs else "marks", inside, inside_numbers, cuts_clitics)

    def cut(self, text: str) -> list[str]:
        """Return the words and marks of a text, in their order; none of them empty."""
        return [text[start:stop] for start, stop in self.find(text)]

    def find(self, text: str) -> list[tuple[int, int]]:
        """Return where each word begins and where it ends in a text."""
        spans: list[tuple[int, int]] = []
        clusters = cut_graphemes(text)
        place, start, number = 0, -1, 0
        while number < len(clusters):
            cluster = clusters[number]
            if cluster[0].isspace():
                start = self._close(text, start, place, spans)
            elif self._goes_on(clusters, number, start >= 0):
                start = place if start < 0 else start
            else:
                self._close(text, start, place, spans)
                spans.append((place, place + len(cluster)))
                start = -1
            place += len(cluster)
            number += 1
        self._close(text, start, place, spans)
        return spans

    def to_dict(self) -> dict[str, Any]:
        return asdict(self)

    @classmethod
    def from_dict(cls, content: Mapping[str, Any]) -> WordCut:
        """Read what ``to_dict`` gave.

        Raises:
            ValueError: it is something else.
        """
        way = content.get("way")
        if way not in get_args(CutWay) or set(content) - set(cls.__dataclass_fields__):
            raise ValueError("this is no way to cut text into words")
        return cls(
            cast(CutWay, way),
            str(content.get("inside", cls.inside)),
            str(content.get("inside_numbers", cls.inside_numbers)),
            bool(content.get("cuts_clitics", False)),
        )

    def _goes_on(self, clusters: list[str], number: int, is_inside: bool) -> bool:
        """Whether a cluster is part of a word that is longer than itself."""
        cluster = clusters[number]
        if self.way == "spaces":
            return True
        if self.way == "signs" and is_ideograph(cluster):
            return False
        if is_letter(cluster):
            return True
        if not is_inside or number + 1 >= len(clusters):
            return False
        before, behind = clusters[number - 1], clusters[number + 1]
        if before[-1].isdigit() and behind[0].isdigit():
            return cluster in self.inside_numbers
        return cluster in self.inside_or_clitic and is_letter(before) and is_letter(behind)

    @property
    def inside_or_clitic(self) -> str:
        """Marks inside of words; apostrophes stay until what they begin is cut off."""
        return self.inside + _APOSTROPHES if self.cuts_clitics else self.inside

    def _close(self, text: str, start: int, stop: int, spans: list[tuple[int, int]]) -> int:
        """End the word that began at ``start``, if there is one; return -1: none is open."""
        if start < 0:
            return -1
        cut = self._find_clitic(text[start:stop]) if self.cuts_clitics else 0
        if cut:
            spans.append((start, start + cut))
            start += cut
        spans.append((start, stop))
        return -1

    def _find_clitic(self, word: str) -> int:
        """Return where the clitic of a word begins; 0 where it has none."""
        plain = word.replace("\u2019", "'").lower()
        if plain.endswith(_NOT) and len(plain) > len(_NOT):
            return len(word) - len(_NOT)
        before, mark, behind = plain.rpartition("'")
        return len(before) if mark and before and behind in _CLITICS else 0


def _look_at(counts: Mapping[str, int]) -> Counter[str]:
    """Count what speaks for one way or another."""
    seen: Counter[str] = Counter()
    for word, count in counts.items():
        clusters = cut_graphemes(word[:100])
        letters = [is_letter(each) for each in clusters]
        plain = word.replace("\u2019", "'").lower()
        seen["words"] += count
        if not any(letters):
            seen["alone"] += count * (word in _ENDS)
            seen[f"alone {word}"] += count
            continue
        seen["attached"] += count * (len(word) > 2 and word[-1] in _ENDS and word.count(".") < 2)
        num_signs = sum(map(is_ideograph, clusters))
        seen["signs"] += count * (num_signs == 1 == len(clusters))
        seen["joined signs"] += count * (num_signs > 1)
        before, mark, behind = plain.rpartition("'")
        is_clitic = mark == "'" and behind in _CLITICS
        seen["clitics"] += count * (plain == _NOT or (is_clitic and not before))
        ends_in_not = plain.endswith(_NOT) and plain != _NOT
        seen["kept clitics"] += count * (ends_in_not or (is_clitic and bool(before)))
        for place in range(1, len(clusters) - 1):
            if letters[place] or not (letters[place - 1] and letters[place + 1]):
                continue
            are_digits = clusters[place - 1][-1].isdigit() and clusters[place + 1][0].isdigit()
            seen[f"{'between' if are_digits else 'inside'} {clusters[place]}"] += count
    return seen


def _keep_marks(marks: str, where: str, seen: Mapping[str, int], usual: str) -> str:
    """Return the marks that words keep; of those that never occur, the usual ones."""
    kept = []
    for mark in marks:
        num_kept, num_alone = seen.get(where + mark, 0), seen.get(f"alone {mark}", 0)
        # A full stop or a comma alone ends a sentence; that says nothing of those in numbers.
        if mark in (usual if not num_kept else marks) and (mark in _ENDS or num_kept >= num_alone):
            kept.append(mark)
    return "".join(kept)
