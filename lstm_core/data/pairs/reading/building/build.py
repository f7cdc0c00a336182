"""From a table whose columns have their parts to a collection: cleaned, checked, told."""

from __future__ import annotations

import numpy as np

from lstm_core.data.documents.reading.cleaning import clean_text
from lstm_core.data.items.collection import as_objects
from lstm_core.data.items.reading.building.contents import find_column
from lstm_core.data.items.reading.columns.vocabulary import find_part, read_part
from lstm_core.data.pairs.collection import PairCollection
from lstm_core.data.pairs.reading.building.checking import check_ends, check_pairs, tell_pairs
from lstm_core.data.pairs.reading.building.swaps import Swaps, find_swaps
from lstm_core.data.pairs.reading.columns.understanding import PairUnderstanding
from lstm_core.data.pairs.reading.source import PairSource
from lstm_core.errors import DataError


def build_pairs(
    source: PairSource, understanding: PairUnderstanding, *, paired: bool = True
) -> PairCollection:
    """Return the collection.

    Args:
        understanding: every part filled in, as ``understand_pairs`` gives it.
        paired: refuse pairs that can't be learnt, mend what is exchanged, and leave out what has
            one side alone. False for new texts.

    Raises:
        DataError: what the pairs hold can't be used; the sentence says why.
    """
    spec = understanding.spec
    given, wanted = find_column(spec.given), find_column(spec.wanted)
    assert given is not None
    before = _clean(source.frame[given].tolist())
    after = [""] * len(before) if wanted is None else _clean(source.frame[wanted].tolist())
    notes = list(source.notes)
    lacks = np.array([not text for text in before], dtype=bool)
    if paired:
        assert wanted is not None
        check_ends(before, after, given, wanted)
        lacks |= np.array([not text for text in after], dtype=bool)
    if lacks.any():
        sides = "a side" if paired else "what is given"
        notes.append(f"Pairs without {sides} left out: {int(lacks.sum()):,}.")
    kept = np.flatnonzero(~lacks)
    if not len(kept):
        raise DataError(
            "No pair is left: a side of each is empty.", "Choose the columns that hold both sides."
        )
    if paired:
        assert wanted is not None
        swaps = find_swaps([before[n] for n in kept], [after[n] for n in kept])
        if swaps is not None:
            if swaps.is_sure:
                for number in kept[swaps.numbers]:
                    before[number], after[number] = after[number], before[number]
            sides = f'"{given[:40]}" and "{wanted[:40]}"'
            notes.append(_say_swaps(swaps, kept + source.first_line, sides, source.num_files))
        own = [before[n] for n in kept], [after[n] for n in kept]
        check_pairs(*own, wanted)
        notes += tell_pairs(*own)
    collection = PairCollection(
        ids=as_objects([str(number + 1) for number in range(len(before))])[kept],
        sources=as_objects(before)[kept],
        targets=as_objects([text or None for text in after])[kept],
        groups=_read_groups(source, find_column(spec.group), kept),
        parts=_read_parts(source, find_column(spec.split), kept),
        source=spec.source,
        name=spec.name,
        roles=tuple(spec.columns.items()),
        understood=spec,
        notes=tuple(notes),
    )
    return collection


def _clean(cells: list[str]) -> list[str]:
    """Put single spaces for spaces, tabs and ends of lines; take out what nobody can see.

    Letters are composed, as in what is typed to a trained model: no word is two.
    """
    return [" ".join(clean_text(cell).replace("\ufeff", "").split()) for cell in cells]


def _say_swaps(swaps: Swaps, lines: np.ndarray, sides: str, num_files: int) -> str:
    """Say where sides are exchanged; lines count as in the file, or through all files."""
    count = len(swaps.numbers)
    if len(swaps.stretches) <= 5:
        where = ", ".join(
            f"line {lines[first]:,}"
            if first == last
            else f"lines {lines[first]:,} to {lines[last]:,}"
            for first, last in swaps.stretches
        )
    else:
        where = f"{count:,} lines, such as line {lines[swaps.numbers[0]]:,}"
    if num_files > 1:
        where += ", counted through all files without their headers"
    if swaps.is_sure:
        return f"In {where}, {sides} were exchanged; it was put right."
    return (
        f"In {where}, {sides} seem to be exchanged. Look at them, and exchange the cells in the "
        "file if they are."
    )


def _read_groups(source: PairSource, name: str | None, kept: np.ndarray) -> np.ndarray | None:
    if name is None:
        return None
    groups = [cell or None for cell in source.frame[name].tolist()]
    return as_objects(groups)[kept] if any(groups) else None


def _read_parts(source: PairSource, name: str | None, kept: np.ndarray) -> np.ndarray | None:
    if name is None:
        return None
    parts = [read_part(cell) or find_part(cell) for cell in source.frame[name].tolist()]
    return as_objects(parts)[kept] if any(parts) else None
