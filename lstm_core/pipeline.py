"""The whole story on one page: a spec and a dataset go in, an honest forecast comes out.

Page, command line and worker all come through here.
"""

from __future__ import annotations

import json
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING, Any

import pandas as pd

from lstm_core.data.dataset import Dataset
from lstm_core.events import Listener, PhaseStarted, SpecResolved, ignore_events
from lstm_core.models.fitted import load_weights, weights_to_bytes
from lstm_core.models.registry import build_encoder
from lstm_core.spec import ExperimentSpec, parse_spec
from lstm_core.tables import table_to_parquet
from lstm_core.tasks.base import Evaluation, ExampleShape
from lstm_core.tasks.forecasting.defaults import resolve_spec
from lstm_core.tasks.forecasting.task import ForecastingTask

if TYPE_CHECKING:
    pass


@dataclass(frozen=True)
class ExperimentResult:
    """What one experiment found.

    Attributes:
        spec: with every default filled in.
        metrics, baselines, verdict: see ``tasks.base.Evaluation``.
        predictions: the prediction table of the test part.
        forecast: ``series, target, step, timestamp, value`` beyond the last row.
        model: what rebuilds the network, JSON.
        weights: its weights, ``.npz``.
        seconds: wall-clock time of the whole.
    """

    spec: ExperimentSpec
    metrics: dict[str, float | None]
    baselines: dict[str, dict[str, float | None]]
    verdict: dict[str, Any]
    predictions: pd.DataFrame
    forecast: pd.DataFrame
    model: dict[str, Any]
    weights: bytes
    seconds: float

    def artifacts(self) -> dict[str, bytes]:
        """Return the files worth keeping, by name."""
        return {
            "predictions.parquet": table_to_parquet(self.predictions),
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
) -> ExperimentResult:
    """Prepare, train, judge, forecast.

    Raises:
        DataError: the dataset does not fit the spec.
        TrainingError: the training failed.
        RunCancelled: ``should_stop`` said so.
    """
    started = time.monotonic()
    on_event(PhaseStarted("Reading the data"))
    spec, reasons = resolve_spec(spec, dataset)
    on_event(SpecResolved(spec.model_dump(mode="json"), reasons))
    task = ForecastingTask(spec.forecast)
    examples = task.prepare(dataset)

    on_event(PhaseStarted("Building the network"))
    import keras

    from lstm_core.training import fit_network

    keras.utils.set_random_seed(spec.training.seed)
    network = task.build_network(examples.shape, partial(build_encoder, spec.model))

    on_event(PhaseStarted("Training"))
    trainer = fit_network(
        network, examples, spec.training, on_event=on_event, should_stop=should_stop
    )

    on_event(PhaseStarted("Judging it on the test part"))
    evaluation: Evaluation = task.evaluate(dataset, trainer.predict_cutoffs)
    on_event(PhaseStarted("Forecasting"))
    forecast = task.forecast(dataset, trainer.predict_cutoffs)
    return ExperimentResult(
        spec=spec,
        metrics=evaluation.metrics,
        baselines=evaluation.baselines,
        verdict=evaluation.verdict,
        predictions=evaluation.predictions,
        forecast=forecast,
        model={
            "format": 1,
            "spec": spec.model_dump(mode="json"),
            "shape": vars(examples.shape),
            "transforms": task.transforms_to_json(dataset),
        },
        weights=weights_to_bytes(network),
        seconds=time.monotonic() - started,
    )


def forecast_again(model: Mapping[str, Any], weights: bytes, dataset: Dataset) -> pd.DataFrame:
    """Forecast beyond another dataset's last row with a trained model and its own transforms.

    Args:
        model, weights: the artifacts ``model.json`` and ``weights.npz`` of a run.
        dataset: with the same columns and series; at least ``lookback`` rows of each.

    Raises:
        DataError: a series is unknown to the model, or too short.
    """
    spec = parse_spec(model["spec"])
    task = ForecastingTask(spec.forecast)
    examples = task.prepare_with(dataset, model["transforms"])
    shape = ExampleShape(**model["shape"])
    network = task.build_network(shape, partial(build_encoder, spec.model))
    load_weights(network, weights)

    from lstm_core.training import WindowTrainer

    trainer = WindowTrainer(network, examples, spec.training.loss)
    trainer.compile()
    return task.forecast(dataset, trainer.predict_cutoffs)
