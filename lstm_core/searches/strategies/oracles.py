"""Keras Tuner's oracles, held to what a search needs that is replayed from its record.

Nothing is written to a disk, nothing is counted that the search counts itself, and a question that
was not answered leaves no trace.
"""

from __future__ import annotations

import copy
import math
import random
from collections.abc import Mapping
from typing import Any

import keras_tuner as tuner

from lstm_core.searches.space.coding import Code
from lstm_core.searches.space.points import count_points, list_points
from lstm_core.searches.strategies.strategy import FACTOR
from lstm_core.spec.search import Space

MOST_LISTED = 20_000
"""Points among which the ones not yet tried are looked for one by one."""

Answer = dict[str, Any]


class Kept:
    """Mixed into an oracle.

    Attributes:
        given: the values of the next trial, when they come from a record.
    """

    given: dict[str, Any] | None = None

    def keep_in(self, space: Space, codes: Mapping[str, Code]) -> None:
        """Tell what the hyperparameters stand for, and be quiet."""
        self.space, self.codes = space, codes
        self.verbose = 0

    def suggest(self, tuner_id: str, seed: int) -> Any:
        """Return a new trial; whatever was drawn before has no say in it.

        Its status is ``RUNNING``, or where there is none ``IDLE`` or ``STOPPED``.
        """
        self._seed_state = seed
        return self.create_trial(tuner_id)

    def finish(self, trial: Any, score: float | None) -> None:
        """Take note of the end of a trial; ``score`` None: it has none."""
        if score is None:
            trial.status = "FAILED"
        else:
            self.update_trial(trial.trial_id, {self.objective.name: score})
            trial.status = "COMPLETED"
        self.end_trial(trial)

    def save(self) -> None:
        """The record of the search holds all there is to keep."""

    def _save_trial(self, trial: Any) -> None:
        """As ``save``."""

    def _check_consecutive_failures(self) -> None:
        """The search counts them."""

    def populate_space(self, trial_id: str) -> Answer:
        if self.given is not None:
            return {"status": "RUNNING", "values": dict(self.given)}
        return super().populate_space(trial_id)  # type: ignore[misc]

    def _random_values(self) -> dict[str, Any] | None:
        """Return a random point that was not tried yet; none: there is none left.

        Drawing again and again misses the last ones of a small space, so they are looked for.
        """
        values: dict[str, Any] | None = super()._random_values()  # type: ignore[misc]
        if values is None and (count_points(self.space) or MOST_LISTED + 1) <= MOST_LISTED:
            points = (
                {path: self.codes[path].to_raw(value) for path, value in point.items()}
                for point in list_points(self.space)
            )
            untried = [point for point in points if not self._duplicate(point)]
            if untried:
                return random.Random(self._seed_state).choice(untried)
        return values

    _duplicate: Any
    create_trial: Any
    end_trial: Any
    objective: Any
    update_trial: Any


class RandomOracle(Kept, tuner.oracles.RandomSearchOracle):
    """Any point is as likely, and none comes twice."""


class GridOracle(Kept, tuner.oracles.GridSearchOracle):
    """One point after another.

    Keras Tuner waits for a trial's end before it goes on from it, for the trial might bring new
    settings. Here it can't, and trials run side by side.
    """

    def create_trial(self, tuner_id: str) -> Any:
        trial = super().create_trial(tuner_id)
        if trial.status == "RUNNING":
            self._populate_next.append(trial.trial_id)
        return trial


class HyperbandOracle(Kept, tuner.oracles.HyperbandOracle):
    """Many short trials; the best of them again, with more epochs and from the beginning."""

    _brackets: list[dict[str, Any]]
    _current_bracket: int
    _current_iteration: int

    def __init__(self, *, first_bracket: int, **options: Any) -> None:
        self._first_bracket = first_bracket
        super().__init__(factor=FACTOR, hyperband_iterations=None, **options)

    def finish(self, trial: Any, score: float | None) -> None:
        """One without a score ends as the worst: its bracket would wait for it for ever."""
        worst = -math.inf if self.objective.direction == "max" else math.inf
        super().finish(trial, worst if score is None else score)

    def _get_num_brackets(self) -> int:
        return self._first_bracket + 1

    def populate_space(self, trial_id: str) -> Answer:
        before = copy.deepcopy((self._brackets, self._current_bracket, self._current_iteration))
        answer = super().populate_space(trial_id)
        if answer["status"] != "RUNNING":
            self._brackets, self._current_bracket, self._current_iteration = before
        return answer
