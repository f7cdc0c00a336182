"""What spoke for a label: stretches of an item are hidden, and the network is asked again.

Zeiler and Fergus, "Visualizing and Understanding Convolutional Networks", ECCV (2014). Every
stretch of several widths is hidden, and what that takes from the label is shared out among its
steps by least squares, as a local model that adds up: Ribeiro, Singh and Guestrin, "Why Should I
Trust You?", KDD (2016).
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

import numpy as np

Answer = Callable[[np.ndarray], np.ndarray]
"""Turns which steps are hidden, ``(variants, steps)`` bool, into probabilities, ``(variants,
labels)``. How a step is hidden is the caller's: see ``hide_tokens`` and ``hide_steps``."""

MOST_VARIANTS = 240
"""Variants of an item that the network is asked about; long items are hidden in longer pieces."""

BATCH = 64
"""Variants that are asked about at once."""

WIDTHS = (1, 2, 4)
"""Pieces that are hidden together."""

SMOOTHING = 0.01
"""How much the shares are drawn towards 0, beside a piece's own windows; decides between pieces
that were only ever hidden together."""

CLOSEST = 1e-30
"""Probabilities nearer to 0 than this count as this."""

LEAST_OF_LARGEST = 0.2
"""Pieces with a smaller share than this, beside the largest, are no part of a span."""

MOST_SPANS = 8


@dataclass(frozen=True)
class Span:
    """Neighbouring steps that speak the same way.

    Attributes:
        start, stop: the first step, and the one behind the last.
        score: what they add to the label's log-odds; below 0 they speak against it.
    """

    start: int
    stop: int
    score: float


@dataclass(frozen=True, eq=False)
class Explanation:
    """What spoke for a label.

    Attributes:
        label: which one.
        probability: of it, with nothing hidden.
        without: of it, with everything hidden.
        scores: ``(steps,)`` what each adds to the label's log-odds.
        spans: those that matter, the largest first.
        num_variants: how often the network was asked.
    """

    label: int
    probability: float
    without: float
    scores: np.ndarray
    spans: Sequence[Span]
    num_variants: int


def explain(
    answer: Answer,
    num_steps: int,
    label: int | None = None,
    *,
    most_variants: int = MOST_VARIANTS,
    batch: int = BATCH,
) -> Explanation:
    """Ask about every variant of an item and share out what hiding takes away.

    Args:
        num_steps: of the item, 1 at least.
        label: what is to be explained; the likeliest where none is given.
        most_variants: 8 at least; fewer give a coarser picture.
        batch: variants at once.
    """
    edges = _cut_pieces(num_steps, most_variants)
    windows = _list_windows(len(edges) - 1)  # (windows, pieces) bool
    lengths = np.diff(edges)
    variants = np.concatenate(
        [
            np.zeros((1, num_steps), bool),
            np.ones((1, num_steps), bool),
            np.repeat(windows, lengths, axis=1),
        ]
    )
    found = np.concatenate([answer(each) for each in _batch(variants, batch)])
    asked = int(found[0].argmax()) if label is None else label
    odds = _take_log_odds(found, asked)  # (2 + windows,)
    shares = _share_out(windows, odds[0] - odds[2:])  # (pieces,)
    return Explanation(
        asked,
        float(found[0, asked]),
        float(found[1, asked]),
        np.repeat(shares / lengths, lengths),
        find_spans(shares, edges),
        len(variants),
    )


def find_spans(shares: np.ndarray, edges: np.ndarray) -> list[Span]:
    """Return neighbouring pieces that speak the same way, the largest first.

    Args:
        shares: ``(pieces,)``.
        edges: ``(pieces + 1,)`` first steps of the pieces, and the number of steps.
    """
    largest = float(np.abs(shares).max(initial=0.0))
    if largest == 0.0:
        return []
    signs = np.where(np.abs(shares) >= LEAST_OF_LARGEST * largest, np.sign(shares), 0.0)
    bounds = np.flatnonzero(np.diff(signs)) + 1
    spans = [
        Span(int(edges[pieces[0]]), int(edges[pieces[-1] + 1]), float(shares[pieces].sum()))
        for pieces in np.split(np.arange(len(shares)), bounds)
        if signs[pieces[0]] != 0
    ]
    return sorted(spans, key=lambda span: -abs(span.score))[:MOST_SPANS]


def hide_tokens(tokens: np.ndarray, hidden: np.ndarray, instead: int) -> np.ndarray:
    """Return variants ``(variants, steps)`` of ``(steps,)`` tokens, hidden ones exchanged."""
    return np.where(hidden, instead, tokens)


def hide_steps(values: np.ndarray, hidden: np.ndarray) -> np.ndarray:
    """Return variants ``(variants, steps, channels)`` of ``(steps, channels)`` values.

    A hidden stretch becomes the straight line between what stands before and behind it, so that
    hiding makes no jump which the network might take for something; where everything is hidden,
    each channel stays at its mean.
    """
    num_steps = len(values)
    places = np.arange(num_steps)
    variants = np.repeat(values[None], len(hidden), axis=0)
    for number, gone in enumerate(hidden):
        if gone.all():
            variants[number] = values.mean(axis=0)
        elif gone.any():
            for channel in range(values.shape[1]):
                variants[number, gone, channel] = np.interp(
                    places[gone], places[~gone], values[~gone, channel]
                )
    return variants


def _cut_pieces(num_steps: int, most_variants: int) -> np.ndarray:
    """Return the first step of each piece, and the number of steps, ``(pieces + 1,)``."""
    num_pieces = max(1, min(num_steps, (most_variants - 2) // len(WIDTHS)))
    return np.linspace(0, num_steps, num_pieces + 1).round().astype(int)


def _list_windows(num_pieces: int) -> np.ndarray:
    """Return every stretch of each width, ``(windows, pieces)``, True where it is hidden."""
    rows = []
    for width in WIDTHS:
        if width > 1 and width >= num_pieces:
            break
        for start in range(num_pieces - width + 1):
            row = np.zeros(num_pieces, bool)
            row[start : start + width] = True
            rows.append(row)
    return np.asarray(rows)


def _share_out(windows: np.ndarray, taken: np.ndarray) -> np.ndarray:
    """Return shares, ``(pieces,)``, that add up to what each window takes, as nearly as can be."""
    design = windows.astype(float)
    inner = design.T @ design
    inner += SMOOTHING * np.diag(np.diag(inner))
    return np.linalg.solve(inner, design.T @ taken)


def _take_log_odds(probabilities: np.ndarray, label: int) -> np.ndarray:
    """Return a label's log-odds, ``(n,)``, from ``(n, labels)``.

    Beside 1, what the other labels get tells far more exactly how sure a network is.
    """
    exact = np.asarray(probabilities, np.float64)
    own, others = exact[:, label], np.delete(exact, label, axis=1).sum(axis=1)
    odds: np.ndarray = np.log(np.maximum(own, CLOSEST)) - np.log(np.maximum(others, CLOSEST))
    return odds


def _batch(variants: np.ndarray, size: int) -> Iterator[np.ndarray]:
    for start in range(0, len(variants), size):
        yield variants[start : start + size]
