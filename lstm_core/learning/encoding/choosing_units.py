"""Which units suit a text, when nobody has chosen them, and why."""

from __future__ import annotations

from dataclasses import dataclass

from lstm_core.learning.encoding.unit_kinds.face import FIRST, UnitKind
from lstm_core.learning.encoding.unit_kinds.pieces import has_library

MUCH = 2_000_000
"""Characters; of more, a network of characters sees too little of the text in the same time."""

MANY_SIGNS = 512
"""Different ones; with more, as in Chinese, a sign that occurs once is not worth a unit."""

MOST_CHARACTERS = 8_000
MOST_WORDS = 20_000
FEWEST_PIECES, MOST_PIECES = 1_000, 8_000
_CHARACTERS_A_PIECE = 1_000
"""Of the training part for each piece that is learnt; a rare piece is not worth its vector."""


@dataclass(frozen=True)
class UnitsChoice:
    """A choice with its reason, a sentence.

    Attributes:
        most, rarest: as ``fit_units`` takes them.
    """

    kind: UnitKind
    most: int
    rarest: int
    reason: str


def choose_units(
    num_characters: int,
    num_signs: int,
    *,
    asked: UnitKind | None = None,
    can_cut_pieces: bool | None = None,
) -> UnitsChoice:
    """Choose units by the size of the text and of its alphabet.

    Args:
        num_characters: of all texts. ``num_signs``: different ones.
        asked: the kind that a person has chosen.
        can_cut_pieces: whether the library for byte-pairs is there; None: looked up.
    """
    can_cut = has_library() if can_cut_pieces is None else can_cut_pieces
    kind: UnitKind = asked or ("pieces" if num_characters > MUCH and can_cut else "characters")
    rarest = 1 if kind == "characters" and num_signs <= MANY_SIGNS else 2
    if asked is not None:
        reason = {
            "characters": "As you chose: the network spells.",
            "words": "As you chose: words are whole, and rare ones are unknown to the network.",
            "pieces": "As you chose: frequent words are whole, rare ones are put together.",
        }[asked]
    elif kind == "pieces":
        reason = (
            f"The text is long ({num_characters:,} characters): in pieces of words, the network "
            "sees further back and reads it all in less time."
        )
    elif num_characters > MUCH:
        reason = (
            f"The text is long ({num_characters:,} characters), and pieces of words would suit it; "
            'they need the library "tokenizers", which is not installed here.'
        )
    else:
        reason = (
            f"The text is short enough ({num_characters:,} characters) to learn it letter by "
            "letter: nothing is unknown, and the network learns to spell first."
        )
    return UnitsChoice(kind, _choose_most(kind, num_characters, num_signs), rarest, reason)


def _choose_most(kind: UnitKind, num_characters: int, num_signs: int) -> int:
    if kind == "characters":
        return min(num_signs + FIRST, MOST_CHARACTERS)
    if kind == "words":
        return MOST_WORDS
    wanted = num_characters // _CHARACTERS_A_PIECE // 100 * 100
    return min(max(wanted, FEWEST_PIECES), MOST_PIECES)
