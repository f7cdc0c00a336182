"""``ForecastingTask``: the face of forecasting."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from functools import cached_property, partial
from typing import Any

import keras
import numpy as np
import pandas as pd

from lstm_core.data.series.dataset import Dataset
from lstm_core.events import EpochFinished
from lstm_core.learning.ensemble import Combine, Member, PredictBy, Tried, take_median
from lstm_core.learning.feeds.feed import draw_spread, thin
from lstm_core.learning.feeds.windows import WindowFeed, gather_inputs
from lstm_core.learning.probes.attention import read_attention
from lstm_core.spec import ExperimentSpec
from lstm_core.tasks.base import NOTHING_CHOSEN, Choice, Evaluation, Predict
from lstm_core.tasks.forecasting.baselines.fitting import Baselines
from lstm_core.tasks.forecasting.baselines.words import say_left_out
from lstm_core.tasks.forecasting.doctor.examination import examine
from lstm_core.tasks.forecasting.framing.earlier import SEASONAL
from lstm_core.tasks.forecasting.framing.examples import (
    ONLY_SERIES,
    Framing,
    frame_dataset,
    number_folds,
    use_known_future,
)
from lstm_core.tasks.forecasting.framing.inputs.adding import add_inputs
from lstm_core.tasks.forecasting.framing.whole import find_whole_targets, learns_mean
from lstm_core.tasks.forecasting.judging.breakdowns import break_down
from lstm_core.tasks.forecasting.judging.judgement import choose_measure, judge
from lstm_core.tasks.forecasting.judging.metrics import measure_scale
from lstm_core.tasks.forecasting.judging.prediction_table import make_table
from lstm_core.tasks.forecasting.judging.pretrained_result import PRETRAINED
from lstm_core.tasks.forecasting.judging.pretrained_windows import PretrainedWindows
from lstm_core.tasks.forecasting.judging.scoreboard import MODEL, Block, Scoreboard
from lstm_core.tasks.forecasting.judging.trying import measure_lines
from lstm_core.tasks.forecasting.judging.verdict import ForecastVerdict
from lstm_core.tasks.forecasting.judging.words import say_drawn
from lstm_core.tasks.forecasting.leaking.columns import Leak, find_leaks
from lstm_core.tasks.forecasting.levels import CALENDAR, COVARIATES, NORMALISE
from lstm_core.tasks.forecasting.network.looking import locate_attention
from lstm_core.tasks.forecasting.network.losses import measure_losses
from lstm_core.tasks.forecasting.network.making import find_making
from lstm_core.tasks.forecasting.network.objective import ForecastObjective
from lstm_core.tasks.forecasting.predicting.film import Film
from lstm_core.tasks.forecasting.predicting.mixing import Mix
from lstm_core.tasks.forecasting.predicting.ranges import factors_to_json
from lstm_core.tasks.forecasting.predicting.shrinking import Shrinkage
from lstm_core.tasks.forecasting.predicting.windows import Predicted, forecast_beyond, label_series
from lstm_core.tasks.forecasting.regimes import does_level_wander
from lstm_core.tasks.forecasting.tried import TRIED, list_tried

MOST_JUDGED = 40_000
"""Cutoffs of the test part that are predicted from, of all folds and series; beyond, one is drawn
of each stretch. Neighbours overlap: more of them take longer, and say the same again."""

MAX_PREDICTIONS = 150_000
"""Rows of the prediction table; beyond, its cutoffs are thinned evenly. Metrics see more."""

NORMALISATIONS = ("last_value", "mean_std", "none")
"""What may be taken from a window, the likeliest first."""

READINGS = ("all", "known_ahead", "none")
"""Which of the table's covariates may be read, the most first."""

CALENDAR_READINGS = ("none", "all")
"""What may be read of what is tried of the calendar."""

_LEADS = {
    # What begins with earlier seasons does well from the start, and others catch up.
    NORMALISE: dict.fromkeys(SEASONAL, 0.1),
    # Who reads more has more to learn by heart.
    COVARIATES: {"all": 0.02, "known_ahead": 0.01},
    CALENDAR: {"all": 0.02},
}
"""By which share of its error a kind has to be ahead."""


class ForecastingTask:
    """Forecasts every target of every series.

    Lives for one run: for each of ``folds``, ``prepare`` fits the transforms and lays out the
    examples, and ``observe`` scores what the networks trained on them predict. A *line* is one
    target of one series.
    """

    def __init__(self, spec: ExperimentSpec, dataset: Dataset) -> None:
        """Take a spec that ``defaults.resolve_spec`` has filled in for this dataset."""
        self.spec = spec
        self._given = use_known_future(dataset, spec)
        self.dataset = add_inputs(self._given, spec)
        self._making = find_making(spec.model)
        self.targets = self.dataset.roles.targets
        _, self.horizon = spec.task.sizes
        self.season = spec.task.season or 1
        self._mix = Mix(spec, self.dataset, len(self.folds))
        self._values = self.dataset.frame.to_numpy()
        self._times = self.dataset.frame.index.get_level_values("time")
        self._framing: Framing | None = None
        self._fold: int | None = None
        self._scales: dict[tuple[str, str], float] = {}
        self._board = Scoreboard()
        self._pretrained = PretrainedWindows(
            self._given, self.horizon, self.season, len(self.folds)
        )
        self._tables: list[pd.DataFrame] = []
        self._num_judged = self._num_cutoffs = 0
        """Cutoffs of the test part: predicted from, and all that there are."""
        self._tried_readings: Mapping[str, float] = {}

    @property
    def folds(self) -> Sequence[int | None]:
        if not self.spec.task.refit:
            return [None]
        return list(range(self.spec.task.num_folds or 1))

    @property
    def objective(self) -> ForecastObjective:
        return self._making.make_objective(self.spec, self.framing.examples.shape.horizon)

    @property
    def starts_trained(self) -> bool:
        return self.spec.model.comes_trained

    @property
    def combine(self) -> Combine:
        return take_median

    @property
    def framing(self) -> Framing:
        """What ``prepare`` made."""
        if self._framing is None:
            raise RuntimeError("prepare() comes first")
        return self._framing

    @property
    def baselines(self) -> Baselines:
        """Fitted to the training part when they are first asked for; see ``predicting.mixing``."""
        return self._mix.baselines

    @property
    def shrinkage(self) -> Shrinkage | None:
        """What the forecast beyond the data is mixed of; None: of the network alone."""
        return self._mix.shrinkage

    def prepare(self, fold: int | None) -> WindowFeed:
        framing = frame_dataset(self.dataset, self.spec, fold)
        self._framing = self._making.lay_out(framing, self.dataset)
        self._fold = fold
        self._mix.begin(self._framing)
        if not self._scales:
            self._scales = self._measure_scales()
            num_cutoffs = len(self._choose_judged()) * len(self.folds)
            self._board.expect(num_cutoffs * len(self.targets))
        return self._framing.examples

    def list_normalisations(self) -> tuple[str, ...]:
        """Return what may be taken from a window, for the validation part to choose from.

        The level itself is shown only where it stays: a network that saw it does better on a
        validation part at the same level, and worse wherever the level goes next.
        """
        wandering = [
            does_level_wander(
                self._values[part.rows, target][part.cuts.train_start : part.cuts.train_end],
                self.season,
            )
            for part in self.framing.parts
            for target in range(len(self.targets))
        ]
        usual = NORMALISATIONS if np.mean(wandering) < 0.5 else NORMALISATIONS[:-1]
        return (*SEASONAL, *usual) if self.spec.task.season_back else usual

    def list_readings(self) -> tuple[str, ...]:
        """Return which covariates may be read; nothing where the table has none."""
        shape = self.framing.examples.shape
        if not shape.covariates:
            return ()
        if 0 < len(shape.covariates_ahead) < len(shape.covariates):
            return READINGS
        return "all", "none"

    def list_calendar_readings(self) -> tuple[str, ...]:
        """Return what may be read of the calendar; nothing where nothing of it is laid out."""
        return CALENDAR_READINGS if self.framing.examples.shape.calendar else ()

    def build_network(self, kinds: Mapping[str, str] = NOTHING_CHOSEN) -> keras.Model:
        spec = self.spec
        for layer, kind in kinds.items():
            spec = spec.with_valid(TRIED[layer], kind)
        return self._making.build_network(self.framing.examples.shape, spec)

    def choices(self) -> Sequence[Choice]:
        values = {
            NORMALISE: self.list_normalisations,
            COVARIATES: self.list_readings,
            CALENDAR: self.list_calendar_readings,
        }
        is_open = set(list_tried(self.spec))
        found = [(layer, values[layer]()) for layer, path in TRIED.items() if path in is_open]
        return [Choice(TRIED[layer], layer, each, _LEADS[layer]) for layer, each in found if each]

    def measure_tried(self, predict: Predict) -> float | None:
        return measure_lines(self.framing.examples, predict)

    def settle(self, choice: Choice, tried: Tried) -> None:
        self.spec = self.spec.with_valid(choice.setting, tried.kind)
        if choice.layer == COVARIATES:
            self._tried_readings = tried.errors

    def watch(self) -> Film | None:
        return Film(self) if self.spec.task.strategy == "direct" else None

    def find_way(self) -> PredictBy | None:
        return self._making.find_way(self.spec, self.framing.examples)

    def observe(self, judged: Predict, predict: Predict) -> None:
        self._mix.observe_validation(judged)
        test = self._choose_judged()
        self._num_cutoffs += len(self.framing.examples.cutoffs["test"])
        self._num_judged += len(test)
        drawn = self._choose_drawn(test)
        if self.asks_pretrained():
            split = self.framing.split_by_series
            self._pretrained.ask(self.framing.parts, split(test), split(drawn))
        for block in self._mix.predict(test, predict):
            self._score(block, drawn)

    def asks_pretrained(self) -> bool:
        """Return whether the pre-trained network stands beside the run's own on the test part."""
        is_its_own = self.starts_trained and self.spec.training.epochs == 0
        return not is_its_own or bool(self.spec.task.shrink)

    def evaluate(self) -> Evaluation:
        table = pd.concat(self._tables, ignore_index=True)
        self._tables = [table]
        scores = {name: self._board.score(name) for name in self._board.names}
        metrics = scores.pop(MODEL)
        frequency = self.dataset.frequency
        pretrained = None
        if self.asks_pretrained():
            pretrained = self._pretrained.judge(choose_measure(metrics))
        beside = None if pretrained is None or pretrained.left_out else self._pretrained.board
        if beside is None:
            table = table.drop(columns=PRETRAINED)
        found = break_down(self._board, table, self._scales, beside)
        verdict = judge(
            self._board.list_windows(),
            metrics,
            scores,
            frequency,
            self.season,
            self.horizon,
            self._mix.shrinkages,
            {
                name: say_left_out(name, reason, frequency, self.season)
                for name, reason in self._mix.left_out.items()
            },
            pretrained,
            {name: self._board.sum_up(name) for name in self._board.names},
            [leak.column for leak in self._leaks],
            # By another measure than it was trained for, a network does not fail.
            bool(self.spec.task.shrink) and not learns_mean(self.spec),
        )
        verdict = replace(verdict, drawn=say_drawn(self._num_judged, self._num_cutoffs))
        if verdict.fell_back:
            self._mix.fall_back(verdict.rule)
        return Evaluation(
            metrics | self._board.score_ranges(),
            scores,
            verdict.to_json(),
            {"predictions": table, "breakdowns": found},
        )

    @cached_property
    def _whole(self) -> np.ndarray:
        return find_whole_targets(self.dataset, self.spec)

    @cached_property
    def _leaks(self) -> list[Leak]:
        return find_leaks(self._given, self.spec)

    def diagnose(
        self,
        evaluation: Evaluation,
        epochs: Sequence[EpochFinished],
        best_epochs: Sequence[int],
    ) -> list[dict[str, Any]]:
        found = examine(
            self.spec,
            self._given,
            evaluation.tables["predictions"],
            epochs,
            self.framing.examples,
            partial(measure_losses, self.spec.training),
            best_epochs,
            leaks=self._leaks,
            verdict=ForecastVerdict.from_json(evaluation.verdict),
            tried_readings=self._tried_readings,
        )
        return [diagnosis.to_json() for diagnosis in found]

    def answer(self, predict: Predict) -> dict[str, pd.DataFrame]:
        """Return ``forecast``: beyond the last row; see ``predicting.windows.forecast_beyond``."""
        return {"forecast": self.forecast(predict)}

    def explain(self, network: keras.Model, members: Sequence[Member]) -> dict[str, pd.DataFrame]:
        """Return ``attention``, where the networks have one; see ``network.looking``."""
        feed = self.framing.examples
        weights = read_attention(
            network,
            [member.weights for member in members],
            partial(gather_inputs, network, feed, feed.cutoffs["forecast"]),
        )
        if weights is None:
            return {}
        found = locate_attention(weights, self.dataset, self.framing, feed.shape.lookback)
        return {"attention": found}

    def forecast(self, predict: Predict) -> pd.DataFrame:
        """Predict beyond the last row; see ``predicting.windows.forecast_beyond``."""
        return forecast_beyond(
            self.dataset,
            self.framing,
            self.season,
            self.horizon,
            self.shrinkage,
            self._mix.fit_ranges(),
            predict,
            exchange=self.spec.task.exchange,
            whole=self._whole,
            totals=self._mix.fit_totals(),
        )

    def keep(self) -> dict[str, Any]:
        """Return what ``NewerTask`` needs of this task beside the networks."""
        single = self.dataset.roles.series is None
        kept = {
            "series": [ONLY_SERIES if single else part.name for part in self.framing.parts],
            "transforms": [scaler.to_json() for scaler in self.framing.scalers],
            "shrinkage": None if self.shrinkage is None else self.shrinkage.to_json(),
            "whole": self._whole.tolist(),
            "range_factors": factors_to_json(self._mix.fit_ranges()),
            "total_factors": factors_to_json(self._mix.fit_totals()),
        }
        return {"shape": vars(self.framing.examples.shape), "task": kept}

    def _score(self, block: Predicted, drawn: np.ndarray) -> None:
        """Score a block of the test part, and put its drawn cutoffs into the table."""
        point, ends = self._mix.mix(block)
        name = self.targets[block.target]
        line = (label_series(self.dataset, block.part, name), name)
        fold = (
            number_folds(block.part, block.local, self.spec)
            if self._fold is None
            else np.full(len(block.local), self._fold)
        )
        scored = Block(
            line,
            self._scales[line],
            fold + 1,
            block.local,
            block.actual,
            {MODEL: block.scaler.restore_target(point, block.target), **block.baselines},
            block.scaler.restore_target(ends, block.target),
        )
        self._board.add(scored)
        asked = self._pretrained.add(block.part, block.target, scored)
        kept = np.isin(block.local + block.part.first, drawn)
        if kept.any():
            times = self._times[block.part.rows]
            self._tables.append(make_table(scored, kept, times, asked))
        self._mix.take_in(block)

    def _choose_judged(self) -> np.ndarray:
        """Return those cutoffs of the test part that are predicted from."""
        test = self.framing.examples.cutoffs["test"]
        share = min(1.0, MOST_JUDGED / len(self.folds) / max(1, len(test)))
        split = self.framing.split_by_series(test)
        return np.concatenate([draw_spread(own, max(1, int(len(own) * share))) for own in split])

    def _choose_drawn(self, test: np.ndarray) -> np.ndarray:
        """Thin the test cutoffs, series by series, to those that the table keeps."""
        parts = self.framing.parts
        most = MAX_PREDICTIONS // (self.horizon * len(self.targets) * len(parts) * len(self.folds))
        return np.concatenate(
            [thin(own, max(1, most)) for own in self.framing.split_by_series(test)]
        )

    def _measure_scales(self) -> dict[tuple[str, str], float]:
        scales = {}
        for part in self.framing.parts:
            first = part.rows.start
            rows = slice(first + part.cuts.train_start, first + part.cuts.validation_end)
            for number, target in enumerate(self.targets):
                scales[label_series(self.dataset, part, target), target] = measure_scale(
                    self._values[rows, number], self.dataset.observed[rows, number], self.season
                )
        return scales
