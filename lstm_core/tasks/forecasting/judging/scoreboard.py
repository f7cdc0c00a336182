"""Errors on every test window, gathered block by block so that no table of them all is needed."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
import pandas as pd

from lstm_core.tasks.forecasting.judging.metrics import METRICS, Sums, Totals
from lstm_core.tasks.forecasting.levels import LEVELS

MOST_WINDOWS_LISTED = 200_000
"""Beyond, windows one after another are listed as one, by their mean."""

MODEL = "model"
"""The prediction table's column for the run's own networks."""


@dataclass(frozen=True)
class Block:
    """Some test windows of one series and target, in the units of the data.

    Attributes:
        line: series and target.
        scale: the line's denominator of MASE; NaN where undefined.
        fold: ``(n,)`` from 1. ``cutoff``: ``(n,)`` rows of the series.
        actual: ``(n, horizon)``, NaN where nothing is known.
        predictions: for the model and each baseline, ``(n, horizon)``.
        ends: ``(n, horizon, len(LEVELS), 2)``.
    """

    line: tuple[str, str]
    scale: float
    fold: np.ndarray
    cutoff: np.ndarray
    actual: np.ndarray
    predictions: Mapping[str, np.ndarray]
    ends: np.ndarray


class Scoreboard:
    """Adds up what blocks of test windows say."""

    def __init__(self) -> None:
        self._merged = 1
        self._totals: dict[str, dict[tuple[str, str], Totals]] = defaultdict(dict)
        self._lines: dict[tuple[str, str], int] = {}
        self._windows: dict[str, list[np.ndarray]] = defaultdict(list)
        self._by_step: dict[str, np.ndarray] = {}
        self._num_by_step = np.zeros(0)
        self._covered = np.zeros(len(LEVELS))
        self._num_covered = 0

    def expect(self, num_windows: int) -> None:
        """Prepare for about so many windows of all lines together."""
        self._merged = max(1, num_windows // MOST_WINDOWS_LISTED)

    def add(self, block: Block) -> None:
        known = np.isfinite(block.actual)
        scale = block.scale if block.scale > 0 else 1.0
        num_known = known.sum(axis=1)  # (n,)
        errors: dict[str, np.ndarray] = {}
        if not len(self._num_by_step):
            self._num_by_step = np.zeros(block.actual.shape[1])
            self._by_step = {name: np.zeros(block.actual.shape[1]) for name in block.predictions}
        self._num_by_step += known.sum(axis=0)
        for name, predicted in block.predictions.items():
            totals = self._totals[name].setdefault(block.line, Totals(block.scale))
            totals.add(block.actual[known], predicted[known])
            error = np.where(known, np.abs(block.actual - predicted), 0.0) / scale
            self._by_step[name] += error.sum(axis=0)
            errors[name] = (error.sum(axis=1) / np.maximum(num_known, 1)).astype(np.float32)
        self._list(block, num_known > 0, errors)
        within = (block.actual[..., None] >= block.ends[..., 0]) & (
            block.actual[..., None] <= block.ends[..., 1]
        )
        self._covered += within[known].sum(axis=0)
        self._num_covered += int(known.sum())

    def _list(self, block: Block, is_known: np.ndarray, errors: Mapping[str, np.ndarray]) -> None:
        """Take down the windows with something known, so many of a fold as one."""
        fold = block.fold[is_known]
        if not len(fold):
            return
        turns = np.flatnonzero(np.diff(fold)) + 1  # where the next fold begins
        starts = np.union1d(np.arange(0, len(fold), self._merged), turns)
        num = np.diff(np.append(starts, len(fold)))
        line = self._lines.setdefault(block.line, len(self._lines))
        windows: dict[str, np.ndarray] = {
            "line": np.full(len(starts), line, np.int32),
            "fold": fold[starts].astype(np.int16),
            "cutoff": block.cutoff[is_known][starts].astype(np.int32),
            "num": num.astype(np.int32),
        }
        for name, error in errors.items():
            windows[name] = (np.add.reduceat(error[is_known], starts) / num).astype(np.float32)
        for name, column in windows.items():
            self._windows[name].append(column)

    def drop(self, name: str) -> None:
        """Forget a baseline that not every block has."""
        for known in (self._totals, self._windows, self._by_step):
            known.pop(name, None)

    def score(self, name: str) -> dict[str, float | None]:
        """Return ``METRICS`` of the model or a baseline: the mean over all lines.

        A metric that is undefined for a line leaves that line out; None where it is so for all, or
        where an error is beyond all numbers.
        """
        scores = pd.DataFrame([totals.score() for totals in self._totals[name].values()])
        means = scores.mean(skipna=True)
        return {key: float(means[key]) if np.isfinite(means[key]) else None for key in METRICS}

    def sum_up(self, name: str) -> Sums:
        """Return what the errors of the model or a baseline add up to, over all lines."""
        totals = list(self._totals[name].values())
        means = np.array([each.average() for each in totals])  # (lines, 2)
        error, signed = np.nanmean(means, axis=0)
        bias = float(np.nanmean(np.abs(means[:, 1])))
        return Sums(
            error=float(error),
            bias=bias if signed >= 0 else -bias,
            predicted=sum(each.predicted for each in totals),
            actual=sum(each.actual for each in totals),
            size=sum(each.size for each in totals),
        )

    def score_ranges(self) -> dict[str, float | None]:
        """Return ``coverage_<level>``: the share of actual values that lay in each range."""
        count = max(1, self._num_covered)
        return {
            f"coverage_{level}": float(held / count)
            for level, held in zip(LEVELS, self._covered, strict=True)
        }

    @property
    def names(self) -> list[str]:
        """The model and the baselines."""
        return list(self._totals)

    @property
    def lines(self) -> list[tuple[str, str]]:
        """Series and target of each line, as windows number them."""
        return list(self._lines)

    def list_windows(self) -> pd.DataFrame:
        """Return ``line, fold, cutoff, num``, then each mean absolute scaled error.

        A row is a window, or ``num`` of them from ``cutoff`` on.
        """
        for name, found in self._windows.items():
            self._windows[name] = [np.concatenate(found)]  # one copy, however often it's asked for
        return pd.DataFrame({name: found[0] for name, found in self._windows.items()}, copy=False)

    def break_down_by_step(self) -> pd.DataFrame:
        """Return ``by, value, num`` and each error in units of MASE's scale, by step ahead."""
        count = np.maximum(self._num_by_step, 1)
        return pd.DataFrame(
            {
                "by": "step",
                "value": [str(step) for step in range(1, len(count) + 1)],
                "num": self._num_by_step.astype(np.int64),
                **{name: errors / count for name, errors in self._by_step.items()},
            }
        )
