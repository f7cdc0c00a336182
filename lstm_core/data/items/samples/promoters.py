"""Made-up DNA with and without the start of a gene, told by two boxes and what lies between.

A promoter of bacteria has a box like TTGACA and, 15 to 19 bases on, one like TATAAT (Harley and
Reynolds 1987). Half of the others hold both boxes as well, but in the wrong order or too far
apart: it takes more than counting them.
"""

from __future__ import annotations

import numpy as np

from lstm_core.data.items.collection import ItemCollection, as_objects

_SEED = 20_260_316
_NUM_SEQUENCES = 1_200
_LENGTHS = (60, 90)
_FIRST, _SECOND = "TTGACA", "TATAAT"
_SHARE_CHANGED = 0.1
_BASES = np.array(list("ACGT"))
_COMPOSITION = (0.3, 0.2, 0.2, 0.3)


def make_promoters() -> ItemCollection:
    """Return 1,200 sequences, half of them promoters; the same on every machine."""
    generator = np.random.default_rng(_SEED)
    sequences, labels = [], []
    for number in range(_NUM_SEQUENCES):
        is_promoter = number % 2 == 0
        sequences.append(_write(generator, is_promoter))
        labels.append("promoter" if is_promoter else "other")
    order = generator.permutation(_NUM_SEQUENCES)
    return ItemCollection(
        content="symbols",
        alphabet="dna",
        ids=as_objects([f"sequence {number + 1}" for number in range(_NUM_SEQUENCES)]),
        labels=as_objects(labels)[order],
        texts=as_objects(sequences)[order],
        source="sample",
        name="made_up_promoters",
        roles=(("label", "kind"),),
        notes=("Sequences drawn at random, with boxes put in by a program.",),
    )


def _write(generator: np.random.Generator, is_promoter: bool) -> str:
    length = int(generator.integers(*_LENGTHS))
    letters = generator.choice(_BASES, length, p=_COMPOSITION)
    if is_promoter:
        boxes, gap = (_FIRST, _SECOND), int(generator.integers(15, 20))
    elif generator.random() < 0.5:
        return "".join(letters)
    elif generator.random() < 0.5:
        boxes, gap = (_SECOND, _FIRST), int(generator.integers(15, 20))
    else:
        boxes, gap = (_FIRST, _SECOND), int(generator.integers(26, 34))
    start = int(generator.integers(0, length - 12 - gap))
    for place, box in ((start, boxes[0]), (start + 6 + gap, boxes[1])):
        letters[place : place + 6] = _blur(generator, box)
    return "".join(letters)


def _blur(generator: np.random.Generator, box: str) -> np.ndarray:
    """Change a letter here and there: no two promoters have the very same boxes."""
    letters = np.array(list(box))
    changed = generator.random(len(box)) < _SHARE_CHANGED
    letters[changed] = generator.choice(_BASES, int(changed.sum()))
    return letters
