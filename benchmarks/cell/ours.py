"""One epoch as the app's runs learn."""

from __future__ import annotations

from functools import partial

import numpy as np

from benchmarks.cell.case import FEATURES, Case, measure, read_case
from lstm_core.learning.feeds.windows import WindowFeed, WindowShape
from lstm_core.learning.optimizing import restart
from lstm_core.learning.trainer import Trainer, make_trainer
from lstm_core.spec import ExperimentSpec
from lstm_core.tasks.forecasting.network.building import build_network
from lstm_core.tasks.forecasting.network.objective import ForecastObjective


def main() -> None:
    case = read_case()
    trainer = make(case)
    course = trainer.table.drive(np.arange(case.windows), case.windows // case.batch, case.batch, 0)
    measure(partial(trainer.learn, course, 1, course.callbacks))


def make(case: Case) -> Trainer:
    """Compile the network with the windows' table."""
    spec = ExperimentSpec().with_values(
        {
            "model.architecture": "stacked" if case.layers > 1 else "vanilla",
            "model.units": case.units,
            **({"model.layers": case.layers} if case.layers > 1 else {}),
            "model.dropout": 0.0,
            "model.mixing": True,
            "task.lookback": case.steps,
            "task.horizon": 1,
            "task.window_normalisation": "none",
            "task.ranges": "residuals",
            "training.batch_size": case.batch,
            "training.windows_per_epoch": case.windows,
            "training.learning_rate": 1e-3,
            "training.schedule": "constant",
            "training.epochs": 1,
        }
    )
    rows, _ = case.draw()
    places = np.arange(case.windows, dtype=np.int32)
    feed = WindowFeed(
        past=np.concatenate([np.zeros((case.steps, FEATURES), np.float32), rows]),
        future=np.zeros((len(rows) + case.steps, 0), np.float32),
        weight=np.ones((len(rows) + case.steps, 1), bool),
        series=np.zeros(len(rows) + case.steps, np.int32),
        cutoffs=dict.fromkeys(("train", "validation", "test", "forecast"), places + case.steps),
        shape=WindowShape(case.steps, 1, 1, FEATURES, 0),
        earlier=np.zeros((len(rows) + case.steps, 0), np.float32),
    )
    network = build_network(feed.shape, spec)
    trainer = make_trainer(network, feed, ForecastObjective(spec.training, 1), spec.training)
    restart(trainer.optimizer, spec.training, 1)
    return trainer


if __name__ == "__main__":
    main()
