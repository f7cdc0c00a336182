"""Where what was written copies what was learnt from.

The longest stretches that both have in common, by a suffix array of the training part: U. Manber
and G. Myers, "Suffix arrays: a new method for on-line string searches", SIAM Journal on Computing
22 (1993). Ranks are doubled as they do it, from eight or so signs at once, and only among what is
not told apart yet.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

LEAST = 50
"""Characters in a row that are called a copy: about a line. Shorter ones are turns of phrase."""

_BITS = 62
_DEEPEST = 4_096
"""Signs by which suffixes are sorted; longer stretches are found by what follows."""
_CHUNK_ROWS = 4_096
_CHUNK_SIGNS = 64
_BETWEEN, _BEHIND = 0, -1
"""Stand between two training documents, and behind a written text: neither is equal to anything."""


@dataclass(frozen=True)
class Copied:
    """A stretch that stands in the training part as well.

    Attributes:
        start, stop: where it is in what was written.
        document, place: the number of a training document that has it, and where it begins there.
    """

    start: int
    stop: int
    document: int
    place: int


class CopyIndex:
    """The training part, sorted so that any stretch of it is found.

    A million characters take half a second; ten, with long repeats, 15 seconds and a gigabyte
    while it is built, of which 80 MB stay. It is built once, by whoever shows what was written,
    and never stored.
    """

    def __init__(self, streams: Sequence[np.ndarray]) -> None:
        """Sort.

        Args:
            streams: whole numbers from 0, of whatever unit, one array a document.
        """
        between = np.array([_BETWEEN], np.int32)
        parts = [part for stream in streams for part in (_as_codes(stream), between)]
        self._codes = np.concatenate([*parts, between]) if parts else between
        lengths = np.array([len(stream) + 1 for stream in streams], np.int64)
        self._starts = np.cumsum(lengths) - lengths
        self._order = _sort_suffixes(self._codes)

    @classmethod
    def from_texts(cls, texts: Sequence[str]) -> CopyIndex:
        """Sort texts by their code points."""
        return cls([read_code_points(text) for text in texts])

    def find(self, text: str, least: int = LEAST) -> list[Copied]:
        """Return what a text copies, as ``find_units`` does."""
        return self.find_units(read_code_points(text), least)

    def find_units(self, units: np.ndarray, least: int = LEAST) -> list[Copied]:
        """Return the stretches of ``least`` units or more that are copied, by their beginning.

        Each is as long as it can be, and lies within no other; two may overlap where one copy goes
        over into another. Of several places that have a stretch, one is told.
        """
        lengths, places = self.match(units)
        stops = np.arange(len(lengths)) + lengths
        # What begins one later and ends no later is the rest of the stretch before.
        earlier = np.concatenate([[0], np.maximum.accumulate(stops)[:-1]])
        found = []
        for start in np.flatnonzero((lengths >= max(least, 1)) & (stops > earlier)):
            document = int(np.searchsorted(self._starts, places[start], side="right")) - 1
            place = int(places[start] - self._starts[document])
            found.append(Copied(int(start), int(stops[start]), document, place))
        return found

    def match(self, units: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
        """Return how long a stretch from each place is copied, and a place that has it.

        Both int64 ``(units,)``; places are among all documents, one behind another.
        """
        units = _as_codes(units)
        written = np.concatenate([units, np.full(1, _BEHIND, np.int32)])
        lengths = np.zeros(len(units), np.int64)
        places = np.zeros(len(units), np.int64)
        for begin in range(0, len(units), _CHUNK_ROWS):
            rows = np.arange(begin, min(begin + _CHUNK_ROWS, len(units)))
            lengths[rows], places[rows] = self._match(written, rows)
        return lengths, places

    def _match(self, written: np.ndarray, rows: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
        """Find where each row would be sorted in; its longest stretch is beside that."""
        low = np.zeros(len(rows), np.int64)
        high = np.full(len(rows), len(self._order), np.int64)
        while (low < high).any():
            middle = (low + high) // 2
            suffixes = self._order[np.minimum(middle, len(self._order) - 1)].astype(np.int64)
            _, is_less = self._compare(suffixes, written, rows)
            is_open = low < high
            low = np.where(is_open & is_less, middle + 1, low)
            high = np.where(is_open & ~is_less, middle, high)
        lengths = np.full(len(rows), -1, np.int64)
        places = np.zeros(len(rows), np.int64)
        for beside in (low - 1, low):
            suffixes = self._order[np.clip(beside, 0, len(self._order) - 1)].astype(np.int64)
            shared, _ = self._compare(suffixes, written, rows)
            places = np.where(shared > lengths, suffixes, places)
            lengths = np.maximum(lengths, shared)
        return lengths, places

    def _compare(
        self, suffixes: np.ndarray, written: np.ndarray, rows: np.ndarray
    ) -> tuple[np.ndarray, np.ndarray]:
        """Return how many signs each pair shares, and whether the training's suffix is less."""
        shared = np.zeros(len(rows), np.int64)
        is_less = np.zeros(len(rows), bool)
        going = np.arange(len(rows))
        steps = np.arange(_CHUNK_SIGNS)
        while len(going):
            ours = suffixes[going, None] + shared[going, None] + steps
            theirs = rows[going, None] + shared[going, None] + steps
            left = self._codes[np.minimum(ours, len(self._codes) - 1)]
            right = written[np.minimum(theirs, len(written) - 1)]
            differs = left != right
            first = differs.argmax(axis=1)
            ended = differs[np.arange(len(going)), first]
            shared[going] += np.where(ended, first, _CHUNK_SIGNS)
            at = (np.arange(len(going)), first)
            is_less[going[ended]] = (left[at] < right[at])[ended]
            going = going[~ended]
        return shared, is_less


def find_copied(text: str, index: CopyIndex, least: int = LEAST) -> list[tuple[int, int, int]]:
    """Return ``(start, stop, place)`` of what a text copies from a single training text."""
    return [(each.start, each.stop, each.place) for each in index.find(text, least)]


def measure_copied(copied: Sequence[Copied], num_units: int) -> float:
    """Return the share of what was written that lies in a copied stretch, from 0 to 1."""
    covered = np.zeros(num_units, bool)
    for each in copied:
        covered[each.start : each.stop] = True
    return float(covered.mean()) if num_units else 0.0


def read_code_points(text: str) -> np.ndarray:
    """Return a text as numbers, int32 ``(characters,)``."""
    return np.frombuffer(text.encode("utf-32-le", "surrogatepass"), "<u4").astype(np.int32)


def _as_codes(units: np.ndarray) -> np.ndarray:
    """Leave 0 free."""
    return np.asarray(units).astype(np.int32) + 1


def _sort_suffixes(codes: np.ndarray) -> np.ndarray:
    """Return where the suffixes begin, the least first, int32; equal ones stand in any order."""
    size = len(codes)
    _, dense = np.unique(codes, return_inverse=True)
    num_bits = max(1, int(dense.max(initial=0)).bit_length())
    depth = min(max(1, _BITS // num_bits), size)
    keys = np.zeros(size, np.int64)
    for offset in range(depth):
        keys <<= num_bits
        keys[: size - offset] |= dense[offset:]
    order = np.argsort(keys, kind="stable")
    ranks, order, is_shared = _rank(keys[order], order, np.zeros(size, np.int64))
    while is_shared.any() and depth < _DEEPEST:
        # Only those that share their rank are told apart by what stands `depth` signs further.
        slots = np.flatnonzero(is_shared)
        own = order[slots]
        behind = np.where(own + depth < size, ranks[np.minimum(own + depth, size - 1)] + 1, 0)
        keys = ranks[own] * (size + 1) + behind
        sorting = np.argsort(keys, kind="stable")
        order[slots] = own[sorting]
        keys = keys[sorting]
        is_first = np.concatenate([[True], keys[1:] != keys[:-1]])
        leaders = np.maximum.accumulate(np.where(is_first, np.arange(len(slots)), 0))
        ranks[order[slots]] = slots[leaders]
        is_last = np.concatenate([is_first[1:], [True]])
        is_shared[slots] = ~(is_first & is_last)
        depth *= 2
    return order.astype(np.int32)


def _rank(
    keys: np.ndarray, order: np.ndarray, ranks: np.ndarray
) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Rank what is sorted: equal keys have the place of the first, and are marked as shared."""
    is_first = np.concatenate([[True], keys[1:] != keys[:-1]])
    is_last = np.concatenate([is_first[1:], [True]])
    ranks[order] = np.maximum.accumulate(np.where(is_first, np.arange(len(keys)), 0))
    return ranks, order, ~(is_first & is_last)
