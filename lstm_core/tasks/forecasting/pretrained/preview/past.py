"""How a forecast would have done: asked at cutoffs of the past, beside simple rules.

Nothing was trained on these rows, so all of them can judge.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from lstm_core.data.series.spacing.frequency import Frequency
from lstm_core.tasks.forecasting.baselines.simple import BASELINES, predict_baselines
from lstm_core.tasks.forecasting.judging.metrics import measure_scale
from lstm_core.tasks.forecasting.pretrained.answering import forecast
from lstm_core.tasks.forecasting.pretrained.history import FEWEST_VALUES
from lstm_core.tasks.forecasting.pretrained.packing import Pretrained
from lstm_core.tasks.forecasting.pretrained.preview.lines import (
    Line,
    find_common_seasons,
    lay_out,
)

MOST_CUTOFFS = 20
LEVEL = 80
"""The range that is looked at, in percent."""
_MOST_HISTORIES = 1_000
"""Cutoffs of all lines together; with more lines than that, the first of them are tried."""
_FEWEST_BEFORE = 2 * FEWEST_VALUES
_OWN = "pretrained"
"""What its own score is called beside those of the rules."""


@dataclass(frozen=True)
class Past:
    """How the forecast would have done.

    Attributes:
        num_cutoffs: of the line that has most.
        horizon: how many steps ahead were looked at.
        mase: mean absolute error in units of repeating the last season before, lines averaged.
        best_rule: which simple rule was best on the same cutoffs, seen afterwards.
        best_rule_mase: the same of it.
        held: the share of values that lay in the range of ``LEVEL`` percent.
        errors: ``(n, 3)``: the number of the line, the row that was forecast, actual less median.
    """

    num_cutoffs: int
    horizon: int
    mase: float
    best_rule: str
    best_rule_mase: float
    held: float
    errors: np.ndarray


def try_past(
    lines: Sequence[Line], frequency: Frequency, horizon: int, pretrained: Pretrained
) -> Past | None:
    """Ask for forecasts at cutoffs of the past; None where nothing can be compared.

    What a cutoff is told, its seasons among it, follows from the rows up to it alone.

    Args:
        horizon: as far ahead as is wanted; shorter where rows are few.
    """
    tried = lines[:_MOST_HISTORIES]
    most = max(1, min(MOST_CUTOFFS, _MOST_HISTORIES // len(tried)))
    steps = min(horizon, max(1, min(len(line.filled) for line in tried) // 4))
    season = max(1, frequency.usual_season)
    cutoffs = [choose_cutoffs(line, steps, season, most) for line in tried]
    answers = [_Answers(line, own, steps) for line, own in zip(tried, cutoffs, strict=True)]
    for seasons, asked in _group_by_seasons(tried, cutoffs, frequency).items():
        said = forecast(
            lay_out([tried[line].values[: cutoffs[line][at] + 1] for line, at in asked], seasons),
            steps,
            pretrained,
        )
        ends = np.stack(said.get_range(LEVEL), -1)
        for number, (line, at) in enumerate(asked):
            answers[line].take(at, seasons, said.median[number], ends[number])
    judged = [found for found in map(_Answers.judge, answers) if found is not None]
    if not judged:
        return None
    mean = {name: float(np.mean([scores[name] for scores, _ in judged])) for name in judged[0][0]}
    own_mase = mean.pop(_OWN)
    best = min(mean, key=lambda name: mean[name])
    errors = [
        np.column_stack([np.full(len(found), number), found])
        for number, answer in enumerate(answers)
        if len(found := answer.list_errors())
    ]
    return Past(
        max(map(len, cutoffs)),
        steps,
        own_mase,
        best,
        mean[best],
        float(np.concatenate([held for _, held in judged]).mean()),
        np.concatenate(errors),
    )


class _Answers:
    """What was said of one line at each of its cutoffs, beside what came."""

    def __init__(self, line: Line, cutoffs: np.ndarray, steps: int) -> None:
        self._line = line
        self._cutoffs = cutoffs
        self._season = 1
        self._rows = cutoffs[:, None] + np.arange(1, steps + 1)  # (n, steps)
        self._median = np.full(self._rows.shape, np.nan)
        self._ends = np.full((*self._rows.shape, 2), np.nan)
        self._rules = {name: np.full(self._rows.shape, np.nan) for name in BASELINES}
        there = line.observed[self._rows] if len(cutoffs) else np.zeros(self._rows.shape, bool)
        self._actual = np.where(there, line.filled[self._rows], np.nan)

    def take(self, at: int, seasons: tuple[int, ...], median: np.ndarray, ends: np.ndarray) -> None:
        """Take in what was said at a cutoff by its number, and ask the rules the same."""
        self._median[at], self._ends[at] = median, ends
        season = seasons[0] if seasons else 1
        if at == 0:
            self._season = season
        steps = self._rows.shape[1]
        said = predict_baselines(self._line.filled, self._cutoffs[[at]], steps, season)
        for name, one in said.items():
            self._rules[name][at] = one[0]

    def judge(self) -> tuple[dict[str, float], np.ndarray] | None:
        """Return scaled errors by name, and which values the range held; None without any."""
        there = np.isfinite(self._actual)
        if not there.any():
            return None
        known = slice(0, int(self._cutoffs[0]) + 1)
        line = self._line
        scale = measure_scale(line.filled[known], line.observed[known], self._season)
        if not scale > 0:
            return None
        said = {_OWN: self._median, **self._rules}
        errors = {
            name: float(np.nanmean(np.abs(self._actual - one))) / scale
            for name, one in said.items()
        }
        held = (self._actual >= self._ends[..., 0]) & (self._actual <= self._ends[..., 1])
        return errors, held[there]

    def list_errors(self) -> np.ndarray:
        """Return the row that was forecast, and actual less median; ``(n, 2)``."""
        there = np.isfinite(self._actual)
        return np.column_stack([self._rows[there], (self._actual - self._median)[there]])


def _group_by_seasons(
    lines: Sequence[Line], cutoffs: Sequence[np.ndarray], frequency: Frequency
) -> dict[tuple[int, ...], list[tuple[int, int]]]:
    """Group (line, number of its cutoff) by the seasons that were seen by then.

    Lines go back in step, from their last cutoffs on.
    """
    groups: dict[tuple[int, ...], list[tuple[int, int]]] = {}
    for back in range(1, max(map(len, cutoffs)) + 1):
        asked = [
            (number, len(own) - back) for number, own in enumerate(cutoffs) if len(own) >= back
        ]
        known = [lines[number].filled[: cutoffs[number][at] + 1] for number, at in asked]
        groups.setdefault(find_common_seasons(known, frequency), []).extend(asked)
    return groups


def choose_cutoffs(line: Line, steps: int, season: int, most: int) -> np.ndarray:
    """Return rows of the last known value, ``(n,)``, the earliest first.

    As many as there are, up to ``most``, evenly spread over the latest rows, a horizon apart at
    most; before each lie two seasons where the rows allow it, and six known values at least.
    """
    num_rows = len(line.filled)
    latest = num_rows - 1 - steps
    known = np.flatnonzero(np.cumsum(line.observed) >= _FEWEST_BEFORE)
    if not len(known) or known[0] > latest:
        return np.zeros(0, int)
    earliest = max(int(known[0]), min(2 * season, num_rows // 2))
    if earliest > latest:
        return np.array([latest])
    stride = max(1, min(steps, (latest - earliest) // max(most - 1, 1)))
    return latest - stride * np.arange(min(most, (latest - earliest) // stride + 1))[::-1]
