from __future__ import annotations

import keras
import numpy as np
import pytest

from lstm_core.learning.feeds.windows import WindowFeed
from lstm_core.spec import ExperimentSpec
from lstm_core.tasks.forecasting.framing.examples import frame_dataset
from lstm_core.tasks.forecasting.predicting.recursion import predict_recursively
from tests.tasks.datasets import make_dataset

pytestmark = pytest.mark.backend


def make_examples(has_future: bool) -> WindowFeed:
    """A target, a past covariate, and where asked a covariate that is known ahead."""
    steps = np.arange(60.0)
    columns = [0.1 * steps, 5 + steps % 4] + ([steps % 2] if has_future else [])
    spec = ExperimentSpec().with_values(
        {
            "task.lookback": 4,
            "task.horizon": 5,
            "task.scaling": "none",
            "task.strategy": "recursive",
        }
    )
    future = {"series": (np.arange(60, 65) % 2)[:, None]} if has_future else None
    return frame_dataset(make_dataset(np.column_stack(columns), future=future), spec).examples


def make_adder(has_future: bool) -> keras.Model:
    """The next value: the last one, a tenth of the last covariate, and what is known of then."""
    past = keras.Input((4, 2 + has_future))
    total = past[:, -1:, 0] + 0.1 * past[:, -1:, 1]
    inputs = [past]
    if has_future:
        known = keras.Input((1, 1))
        inputs.append(known)
        total = total + known[:, :, 0]
    return keras.Model(inputs, keras.layers.Reshape((1, 1, 1))(total))


@pytest.mark.parametrize("has_future", [False, True])
def test_each_prediction_is_fed_back(has_future: bool) -> None:
    examples = make_examples(has_future)
    assert examples.shape.horizon == 1
    cutoffs = np.concatenate([examples.cutoffs["test"], examples.cutoffs["forecast"]])
    said = predict_recursively(make_adder(has_future), cutoffs, examples=examples, horizon=5)
    assert said.shape == (len(cutoffs), 5, 1, 1)
    for place, row in enumerate(cutoffs):
        value = examples.past[row, 0]
        for step in range(5):
            value = value + 0.1 * examples.past[row, 1]  # of it, nothing later is known
            value = value + (examples.future[row + 1 + step, 0] if has_future else 0.0)
            assert said[place, step, 0, 0] == pytest.approx(value, rel=1e-5)
