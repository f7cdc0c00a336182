"""What the network is told: the end of each series, what the rules say, and facts about the whole.

All of it stands on the series' own scale: what a value lies from the mean of its last season, in
usual changes from step to step and from season to season.
"""

from __future__ import annotations

from dataclasses import dataclass, fields

import numpy as np

from lstm_core.tasks.forecasting.pretrained.history import Histories
from lstm_core.tasks.forecasting.pretrained.rules.candidates import (
    RULES,
    Candidates,
    Logs,
    apply_rules,
)
from lstm_core.tasks.forecasting.pretrained.rules.seasons import season_pair
from lstm_core.tasks.forecasting.pretrained.rules.trying import try_rules

DESCRIPTION = 1
"""Counts up with every change of what is told here, or of the rules: weights go with one."""
TAIL = 96
PATCH = 4
"""How many values a step of the LSTM reads at once."""
NUM_VALUE_INPUTS = 6
NUM_FACTS = 20
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
_LARGEST = 1e4
_FARTHEST = 1e9
_FARTHEST_ZERO = 50
_LEAST_SCALE = 1e-12
"""Of the largest value; what changes by less is rounding of numbers, and counts as constant."""
_SCALE_OF_CONSTANT = 0.05


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


def describe(histories: Histories, ahead: np.ndarray) -> Description:
    """Describe series for forecasts at the steps ``ahead``, whole numbers from 1 on."""
    parts = [
        _describe(histories.take(slice(start, start + _AT_ONCE)), ahead)
        for start in range(0, len(histories), _AT_ONCE)
    ]
    if len(parts) == 1:
        return parts[0]
    names = [field.name for field in fields(Description)]
    return Description(*(np.concatenate([getattr(part, name) for part in parts]) for name in names))


def _describe(histories: Histories, ahead: np.ndarray) -> Description:
    values, seasons = histories.values, histories.seasons
    known = np.isfinite(values)
    count, length = values.shape
    lengths = length - known.argmax(1)
    short, long = season_pair(seasons)
    changes = [_usual_change(values, lag) for lag in (1, short, long)]
    scale, location = _find_scale(values, known, lengths, short, changes)
    with np.errstate(over="ignore"):
        scaled = np.clip((values - location[:, None]) / scale[:, None], -_FARTHEST, _FARTHEST)

    positive = histories.non_negative & (np.where(known, values, np.inf).min(1) > 0)
    near = histories.non_negative & (np.abs(location) < _FARTHEST_ZERO * scale)
    zero = np.where(near, -location / scale, np.nan)
    logs = _take_logs(values, known, positive, location, scale)
    said = apply_rules(scaled, lengths, seasons, ahead, zero, logs)
    tried = try_rules(scaled, lengths, seasons, zero, logs)

    facts = _facts(histories, known, lengths, changes, location, scale, positive, said)
    forecasts = np.clip(said.forecasts, -_FARTHEST, _FARTHEST)
    offsets, summary = tell_rules(forecasts)
    shape = (count, len(ahead))
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
    )
    inputs = _read_tail(said, known, lengths, short, long, facts)
    return Description(
        inputs.astype(np.float32),
        queries.astype(np.float32),
        _tell_errors(tried).astype(np.float32),
        forecasts.astype(np.float32),
        np.exp(summary[..., 1]).astype(np.float32),
        location,
        scale,
    )


def tell_rules(forecasts: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """What the rules ``(count, steps, rules)`` say, as it is told to the network.

    Returns:
        What each says beside their median, ``(count, steps, rules)``; and ``(count, steps, 2)``,
        that median and the logarithm of 1 + how far they are apart.
    """
    median = np.median(forecasts, -1)
    spread = np.log1p(np.minimum(forecasts.std(-1), _LARGEST))
    return _squash(forecasts - median[..., None]), np.stack([_squash(median), spread], -1)


def _take_logs(
    values: np.ndarray,
    known: np.ndarray,
    positive: np.ndarray,
    location: np.ndarray,
    scale: np.ndarray,
) -> Logs:
    """Logarithms of all that are positive, each from the logarithm of its mean on."""
    rows = np.flatnonzero(positive)
    middle = np.where(known, values, 0)[rows].sum(1) / known[rows].sum(1)
    scaling = np.stack([location[rows], scale[rows]], 1) / middle[:, None]
    return Logs(rows, np.log(values[rows]) - np.log(middle)[:, None], scaling)


def _tell_errors(tried: np.ndarray) -> np.ndarray:
    """Errors of the rules ``(count, rules)`` beside the usual one, then that and whether any."""
    known = np.isfinite(tried[:, :1])
    logs = np.log(np.clip(np.where(known, tried, 1), 1e-2, 1e2))
    usual = np.median(logs, 1, keepdims=True)
    return np.asarray(np.concatenate([logs - usual, usual, known], 1))


def _usual_change(values: np.ndarray, lag: int) -> np.ndarray:
    """The mean absolute change over ``lag`` steps; NaN where fewer than three are known."""
    count, length = values.shape
    if lag < 1 or length <= lag:
        return np.full(count, np.nan)
    changes = np.abs(values[:, lag:] - values[:, :-lag])
    known = np.isfinite(changes)
    number = known.sum(1)
    mean = np.where(known, changes, 0).sum(1) / np.maximum(number, 1)
    return np.where(number > (2 if lag > 1 else 0), mean, np.nan)


def _find_scale(
    values: np.ndarray,
    known: np.ndarray,
    lengths: np.ndarray,
    short: int,
    changes: list[np.ndarray],
) -> tuple[np.ndarray, np.ndarray]:
    last = np.minimum(max(short, 1), lengths)
    in_last = known & (np.arange(values.shape[1]) >= (values.shape[1] - last)[:, None])
    number = in_last.sum(1)
    latest = values.shape[1] - 1 - known[:, ::-1].argmax(1)
    latest_value = values[np.arange(len(values)), latest]
    mean = np.where(in_last, values, 0).sum(1) / np.maximum(number, 1)
    location = np.where(number > 0, mean, latest_value)
    change = np.where(np.isnan(changes[0]), changes[1], changes[0])
    spread = np.where(known, np.abs(values - location[:, None]), 0).sum(1) / known.sum(1)
    change = np.where(np.isnan(change), spread, change)
    seasonal = np.where(np.isnan(changes[1]), change, changes[1])
    scale = 0.5 * change + 0.5 * seasonal
    size = np.abs(np.where(known, values, 0)).max(1)
    unchanged = np.where(size > 0, _SCALE_OF_CONSTANT * size, 1)
    return np.where(scale > _LEAST_SCALE * size, scale, unchanged), location


def _facts(
    histories: Histories,
    known: np.ndarray,
    lengths: np.ndarray,
    changes: list[np.ndarray],
    location: np.ndarray,
    scale: np.ndarray,
    positive: np.ndarray,
    said: Candidates,
) -> np.ndarray:
    """Return ``(count, NUM_FACTS)``: what holds of a whole series, not of a step of it."""
    short, long = season_pair(histories.seasons)
    ones = np.ones(len(histories))
    values = np.where(known, histories.values, 0)
    number = known.sum(1)
    is_zero = known & (histories.values == 0)
    recent = is_zero[:, -24:].sum(1) / np.maximum(known[:, -24:].sum(1), 1)
    same = known[:, 1:] & (values[:, 1:] == values[:, :-1])

    def log_ratio(change: np.ndarray) -> np.ndarray:
        ratio = np.where(np.isnan(change), 1, change / scale)
        return np.log(np.clip(ratio, 1e-3, 1e3))

    def roughness(way: int) -> np.ndarray:
        filled = said.adjusted[way].filled
        before = (filled.shape[1] - lengths)[:, None]
        inside = np.arange(1, filled.shape[1]) > before
        total = np.where(inside, np.abs(np.diff(filled, axis=1)), 0).sum(1)
        return np.log(np.clip(total / np.maximum(lengths - 1, 1), 1e-3, 1e3))

    height = np.where(histories.non_negative, np.abs(location) / scale, 0)
    facts = [
        np.log(max(short, 1)) / 4 * ones,
        np.log(max(long, 1)) / 4 * ones,
        np.log(lengths) / 5,
        (lengths >= 2 * short) * (short > 0) * ones,
        (lengths >= 2 * long) * (long > 0) * ones,
        np.minimum(lengths / max(short, 1), 12) / 6,
        positive * ones,
        histories.non_negative * ones,
        histories.whole * ones,
        np.log1p(np.minimum(height, _LARGEST)) / 3,
        np.log1p(np.minimum(scale * histories.whole, 100)),
        is_zero.sum(1) / number,
        recent,
        same.sum(1) / np.maximum(number - 1, 1),
        1 - number / lengths,
        _squash(said.slope * 10),
        *(log_ratio(change) for change in changes),
        roughness(1),
    ]
    return np.stack(facts, 1)


def _read_tail(
    said: Candidates,
    known: np.ndarray,
    lengths: np.ndarray,
    short: int,
    long: int,
    facts: np.ndarray,
) -> np.ndarray:
    """Return ``(count, TAIL / PATCH, NUM_INPUTS)``; zeros before a series begins."""
    count, length = known.shape
    width = min(TAIL, length)
    at = np.arange(length - width, length)
    begun = at >= (length - lengths)[:, None]

    def change(lag: int) -> np.ndarray:
        if not lag:
            return np.zeros((count, width))
        there = begun & (at - lag >= (length - lengths)[:, None])
        return np.where(there, said.filled[:, at] - said.filled[:, np.maximum(at - lag, 0)], 0)

    channels = [
        _squash(np.where(begun, said.filled[:, at], 0)),
        _squash(change(short)),
        _squash(change(long)),
        _squash(np.where(begun, said.adjusted[1].filled[:, at], 0)),
        _squash(np.where(begun, said.adjusted[3].filled[:, at], 0)),
        known[:, at].astype(float),
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
    )


def _turns(steps: np.ndarray, season: int) -> tuple[np.ndarray, np.ndarray]:
    """Where in a season steps from the last value on lie."""
    if not season:
        return np.zeros(len(steps)), np.zeros(len(steps))
    angle = 2 * np.pi * steps / season
    return np.sin(angle), np.cos(angle)


def _squash(values: np.ndarray) -> np.ndarray:
    return np.asarray(np.arcsinh(np.clip(values, -_LARGEST, _LARGEST)))
