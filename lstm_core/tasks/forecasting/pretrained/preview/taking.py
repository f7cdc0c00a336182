"""Taking a forecast that was made without training: the run that says the same."""

from __future__ import annotations

from lstm_core.spec import ExperimentSpec, ModelSpec, TrainingSpec
from lstm_core.spec.tasks.forecasting import ForecastingSpec
from lstm_core.tasks.forecasting.pretrained.preview.making import Preview

_OPEN_AGAIN = (
    *("strategy", "ranges", "refit", "outliers", "window_normalisation"),
    *("calendar", "holidays", "lags", "rolling", "changes", "products", "mask"),
)
"""Settings that were for another network, which this one can't follow or which it would be mixed
with."""


def take_forecast(draft: ExperimentSpec, preview: Preview) -> ExperimentSpec:
    """Return the spec of a run that forecasts what a preview of the draft's data shows.

    What is predicted, how far and how it is judged is the draft's; nothing is trained.
    """
    usual = ForecastingSpec()
    values = {f"task.{name}": getattr(usual, name) for name in _OPEN_AGAIN}
    values |= {"task.horizon": preview.horizon, "data.missing_future": "ignore"}
    values |= {"task.shrink": False}  # what is shown is the network's own, and stays
    model = ModelSpec(
        architecture="pretrained", fine_tune="none", pretrained_version=preview.version
    )
    training = TrainingSpec(seed=draft.training.seed)
    return draft.with_values(values).model_copy(update={"model": model, "training": training})
