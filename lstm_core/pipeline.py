"""The whole story on one page: a spec and a dataset go in, an honest forecast comes out.

Page, command line and worker all come through here.
"""

from __future__ import annotations

import json
import logging
import time
from collections.abc import Callable, Mapping, Sequence
from copy import copy
from dataclasses import dataclass, field
from functools import partial
from typing import TYPE_CHECKING, Any

import pandas as pd

from lstm_core.data.series.dataset import Dataset
from lstm_core.errors import NothingLearnt
from lstm_core.events import (
    EpochFinished,
    Event,
    FilmPrepared,
    Listener,
    PhaseStarted,
    SpecResolved,
    ignore_events,
)
from lstm_core.models.fitted import members_to_bytes
from lstm_core.spec import ExperimentSpec
from lstm_core.tables import table_to_parquet
from lstm_core.tasks.base import NORMALISE, Evaluation, Examples, Predict
from lstm_core.tasks.forecasting.defaults import resolve_spec
from lstm_core.tasks.forecasting.doctor.examination import examine
from lstm_core.tasks.forecasting.network.looking import locate_attention
from lstm_core.tasks.forecasting.predicting.film import Film
from lstm_core.tasks.forecasting.task import ForecastingTask

if TYPE_CHECKING:
    import keras

    from lstm_core.learning.ensemble import Ensemble

logger = logging.getLogger(__name__)


@dataclass(frozen=True)
class ExperimentResult:
    """What one experiment found.

    Attributes:
        spec: with every default filled in.
        metrics, baselines, verdict, breakdowns: see ``tasks.base.Evaluation``.
        diagnoses: what the doctor found, see ``tasks.forecasting.doctor``; None: it failed.
        predictions: the prediction table of the test part.
        forecast: ``series, target, step, timestamp, value`` and ranges beyond the last row.
        attention: ``series, target, timestamp, weight``: where the networks looked for that;
            None where they have no attention.
        model: what rebuilds the networks, JSON.
        weights: their weights, ``.npz``.
        stopped: where it was asked to conclude: what was left out, a sentence for people; empty
            if it came to its end.
        seconds: wall-clock time of the whole.
        examples: the last fold's, scaled.
        predict: the last fold's networks; from cutoffs of ``examples``, ``(n,)``, to scaled
            predictions, ``(n, horizon, targets, 1 + levels)``, the point first.
    """

    spec: ExperimentSpec
    metrics: dict[str, float | None]
    baselines: dict[str, dict[str, float | None]]
    verdict: dict[str, Any]
    diagnoses: list[dict[str, Any]] | None
    predictions: pd.DataFrame
    breakdowns: pd.DataFrame
    forecast: pd.DataFrame
    attention: pd.DataFrame | None
    model: dict[str, Any]
    weights: bytes
    stopped: str
    seconds: float
    examples: Examples = field(repr=False)
    predict: Predict = field(repr=False)

    def artifacts(self) -> dict[str, bytes]:
        """Return the files worth keeping, by name."""
        attention = {}
        if self.attention is not None:
            attention = {"attention.parquet": table_to_parquet(self.attention)}
        return attention | {
            "predictions.parquet": table_to_parquet(self.predictions),
            "breakdowns.parquet": table_to_parquet(self.breakdowns),
            "forecast.parquet": table_to_parquet(self.forecast),
            "model.json": json.dumps(self.model, indent=2).encode(),
            "weights.npz": self.weights,
        }


def run_experiment(
    spec: ExperimentSpec,
    dataset: Dataset,
    *,
    on_event: Listener = ignore_events,
    should_stop: Callable[[], bool] = lambda: False,
    should_conclude: Callable[[], bool] = lambda: False,
) -> ExperimentResult:
    """Prepare, train, judge, forecast.

    Args:
        should_stop: whether to give up; asked before each batch.
        should_conclude: whether to end the training, and to judge the networks that there are.

    Raises:
        DataError: the dataset does not fit the spec.
        TrainingError: the training failed.
        RunCancelled: ``should_stop`` said so.
        NothingLearnt: ``should_conclude`` said so before the first epoch was finished.
    """
    started = time.monotonic()
    on_event(PhaseStarted("Reading the data"))
    spec, reasons = resolve_spec(spec, dataset)
    on_event(SpecResolved(spec.model_dump(mode="json"), reasons))
    task = ForecastingTask(spec, dataset)
    folds = task.folds
    epochs: list[EpochFinished] = []

    def listen(event: Event) -> None:
        if isinstance(event, EpochFinished):
            epochs.append(event)
        on_event(event)

    examples = task.prepare(folds[0])
    on_event(PhaseStarted("Building the network"))
    from lstm_core.learning.ensemble import Ensemble
    from lstm_core.predictor import MODEL_FORMAT

    def build_network() -> keras.Model:
        return task.build_network(examples.shape)

    is_open = spec.task.window_normalisation is None
    kinds = task.list_normalisations() if is_open else ()
    ensemble = Ensemble(
        build_network,
        spec.training,
        num_folds=len(folds),
        num_trials=len(kinds),
        on_event=listen,
        should_stop=should_stop,
        should_conclude=should_conclude,
    )
    num_judged = 0
    for number, fold in enumerate(folds):
        if number:
            if ensemble.is_cut or should_conclude():
                break
            before = copy(task), examples, ensemble.members
            on_event(PhaseStarted("Reading the data"))
            examples = task.prepare(fold)
        ensemble.begin(examples)
        on_event(PhaseStarted("Training"))
        if is_open and not number:
            chosen = ensemble.choose(examples, NORMALISE, kinds)
            spec = spec.update("task", {"window_normalisation": chosen})
            reason = f"The best of {len(kinds)} on the validation part."
            reasons = {**reasons, "task.window_normalisation": reason}
            on_event(SpecResolved(spec.model_dump(mode="json"), reasons))
        film = None
        if not number and spec.task.strategy == "direct":
            film = Film(task)
            on_event(FilmPrepared(film.frame))
        try:
            ensemble.fit(examples, number, film)
        except NothingLearnt:
            if not number:
                raise
            task, examples, members = before  # this fold came to nothing; the last one did
            ensemble.go_back(examples, members)
            break
        on_event(PhaseStarted("Judging it on the test part"))
        judged, predict = _choose_strategy(spec, ensemble, examples)
        task.observe(judged, predict)
        num_judged += 1
    evaluation: Evaluation = task.evaluate()
    trained = [epoch for epoch in epochs if epoch.network > len(kinds)] or epochs
    diagnoses = _ask_doctor(spec, task.dataset, evaluation, trained, examples)
    on_event(PhaseStarted("Forecasting"))
    forecast = task.forecast(predict)
    return ExperimentResult(
        spec=spec,
        metrics=evaluation.metrics,
        baselines=evaluation.baselines,
        verdict=evaluation.verdict,
        diagnoses=diagnoses,
        predictions=evaluation.predictions,
        breakdowns=evaluation.breakdowns,
        forecast=forecast,
        attention=_find_attention(task, ensemble, examples),
        model={
            "format": MODEL_FORMAT,
            "spec": spec.model_dump(mode="json"),
            "shape": vars(examples.shape),
            "task": task.to_json(),
        },
        weights=members_to_bytes([member.weights for member in ensemble.members]),
        stopped=_say_stop(ensemble, spec, num_judged, len(folds)),
        seconds=time.monotonic() - started,
        examples=examples,
        predict=predict,
    )


def _say_stop(ensemble: Ensemble, spec: ExperimentSpec, num_judged: int, num_folds: int) -> str:
    """Say what was left out; empty where nothing was."""
    if not ensemble.is_cut and num_judged == num_folds:
        return ""
    num_members, planned = len(ensemble.members), spec.training.num_seeds or 1
    last = ensemble.members[-1].fit
    verb = "was" if num_members == 1 else "were"
    parts = [f"{num_members} of {planned} networks {verb} trained"] if planned > 1 else []
    if last.is_cut:
        whose = "the last one" if num_members > 1 else "its network" if planned == 1 else "it"
        epochs = f"{last.num_epochs} of at most {spec.training.epochs} epochs"
        parts.append(f"{whose} learnt for {epochs}")
    if num_judged < num_folds:
        parts.append(f"{num_judged} of {num_folds} folds of the test part were judged")
    said = ", ".join(parts) or "some of its training was left out"
    return f"Stopped early on request: {said}. The best weights by then were kept and judged."


def _ask_doctor(
    spec: ExperimentSpec,
    dataset: Dataset,
    evaluation: Evaluation,
    epochs: Sequence[EpochFinished],
    examples: Examples,
) -> list[dict[str, Any]] | None:
    """Return the diagnoses; None where finding them failed, which must not cost a trained model."""
    from lstm_core.learning.losses import measure_losses

    measure = partial(measure_losses, spec.training)
    try:
        found = examine(spec, dataset, evaluation.predictions, epochs, examples, measure)
    except Exception:
        logger.exception("The doctor failed; the run goes on without diagnoses.")
        return None
    return [diagnosis.to_json() for diagnosis in found]


def _find_attention(
    task: ForecastingTask, ensemble: Ensemble, examples: Examples
) -> pd.DataFrame | None:
    from lstm_core.learning.probes.attention import read_attention

    weights = read_attention(
        ensemble.trainer.network,
        [member.weights for member in ensemble.members],
        examples,
        examples.cutoffs["forecast"],
    )
    if weights is None:
        return None
    return locate_attention(weights, task.dataset, task.framing, examples.shape.lookback)


def _choose_strategy(
    spec: ExperimentSpec, ensemble: Ensemble, examples: Examples
) -> tuple[Predict, Predict]:
    """Return how the networks predict: as validation may judge them, and as they will be used."""
    from lstm_core.learning.recursion import choose_way

    by = choose_way(spec, examples)
    return partial(ensemble.predict_judged, by=by), partial(ensemble.predict, by=by)


def forecast_again(model: Mapping[str, Any], weights: bytes, dataset: Dataset) -> pd.DataFrame:
    """Forecast once beyond another dataset's last row; see ``Predictor``.

    Raises:
        DataError: as ``Predictor`` and its ``forecast`` do.
    """
    from lstm_core.predictor import Predictor

    return Predictor(model, weights).forecast(dataset)
