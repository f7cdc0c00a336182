"""The baselines that a model has to beat, fitted where there is something to fit."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field, replace

import numpy as np

from lstm_core.memo import Memo
from lstm_core.tasks.forecasting.baselines.counts import COUNTING
from lstm_core.tasks.forecasting.baselines.naming import ETS_BY_ERROR, PRETRAINED_KIND, read_name
from lstm_core.tasks.forecasting.baselines.pretrained import PretrainedRule, make_pretrained
from lstm_core.tasks.forecasting.baselines.regression import RegressionModel, fit_regression
from lstm_core.tasks.forecasting.baselines.several_seasons import fit_several
from lstm_core.tasks.forecasting.baselines.simple import predict_simple
from lstm_core.tasks.forecasting.baselines.smoothing import fit_ets, fit_theta, import_statsmodels
from lstm_core.tasks.forecasting.baselines.smoothing_by_error import fit_ets_by_error
from lstm_core.tasks.forecasting.baselines.smoothing_models import SmoothingModel, SmoothingWalk

Fitted = SmoothingModel | RegressionModel | PretrainedRule


@dataclass(frozen=True)
class Line:
    """What baselines are fitted to: one target of one series.

    Attributes:
        values: ``(rows,)``, the training rows, at least one, without NaN.
        first_row: the row of the series that they begin at.
        known: ``(rows of the series and of its future, covariates)``, what is known ahead of time;
            no column where nothing is.
    """

    values: np.ndarray
    first_row: int = 0
    known: np.ndarray = field(default_factory=lambda: np.zeros((0, 0)))


@dataclass(frozen=True)
class Baselines:
    """The baselines of several lines.

    Attributes:
        lines: what they were fitted to.
        season: steps in the usual season; 1 when there is none.
        names: see ``listing``.
        fitted: for each of those that have something to fit, a model a line.
    """

    lines: Sequence[Line]
    season: int
    names: tuple[str, ...]
    fitted: dict[str, list[Fitted]]
    _walks: dict[tuple[str, int], SmoothingWalk] = field(
        default_factory=dict, init=False, repr=False, compare=False
    )

    @classmethod
    def fit(cls, lines: Sequence[Line], season: int, names: Iterable[str]) -> Baselines:
        """Fit those of the names that have something to fit to the training rows of each line.

        What was fitted to the same lines before, in this process, is not fitted again. No data
        stops it: where a rule can't be fitted a simpler one of its kind stands in.
        """
        names = tuple(names)
        return cls(lines, season, names, _FITTED.recall(_fit_all, tuple(lines), season, names))

    def measure_optimism(self, line: int, name: str, num_rows: int) -> float:
        """Return by how much errors on the ``num_rows`` of the fit are to be scaled up.

        The degrees of freedom that fitting used up: Hyndman and Athanasopoulos, section 5.5.
        """
        if name not in self.fitted:
            return 1.0
        used = min(self.fitted[name][line].num_parameters, num_rows // 2)
        return float(np.sqrt(num_rows / (num_rows - used)))

    def predict(
        self,
        line: int,
        values: np.ndarray,
        cutoffs: np.ndarray,
        horizon: int,
        names: Iterable[str] | None = None,
    ) -> dict[str, np.ndarray]:
        """Predict a line from several cutoffs, from each with the values up to it.

        Args:
            values: ``(rows,)`` of the series without NaN.
            cutoffs: ``(n,)`` rows of the last known value.
            horizon: steps to predict.
            names: of the baselines, those that are wanted; all where nothing is said.

        Returns:
            For each, ``(n, horizon)``.
        """
        wanted = self.names if names is None else names
        return {name: self._predict(name, line, values, cutoffs, horizon) for name in wanted}

    def _predict(
        self, name: str, line: int, values: np.ndarray, cutoffs: np.ndarray, horizon: int
    ) -> np.ndarray:
        if name in self.fitted:
            model = self.fitted[name][line]
            if isinstance(model, RegressionModel):
                return model.predict(values, cutoffs, horizon, self.lines[line].known)
            if isinstance(model, PretrainedRule):
                return model.predict(values, cutoffs, horizon)
            walk = self._walks.setdefault((name, line), SmoothingWalk(model))
            return walk.predict(values, cutoffs, horizon)
        kind, seasons = read_name(name)
        if kind in COUNTING:
            level = COUNTING[kind](values, cutoffs, self.season)
            return np.repeat(level[:, None], horizon, axis=1)
        season, shorter = (*seasons, self.season)[:2] if seasons else (self.season, 1)
        return predict_simple(kind, values, cutoffs, horizon, season, shorter)


_FITTED: Memo[dict[str, list[Fitted]]] = Memo(4)
"""As many as a backtest has folds, and one: a search's trials fit the same rules to the same rows,
and those that share a process share these."""


def _fit_all(lines: Sequence[Line], season: int, names: Sequence[str]) -> dict[str, list[Fitted]]:
    fits = {name: find_fit(name, season) for name in names}
    return {name: [fit(line) for line in lines] for name, fit in fits.items() if fit is not None}


def reads_known(names: Iterable[str]) -> bool:
    """Whether any of these rules looks at what is known ahead of time."""
    return any(read_name(name)[0] == "regression" for name in names)


def find_fit(name: str, season: int) -> Callable[[Line], Fitted] | None:
    """Return what fits a rule to a line; None where it has nothing to fit."""
    kind, seasons = read_name(name)
    if kind == "regression":
        return lambda line: _fit_regression(line, seasons)
    if kind == PRETRAINED_KIND:
        return lambda line: make_pretrained(seasons)
    smoothing: dict[str, Callable[[np.ndarray], SmoothingModel]] = {
        "ets": lambda values: fit_ets(values, season),
        ETS_BY_ERROR: lambda values: fit_ets_by_error(values, season),
        "theta": lambda values: fit_theta(values, season),
        "mstl": lambda values: fit_several(values, seasons),
    }
    if kind not in smoothing:
        return None
    import_statsmodels()
    return lambda line: _fit_smoothing(line, smoothing[kind])


def _fit_smoothing(line: Line, fit: Callable[[np.ndarray], SmoothingModel]) -> SmoothingModel:
    model = fit(np.asarray(line.values, dtype=np.float64))
    return replace(model, first_row=model.first_row + line.first_row)


def _fit_regression(line: Line, seasons: Sequence[int]) -> RegressionModel:
    known = line.known[line.first_row : line.first_row + len(line.values)]
    return fit_regression(np.asarray(line.values, np.float64), known, line.first_row, seasons)
