"""Which letters a sequence of symbols is written in."""

from __future__ import annotations

from collections.abc import Sequence

from lstm_core.spec.items import Alphabet

DNA = frozenset("ACGTNRYSWKMBDHVX-.")
"""With the letters for bases that are not certain (IUPAC), and gaps."""
RNA = frozenset("ACGUNRYSWKMBDHVX-.")
PROTEIN = frozenset("ABCDEFGHIJKLMNOPQRSTUVWXYZ*-.")
CERTAIN = {"dna": frozenset("ACGT"), "rna": frozenset("ACGU"), "protein": PROTEIN}
LETTERS: dict[str, frozenset[str]] = {"dna": DNA, "rna": RNA, "protein": PROTEIN}

SHORTEST_SEQUENCE = 4
USUAL_PROTEIN = 15
SHORT_PEPTIDE = 5
_SHARE_OF_PURE = 0.9
_SHARE_OF_CERTAIN = 0.85


def find_alphabet(
    sequences: Sequence[str], *, shortest_protein: int = USUAL_PROTEIN
) -> Alphabet | None:
    """Say which letters nine in ten of the sequences are made of; None for words and the rest.

    Proteins look like words in capitals: they are known by being long, without a space, and
    made of many letters; ``shortest_protein`` is how long, usually.
    """
    given = [sequence.upper() for sequence in sequences if sequence]
    if not given:
        return None
    for alphabet in ("dna", "rna"):
        pure = [_is_nucleic(sequence, alphabet) for sequence in given]
        if sum(pure) >= _SHARE_OF_PURE * len(given):
            return "dna" if alphabet == "dna" else "rna"
    lengths = sorted(map(len, given))
    if lengths[len(lengths) // 2] < shortest_protein:
        return None
    as_written = [sequence for sequence in sequences if sequence]
    same_case = sum(each.isupper() or each.islower() for each in as_written)
    pure = [set(sequence) <= PROTEIN for sequence in given]
    enough = sum(pure) >= _SHARE_OF_PURE * len(given)
    return "protein" if enough and same_case >= _SHARE_OF_PURE * len(given) else None


def find_strangers(sequence: str, alphabet: str) -> set[str]:
    """Return the characters of a sequence that its alphabet doesn't have."""
    letters = LETTERS.get(alphabet)
    return set() if letters is None else set(sequence.upper()) - letters


def _is_nucleic(sequence: str, alphabet: str) -> bool:
    if len(sequence) < SHORTEST_SEQUENCE or not set(sequence) <= LETTERS[alphabet]:
        return False
    certain = sum(map(sequence.count, CERTAIN[alphabet]))
    return certain >= _SHARE_OF_CERTAIN * (len(sequence) - sequence.count("N") - 0.0001)
