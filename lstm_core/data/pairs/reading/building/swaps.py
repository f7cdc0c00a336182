"""Lines whose sides are exchanged: found by script, or by how letters follow each other."""

from __future__ import annotations

import zlib
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby

import numpy as np

from lstm_core.data.pairs.languages import find_main_script

_SHARE_OF_SCRIPT = 0.8
_FEWEST_LINES = 40
_MOST_BLOCKS = 40
_SMALLEST_BLOCK = 20
_MOST_CHARACTERS = 300
_NUM_PROFILE = 4_096
_SURE, _LIKELY = 0.4, 0.2
_MOST_STRETCHES = 8


@dataclass(frozen=True)
class Swaps:
    """Pairs whose sides are exchanged.

    Attributes:
        numbers: ``(n,)`` int64, their places. ``stretches``: the first and last of each run.
        is_sure: whether they can be put right without asking.
    """

    numbers: np.ndarray
    is_sure: bool

    @property
    def stretches(self) -> list[tuple[int, int]]:
        runs = groupby(enumerate(self.numbers.tolist()), key=lambda each: each[1] - each[0])
        found = [[number for _, number in run] for _, run in runs]
        return [(run[0], run[-1]) for run in found]


def find_swaps(sources: Sequence[str], targets: Sequence[str]) -> Swaps | None:
    """Return the pairs that stand the other way round than most, or than the first half.

    Two scripts tell of each line. Within one script, blocks of lines are told apart by the
    frequencies of runs of one to three characters, as languages are: Cavnar and Trenkle, "N-gram-
    based text categorization", SDAIR (1994). None where all stand alike, or nothing can be told.
    """
    if len(sources) < _FEWEST_LINES:
        return None
    return _find_by_script(sources, targets) or _find_by_profile(sources, targets)


def _find_by_script(sources: Sequence[str], targets: Sequence[str]) -> Swaps | None:
    scripts = [
        (find_main_script(source), find_main_script(target))
        for source, target in zip(sources, targets, strict=True)
    ]
    told = Counter(pair for pair in scripts if None not in pair and pair[0] != pair[1])
    if not told:
        return None
    # The most frequent two scripts, in both orders; as many of both: the first line says.
    first = told.most_common(1)[0][0]
    other = (first[1], first[0])
    if told[first] + told[other] < _SHARE_OF_SCRIPT * len(scripts) or not told[other]:
        return None
    if told[first] == told[other]:
        first, other = (
            (first, other) if scripts.index(first) < scripts.index(other) else (other, first)
        )
    numbers = np.array([n for n, pair in enumerate(scripts) if pair == other], dtype=np.int64)
    return Swaps(numbers, is_sure=True)


def _find_by_profile(sources: Sequence[str], targets: Sequence[str]) -> Swaps | None:
    count = len(sources)
    size = max(_SMALLEST_BLOCK, -(-count // _MOST_BLOCKS))
    starts = list(range(0, count, size))
    if len(starts) > 2 and count - starts[-1] < size / 2:
        starts.pop()
    blocks = np.stack(
        [
            _add_up(sources, targets, begin, end)
            for begin, end in zip(starts, [*starts[1:], count], strict=True)
        ]
    )  # (blocks, profile)
    norms = np.linalg.norm(blocks, axis=1, keepdims=True)
    if (norms == 0).any():
        return None
    blocks /= norms
    # What most blocks' differences have in common, whichever way round each of them stands.
    _, vectors = np.linalg.eigh(blocks @ blocks.T)
    axis = vectors[:, -1] @ blocks
    axis /= max(float(np.linalg.norm(axis)), 1e-12)
    leaning = blocks @ axis  # (blocks,)
    turned = leaning < 0
    if turned.all() or not turned.any() or _find_weakest(leaning) < _LIKELY:
        return None
    if turned.sum() * 2 > len(turned) or (turned.sum() * 2 == len(turned) and turned[0]):
        turned, axis = ~turned, -axis
    if (np.diff(turned.astype(int)) != 0).sum() > _MOST_STRETCHES:
        return None
    flags = np.repeat(turned, np.diff([*starts, count]))
    flags = _sharpen(flags, sources, targets, axis, size)
    if flags.sum() * 2 > count or (flags.sum() * 2 == count and flags[0]):
        flags = ~flags
    return Swaps(np.flatnonzero(flags), is_sure=_find_weakest(leaning) >= _SURE)


def _find_weakest(leaning: np.ndarray) -> float:
    """Return how little a block leans, ``(blocks,)``, but for those that a border may run through.

    Blocks beside a change of sign are left out, as long as three others remain.
    """
    changes = np.flatnonzero(np.diff(leaning < 0))
    clear = np.setdiff1d(np.arange(len(leaning)), np.concatenate([changes, changes + 1]))
    kept = leaning[clear] if len(clear) >= 3 else leaning
    return float(np.abs(kept).min())


def _sharpen(
    flags: np.ndarray,
    sources: Sequence[str],
    targets: Sequence[str],
    axis: np.ndarray,
    size: int,
) -> np.ndarray:
    """Move each border to the line that best parts lines that lean one way from those behind."""
    flags = flags.copy()
    for border in (np.flatnonzero(np.diff(flags.astype(int))) + 1).tolist():
        begin, end = max(0, border - size), min(len(flags), border + size)
        leaning = np.array(
            [float((_profile(sources[n]) - _profile(targets[n])) @ axis) for n in range(begin, end)]
        )
        before = not flags[border]
        if flags[border]:
            leaning = -leaning  # right sides lean to above 0, exchanged ones to below
        # Lines lean to below 0 before the border and to above 0 behind it.
        place = int(np.concatenate([[0.0], np.cumsum(leaning)]).argmin())
        flags[begin:end] = not before
        flags[begin : begin + place] = before
    return flags


def _add_up(sources: Sequence[str], targets: Sequence[str], begin: int, end: int) -> np.ndarray:
    total = np.zeros(_NUM_PROFILE)
    for number in range(begin, end):
        total += _profile(sources[number]) - _profile(targets[number])
    return total


def _profile(text: str) -> np.ndarray:
    """Return how often runs of one to three characters occur, ``(_NUM_PROFILE,)``, 1 together."""
    shown = f" {text[:_MOST_CHARACTERS].casefold()} "
    runs = [shown[n : n + size] for size in (1, 2, 3) for n in range(len(shown) - size + 1)]
    places = [zlib.crc32(run.encode("utf-8", "surrogatepass")) % _NUM_PROFILE for run in runs]
    counts = np.bincount(places, minlength=_NUM_PROFILE).astype(np.float64)
    return counts / max(1, len(runs))
