"""Which rows are one sequence, and long ones cut into pieces that can be learnt from."""

from __future__ import annotations

import itertools
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd

from lstm_core.data.items.reading.columns.stretches import (
    Stretches,
    cut_stretches,
    gather_items,
    gather_rows,
)
from lstm_core.data.tagged.reading.source import TaggedSource
from lstm_core.data.wording import count_words

FEW_SEQUENCES = 20
_WANTED_PIECES = 40
_SHORTEST_PIECE, _LONGEST_PIECE = 64, 256
MOST_WORDS = 60
_SENTENCE_ENDS = frozenset({".", "!", "?", "。", "！", "？", "؟", "।", "…"})


@dataclass(frozen=True)
class Cut:
    """Rows of the table, sequence by sequence.

    Attributes:
        stretches: the rows' order, and how many each sequence has.
        ids: a name for each.
        origins: the sequence that a piece was cut from, by number; None where none was cut.
        are_pieces: whether their order is that of time.
        notes: how they were cut.
    """

    stretches: Stretches
    ids: list[str]
    origins: np.ndarray | None = None
    are_pieces: bool = False
    notes: tuple[str, ...] = ()


def cut_sequences(source: TaggedSource, item: str | None, others: Sequence[str], stem: str) -> Cut:
    """Return which rows are one sequence.

    Args:
        item: the column that names them; None: the file's own beginnings count, if it has any.
        others: columns that are the same within a sequence: its group, its part.
        stem: of the file's name, for a sequence that is alone.
    """
    frame = source.frame
    notes: list[str] = []
    if item is not None:
        keys = [item]
        stretches = gather_items(frame, item)
        gather = cut_stretches if _are_blocks(stretches) else gather_rows
        for name in others:
            if name != item and stretches.varies(frame[name]).any():
                keys.append(name)
                stretches = gather(frame, keys)
        names = frame[item].iloc[stretches.firsts].tolist()
        return Cut(stretches, [cell or str(n + 1) for n, cell in enumerate(names)])
    begins = np.zeros(len(frame), dtype=bool)
    if source.begins is not None:
        begins |= source.begins
    begins[0] = True
    for name in others:
        codes = pd.factorize(frame[name])[0]
        begins[1:] |= codes[1:] != codes[:-1]
    starts = np.flatnonzero(begins)
    lengths = np.diff(np.concatenate([starts, [len(frame)]])).astype(np.int64)
    ids = [str(number + 1) for number in range(len(starts))] if len(starts) > 1 else [stem]
    return Cut(Stretches(np.arange(len(frame)), lengths), ids, notes=tuple(notes))


def cut_at_marks(cut: Cut, words: Sequence[str]) -> Cut:
    """Cut words without any blank line between them behind the marks that end a sentence.

    Args:
        words: ``(rows,)``, in the order of the table.
    """
    lengths: list[int] = []
    for start, stop in _list_bounds(cut.stretches.lengths):
        size = 0
        for place in range(start, stop):
            size += 1
            word = words[cut.stretches.order[place]]
            if word in _SENTENCE_ENDS or size == MOST_WORDS:
                lengths.append(size)
                size = 0
        if size:
            lengths.append(size)
    stretches = Stretches(cut.stretches.order, np.array(lengths, dtype=np.int64))
    ids = [str(number + 1) for number in range(len(lengths))]
    note = (
        f"Nothing says where a sentence begins, so the words were cut behind full stops, and after "
        f"{MOST_WORDS} words at most: {count_words(len(lengths), 'sentence')}."
    )
    return Cut(stretches, ids, are_pieces=True, notes=(*cut.notes, note))


def choose_piece(lengths: np.ndarray) -> int:
    """Return how many rows a piece should have; 0 where the sequences can stay whole."""
    total = int(lengths.sum())
    if len(lengths) >= FEW_SEQUENCES or int(lengths.max()) <= _SHORTEST_PIECE:
        return 0
    size = int(np.clip(total // _WANTED_PIECES, _SHORTEST_PIECE, _LONGEST_PIECE))
    return size if int(lengths.max()) > size else 0


def cut_pieces(cut: Cut, size: int) -> Cut:
    """Cut every sequence that is longer into pieces of nearly equal length, in their order."""
    lengths: list[int] = []
    ids: list[str] = []
    origins: list[int] = []
    for number, length in enumerate(cut.stretches.lengths.tolist()):
        num_pieces = -(-length // size)
        bounds = [length * piece // num_pieces for piece in range(num_pieces + 1)]
        for first, stop in itertools.pairwise(bounds):
            lengths.append(stop - first)
            origins.append(number)
            told = f", rows {first + 1:,} to {stop:,}" if num_pieces > 1 else ""
            ids.append(f"{cut.ids[number]}{told}")
    note = (
        f"Long sequences were cut into pieces of at most {size:,} rows, in their order: "
        f"{count_words(len(lengths), 'piece')}."
    )
    stretches = Stretches(cut.stretches.order, np.array(lengths, dtype=np.int64))
    return Cut(stretches, ids, np.array(origins), are_pieces=True, notes=(*cut.notes, note))


def _are_blocks(stretches: Stretches) -> bool:
    return bool((np.diff(stretches.order) == 1).all())


def _list_bounds(lengths: np.ndarray) -> list[tuple[int, int]]:
    ends = np.cumsum(lengths)
    return list(zip((ends - lengths).tolist(), ends.tolist(), strict=True))
