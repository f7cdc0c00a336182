"""How much of a target's next value a column tells, beyond what the target's own past tells.

A regression of each value on the target's lags, its season and the column's rows, once without and
once with the column: the share of the squared error that the column takes away. Each stretch of
rows is predicted by what was fitted on the others, so that a column which only fits says nothing.
The idea of Granger, "Investigating causal relations by econometric models and cross-spectral
methods", Econometrica 37 (1969), as a share instead of a test: with thousands of rows every
difference is significant.
"""

from __future__ import annotations

import itertools
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

MOST_LAGS = 32
"""Rows on each side that are looked at without a gap."""

ROWS_A_LAG = 12
"""So many rows there have to be for each row that is looked at: a regression has two coefficients
for each, and each costs a share of 1 in the number of rows of its accuracy."""

FEWEST_ROWS = 40
"""Fewer than these, and a fifth of them are too few to be predicted."""

MOST_ROWS = 4_000
"""The latest of them; more make no share of a half uncertain."""

NUM_STRETCHES = 5
_REPEATS = 4
"""A season that is not seen so often can't be averaged."""

_RIDGE = 1e-9
"""Of each column's power: so that columns which repeat each other do no harm."""

_ROUNDING = 1e-6
"""What the target's own past leaves open has to be more than this share of its changes' variance;
else all follows from that, and a column has nothing to add."""

FAR_CORRELATION = 0.4
"""From here on a row beyond ``MOST_LAGS`` is looked at as well."""

_MOST_FAR = 2


@dataclass(frozen=True)
class Told:
    """What one column tells of a target.

    Attributes:
        past: the share that its rows before the one to be predicted take away, 0 to 1.
        same: the share that these and its row at the same time do; as ``past`` where that is not
            known by then.
        later: the share of what is left after that, that its later rows take away; 0 where they
            are not known by then.
        made: the share of what does not follow from the target's values up to its own row, that
            follows from later ones; 0 where it is known ahead of time.
        lag: how many rows earlier than the target the one row of it lies that tells most;
            negative: so many rows later.
    """

    past: float = 0.0
    same: float = 0.0
    later: float = 0.0
    made: float = 0.0
    lag: int = 1

    @property
    def most(self) -> float:
        return max(self.past, self.same, self.later, self.made)


def measure_told(
    target: np.ndarray,
    column: np.ndarray,
    observed: np.ndarray,
    seasons: Sequence[int],
    *,
    furthest: int,
    ahead: int | None,
) -> Told | None:
    """Measure what a column tells of the next value of a target.

    Args:
        target, column: ``(rows,)`` of the training part. ``observed``: False where the target was
            filled.
        seasons: in steps, those that the target may have.
        furthest: how many rows back a network looks.
        ahead: how many rows ahead the column is known; None: it is known up to the present.

    None where too little is there to tell, or nothing is left open by the target's own past.
    """
    target, column = target[-MOST_ROWS:], column[-MOST_ROWS:]
    observed = observed[-MOST_ROWS:]
    num_lags = min(MOST_LAGS, len(target) // ROWS_A_LAG)
    if len(target) < FEWEST_ROWS or num_lags < 2 or column.min() == column.max():
        return None
    best: Told | None = None
    for own, other in _list_scales(_size(target), _size(column)):
        window = Window(own, other, observed, seasons, num_lags, furthest, ahead)
        told = window.compare()
        if told is None and best is None:  # as it is, all follows from the target's own past
            return None
        if told is not None and (best is None or told.most > best.most):
            best = told
    return best


def _size(values: np.ndarray) -> np.ndarray:
    """Return values with 1 as the largest, so that no square is beyond all numbers."""
    largest = float(np.abs(values).max())
    return values / largest if largest > 0 else values


def _list_scales(target: np.ndarray, column: np.ndarray) -> list[tuple[np.ndarray, np.ndarray]]:
    """Return both as they are, as logarithms (returns of prices), and by rank (any scale)."""
    targets, columns = [target], [column]
    for found in (targets, columns):
        (values,) = found
        if values.min() > 0 and values.max() > 1.5 * values.min():
            found.append(np.log(values))
    pairs = [(own, other) for own in targets for other in columns]
    return [*pairs, (_rank_values(target), _rank_values(column))]


def measure_together(
    target: np.ndarray, columns: np.ndarray, observed: np.ndarray, seasons: Sequence[int]
) -> tuple[float, np.ndarray]:
    """Measure what columns ``(rows, n)`` that are known ahead tell at the same time, together.

    Returns:
        The share, and ``(n,)``: what it is without each.
    """
    none = 0.0, np.zeros(columns.shape[1])
    target, columns, observed = target[-MOST_ROWS:], columns[-MOST_ROWS:], observed[-MOST_ROWS:]
    target = _size(target)
    columns = np.column_stack([_size(column) for column in columns.T])
    num_lags = min(MOST_LAGS, len(target) // ROWS_A_LAG)
    if len(target) < FEWEST_ROWS or columns.shape[1] * ROWS_A_LAG > len(target):
        return none
    window = Window(target, columns[:, 0], observed, seasons, num_lags, num_lags, None)
    return window.compare_together(columns) if window.leaves_something else none


def _rank_values(values: np.ndarray) -> np.ndarray:
    """Return the place of each among all, equal ones sharing theirs, between 0 and 1."""
    _, place, count = np.unique(values, return_inverse=True, return_counts=True)
    middle = np.cumsum(count) - 0.5 * (count + 1)
    return np.asarray(middle[place] / max(len(values) - 1, 1))


class Window:
    """The regressions of one target on its own past and one column."""

    def __init__(
        self,
        target: np.ndarray,
        column: np.ndarray,
        observed: np.ndarray,
        seasons: Sequence[int],
        num_lags: int,
        furthest: int,
        ahead: int | None,
    ) -> None:
        num_rows = len(target)
        self._target, self._column, self._ahead = target, column, ahead
        self._num_lags = num_lags
        self._furthest = min(max(furthest, num_lags), num_rows // 4)
        self._num_later = 0 if ahead is None else min(max(ahead - 1, 0), num_lags)
        repeated = [season for season in seasons if 1 < season * _REPEATS <= num_rows]
        first = max([num_lags + 1, *(season for season in repeated if 2 * season <= num_rows // 3)])
        rows = np.arange(first, num_rows - self._num_later)
        self._rows = rows[observed[rows] & observed[rows - 1]]
        self._own = self._describe_past(repeated, first)
        self._wanted = self._change(target, self._rows)
        self._left = np.zeros(0)
        if len(self._rows) >= FEWEST_ROWS // 2:
            (self._left,) = fit_crosswise([self._own], self._wanted)

    def _describe_past(self, seasons: Sequence[int], first: int) -> np.ndarray:
        """Return ``(rows, features)``: a constant, the lags of the target, and its seasons."""
        rows, target = self._rows, self._target
        features = [np.ones(len(rows)), target[rows - 1]]
        features += [self._change(target, rows - lag) for lag in range(1, self._num_lags)]
        changes = np.diff(target, prepend=target[:1])
        for season in seasons:
            features.append(_average_phases(changes, season)[rows])
            if season <= first:
                features.append(target[rows - season] - target[rows - 1])
                features.append(self._change(target, rows - season))
        return np.column_stack(features)

    @staticmethod
    def _change(values: np.ndarray, rows: np.ndarray) -> np.ndarray:
        return values[rows] - values[rows - 1]

    @property
    def leaves_something(self) -> bool:
        """Whether the target's own past leaves something open, and enough rows tell how much."""
        most = float((self._wanted**2).sum())
        return len(self._left) > 0 and float((self._left**2).sum()) > _ROUNDING * most

    def compare_together(self, columns: np.ndarray) -> tuple[float, np.ndarray]:
        """Return what rows of several columns at the same time tell, and what without each."""
        changes = columns[self._rows] - columns[self._rows - 1]

        def measure(chosen: np.ndarray) -> float:
            return measure_share(
                self._left, fit_crosswise([self._own, changes[:, chosen]], self._wanted)[1]
            )

        every = np.ones(columns.shape[1], dtype=bool)
        without = [measure(np.arange(len(every)) != number) for number in range(len(every))]
        return measure(every), np.asarray(without)

    def compare(self) -> Told | None:
        if not self.leaves_something:
            return None
        left = self._left
        lag, far = self._find_lags(left)
        groups = self._describe_column(far)
        fitted = [left, *fit_crosswise([self._own, *groups], self._wanted)[1:]]
        shares = [measure_share(fitted[0], other) for other in fitted[1:]]
        if self._ahead is None:
            return Told(shares[0], shares[0], 0.0, self._measure_made(), lag)
        later = measure_share(fitted[2], fitted[3]) if self._num_later else 0.0
        # What is left of nothing is nothing.
        is_open = float((fitted[2] ** 2).sum()) > _ROUNDING * float((self._wanted**2).sum())
        return Told(shares[0], shares[1], later if is_open else 0.0, 0.0, lag)

    def _measure_made(self) -> float:
        """Turn it round: what of the column follows from the target's later values, and not from
        those up to its own row.

        A column that was smoothed over both sides tells something of many later values, and all
        of none.
        """
        target, column, count = self._target, self._column, self._num_lags
        rows = np.arange(count + 1, len(target) - count)
        if len(rows) < FEWEST_ROWS // 2:
            return 0.0
        past = [np.ones(len(rows)), target[rows]]
        past += [self._change(target, rows - lag) for lag in range(count)]
        later = [self._change(target, rows + step) for step in range(1, count + 1)]
        # Changes: levels that drift side by side seem to be made of each other.
        wanted = self._change(column, rows)
        groups = [np.column_stack(past), np.column_stack(later)]
        without, with_it = fit_crosswise(groups, wanted)
        if float((without**2).sum()) < _ROUNDING * float((wanted**2).sum()):
            return 0.0
        return measure_share(without, with_it)

    def _describe_column(self, far: Sequence[int]) -> list[np.ndarray]:
        """Return what is known of the column: before, at the same time, and later."""
        rows, column = self._rows, self._column
        past = [column[rows - 1]]
        past += [self._change(column, rows - lag) for lag in range(1, self._num_lags)]
        # With the first lag, so that a mean over more rows than are looked at can be undone.
        past += [column[np.maximum(rows - lag, 0)] - column[rows - 1] for lag in far if lag > 0]
        groups = [np.column_stack(past)]
        if self._ahead is not None:
            groups.append(self._change(column, rows)[:, None])
            later = [self._change(column, rows + step) for step in range(1, self._num_later + 1)]
            if later:
                groups.append(np.column_stack(later))
        return groups

    def _find_lags(self, left: np.ndarray) -> tuple[int, list[int]]:
        """Return the row that tells most by itself, and rows beyond the usual ones that tell much.

        Haugh, "Checking the independence of two covariance-stationary time series", JASA 71
        (1976): what is left of either, given its own past, is compared.
        """
        residual = np.zeros(len(self._target))
        residual[self._rows] = left
        news = _whiten(self._column, min(self._num_lags, 8))
        power = np.sqrt(float(residual @ residual) * float(news @ news))
        if power <= 0:
            return 1, []
        least = 1 if self._ahead is None else -self._num_later
        lags = list(range(least, self._furthest + 1))
        found = np.abs([_multiply(residual, news, lag) for lag in lags]) / power
        order = np.argsort(-found, kind="stable")
        far = [
            place + step
            for place in (lags[number] for number in order[:_MOST_FAR]
                          if found[number] > FAR_CORRELATION and lags[number] >= self._num_lags)
            for step in (-1, 0, 1)
        ]  # fmt: skip
        return lags[int(order[0])], sorted(set(far))


def _multiply(residual: np.ndarray, news: np.ndarray, lag: int) -> float:
    if lag > 0:
        return float(residual[lag:] @ news[:-lag])
    return float(residual[: len(residual) + lag] @ news[-lag:]) if lag else float(residual @ news)


def _whiten(values: np.ndarray, num_lags: int) -> np.ndarray:
    """Return what of each value does not follow from those before, ``(rows,)``."""
    changes = np.diff(values, prepend=values[:1])
    rows = np.arange(num_lags + 1, len(values))
    past = np.column_stack(
        [np.ones(len(rows)), values[rows - 1]] + [changes[rows - lag] for lag in range(1, num_lags)]
    )
    news = np.zeros(len(values))
    news[rows] = changes[rows] - past @ _solve(past, changes[rows])
    return news


def _average_phases(values: np.ndarray, season: int) -> np.ndarray:
    """Return for each of ``(rows,)`` the mean at its place in the season."""
    phases = np.arange(len(values)) % season
    totals = np.bincount(phases, values, season)
    return np.asarray((totals / np.maximum(np.bincount(phases, minlength=season), 1))[phases])


def _solve(features: np.ndarray, wanted: np.ndarray) -> np.ndarray:
    """Return the coefficients of least squares; columns that repeat each other share theirs."""
    scale = np.sqrt((features**2).mean(axis=0))
    scale = np.where(scale > 0, scale, 1.0)
    scaled = features / scale
    gram = scaled.T @ scaled
    gram[np.diag_indices_from(gram)] += _RIDGE * len(features)
    return np.asarray(np.linalg.solve(gram, scaled.T @ wanted) / scale)


def fit_crosswise(groups: Sequence[np.ndarray], wanted: np.ndarray) -> list[np.ndarray]:
    """Return what regressions on the first group, the first two and so on leave, ``(rows,)`` each.

    Each of ``NUM_STRETCHES`` is predicted by what was fitted on the others.
    """
    features = np.column_stack(groups)
    scale = features.std(axis=0)
    centre = np.where(scale > 0, features.mean(axis=0), 0.0)
    features = (features - centre) / np.where(scale > 0, scale, 1.0)
    edges = np.linspace(0, len(wanted), NUM_STRETCHES + 1).astype(int)
    stretches = [slice(start, end) for start, end in itertools.pairwise(edges)]
    grams = [features[each].T @ features[each] for each in stretches]
    products = [features[each].T @ wanted[each] for each in stretches]
    gram, product = sum(grams), sum(products)
    left = [np.empty(len(wanted)) for _ in groups]
    sizes = np.cumsum([group.shape[1] for group in groups])
    ridge = _RIDGE * len(wanted)
    for number, each in enumerate(stretches):
        for place, size in enumerate(sizes):
            others = (gram - grams[number])[:size, :size] + ridge * np.eye(size)
            fitted = np.linalg.solve(others, (product - products[number])[:size])
            left[place][each] = wanted[each] - features[each, :size] @ fitted
    return left


def measure_share(without: np.ndarray, with_it: np.ndarray) -> float:
    """Return what share of a squared error is gone: on the whole or in the middle stretch, the
    smaller of both, at least 0."""
    edges = np.linspace(0, len(without), NUM_STRETCHES + 1).astype(int)[:-1]
    before = np.add.reduceat(without**2, edges)
    after = np.add.reduceat(with_it**2, edges)
    if before.sum() <= 0:
        return 0.0
    by_stretch = 1.0 - after / np.maximum(before, 1e-300)
    return max(0.0, min(float(1.0 - after.sum() / before.sum()), float(np.median(by_stretch))))
