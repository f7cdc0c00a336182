"""Two text files whose lines belong together: one side each."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Sequence
from pathlib import PurePosixPath

import numpy as np
import pandas as pd

from lstm_core.data.items.reading.files import GivenFile
from lstm_core.data.items.reading.formats.decoding import decode_file
from lstm_core.data.items.reading.source import Hint
from lstm_core.data.pairs.reading.columns.names import CODES, find_language, rank_side
from lstm_core.data.pairs.reading.source import PairSource
from lstm_core.data.wording import count_words
from lstm_core.errors import DataError

_PLAIN = (".txt", ".text", ".tok", ".snt", "")
_LEAST_GAIN = 0.15
"""Of the misfit of lines that a drift has to explain to be told, beside all of it."""

Sides = tuple[GivenFile, GivenFile]


def find_sides(files: Sequence[GivenFile]) -> list[Sides]:
    """Return the files that belong together by their names, what is given first.

    ``train.de`` and ``train.en``; ``europarl.de-en.de`` and ``europarl.de-en.en``; ``de.txt`` and
    ``en.txt``; ``source.txt`` and ``target.txt``. Where a name says the direction, it counts.
    """
    named: dict[tuple[object, ...], list[tuple[str, GivenFile]]] = defaultdict(list)
    for file in files:
        found = _cut_side(file)
        if found is not None:
            side, rest = found
            named[rest].append((side, file))
    pairs = []
    for sides in named.values():
        if len(sides) == 2 and sides[0][0] != sides[1][0]:
            pairs.append(_order(*sides))
    return pairs


def read_sides(given: GivenFile, wanted: GivenFile) -> PairSource:
    """Return the lines of both side by side.

    Raises:
        DataError: one is no text, or they have unequal numbers of lines.
    """
    first, notes = decode_file(given.content, given.name)
    second, told = decode_file(wanted.content, wanted.name)
    sources, targets = cut_into_lines(first), cut_into_lines(second)
    check_counts(sources, targets, given.name, wanted.name)
    titles = [_title(file) for file in (given, wanted)]
    if titles[0] == titles[1]:
        titles = ["given", "wanted"]
    names = f'"{_base(given)[:60]}" and "{_base(wanted)[:60]}"'
    return PairSource(
        pd.DataFrame(dict(zip(titles, (sources, targets), strict=True)), dtype="str"),
        given.name,
        "parallel",
        {
            "given": Hint(titles[0], f'It is the file "{_base(given)[:60]}".'),
            "wanted": Hint(titles[1], f'It is the file "{_base(wanted)[:60]}".'),
        },
        notes=(*notes, *told, f"The lines of {names} belong together."),
    )


def cut_into_lines(text: str) -> list[str]:
    """Return all lines, the empty ones among them, but for what follows the last end of line."""
    lines = text.split("\n")
    if lines and not lines[-1].strip():
        lines.pop()
    return [" ".join(line.split()) for line in lines]


def check_counts(sources: Sequence[str], targets: Sequence[str], given: str, wanted: str) -> None:
    """See that both sides have as many lines.

    Raises:
        DataError: they haven't; where lengths tell, it says from where on they drift apart.
    """
    if len(sources) == len(targets):
        return
    place = find_drift([len(t) for t in sources], [len(t) for t in targets])
    drifts = "" if place is None else f" From about line {place + 1:,} on, lengths drift apart."
    raise DataError(
        f'"{given[:60]}" has {count_words(len(sources), "line")} and "{wanted[:60]}" '
        f"{len(targets):,}: which belong together can't be told.{drifts}",
        "See to it that each line of one is the translation of the same line of the other; an "
        "empty line stands for what has none.",
    )


def find_drift(sources: Sequence[int], targets: Sequence[int]) -> int | None:
    """Return the line, from 0, from which on a shift by the missing lines fits lengths better.

    Lengths of translations go together: Gale and Church, "A program for aligning sentences in
    bilingual corpora", Computational Linguistics 19 (1993). None where no line stands out.

    Args:
        sources, targets: characters of each line.
    """
    shift = len(sources) - len(targets)
    count = min(len(sources), len(targets))
    if count < 10 or not shift:
        return None
    before, after = np.log1p(np.asarray(sources, float)), np.log1p(np.asarray(targets, float))
    # The sides as they stand, and the longer one moved by what it has too many.
    straight = _misfit(before[:count], after[:count])
    long, short = (before, after) if shift > 0 else (after, before)
    moved = _misfit(long[abs(shift) :][:count], short[:count])
    total = np.concatenate([[0.0], np.cumsum(straight)]) + np.concatenate(
        [np.cumsum(moved[::-1])[::-1], [0.0]]
    )
    place = int(total.argmin())
    gain = total[-1] - total[place]
    return place if place < count and gain > _LEAST_GAIN * max(total[-1], 1e-9) else None


def _misfit(before: np.ndarray, after: np.ndarray) -> np.ndarray:
    ratio = before - after
    return np.minimum(np.abs(ratio - np.median(ratio)), 1.5)


def _cut_side(file: GivenFile) -> tuple[str, tuple[object, ...]] | None:
    """Return a name's language or side, and what is left of the name; None where it says none."""
    base = _base(file).lower()
    if file.ending in _PLAIN and file.ending:
        base = base[: -len(file.ending)]
    words = re.split(r"[._\-\s]+", base)
    for place in range(len(words) - 1, -1, -1):
        word = words[place]
        if word in CODES or find_language(word) == word or rank_side(word):
            rest = words[:place] + words[place + 1 :]
            return word, (*file.folders, *rest)
    return None


def _order(first: tuple[str, GivenFile], second: tuple[str, GivenFile]) -> Sides:
    """Put what is given first: by its name, else as "de-en" has it, else as they came."""
    (side, file), (other_side, other) = first, second
    if rank_side(side) > 0 or rank_side(other_side) < 0:
        return other, file
    words = re.split(r"[._\-\s]+", _base(file).lower())[:-1]
    if other_side in words and side in words and words.index(other_side) < words.index(side):
        return other, file
    return file, other


def _title(file: GivenFile) -> str:
    found = _cut_side(file)
    return found[0] if found else _base(file)


def _base(file: GivenFile) -> str:
    return PurePosixPath(file.name).name
