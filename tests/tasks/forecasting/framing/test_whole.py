"""Which targets are told in whole numbers."""

from __future__ import annotations

import numpy as np

from lstm_core.spec import ExperimentSpec
from lstm_core.tasks.forecasting.framing.whole import find_whole_targets
from tests.tasks.datasets import make_dataset

COUNTS = np.random.default_rng(1).poisson(4.0, (60, 2)).astype(float)
LOSSES = {name: ExperimentSpec().with_values({"training.loss": name}) for name in ("mae", "mse")}


def test_one_value_with_a_fraction_is_enough_for_none() -> None:
    values = COUNTS.copy()
    values[7, 1] = 2.5
    assert find_whole_targets(make_dataset(values, num_targets=2), LOSSES["mae"]).tolist() == [
        True,
        False,
    ]


def test_what_was_filled_has_no_say() -> None:
    values, observed = COUNTS[:, :1].copy(), np.ones((60, 1), bool)
    values[9], observed[9] = 2.5, False
    dataset = make_dataset(values, observed=observed)
    assert find_whole_targets(dataset, LOSSES["mae"]).all()


def test_the_mean_of_whole_numbers_is_none() -> None:
    dataset = make_dataset(COUNTS, num_targets=2)
    assert not find_whole_targets(dataset, LOSSES["mse"]).any()
    comes_trained = LOSSES["mse"].with_values({"model.architecture": "pretrained"})
    assert find_whole_targets(dataset, comes_trained).all()
