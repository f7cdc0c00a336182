"""What suits pairs, told from the training part: units, network, learning.

Figures come from measurements on public data; see ``benchmarks.translation``.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from lstm_core.learning.encoding.unit_kinds.face import FIRST, UnitKind
from lstm_core.learning.encoding.unit_kinds.pieces import has_library
from lstm_core.spec import ExperimentSpec
from lstm_core.spec.filling import Told

SPELLED = 30
"""Characters that texts usually have at most where they are read letter by letter."""

LONGEST_SPELLED = 80
"""The same of single words: of what a long one is made, its letters tell."""

FEWEST_PIECES, MOST_PIECES = 500, 8_000
PAIRS_A_PIECE = 5
"""Pairs of the training part for each piece that is learnt."""

MOST_CHARACTERS, MOST_WORDS = 8_000, 20_000
FEWEST_UNITS = 10
"""That a vocabulary has room for."""

USUAL_SHARE = 0.995
"""Of the pairs, that are no longer than what is read at once."""

FEWEST_STEPS, MOST_STEPS = 8, 200
MUCH_LONGER = 3
"""How much longer than usual a text may be before it is not worth the time that it costs."""

CHANGES = 8_000
"""How often weights are changed where there is much to learn from; of less, as the square root."""

MUCH_TO_LEARN = 16_000
"""Pairs, from which on the most changes are worth their time."""

FEWEST_CHANGES = 1_500
FAST = 3
"""By how much the preset for the impatient has fewer."""

FEWEST_EPOCHS, MOST_EPOCHS = 6, 60
USUAL_BATCH, SMALLEST_BATCH = 32, 16
FEWEST_BATCHES = 30
"""Of an epoch, before fewer pairs are read side by side."""

LITTLE, MUCH = 5_000, 100_000
"""Pairs to learn from: of fewer, a network learns much by heart; of more, hardly anything."""


@dataclass(frozen=True)
class Regime:
    """What is known before anything is built.

    Attributes:
        kind: of the units of what is wanted. ``num_units``: different ones.
        num_pairs: to learn from.
    """

    kind: UnitKind
    num_units: int
    num_pairs: int


def choose_units(side: str, texts: Sequence[str], asked: UnitKind | None) -> Told:
    """Choose what a side is cut into.

    Args:
        side: ``source`` or ``target``. ``texts``: of the training part.
    """
    usual = float(np.median([len(text) for text in texts]))
    is_short = (usual <= SPELLED and not _repeats_words(texts)) or _are_single(texts)
    kind: UnitKind = asked or ("characters" if is_short else "pieces" if has_library() else "words")
    if asked is not None:
        reason = "As you chose."
    elif kind == "characters":
        reason = f"Short texts, usually of {usual:.0f} characters: they are spelled."
    elif kind == "pieces":
        reason = "Sentences: frequent words are whole, rare ones are put together from pieces."
    else:
        reason = (
            "Sentences; pieces of words would suit them better, and need the library tokenizers, "
            "which is not installed here."
        )
    return {
        f"{side}_units": (kind, reason),
        f"{side}_vocabulary": _choose_vocabulary(kind, texts),
    }


def _choose_vocabulary(kind: UnitKind, texts: Sequence[str]) -> tuple[int, str]:
    if kind == "characters":
        count = len(set().union(*texts)) + FIRST
        return min(max(count, FEWEST_UNITS), MOST_CHARACTERS), "Every sign that there is."
    if kind == "words":
        return MOST_WORDS, "The most frequent words; others are unknown."
    wanted = len(texts) // PAIRS_A_PIECE // 100 * 100
    return (
        min(max(wanted, FEWEST_PIECES), MOST_PIECES),
        f"As many as there are pairs to learn them from: {len(texts):,}.",
    )


def _are_single(texts: Sequence[str]) -> bool:
    """Whether texts are usually one word, however long, in a script that writes spaces."""
    words = float(np.median([len(text.split()) for text in texts]))
    return words <= 1 and float(np.median([len(text) for text in texts])) <= LONGEST_SPELLED


def _repeats_words(texts: Sequence[str]) -> bool:
    """Whether texts are sentences: most of their words occur in other texts as well."""
    counts: dict[str, int] = {}
    lines = [text.split() for text in texts[:5_000]]
    if float(np.median([len(line) for line in lines])) < 3:
        return False
    for line in lines:
        for word in set(line):
            counts[word] = counts.get(word, 0) + 1
    total = sum(len(set(line)) for line in lines)
    return len(counts) > 1_000 and sum(n for n in counts.values() if n > 1) > total / 2


def choose_steps(lengths: np.ndarray) -> Told:
    """Choose how much is read of a text; ``lengths``: ``(pairs,)`` units of the longer side."""
    longest = int(lengths.max(initial=FEWEST_STEPS))
    usual = int(np.quantile(lengths, USUAL_SHARE, method="higher")) if len(lengths) else 0
    if longest <= min(MUCH_LONGER * usual, MOST_STEPS):
        return {"most_steps": (longest, "As many as the longest has.")}
    most = min(max(usual, FEWEST_STEPS), MOST_STEPS)
    return {"most_steps": (most, "Nearly all pairs keep within.")}


def choose_around(regime: Regime) -> Told:
    """Choose what stands around the encoder: settings of ``task``."""
    spells = regime.kind == "characters"
    hidden = 0.2 if spells else 0.3 if regime.num_pairs < MUCH else 0.1
    how_much = f"For {regime.num_pairs:,} pairs to learn from."
    return {
        "embedding": (
            64 if spells else 256,
            f"For {regime.num_units:,} different units of what is wanted.",
        ),
        "attention": ("dot", "While it says a unit, it looks back at those that matter for it."),
        "decoder_layers": (1, "Measured to be enough: a second one learns slower."),
        "decoder_units": (128 if spells else 256, how_much),
        "tied": (True, "A unit is said by the numbers that it is read by."),
        "input_dropout": (hidden, how_much),
        "head_dropout": (hidden, how_much),
        "smoothing": (
            0.0 if spells else 0.1,
            "One answer is right, and it may be sure of it."
            if spells
            else "A sentence can be said in several ways: nothing is learnt to be certain.",
        ),
    }


def choose_model(regime: Regime) -> Told:
    """Choose settings of ``model``: of what reads what is given."""
    spells = regime.kind == "characters"
    return {
        "architecture": (
            "bidirectional",
            "What a unit means is told by those before it and behind it.",
        ),
        "layers": (1 if spells else 2, "Texts are short." if spells else "Words, then sentences."),
        "units": (
            64 if spells else 128,
            f"In each direction, for {regime.num_pairs:,} pairs to learn from.",
        ),
    }


def choose_learning(spec: ExperimentSpec, regime: Regime) -> Told:
    """Choose settings of ``training``."""
    count = regime.num_pairs
    fitting = int(2 ** np.floor(np.log2(max(1, count / FEWEST_BATCHES))))
    usual = int(np.clip(fitting, SMALLEST_BATCH, USUAL_BATCH))
    batch = spec.training.batch_size or usual
    whole = max(1, -(-count // batch))
    changes = CHANGES * min(1.0, math.sqrt(count / MUCH_TO_LEARN))
    changes = max(FEWEST_CHANGES, changes)
    changes = round(changes / FAST if spec.training.preset == "fast" else changes)
    an_epoch = min(whole, max(1, changes // FEWEST_EPOCHS))
    epochs = int(np.clip(round(changes / an_epoch), FEWEST_EPOCHS, MOST_EPOCHS))
    share = round(whole / an_epoch)
    return {
        "batch_size": (usual, "Pairs that are read side by side."),
        "epochs": (epochs, f"{changes:,} changes of the weights or so."),
        "learning_rate": (2e-3, "Measured to be fast and steady on public pairs."),
        "schedule": ("cosine", "Large changes first, then ever finer ones, down to nothing."),
        "decay": (1.0, "The rate falls along a cosine."),
        "windows_per_epoch": (
            count if an_epoch == whole else an_epoch * batch,
            "All pairs once in each epoch."
            if an_epoch == whole
            else f"About one pair in {share} in each epoch, each time others.",
        ),
        "retrain": (False, "There are pairs enough to do without those that stop the training."),
    }
