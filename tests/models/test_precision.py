"""Networks that compute in 16 bits: only their layers do, and training still works."""

from __future__ import annotations

from functools import cache

import keras
import numpy as np
import pytest

from lstm_core.events import EpochFinished, Event
from lstm_core.learning.fitting import fit_network
from lstm_core.learning.trainer import Trainer
from lstm_core.models.precision import layers_in
from lstm_core.spec import ExperimentSpec
from lstm_core.tasks.forecasting.framing.examples import frame_dataset
from lstm_core.tasks.forecasting.network.building import build_network
from tests.learning.trainers import make_forecaster
from tests.shares import share
from tests.tasks.datasets import make_dataset, make_sine

pytestmark = pytest.mark.backend(each=())


def make_spec(precision: str, architecture: str = "vanilla", **values: object) -> ExperimentSpec:
    return ExperimentSpec().with_values(
        {
            "task.lookback": 8,
            "task.horizon": 4,
            "task.ranges": "quantile",
            "model.architecture": architecture,
            "model.units": 4,
            "model.segment": 4,
            "model.mixing": False,
            "training.precision": precision,
            "training.learning_rate": 0.01,
            "training.batch_size": 16,
            **values,
        }
    )


def make_fitted(spec: ExperimentSpec) -> tuple[Trainer, list[EpochFinished], np.ndarray]:
    """Return a trained trainer, how it went, and what it predicts."""
    dataset = make_dataset(np.column_stack([make_sine(80), make_sine(80, 9)]), num_targets=2)
    examples = frame_dataset(dataset, spec).examples
    keras.utils.set_random_seed(1)
    trainer = make_forecaster(build_network(examples.shape, spec), examples, spec.training)
    epochs: list[EpochFinished] = []

    def listen(event: Event) -> None:
        if isinstance(event, EpochFinished):
            epochs.append(event)

    fit_network(
        trainer,
        examples.cutoffs["train"],
        examples.cutoffs["validation"],
        spec.training,
        epochs=3,
        on_event=listen,
        should_stop=lambda: False,
    )
    return trainer, epochs, trainer.predict_places(examples.cutoffs["test"])


@cache
def fit_exactly(architecture: str) -> tuple[Trainer, list[EpochFinished], np.ndarray]:
    return make_fitted(make_spec("float32", architecture))


@pytest.mark.parametrize("precision", ["mixed_float16", "mixed_bfloat16"])
@pytest.mark.parametrize(
    "architecture", share(["vanilla", "segment", "seq2seq", "slstm"], ("vanilla",))
)
def test_mixed_precision_learns_what_full_precision_does(architecture: str, precision: str) -> None:
    _, exact, expected = fit_exactly(architecture)
    trainer, epochs, predicted = make_fitted(make_spec(precision, architecture))
    assert all(weight.dtype == "float32" for weight in trainer.network.weights)
    assert trainer.network.get_layer("widths").compute_dtype == precision.removeprefix("mixed_")
    assert predicted.dtype == np.float32
    assert epochs[-1].loss == pytest.approx(exact[-1].loss, rel=0.1)
    np.testing.assert_allclose(predicted, expected, atol=0.15)


def test_what_is_taken_from_a_window_is_given_back_exactly() -> None:
    # 16 bits tell numbers near 3,000 apart by 2; with weights of 0 the last value comes back.
    network = build_network(
        frame_dataset(make_dataset(make_sine(80)), make_spec("float32")).examples.shape,
        make_spec("mixed_float16", **{"task.window_normalisation": "last_value"}),
    )
    network.get_layer("head").set_weights(
        [np.zeros_like(weight) for weight in network.get_layer("head").get_weights()]
    )
    predicted = network.predict(np.full((1, 8, 1), 3_000.7, "float32"), verbose=0)
    np.testing.assert_allclose(predicted[..., 0], 3_000.7, rtol=1e-6)


def test_the_process_keeps_its_own_precision() -> None:
    before = keras.config.dtype_policy().name
    with layers_in("mixed_bfloat16"):
        assert keras.layers.Dense(1).compute_dtype == "bfloat16"
    assert keras.config.dtype_policy().name == before
    with pytest.raises(ValueError, match="nonsense"), layers_in("nonsense"):
        pass
    assert keras.config.dtype_policy().name == before
    assert keras.layers.Dense(1).compute_dtype == "float32"
