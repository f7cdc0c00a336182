"""Fits what a language model has to beat to the training part, and asks it about held-out text."""

from __future__ import annotations

import time
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from lstm_core.tasks.language.baselines.ngrams import LONGEST, Ngrams, fit_ngrams
from lstm_core.tasks.language.baselines.words import BASELINES

_LONGEST_OF_OTHERS = 6


@dataclass(frozen=True)
class Baselines:
    """Fitted baselines.

    Attributes:
        models: by name, a key of ``words.BASELINES``.
        seconds: what fitting each took.
    """

    models: Mapping[str, Ngrams]
    seconds: Mapping[str, float]

    def score(self, streams: Sequence[np.ndarray]) -> dict[str, np.ndarray]:
        """Return each one's natural log-probability of every unit, ``(n,)``."""
        return {name: model.score(streams) for name, model in self.models.items()}


def fit_baselines(
    kind: str,
    train: Sequence[np.ndarray],
    validation: Sequence[np.ndarray],
    num_units: int,
    only: Collection[str] | None = None,
) -> Baselines:
    """Fit to the training part alone; the validation part chooses the order.

    Args:
        kind: of units: how long the longest runs are.
        train, validation: int32 units, one array a document or stretch.
        num_units: different units that there may be.
        only: names of those that are wanted; all where none are given.
    """
    longest = {"unigram": 1, "ngrams": LONGEST.get(kind, _LONGEST_OF_OTHERS)}
    models, seconds = {}, {}
    for name in BASELINES:
        if only is not None and name not in only:
            continue
        begin = time.perf_counter()
        models[name] = fit_ngrams(train, validation, num_units, longest[name])
        seconds[name] = time.perf_counter() - begin
    return Baselines(models, seconds)
