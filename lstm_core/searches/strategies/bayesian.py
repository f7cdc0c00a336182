"""Bayesian optimisation: a Gaussian process reads the scores so far and says where to look next.

Keras Tuner's oracle searches the process's surface one candidate at a time and places choices on a
line. Here the candidates are points of the space, many at once, and a choice has a column for each
of its values. As there: Srinivas, Krause, Kakade and Seeger (2010), "Gaussian Process Optimization
in the Bandit Setting: No Regret and Experimental Design", with a Matérn kernel.
"""

from __future__ import annotations

import warnings
from collections.abc import Mapping, Sequence
from typing import Any

import keras_tuner as tuner
import numpy as np
from sklearn.exceptions import ConvergenceWarning
from sklearn.gaussian_process import GaussianProcessRegressor
from sklearn.gaussian_process.kernels import Kernel, Matern, WhiteKernel
from threadpoolctl import ThreadpoolController

from lstm_core.searches.space.coding import place_points
from lstm_core.searches.strategies.oracles import Answer, Kept

NUM_CANDIDATES = 1_000
"""Points drawn from the whole space."""

_OPTIMISM = 1.0
"""Standard deviations by which a point is taken to be better than expected. Measured: with 2, as is
usual, the few trials of a search are spent on looking around."""

_NUM_ROUNDS = 4
_NUM_PARENTS = 10
_NUM_CHILDREN = 20
_REACH = 0.2
"""How far from a good point its neighbours are looked for in the first round; then half as far."""

_SHARE_MOVED = 0.4
_SHARE_DRAWN_ANEW = 0.05
_NUM_RESTARTS = 2
_TOLERATED = 3.0
"""How many times the middle half of the scores a bad one may lie above them: beyond, it would
flatten the differences between good ones."""


_THREADS = ThreadpoolController()


class BayesianOracle(Kept, tuner.oracles.BayesianOptimizationOracle):
    """Where the process expects the most, once ``num_initial_points`` were scored.

    Every answer begins from nothing but the trials and the seed: a replayed search, which has
    fitted no process before, gives the same.
    """

    def find_values(self) -> dict[str, Any] | None:
        num_scored = sum(trial.status == "COMPLETED" for trial in self.trials.values())
        found = None
        if num_scored >= self.num_initial_points:
            # Matrices are small: more threads would wait for each other and for the trials.
            with _THREADS.limit(limits=1):
                found = self._find_promising()
        return found or self._random_values()

    def populate_space(self, trial_id: str) -> Answer:
        values = self.find_values() if self.given is None else dict(self.given)
        if values is None:
            return {"status": "STOPPED", "values": None}
        return {"status": "RUNNING", "values": values}

    def _find_promising(self) -> dict[str, Any] | None:
        """Return the most promising of many points that were not tried; none: all were.

        Looks in the whole space first, then ever nearer to the best that was found or tried.
        """
        generator = np.random.default_rng(self._seed_state)
        process = self._fit_process()
        shares = np.concatenate(
            [
                generator.random((NUM_CANDIDATES, len(self.hyperparameters.space))),
                [self._to_shares(trial) for trial in self._list_best(_NUM_PARENTS)],
            ]
        )
        points = [self._to_values(row) for row in shares]
        bounds = self._bound(process, points)
        for number in range(_NUM_ROUNDS):
            parents = shares[np.argsort(bounds)[:_NUM_PARENTS]]
            children = _move(parents, _REACH / 2**number, generator)
            born = [self._to_values(row) for row in children]
            shares = np.concatenate([shares, children])
            points += born
            bounds = np.concatenate([bounds, self._bound(process, born)])
        ranked = (points[index] for index in np.argsort(bounds))
        return next((point for point in ranked if not self._duplicate(point)), None)

    def _fit_process(self) -> GaussianProcessRegressor:
        """Fit to the trials that ended; those that run are taken to end worse than expected.

        One without a score counts as the worst, so that what fails is kept away from.
        """
        trials = list(self.trials.values())
        scored = [trial for trial in trials if trial.status == "COMPLETED"]
        failed = [trial for trial in trials if trial.status in ("FAILED", "INVALID")]
        errors = _tame(np.array([self._sign * trial.score for trial in scored]))
        errors = np.concatenate([errors, np.full(len(failed), errors.max())])
        places = self._place([trial.hyperparameters.values for trial in scored + failed])
        kernel = Matern(0.5, (0.05, 10.0), nu=2.5) + WhiteKernel(1e-2, (1e-6, 1.0))
        with warnings.catch_warnings():
            # Scores may well have no noise, or nothing but noise.
            warnings.simplefilter("ignore", ConvergenceWarning)
            process = self._make_process(kernel, _NUM_RESTARTS).fit(places, errors)
        running = [trial.hyperparameters.values for trial in self.ongoing_trials.values()]
        if not running:
            return process
        waiting = self._place(running)
        expected, deviation = process.predict(waiting, return_std=True)
        return self._make_process(process.kernel_, None).fit(
            np.concatenate([places, waiting]), np.concatenate([errors, expected + deviation])
        )

    def _make_process(self, kernel: Kernel, num_restarts: int | None) -> GaussianProcessRegressor:
        return GaussianProcessRegressor(
            kernel,
            optimizer=None if num_restarts is None else "fmin_l_bfgs_b",
            n_restarts_optimizer=num_restarts or 0,
            normalize_y=True,
            random_state=self._seed_state % 2**32,
        )

    def _bound(
        self, process: GaussianProcessRegressor, points: Sequence[Mapping[str, Any]]
    ) -> np.ndarray:
        """Return the error that each point may well come down to, ``(points,)``."""
        expected, deviation = process.predict(self._place(points), return_std=True)
        return np.asarray(expected - _OPTIMISM * deviation)

    def _place(self, points: Sequence[Mapping[str, Any]]) -> np.ndarray:
        return place_points(self.codes, points)

    def _list_best(self, number: int) -> list[Any]:
        scored = [trial for trial in self.trials.values() if trial.status == "COMPLETED"]
        return sorted(scored, key=lambda trial: self._sign * trial.score)[:number]

    @property
    def _sign(self) -> float:
        return -1.0 if self.objective.direction == "max" else 1.0

    def _to_shares(self, trial: Any) -> list[float]:
        """Return where each setting stands between its first and its last value."""
        values = trial.hyperparameters.values
        return [
            setting.value_to_prob(values[setting.name]) if setting.name in values else 0.5
            for setting in self.hyperparameters.space
        ]

    def _to_values(self, shares: np.ndarray) -> dict[str, Any]:
        values: dict[str, Any] = {}
        for setting, share in zip(self.hyperparameters.space, shares.tolist(), strict=True):
            if all(condition.is_active(values) for condition in setting.conditions):
                values[setting.name] = setting.prob_to_value(share)
        return values


def _tame(errors: np.ndarray) -> np.ndarray:
    """Cut off the worst, ``(trials,)``."""
    low, high = np.quantile(errors, [0.25, 0.75])
    return np.minimum(errors, high + _TOLERATED * (high - low))


def _move(parents: np.ndarray, reach: float, generator: np.random.Generator) -> np.ndarray:
    """Return neighbours of points, ``(points × children, settings)``, all in 0..1."""
    near = np.repeat(parents, _NUM_CHILDREN, axis=0)
    is_moved = generator.random(near.shape) < _SHARE_MOVED
    near = near + is_moved * generator.normal(0, reach, near.shape)
    is_drawn = generator.random(near.shape) < _SHARE_DRAWN_ANEW
    near = np.where(is_drawn, generator.random(near.shape), near)
    return np.clip(near, 0.0, np.nextafter(1.0, 0.0))
