"""What the network is told: the end of each series, what the rules say, and facts about the whole.

All of it stands on the series' own scale: what a value lies from the mean of its last season, in
usual changes from step to step and from season to season.
"""

from __future__ import annotations

from dataclasses import dataclass, fields

import numpy as np

from lstm_core.tasks.forecasting.pretrained.facts import NUM_FACTS, tell_facts
from lstm_core.tasks.forecasting.pretrained.history import Histories
from lstm_core.tasks.forecasting.pretrained.reading import Cutoff, Reader
from lstm_core.tasks.forecasting.pretrained.rules.candidates import RULES
from lstm_core.tasks.forecasting.pretrained.rules.seasons import season_pair
from lstm_core.tasks.forecasting.pretrained.scaling import LARGEST, squash

DESCRIPTION = 2
"""Counts up with every change of what is told here, or of the rules: weights go with one."""
TAIL = 96
PATCH = 4
"""How many values a step of the LSTM reads at once."""
NUM_VALUE_INPUTS = 6
NUM_INPUTS = PATCH * NUM_VALUE_INPUTS + 4 + NUM_FACTS
NUM_TRIED = len(RULES) + 2
_NUM_WHEN = 7
SUMMARY_AT = slice(_NUM_WHEN, _NUM_WHEN + 2)
"""Where in a query the rules' median and spread stand."""
OFFSETS_AT = slice(_NUM_WHEN + 2 + NUM_FACTS, None)
"""Where in a query what each rule says stands."""
NUM_QUERIES = _NUM_WHEN + 2 + NUM_FACTS + len(RULES)

_AT_ONCE = 64
"""Series a pass: what fits into a processor's own memory is twice as quick."""


@dataclass(frozen=True)
class Description:
    """What the network reads of a batch.

    Attributes:
        inputs: ``(count, TAIL / PATCH, NUM_INPUTS)``.
        queries: ``(count, steps, NUM_QUERIES)``.
        tried: ``(count, NUM_TRIED)``, how the rules would have done.
        candidates: ``(count, steps, rules)``, on the series' scale.
        spread: ``(count, steps)``, 1 + how far the rules are apart.
        location, scale: ``(count,)``; a value is location + scale × what the network says.
    """

    inputs: np.ndarray
    queries: np.ndarray
    tried: np.ndarray
    candidates: np.ndarray
    spread: np.ndarray
    location: np.ndarray
    scale: np.ndarray

    def take(self, rows: np.ndarray) -> Description:
        """That of some of the series."""
        return Description(*(getattr(self, name)[rows] for name in _FIELDS))


_FIELDS = [field.name for field in fields(Description)]


def describe(histories: Histories, ahead: np.ndarray) -> Description:
    """Describe series for forecasts at the steps ``ahead``, whole numbers from 1 on."""
    return Describing(histories).describe(ahead)


class Describing:
    """Describes series as they are and as they were at earlier cutoffs.

    Series of one length and without gaps are read together: there is less to be done for these.
    """

    def __init__(self, histories: Histories) -> None:
        known = np.isfinite(histories.values)
        length = known.shape[1]
        lengths = length - known.argmax(1)
        order = np.lexsort((-lengths, known.sum(1) < lengths))
        self._place = np.argsort(order)
        self._readers = []
        for start in range(0, len(order), _AT_ONCE):
            rows = order[start : start + _AT_ONCE]
            together = histories.take(rows).without_first(length - int(lengths[rows].max()))
            self._readers.append(Reader(together))

    def describe(self, ahead: np.ndarray, back: int = 0) -> Description:
        """Describe all for forecasts at the steps ``ahead``, as they were ``back`` steps ago."""
        parts = [_describe(reader, ahead, back) for reader in self._readers]
        together = (
            Description(*(np.concatenate([getattr(p, name) for p in parts]) for name in _FIELDS))
            if len(parts) > 1
            else parts[0]
        )
        return together.take(self._place)


def _describe(reader: Reader, ahead: np.ndarray, back: int) -> Description:
    cutoff = reader.look(back)
    short, long = season_pair(cutoff.histories.seasons)
    facts = tell_facts(cutoff)
    forecasts = reader.forecast(cutoff, ahead)
    tried = reader.try_rules(cutoff)
    offsets, summary = tell_rules(forecasts)
    shape = (len(facts), len(ahead))
    when = [
        np.log(ahead) / 3,
        *(np.minimum(ahead / max(season, 1), 9) / 4 * (season > 0) for season in (short, long)),
        *(turn for season in (short, long) for turn in _turns(ahead, season)),
    ]
    queries = np.concatenate(
        [
            np.broadcast_to(np.stack(when, -1), (*shape, len(when))),
            summary,
            np.broadcast_to(facts[:, None], (*shape, NUM_FACTS)),
            offsets,
        ],
        -1,
        dtype=np.float32,
    )
    return Description(
        _read_tail(cutoff, short, long, facts),
        queries,
        _tell_errors(tried).astype(np.float32),
        forecasts.astype(np.float32),
        np.exp(summary[..., 1]).astype(np.float32),
        cutoff.location,
        cutoff.scale,
    )


def tell_rules(forecasts: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """What the rules ``(count, steps, rules)`` say, as it is told to the network.

    Returns:
        What each says beside their median, ``(count, steps, rules)``; and ``(count, steps, 2)``,
        that median and the logarithm of 1 + how far they are apart.
    """
    median = np.median(forecasts, -1)
    spread = np.log1p(np.minimum(forecasts.std(-1), LARGEST))
    return squash(forecasts - median[..., None]), np.stack([squash(median), spread], -1)


def _tell_errors(tried: np.ndarray) -> np.ndarray:
    """Errors of the rules ``(count, rules)`` beside the usual one, then that and whether any."""
    known = np.isfinite(tried[:, :1])
    logs = np.log(np.clip(np.where(known, tried, 1), 1e-2, 1e2))
    usual = np.median(logs, 1, keepdims=True)
    return np.asarray(np.concatenate([logs - usual, usual, known], 1))


def _read_tail(cutoff: Cutoff, short: int, long: int, facts: np.ndarray) -> np.ndarray:
    """Return ``(count, TAIL / PATCH, NUM_INPUTS)``; zeros before a series begins."""
    count, length = cutoff.known.shape
    fit, on, lengths = cutoff.fit, cutoff.on, cutoff.lengths
    width = min(TAIL, length)
    at = np.arange(length - width, length)
    begun = at >= (length - lengths)[:, None]

    def change(lag: int) -> np.ndarray:
        if not lag:
            return np.zeros((count, width))
        there = begun & (at - lag >= (length - lengths)[:, None])
        changes = fit.filled[:, at] - fit.filled[:, np.maximum(at - lag, 0)]
        return np.where(there, changes / on.size[:, None], 0)

    channels = [
        squash(np.where(begun, on.put(fit.filled[:, at]), 0)),
        squash(change(short)),
        squash(change(long)),
        squash(np.where(begun, on.put(fit.ways[1].filled[:, -width:]), 0)),
        squash(np.where(begun, on.put(fit.ways[3].filled[:, -width:]), 0)),
        cutoff.known[:, at].astype(float),
    ]
    tail = np.zeros((count, TAIL, NUM_VALUE_INPUTS))
    tail[:, TAIL - width :] = np.stack(channels, -1)
    num_patches = TAIL // PATCH
    patches = tail.reshape(count, num_patches, PATCH * NUM_VALUE_INPUTS)
    ends = -PATCH * np.arange(num_patches - 1, -1, -1)
    turns = np.stack([turn for season in (short, long) for turn in _turns(ends, season)], -1)
    shape = (count, num_patches)
    return np.concatenate(
        [
            patches,
            np.broadcast_to(turns, (*shape, turns.shape[-1])),
            np.broadcast_to(facts[:, None], (*shape, NUM_FACTS)),
        ],
        -1,
        dtype=np.float32,
    )


def _turns(steps: np.ndarray, season: int) -> tuple[np.ndarray, np.ndarray]:
    """Where in a season steps from the last value on lie."""
    if not season:
        return np.zeros(len(steps)), np.zeros(len(steps))
    angle = 2 * np.pi * steps / season
    return np.sin(angle), np.cos(angle)
