"""Made-up series: which kinds, and all of them together."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from lstm_core.tasks.forecasting.pretrained.made_up.draws import Draws
from lstm_core.tasks.forecasting.pretrained.made_up.kinds.table import KINDS
from lstm_core.tasks.forecasting.pretrained.made_up.measuring import measure
from lstm_core.tasks.forecasting.pretrained.made_up.rhythms import Rhythm
from lstm_core.tasks.forecasting.pretrained.made_up.signals import Signal


@dataclass(frozen=True)
class MadeUpSeries:
    """Series of one rhythm.

    Attributes:
        values: ``(count, length)``, NaN where one is missing.
        non_negative: ``(count,)``, by what it counts or measures, not only by chance.
        whole: ``(count,)``, whether they are whole numbers.
        kind: ``(count,)``, which of ``KINDS`` each is of.
    """

    values: np.ndarray
    non_negative: np.ndarray
    whole: np.ndarray
    kind: np.ndarray


def find_shares(rhythm: Rhythm, shares: Mapping[str, float] | None = None) -> np.ndarray:
    """How likely each of ``KINDS`` is at a rhythm.

    Args:
        shares: by the kinds' names; kinds that it does not name keep their share.

    Raises:
        ValueError: there is no kind of a name, or none is left.
    """
    asked = dict(shares or {})
    unknown = asked.keys() - {kind.name for kind in KINDS}
    if unknown:
        known = ", ".join(kind.name for kind in KINDS)
        raise ValueError(f"There is no kind {', '.join(sorted(unknown))}. There are {known}.")
    found = np.array(
        [asked.get(kind.name, kind.share) * kind.suits(rhythm) for kind in KINDS], float
    )
    if found.min() < 0 or not found.sum() > 0:
        raise ValueError(
            f"No kind of series is left at the rhythm {rhythm.name}: shares have to be zero or"
            " more, and one that suits it above zero."
        )
    return np.asarray(found / found.sum())


def make_up(
    rng: np.random.Generator,
    rhythm: Rhythm,
    count: int,
    length: int,
    shares: Mapping[str, float] | None = None,
) -> MadeUpSeries:
    """Make series up; the same generator makes the same ones.

    Args:
        count: of the series, 1 or more.
        length: of each, 1 or more; it may differ from the rhythm's ``history``.
        shares: of the kinds, by name, where they are to differ from ``KINDS``'.

    Raises:
        ValueError: see ``find_shares``.
    """
    kinds = rng.choice(len(KINDS), count, p=find_shares(rhythm, shares))
    found = [np.flatnonzero(kinds == number) for number in range(len(KINDS))]
    signals = [
        kind.make(Draws(rng, len(rows)), rhythm, length)
        for kind, rows in zip(KINDS, found, strict=True)
        if len(rows)
    ]
    signal = Signal.joined(signals, np.concatenate(found))
    values, whole = measure(Draws(rng, count), signal)
    return MadeUpSeries(values, signal.non_negative[:, 0], whole[:, 0], kinds)
