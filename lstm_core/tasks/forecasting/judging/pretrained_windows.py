"""The pre-trained network at cutoffs of the test part, beside the run's own networks."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np

from lstm_core.data.series.dataset import Dataset
from lstm_core.learning.feeds.feed import thin
from lstm_core.memo import Memo
from lstm_core.tasks.forecasting.baselines.pretrained import WORK_OF_A_WINDOW
from lstm_core.tasks.forecasting.framing.examples import SeriesPart
from lstm_core.tasks.forecasting.judging.judgement import compare
from lstm_core.tasks.forecasting.judging.pretrained_result import PRETRAINED, PretrainedResult
from lstm_core.tasks.forecasting.judging.scoreboard import MODEL, Block, Scoreboard
from lstm_core.tasks.forecasting.pretrained.answering import MOST_STEPS, forecast_medians
from lstm_core.tasks.forecasting.pretrained.history import FEWEST_VALUES, MOST_VALUES
from lstm_core.tasks.forecasting.pretrained.packing import Pretrained
from lstm_core.tasks.forecasting.pretrained.preview.lines import find_common_seasons, lay_out
from lstm_core.tasks.forecasting.pretrained.weights import get_latest_version, load_version
from lstm_core.threads import stay_on_one_thread

MOST_WORK = 400_000
"""What is asked in one run, in steps ahead: about three seconds of one core."""

_AT_ONCE = 1_024
_LINES_LOOKED_AT = 5
"""Lines whose seasons are looked for: the longest ones."""


@dataclass(frozen=True)
class _Line:
    """One target of one series: ``values`` ``(rows,)``, NaN where nothing was observed."""

    key: tuple[int, int]
    values: np.ndarray
    cutoffs: np.ndarray

    def recall(self, cutoff: int) -> np.ndarray:
        """Return ``(rows,)`` up to a cutoff, as many of the latest as are ever looked at.

        Where these hold too few values, all of them.
        """
        latest = self.values[max(0, cutoff + 1 - MOST_VALUES) : cutoff + 1]
        if np.isfinite(latest).sum() >= FEWEST_VALUES:
            return latest
        return self.values[: cutoff + 1]

    def fill_to(self, cutoff: int) -> np.ndarray:
        """Return ``(rows,)`` up to the last value known by then, gaps on straight lines."""
        known = self.values[: cutoff + 1]
        there = np.flatnonzero(np.isfinite(known))
        return np.interp(np.arange(there[0], there[-1] + 1), there, known[there])


class PretrainedWindows:
    """Asks the pre-trained network, and judges what it says.

    Lives for one run. For each fold, ``ask`` comes first, with what of the test part is to be
    asked; then ``add`` takes each block of windows that the run's own networks were scored on.
    What is said at a cutoff follows from the target's observed values up to it alone.
    """

    def __init__(
        self,
        dataset: Dataset,
        horizon: int,
        season: int,
        num_folds: int = 1,
        pretrained: Pretrained | None = None,
    ) -> None:
        """Take what is to be forecast.

        Args:
            season: in steps, as the run's rules know it; 1 when there is none.
            num_folds: how often will be asked.
            pretrained: other weights than the latest.
        """
        self._dataset = dataset
        self._horizon = horizon
        self._season = season
        self._num_folds = num_folds
        self._pretrained = pretrained
        self._answers: dict[tuple[int, int], tuple[np.ndarray, np.ndarray]] = {}
        self._num_all = self._num_asked = 0
        self.board = Scoreboard()

    def ask(
        self, parts: Sequence[SeriesPart], test: Sequence[np.ndarray], drawn: Sequence[np.ndarray]
    ) -> None:
        """Ask at cutoffs of the flat table, as many as ``MOST_WORK`` allows, evenly spread.

        Args:
            test: for each part its cutoffs ``(n,)``, in order.
            drawn: those of them that may be asked.
        """
        self._answers = {}
        targets = self._dataset.roles.targets
        self._num_all += len(targets) * sum(map(len, test))
        if self._horizon > MOST_STEPS:
            return
        most = MOST_WORK // (self._horizon + WORK_OF_A_WINDOW) // self._num_folds // len(targets)
        lines = list(self._list_lines(parts, _thin_all(drawn, max(1, most))))
        if not lines:
            return
        self._pretrained = self._pretrained or load_version(get_latest_version())
        longest = sorted(lines, key=lambda line: -int(line.cutoffs[0]))[:_LINES_LOOKED_AT]
        found = find_common_seasons(
            [line.fill_to(int(line.cutoffs[0])) for line in longest], self._dataset.frequency
        )
        seasons = [*found, *([self._season] if self._season > 1 else [])]
        histories = [line.recall(cutoff) for line in lines for cutoff in line.cutoffs]
        said = _ANSWERS.recall(_ask, histories, seasons, self._horizon, self._pretrained)
        ends = np.cumsum([len(line.cutoffs) for line in lines])
        for line, own in zip(lines, np.split(said, ends[:-1]), strict=True):
            self._answers[line.key] = line.cutoffs, own

    def add(self, part: SeriesPart, target: int, scored: Block) -> np.ndarray:
        """Judge a block's windows that were asked.

        Returns:
            What was said, ``(n, horizon)`` in the units of the data; NaN where nobody asked.
        """
        said = np.full(scored.actual.shape, np.nan)
        cutoffs, medians = self._answers.get((part.first, target), (np.zeros(0, int), said))
        asked = np.isin(scored.cutoff, cutoffs)
        if asked.any():
            said[asked] = medians[np.searchsorted(cutoffs, scored.cutoff[asked])]
            beside = {**scored.predictions, PRETRAINED: said}
            self._num_asked += int(asked.sum())
            self.board.add(
                Block(
                    scored.line,
                    scored.scale,
                    scored.fold[asked],
                    scored.cutoff[asked],
                    scored.actual[asked],
                    {name: each[asked] for name, each in beside.items()},
                    scored.ends[asked],
                )
            )
        return said

    def judge(self, measure: str) -> PretrainedResult:
        """Compare the run's own networks with it, by a measure, where it was asked."""
        roles = self._dataset.roles
        untold = (*roles.past_covariates, *roles.known_future_covariates)
        reason = self._say_why_not()
        if reason:
            return PretrainedResult(num_all=self._num_all, left_out=reason)
        assert self._pretrained is not None
        scores = {name: self.board.score(name) for name in self.board.names}
        own, found = scores.pop(MODEL), scores.pop(PRETRAINED)
        mine, other = own[measure], found[measure]
        if mine is None or other is None:
            reason = "what it predicts here can't be measured"
            return PretrainedResult(num_all=self._num_all, left_out=reason)
        windows = self.board.list_windows()
        comparison = compare(windows, PRETRAINED, mine, other, self._horizon)
        reverse = compare(windows, MODEL, other, mine, self._horizon, own=PRETRAINED)
        rules = [each[measure] for each in scores.values()]
        return PretrainedResult(
            version=self._pretrained.version,
            measure=measure,
            scores=found,
            own=own,
            num_windows=self._num_asked,
            num_all=self._num_all,
            comparison=comparison,
            is_better=reverse.is_win,
            beats_rules=all(error is None or other < error for error in rules),
            untold=untold,
        )

    def _say_why_not(self) -> str:
        if self._horizon > MOST_STEPS:
            return f"it looks {MOST_STEPS} steps ahead at most, and {self._horizon:,} are predicted"
        if not self._num_asked:
            return f"before no window of the test part lie the {FEWEST_VALUES} values that it needs"
        return ""

    def _list_lines(
        self, parts: Sequence[SeriesPart], cutoffs: Sequence[np.ndarray]
    ) -> Iterator[_Line]:
        """Yield the lines with the cutoffs by which enough is known."""
        table = self._dataset.frame.to_numpy()
        for part, own in zip(parts, cutoffs, strict=True):
            local = own.astype(np.int64) - part.first
            for target in range(len(self._dataset.roles.targets)):
                observed = self._dataset.observed[part.rows, target]
                able = local[np.cumsum(observed)[local] >= FEWEST_VALUES]
                if len(able):
                    values = np.where(observed, table[part.rows, target], np.nan)
                    yield _Line((part.first, target), values, able)


_ANSWERS: Memo[np.ndarray] = Memo(4)
"""As many as a backtest has folds, and one: trials that share a process ask the same."""


def _ask(
    histories: Sequence[np.ndarray], seasons: Sequence[int], horizon: int, pretrained: Pretrained
) -> np.ndarray:
    """Return what is said to come after each history, ``(n, horizon)``."""
    with stay_on_one_thread():
        answers = [
            forecast_medians(
                lay_out(histories[start : start + _AT_ONCE], seasons), horizon, pretrained
            )
            for start in range(0, len(histories), _AT_ONCE)
        ]
    return np.concatenate(answers)


def _thin_all(cutoffs: Sequence[np.ndarray], most: int) -> list[np.ndarray]:
    """Keep at most so many of all together, alike of each series; some of none may be left."""
    kept = [thin(own, max(1, most // len(cutoffs))) for own in cutoffs]
    together = np.concatenate(kept)
    if len(together) <= most:
        return kept
    chosen = thin(together, most)
    return [own[np.isin(own, chosen)] for own in kept]
