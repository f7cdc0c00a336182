"""A regression on what is known ahead of time, with errors that follow one another.

Least squares on the known-future covariates and the seasons, the error an autoregression of first
order. Source: Prais and Winsten, "Trend Estimators and Serial Correlation", Cowles Commission
Discussion Paper 383 (1954), iterated; as *dynamic regression* in Hyndman and Athanasopoulos,
*Forecasting: Principles and Practice*, 3rd edition (2021), chapter 10.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from typing import Any

import numpy as np

MOST_ROWS = 20_000
ROWS_PER_COLUMN = 5
LONGEST_OF_DUMMIES = 24
"""Longer seasons are told by sines and cosines."""
NUM_WAVES = 8
MOST_ROUNDS = 10
LARGEST_PHI = 0.999
_STEADY = 1e-4


@dataclass(frozen=True)
class RegressionModel:
    """Fitted parameters of one line.

    Attributes:
        seasons: those that are told, the shorter first.
        coefficients: ``(columns,)`` of what ``lay_out`` returns.
        phi: what is left of an error a step later.
    """

    seasons: tuple[int, ...]
    coefficients: tuple[float, ...]
    phi: float

    @property
    def num_parameters(self) -> int:
        return len(self.coefficients) + 1

    def predict(
        self, values: np.ndarray, cutoffs: np.ndarray, horizon: int, known: np.ndarray
    ) -> np.ndarray:
        """Predict from several cutoffs, from each with the values up to it.

        Args:
            values: ``(rows,)`` without NaN. ``cutoffs``: ``(n,)``, rows of the last known value.
            known: ``(rows or more, covariates)``, what is known ahead of time, from the same row
                on, and as far as is predicted.

        Returns:
            ``(n, horizon)``.
        """
        steps = np.arange(1, horizon + 1)
        rows = np.arange(len(known))
        said = lay_out(known, rows, self.seasons) @ np.asarray(self.coefficients)  # (rows or more,)
        errors = values[cutoffs] - said[cutoffs]  # (n,)
        return np.asarray(said[cutoffs[:, None] + steps] + errors[:, None] * self.phi**steps)

    def to_json(self) -> dict[str, Any]:
        return asdict(self)


def fit_regression(
    values: np.ndarray, known: np.ndarray, first_row: int, seasons: Sequence[int]
) -> RegressionModel:
    """Fit to the last training rows.

    Args:
        values: ``(rows,)`` without NaN. ``known``: ``(rows, covariates)``, of the same rows.
        first_row: the row of the series that these begin at: seasons are counted from its start.
        seasons: in steps; the longest are left out where rows are few.
    """
    num_rows = min(len(values), MOST_ROWS)
    rows = np.arange(first_row + len(values) - num_rows, first_row + len(values))
    target, known = values[-num_rows:], known[-num_rows:]
    told = tuple(seasons)
    while told and ROWS_PER_COLUMN * count_columns(known.shape[1], told) > num_rows:
        told = told[:-1]
    columns = lay_out(known, rows, told)
    coefficients, phi = _solve(columns, target), 0.0
    for _ in range(MOST_ROUNDS):
        errors = target - columns @ coefficients
        power = float(errors[:-1] @ errors[:-1])
        before, phi = phi, float(errors[1:] @ errors[:-1]) / power if power > 0 else 0.0
        phi = float(np.clip(phi, -LARGEST_PHI, LARGEST_PHI))
        first = np.sqrt(1 - phi**2)
        coefficients = _solve(
            np.concatenate([first * columns[:1], columns[1:] - phi * columns[:-1]]),
            np.concatenate([first * target[:1], target[1:] - phi * target[:-1]]),
        )
        if abs(phi - before) < _STEADY:
            break
    if not np.isfinite(coefficients).all():
        return RegressionModel((), (float(target[-1]), *(0.0,) * known.shape[1]), LARGEST_PHI)
    return RegressionModel(told, tuple(coefficients.tolist()), phi)


def count_work(lines: Sequence[np.ndarray], num_covariates: int, seasons: Sequence[int]) -> float:
    """Return what fitting to training rows ``(rows,)`` costs; see ``work``."""
    num_columns = count_columns(num_covariates, seasons)
    products = sum(min(len(values), MOST_ROWS) * num_columns**2 for values in lines)
    return len(lines) + MOST_ROUNDS * products / 1e7


def count_columns(num_covariates: int, seasons: Sequence[int]) -> int:
    """Return how many columns ``lay_out`` makes."""
    waves = [season - 1 if season <= LONGEST_OF_DUMMIES else 2 * NUM_WAVES for season in seasons]
    return 1 + num_covariates + sum(waves)


def lay_out(known: np.ndarray, rows: np.ndarray, seasons: Sequence[int]) -> np.ndarray:
    """Return ``(rows, columns)``: one, the covariates, and where in each season a row stands."""
    columns = [np.ones((len(rows), 1)), known]
    for season in seasons:
        if season <= LONGEST_OF_DUMMIES:
            columns.append((rows[:, None] % season == np.arange(1, season)).astype(float))
        else:
            angles = 2 * np.pi * rows[:, None] / season * np.arange(1, NUM_WAVES + 1)
            columns += [np.sin(angles), np.cos(angles)]
    return np.concatenate(columns, axis=1)


def _solve(columns: np.ndarray, target: np.ndarray) -> np.ndarray:
    """Least squares; where columns say the same, the smallest coefficients that do."""
    return np.asarray(np.linalg.lstsq(columns, target, rcond=None)[0])
