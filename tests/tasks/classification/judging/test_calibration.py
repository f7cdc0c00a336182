from __future__ import annotations

import numpy as np
import pytest
from scipy.special import softmax

from lstm_core.judging.comparing import find_interval
from lstm_core.tasks.classification.judging.calibration import (
    fit_temperature,
    measure_calibration_error,
    tabulate_reliability,
)
from lstm_core.tasks.classification.judging.scoring import score


def draw(num: int, sharpness: float, seed: int = 0) -> tuple[np.ndarray, np.ndarray]:
    """Return labels as likely as their probabilities say, and those made sharper."""
    rng = np.random.default_rng(seed)
    logits = rng.normal(size=(num, 3)) * 1.5
    labels = (rng.random((num, 1)) > softmax(logits, axis=1).cumsum(axis=1)).sum(axis=1)
    return labels, softmax(logits * sharpness, axis=1)


def test_bins_hold_what_they_say() -> None:
    labels = np.asarray([0] * 15 + [1] * 15)
    probabilities = np.repeat([[0.9, 0.1], [0.6, 0.4]], 15, axis=0)
    table = tabulate_reliability(labels, probabilities, num_bins=2)
    assert table["num"].tolist() == [15, 15]
    assert table["certainty"].tolist() == pytest.approx([0.6, 0.9])
    assert table["right"].tolist() == [0.0, 1.0]
    assert table["lowest"][1] == pytest.approx(find_interval(15, 15)[0])
    assert measure_calibration_error(labels, probabilities) == pytest.approx((0.6 + 0.1) / 2)
    assert len(tabulate_reliability(labels[:5], probabilities[:5])) == 1


def test_honest_probabilities_have_little_error() -> None:
    assert measure_calibration_error(*draw(4_000, 1.0)) < 0.03
    assert measure_calibration_error(*draw(4_000, 3.0)) > 0.15


@pytest.mark.parametrize("sharpness", [0.4, 3.0])
def test_a_temperature_undoes_what_was_made_sharper(sharpness: float) -> None:
    found = fit_temperature(*draw(2_000, sharpness))
    assert found.value == pytest.approx(sharpness, rel=0.1)
    assert found.after < found.before
    labels, probabilities = draw(2_000, sharpness, seed=1)
    cooled = found.apply(probabilities)
    assert cooled.sum(axis=1) == pytest.approx(1.0)
    assert np.array_equal(cooled.argmax(axis=1), probabilities.argmax(axis=1))
    before, after = score(labels, probabilities), score(labels, cooled)
    assert after["log_loss"] < before["log_loss"]
    assert after["calibration_error"] < before["calibration_error"]
    assert after["log_loss"] == pytest.approx(score(*draw(2_000, 1.0, 1))["log_loss"], abs=0.01)


def test_a_temperature_that_helps_nobody_is_refused() -> None:
    refused = [fit_temperature(*draw(60, 1.0, seed)) for seed in range(10)]
    assert sum(found.value == 1.0 and "no better" in found.reason for found in refused) >= 5
    labels, probabilities = draw(20, 4.0)
    few = fit_temperature(labels, probabilities)
    assert few.value == 1.0
    assert "20 items" in few.reason
    assert few.apply(probabilities) is probabilities


def test_unknown_labels_and_certain_mistakes_fit_no_worse() -> None:
    labels, probabilities = draw(500, 1.0)
    probabilities[::7] = np.eye(3)[(labels[::7] + 1) % 3]
    found = fit_temperature(np.where(np.arange(500) == 3, -1, labels), probabilities)
    assert found.value > 1.5
