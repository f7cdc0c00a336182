"""Runs that last as long as a journey needs, queued beside the pages."""

from __future__ import annotations

from lstm_core.data.series.building.building import build_dataset
from lstm_core.data.sources.samples import SAMPLES
from lstm_core.spec import ExperimentSpec, ForecastingSpec, ModelSpec, TrainingSpec
from tests.journeys.conftest import AppServer


def queue_long_run(server: AppServer, num_epochs: int = 100_000) -> str:
    """Queue a run that never stops early; the app finds it in the record. Return its id."""
    sample = SAMPLES["sine"]
    spec = ExperimentSpec(
        data=sample.data,
        task=ForecastingSpec(window_normalisation="last_value"),  # no trials
        model=ModelSpec(units=8),
        training=TrainingSpec(epochs=num_epochs, patience=None, num_seeds=1),
    )
    with server.open_record() as store:
        dataset_id = store.collections.add(build_dataset(sample.load(), sample.data))
        return store.runs.submit(spec, dataset_id).id
