"""Where a text that is being written ends: at words that somebody named."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from lstm_core.errors import SpecError

_MOST = 20
_LONGEST = 200


@dataclass(frozen=True)
class StopWords:
    """Texts that end what is written; they are not part of it.

    Raises:
        SpecError: too many, too long, or an empty one.
    """

    words: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        if "" in self.words:
            raise SpecError(
                "A stop word is empty: it would end every text at once.", "Leave it out."
            )
        if len(self.words) > _MOST or any(len(word) > _LONGEST for word in self.words):
            raise SpecError(
                "There are too many stop words, or too long ones.",
                f"Name {_MOST} at most, of {_LONGEST} characters at most.",
            )

    def find(self, text: str, begin: int = 0) -> int | None:
        """Return where a text has to end: before the first stop word; None where none occurs.

        Args:
            begin: where what was written begins; a prompt may hold a stop word.
        """
        found = [place for word in self.words if (place := text.find(word, begin)) >= 0]
        return min(found) if found else None

    def count_safe(self, text: str, begin: int = 0) -> int:
        """Return how much of a growing text may be shown.

        Its end is held back where a stop word may have begun there, and where it is the sign for
        half a letter: a piece may end within one.
        """
        end = self.find(text, begin)
        if end is not None:
            return end
        held = max((_count_begun(text[begin:], word) for word in self.words), default=0)
        half = len(text) - len(text.rstrip("\ufffd")) if begin < len(text) else 0
        return len(text) - max(held, min(half, len(text) - begin))


def split_stop_words(typed: str) -> StopWords:
    r"""Read stop words as people type them: one a line, ``\n`` for the end of a line.

    Raises:
        SpecError: as ``StopWords``.
    """
    lines: Sequence[str] = [line.strip("\r") for line in typed.split("\n")]
    words = [line.replace("\\n", "\n").replace("\\t", "\t") for line in lines if line]
    return StopWords(tuple(dict.fromkeys(words)))


def _count_begun(text: str, word: str) -> int:
    """Return how many characters at a text's end are the beginning of a word."""
    for length in range(min(len(word) - 1, len(text)), 0, -1):
        if text.endswith(word[:length]):
            return length
    return 0
