"""Comes to a verdict: was the network worth training?"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from lstm_core.judging.comparing import bootstrap_interval, compare_by_exchange
from lstm_core.judging.measures import Measure
from lstm_core.judging.outcome import SIGNIFICANCE, tell_outcome
from lstm_core.tasks.language.judging.verdict import FEWEST_JUDGED, TextComparison, TextVerdict
from lstm_core.tasks.language.judging.words import ADVICE, Standing, say_verdict

BLOCK = 500
"""Units that are exchanged as a whole, or fewer at a text's end: neighbours resemble each other."""


@dataclass(frozen=True, eq=False)
class Heard:
    """What was said of the units judged, and of how much text they are.

    Attributes:
        logs: ``(units,)`` logarithms of the model's probabilities. ``rivals``: the baselines'.
        documents: ``(units,)`` the number of each one's document.
        num_characters: that they are made of.
        unknown: the share of units that the training part lacks.
    """

    logs: np.ndarray
    rivals: Mapping[str, np.ndarray]
    documents: np.ndarray
    num_characters: int
    unknown: float

    def score(self, name: str | None = None) -> dict[str, float | None]:
        """Return every measure by its key: of a baseline, or of the model."""
        logs = self.logs if name is None else self.rivals[name]
        if not len(logs) or not self.num_characters:
            return dict.fromkeys(("nats", "perplexity", "nats_a_unit", "unknown"))
        total = -float(logs.sum(dtype=np.float64))
        each = total / len(logs)
        return {
            "nats": total / self.num_characters,
            "perplexity": float(np.exp(min(each, 700.0))),
            "nats_a_unit": each,
            "unknown": self.unknown,
        }


def judge(
    decides: Measure,
    heard: Heard,
    *,
    noun: str,
    words_of: Mapping[str, str],
    num_copied: int = 0,
    num_left: int = 0,
) -> TextVerdict:
    """Compare the model with each baseline.

    Args:
        noun: what a unit is called. ``words_of``: baselines as they stand in a sentence.
        num_copied, num_left: as in ``TextVerdict``.
    """
    blocks = number_blocks(heard.documents)
    comparisons = {name: compare(heard.logs, logs, blocks) for name, logs in heard.rivals.items()}
    best = min(comparisons, key=lambda name: comparisons[name].gain)
    against = comparisons[best]
    own, other = heard.score(), heard.score(best)
    outcome = tell_outcome(
        against.gain,
        against.p_value,
        is_win=against.is_win,
        is_few=heard.num_characters < FEWEST_JUDGED,
    )
    standing = Standing(
        outcome=outcome,
        measure=decides,
        value=own[decides.key] or 0.0,
        rival_value=other[decides.key] or 0.0,
        num_characters=heard.num_characters,
        noun=noun,
        rival=words_of[best],
        gain=against.gain,
        p_value=against.p_value,
    )
    return TextVerdict(
        outcome=outcome,
        beats_baseline=outcome == "win",
        best_baseline=best,
        skill=against.skill,
        comparisons=comparisons,
        sentence=say_verdict(standing),
        advice=ADVICE[outcome],
        measure=decides.key,
        value=standing.value,
        baseline_value=standing.rival_value,
        interval=find_range(heard.logs, blocks),
        num_characters=heard.num_characters,
        num_units=len(heard.logs),
        num_copied=num_copied,
        num_left=num_left,
    )


def number_blocks(documents: np.ndarray) -> np.ndarray:
    """Return the number of each unit's block, ``(units,)`` from 0; none has two documents."""
    if not len(documents):
        return np.empty(0, np.int64)
    begins = np.append(True, documents[1:] != documents[:-1])
    starts = np.flatnonzero(begins)
    within = np.arange(len(documents)) - starts[np.cumsum(begins) - 1]
    found: np.ndarray = np.cumsum(within % BLOCK == 0) - 1
    return found


def compare(own: np.ndarray, rival: np.ndarray, blocks: np.ndarray) -> TextComparison:
    """Compare a model with a baseline on the same units; all ``(units,)``."""
    gains = np.bincount(blocks, own.astype(np.float64) - rival)
    gain = float(gains.sum()) / max(len(own), 1)
    surprise = -float(rival.mean(dtype=np.float64)) if len(rival) else 0.0
    p_value = None
    if len(gains) > 1:

        def measure_gains(masks: np.ndarray) -> np.ndarray:
            kept: np.ndarray = (1.0 - 2.0 * masks) @ gains / len(own)
            return kept

        p_value = compare_by_exchange(gain, len(gains), measure_gains)
    return TextComparison(
        skill=gain / surprise if surprise > 0 else None,
        p_value=p_value,
        is_win=gain > 0 and p_value is not None and p_value < SIGNIFICANCE,
        gain=gain,
    )


def find_range(logs: np.ndarray, blocks: np.ndarray) -> tuple[float, float]:
    """Return between what nats a unit lie with 95%; blocks are drawn anew."""
    counts = np.bincount(blocks)
    if len(counts) < 2:
        value = -float(logs.mean()) if len(logs) else 0.0
        return value, value
    return bootstrap_interval(np.bincount(blocks, -logs.astype(np.float64)), counts)
