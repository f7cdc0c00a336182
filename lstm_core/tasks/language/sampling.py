"""Which unit comes next: chosen by chance from what a model holds likely. No engine."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from lstm_core.errors import SpecError

COLDEST = 0.01
"""Temperatures below choose the likeliest unit."""
HOTTEST = 5.0


@dataclass(frozen=True)
class Sampling:
    """How bold a model writes.

    Attributes:
        temperature: 1: as the model has learnt; less: the likely becomes likelier; 0: always the
            likeliest.
        top_k: only so many of the likeliest units may be chosen; None: any number.
        top_p: only the likeliest units that together have this share may be chosen, one of them
            at least; 1: all. A. Holtzman and others, "The curious case of neural text
            degeneration", ICLR (2020).
        forbidden: numbers of units that are never chosen.

    Raises:
        SpecError: a setting that makes no sense.
    """

    temperature: float = 1.0
    top_k: int | None = None
    top_p: float = 1.0
    forbidden: tuple[int, ...] = ()

    def __post_init__(self) -> None:
        if not 0 <= self.temperature <= HOTTEST:
            raise SpecError(
                f"A temperature of {self.temperature:g} can't be written with.",
                f"Choose one from 0, always the likeliest, to {HOTTEST:g}, nearly any.",
            )
        if self.top_k is not None and self.top_k < 1:
            raise SpecError(
                "None of the likeliest units may be chosen.", "Let top-k be 1 at least, or none."
            )
        if not 0 < self.top_p <= 1:
            raise SpecError(
                f"A share of {self.top_p:g} for top-p can't be chosen from.",
                "Choose one above 0, and 1 at most.",
            )


def narrow(log_probabilities: np.ndarray, sampling: Sampling) -> np.ndarray:
    """Return the probabilities that are chosen by, float64 ``(..., units)``, each row summing to 1.

    Forbidden units go first, then temperature, then top-k, then top-p of what is left. Equally
    likely units at the border of top-k go by their number.

    Args:
        log_probabilities: ``(..., units)`` natural logarithms; a constant may be missing.

    Raises:
        SpecError: all units are forbidden.
    """
    logits = np.array(log_probabilities, np.float64)
    if np.isnan(logits).any():
        raise ValueError("a model that says NaN can't be written with")
    num_units = logits.shape[-1]
    forbidden = [unit for unit in sampling.forbidden if 0 <= unit < num_units]
    logits[..., forbidden] = -np.inf
    peaks = logits.max(axis=-1, keepdims=True)
    if not np.isfinite(peaks).all():
        raise SpecError("No unit is left that may be written.", "Forbid fewer of them.")
    if sampling.temperature < COLDEST:
        chosen = np.zeros_like(logits)
        np.put_along_axis(chosen, logits.argmax(axis=-1)[..., None], 1.0, axis=-1)
        return chosen
    weights = np.exp((logits - peaks) / sampling.temperature)
    if sampling.top_k is None and sampling.top_p == 1:
        narrowed: np.ndarray = weights / weights.sum(axis=-1, keepdims=True)
        return narrowed
    order = np.argsort(-weights, axis=-1, kind="stable")
    ranked = np.take_along_axis(weights, order, axis=-1)
    if sampling.top_k is not None:
        ranked[..., sampling.top_k :] = 0.0
    ranked /= ranked.sum(axis=-1, keepdims=True)
    if sampling.top_p < 1:
        before = np.cumsum(ranked, axis=-1) - ranked
        is_kept = before < sampling.top_p
        is_kept[..., 0] = True
        ranked = np.where(is_kept, ranked, 0.0)
        ranked /= ranked.sum(axis=-1, keepdims=True)
    narrowed = np.empty_like(ranked)
    np.put_along_axis(narrowed, order, ranked, axis=-1)
    return narrowed


def choose_next(
    log_probabilities: np.ndarray, sampling: Sampling, generators: Sequence[np.random.Generator]
) -> np.ndarray:
    """Choose a unit for each of several drafts, int32 ``(drafts,)``.

    Args:
        log_probabilities: ``(drafts, units)``.
        generators: one a draft, so that a draft does not hang on how many others there are.
    """
    narrowed = narrow(log_probabilities, sampling)
    ends = np.cumsum(narrowed, axis=-1)
    chosen = np.empty(len(narrowed), np.int32)
    for draft, generator in enumerate(generators):
        mark = generator.random() * ends[draft, -1]
        unit = int(np.searchsorted(ends[draft], mark, side="right"))
        # Rounding may put the mark behind the last unit that can be chosen.
        chosen[draft] = min(unit, int(np.flatnonzero(narrowed[draft])[-1]))
    return chosen


def make_generators(seed: int, num_drafts: int) -> list[np.random.Generator]:
    """Return a generator for each draft; a draft's is the same however many follow."""
    return [np.random.default_rng([seed, draft]) for draft in range(num_drafts)]


def list_alternatives(log_probabilities: np.ndarray, most: int) -> list[tuple[int, float]]:
    """Return the likeliest units of one place, each with its probability, as the model has them.

    Args:
        log_probabilities: ``(units,)``, normalised.
    """
    order = np.argsort(-log_probabilities, kind="stable")[:most]
    return [(int(unit), float(np.exp(log_probabilities[unit]))) for unit in order]
