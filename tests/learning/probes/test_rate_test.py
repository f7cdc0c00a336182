from __future__ import annotations

from typing import Any

import keras
import numpy as np
import pandas as pd
import pytest

from lstm_core.data.series.dataset import Dataset
from lstm_core.errors import TrainingError
from lstm_core.learning.feeds.window_table import WindowTable
from lstm_core.learning.probes import rate_test
from lstm_core.learning.probes.rate_test import suggest_rate, try_rates
from lstm_core.spec import ExperimentSpec
from lstm_core.tasks.registry import find_kind
from tests.tasks.datasets import make_dataset, make_sine

pytestmark = pytest.mark.backend


def make_spec(**values: Any) -> ExperimentSpec:
    return ExperimentSpec().with_values(
        {
            "task.lookback": 6,
            "task.horizon": 2,
            "task.ranges": "residuals",
            "model.architecture": "simple_rnn",
            "model.units": 4,
            "training.batch_size": 16,
            **values,
        }
    )


def try_on(spec: ExperimentSpec, dataset: Dataset) -> pd.DataFrame:
    kind = find_kind(spec)
    spec, _ = kind.resolve(spec, dataset)
    task = kind.load_engine().make_task(spec, dataset)
    feed = task.prepare(task.folds[0])
    return try_rates(task.build_network, feed, task.objective, spec.training)


@pytest.fixture
def dataset() -> Dataset:
    return make_dataset(make_sine(120))


def make_table(*losses: float) -> pd.DataFrame:
    rates = np.geomspace(1e-4, 1.0, len(losses))
    return pd.DataFrame({"learning_rate": rates, "loss": losses, "smoothed": losses})


def test_a_tenth_of_the_rate_with_the_least_loss_is_suggested() -> None:
    assert suggest_rate(make_table(1.0, 0.9, 0.4, 0.6, 3.0)) == 0.001  # of 0.01
    assert suggest_rate(make_table(1.0, 1.0, 0.9, 0.4)) == 0.1
    assert suggest_rate(make_table(1.0, 0.9, 0.8, 0.5, 0.4, 0.6, 3.0)) == 0.005  # of 0.0464


def test_where_no_rate_helps_none_is_suggested() -> None:
    with pytest.raises(TrainingError, match="At no learning rate"):
        suggest_rate(make_table(1.0, 0.99, 0.98, 1.2))


def test_the_loss_falls_at_some_rate(dataset: Dataset) -> None:
    table = try_on(make_spec(), dataset)
    assert table["learning_rate"].iloc[0] == pytest.approx(1e-6)
    steps = np.diff(np.log(table["learning_rate"]))
    np.testing.assert_allclose(steps, steps[0])
    assert np.isfinite(table.to_numpy()).all()
    first = table["loss"].iloc[:10]
    assert first.std() < 0.3 * first.mean()  # rates this small change nothing
    assert table["smoothed"].min() < 0.8 * table["smoothed"].iloc[0]
    assert 1e-3 <= suggest_rate(table) <= 0.1


def test_the_rates_tried_are_the_rates_of_the_steps(
    dataset: Dataset, monkeypatch: pytest.MonkeyPatch
) -> None:
    # Clipped to one length, a step of plain descent is as long as its rate.
    moves: list[float] = []
    learn = rate_test._Batches.learn

    def follow(batches: Any, rate: float) -> float:
        before = [keras.ops.convert_to_numpy(w) for w in batches._trainer.trainable_variables]
        loss = learn(batches, rate)
        after = [keras.ops.convert_to_numpy(w) for w in batches._trainer.trainable_variables]
        gaps = [np.linalg.norm(a - b) for a, b in zip(after, before, strict=True)]
        moves.append(max(gaps) / rate)
        return loss

    monkeypatch.setattr(rate_test._Batches, "learn", follow)
    monkeypatch.setattr(rate_test, "MOST_RATES", 30)
    spec = make_spec(**{"training.optimizer": "sgd", "training.clip_norm": 1e-2})
    try_on(spec.with_values({"training.schedule": "one_cycle"}), dataset)
    np.testing.assert_allclose(moves[-10:], 1e-2, rtol=0.02)


@pytest.mark.parametrize("worst", [100.0, float("nan"), float("inf")])
def test_the_test_ends_where_the_loss_explodes(worst: float) -> None:
    class Exploding:
        def learn(self, rate: float) -> float:
            return 1.0 if rate < 1e-2 else worst

    table = rate_test._climb(Exploding(), 31)  # type: ignore[arg-type]
    assert np.isfinite(table.to_numpy()).all()
    assert 1e-3 < table["learning_rate"].iloc[-1] < 2e-2


def test_every_window_comes_before_any_comes_again(
    dataset: Dataset, monkeypatch: pytest.MonkeyPatch
) -> None:
    drawn: list[np.ndarray] = []
    plain = WindowTable.set_order
    monkeypatch.setattr(
        WindowTable,
        "set_order",
        lambda self, places: (drawn.append(places), plain(self, places)),
    )
    try_on(make_spec(**{"training.batch_size": 10}), dataset)
    assert {len(batch) for batch in drawn} == {10}
    first = np.concatenate(drawn[:5])
    assert len(set(first)) == 50


def test_a_slow_network_tries_fewer_rates(
    dataset: Dataset, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(rate_test, "MOST_SECONDS", 0.0)
    table = try_on(make_spec(), dataset)
    assert len(table) <= rate_test.FEWEST_RATES
    assert len(table) > rate_test.FEWEST_RATES / 2
