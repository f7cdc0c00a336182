from __future__ import annotations

import numpy as np
import pytest
from keras import ops

from lstm_core.spec import TrainingSpec
from lstm_core.tasks.forecasting.levels import list_quantiles
from lstm_core.tasks.forecasting.network.losses import average, make_loss, pinball_loss

pytestmark = pytest.mark.backend


def measure(spec: TrainingSpec, error: np.ndarray) -> np.ndarray:
    return ops.convert_to_numpy(make_loss(spec)(ops.convert_to_tensor(error, "float32")))


def test_log_cosh_is_calm_about_what_would_overflow() -> None:
    found = measure(TrainingSpec(loss="log_cosh"), np.array([-1e4, -0.01, 0.0, 0.01, 1e4]))
    np.testing.assert_allclose(found, [1e4 - np.log(2), 5e-5, 0, 5e-5, 1e4 - np.log(2)], rtol=1e-2)


def test_the_pinball_s_level_tilts_it() -> None:
    errors = np.array([-2.0, 2.0])
    assert measure(TrainingSpec(loss="pinball"), errors).tolist() == [1, 1]
    tilted = measure(TrainingSpec(loss="pinball", pinball_level=0.9), errors)
    np.testing.assert_allclose(tilted, [0.2, 1.8], rtol=1e-6)


def test_an_average_counts_what_has_a_weight() -> None:
    losses, weight = ops.convert_to_tensor([1.0, 3.0, 8.0]), ops.convert_to_tensor([1.0, 1.0, 0.0])
    assert float(average(losses)) == 4
    assert float(average(losses, weight)) == 2
    assert float(average(losses, 0 * weight)) == 0


def test_the_pinball_loss_is_least_at_the_quantiles() -> None:
    actual = np.sort(np.random.default_rng(0).normal(size=2_001))[:, None, None]
    levels = list_quantiles()
    best = np.quantile(actual, levels)

    def measure(ends: np.ndarray) -> float:
        said = np.broadcast_to(np.concatenate([[0.0], ends]), (2_001, 1, 1, 1 + len(levels)))
        loss = pinball_loss(actual.astype("float32"), said.astype("float32"))
        return float(ops.mean(loss))

    for place in range(len(levels)):
        for move in (-0.1, 0.1):
            moved = best.copy()
            moved[place] += move
            assert measure(best) < measure(moved)
