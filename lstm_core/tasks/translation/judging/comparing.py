"""Two translators on the same sentences: by how much one is better, and whether that is chance."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from lstm_core.judging.comparing import compare_by_exchange
from lstm_core.tasks.translation.judging.scoring import MEASURED, Tally

NUM_SAMPLES = 1_000
_STEP = 100


@dataclass(frozen=True)
class Difference:
    """How one translator stands beside another.

    Attributes:
        gain: by how much the first is better, in units of the measure.
        interval: between what the gain lies with 95%.
        p_value: how likely such a gain is by chance; None without sentences.
    """

    gain: float
    interval: tuple[float, float]
    p_value: float | None


def compare(first: Tally, second: Tally, key: str, units: np.ndarray | None = None) -> Difference:
    """Compare by a measure of the whole corpus.

    What is exchanged at random, and drawn anew, are sentences, or units of them: approximate
    randomisation, Riezler and Maxwell, "On some pitfalls in automatic evaluation and significance
    testing for MT", ACL workshop (2005); the paired bootstrap, Koehn, "Statistical significance
    tests for machine translation evaluation", EMNLP (2004).

    Args:
        units: ``(sentences,)`` numbers from 0: copies, or sentences of a document.
    """
    own, other = (_sum_units(each.take(key), units) for each in (first, second))
    read = MEASURED[key]
    gain = (
        float((read(own.sum(axis=0)[None]) - read(other.sum(axis=0)[None]))[0]) if len(own) else 0.0
    )
    differs = np.flatnonzero((own != other).any(axis=1))
    if len(own) and not len(differs):
        return Difference(0.0, (0.0, 0.0), 0.5)
    more = (other - own)[differs]
    total, rival = own.sum(axis=0), other.sum(axis=0)

    def measure_gains(masks: np.ndarray) -> np.ndarray:
        moved = masks.astype(np.float64) @ more  # (m, counts)
        return read(total + moved) - read(rival - moved)

    p_value = compare_by_exchange(gain, len(differs), measure_gains)
    return Difference(gain, _find_interval(own, other, key), p_value)


def find_interval(tally: Tally, key: str, units: np.ndarray | None = None) -> tuple[float, float]:
    """Return between what a measure lies with 95%; units of sentences drawn anew, bootstrap."""
    own = _sum_units(tally.take(key), units)
    return _find_interval(own, None, key)


def _find_interval(own: np.ndarray, other: np.ndarray | None, key: str) -> tuple[float, float]:
    count = len(own)
    if not count:
        return 0.0, 0.0
    generator = np.random.default_rng(0)
    read, found = MEASURED[key], []
    for _ in range(NUM_SAMPLES // _STEP):
        drawn = generator.multinomial(count, np.full(count, 1.0 / count), size=_STEP)
        values = read(drawn @ own)
        found.append(values if other is None else values - read(drawn @ other))
    low, high = np.quantile(np.concatenate(found), [0.025, 0.975])
    return float(low), float(high)


def _sum_units(rows: np.ndarray, units: np.ndarray | None) -> np.ndarray:
    if units is None:
        return rows
    total = np.zeros((int(units.max(initial=-1)) + 1, rows.shape[1]))
    np.add.at(total, units, rows)
    return total
