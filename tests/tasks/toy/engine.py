"""The toy's part that needs the training engine."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any

import keras
import numpy as np
import pandas as pd
from keras import ops

from lstm_core.data.series.dataset import Dataset
from lstm_core.errors import DataError
from lstm_core.events import EpochFinished
from lstm_core.learning.ensemble import Combine, Member, PredictBy, Tried, predict_together
from lstm_core.learning.feeds.ordered_table import OrderedTable
from lstm_core.learning.fitting import Watch
from lstm_core.learning.trainer import make_answerer
from lstm_core.models.fitted import load_members
from lstm_core.spec import ExperimentSpec, TrainingSpec, parse_spec
from lstm_core.tasks.base import NOTHING_CHOSEN, Choice, Evaluation, Kept, Predict
from lstm_core.tasks.kind import Rehearsal
from tests.tasks.toy.kind import ToyShape
from tests.tasks.toy.parts import split_rows


@dataclass(frozen=True)
class ToyFeed:
    """Changes from row to row, ``(rows,)`` scaled by those that are learnt from."""

    changes: np.ndarray
    parts: Mapping[str, np.ndarray]
    steps: int

    @property
    def places(self) -> Mapping[str, np.ndarray]:
        return self.parts

    @property
    def most_places(self) -> int:
        return len(self.changes)


class ToyTable(OrderedTable):
    def __init__(self, feed: ToyFeed, num_slots: int) -> None:
        super().__init__("toy", num_slots)
        self.steps = feed.steps
        self.changes = self.hold(feed.changes, "changes")

    def load(self, feed: ToyFeed) -> None:
        self.changes.assign(feed.changes)

    def gather(self, places: Any, training: bool) -> dict[str, Any]:
        back = ops.expand_dims(places, -1) + ops.arange(1 - self.steps, 1)
        return {"changes": ops.expand_dims(ops.take(self.changes, back, axis=0), -1)}

    def look_ahead(self, places: Any) -> Any:
        return ops.cast(ops.take(self.changes, places + 1, axis=0) > 0, "float32")


class ToyObjective:
    noted_shape: tuple[int, ...] | None = None

    def make_table(self, network: keras.Model, feed: ToyFeed, spec: TrainingSpec) -> ToyTable:
        return ToyTable(feed, feed.most_places + (spec.batch_size or 1))

    def measure(self, table: ToyTable, places: Any, said: Any, training: bool) -> dict[str, Any]:
        actual = table.look_ahead(places)
        return {"rises": ops.mean(ops.softplus(said[:, 0]) - actual * said[:, 0])}

    def note(self, said: Any) -> Any:
        raise AssertionError("nothing is watched")


def build_network(shape: ToyShape, spec: ExperimentSpec) -> keras.Model:
    changes = keras.Input((shape.steps, 1), name="changes")
    state = keras.layers.LSTM(spec.model.units)(changes)
    return keras.Model([changes], keras.layers.Dense(1)(state))


def take_mean(said: Sequence[np.ndarray]) -> np.ndarray:
    mean: np.ndarray = np.mean(said, axis=0)
    return mean


class ToyTask:
    def __init__(self, spec: ExperimentSpec, collection: Dataset) -> None:
        self.spec = spec
        self.objective = ToyObjective()
        self.combine: Combine = take_mean
        self._values = collection.frame.iloc[:, 0].to_numpy()
        self._said = np.zeros(0)

    @property
    def starts_trained(self) -> bool:
        return False

    @property
    def folds(self) -> Sequence[int | None]:
        return [None]

    def prepare(self, fold: int | None) -> ToyFeed:
        parts = split_rows(len(self._values), self.spec.task.steps)
        self._scale = float(np.abs(np.diff(self._values[: parts["train"][-1] + 2])).max()) or 1.0
        self._feed = lay_out(self._values, self._scale, parts, self.spec.task.steps)
        return self._feed

    def build_network(self, kinds: Mapping[str, str] = NOTHING_CHOSEN) -> keras.Model:
        return build_network(ToyShape(self.spec.task.steps), self.spec)

    def choices(self) -> Sequence[Choice]:
        return ()

    def measure_tried(self, predict: Predict) -> float | None:
        return None

    def settle(self, choice: Choice, tried: Tried) -> None:
        self.spec = self.spec.with_valid(choice.setting, tried.kind)

    def watch(self) -> Watch | None:
        return None

    def find_way(self) -> PredictBy | None:
        return None

    def observe(self, judged: Predict, predict: Predict) -> None:
        self._said = predict(self._feed.parts["test"])[:, 0]

    def evaluate(self) -> Evaluation:
        rises = self._feed.changes[self._feed.parts["test"] + 1] > 0
        train = self._feed.changes[self._feed.parts["train"] + 1] > 0
        accuracy = float(((self._said > 0) == rises).mean())
        usual = float((rises == (train.mean() > 0.5)).mean())
        outcome = "win" if accuracy > usual else "loss"
        verdict = {
            "sentence": f"Right in {accuracy:.0%}.",
            "outcome": outcome,
            "beats_baseline": outcome == "win",
            "best_baseline": "always",
        }
        table = pd.DataFrame({"rises": rises, "model": self._said})
        return Evaluation(
            {"accuracy": accuracy},
            {"always": {"accuracy": usual}},
            verdict,
            {"predictions": table},
        )

    def diagnose(
        self,
        evaluation: Evaluation,
        epochs: Sequence[EpochFinished],
        best_epochs: Sequence[int],
    ) -> list[dict[str, Any]]:
        return []

    def answer(self, predict: Predict) -> dict[str, pd.DataFrame]:
        last = np.array([len(self._values) - 1])
        return {"answer": pd.DataFrame({"rises": predict(last)[:, 0]})}

    def explain(self, network: keras.Model, members: Sequence[Member]) -> dict[str, pd.DataFrame]:
        return {}

    def keep(self) -> dict[str, Any]:
        return {"task": {"scale": self._scale}}


class ToyPredictor:
    def __init__(self, model: Kept, weights: bytes) -> None:
        self._spec = parse_spec(model["spec"])
        self._scale = model["task"]["scale"]
        self._network = build_network(ToyShape(self._spec.task.steps), self._spec)
        self._members = load_members(self._network, weights)

    def answer(self, collection: Dataset) -> pd.DataFrame:
        values = collection.frame.iloc[:, 0].to_numpy()
        feed = lay_out(values, self._scale, {}, self._spec.task.steps)
        trainer = make_answerer(self._network, feed, ToyObjective(), self._spec.training)
        last = np.array([len(values) - 1])
        said = predict_together(trainer, last, self._members, take_mean)
        return pd.DataFrame({"rises": said[:, 0]})

    def explain(self, collection: Dataset, how: str | None, label: str | None) -> dict[str, Any]:
        raise DataError("What spoke for a rise is not told item by item.")


def lay_out(
    values: np.ndarray, scale: float, parts: Mapping[str, np.ndarray], steps: int
) -> ToyFeed:
    changes = np.diff(values, prepend=values[:1]) / scale
    return ToyFeed(changes.astype(np.float32), parts, steps)


def make_task(spec: ExperimentSpec, collection: Dataset) -> ToyTask:
    return ToyTask(spec, collection)


def open_predictor(model: Kept, weights: bytes) -> ToyPredictor:
    return ToyPredictor(model, weights)


def rehearse(shape: ToyShape, spec: ExperimentSpec) -> Rehearsal:
    changes = np.random.default_rng(0).normal(size=shape.steps + 1).astype(np.float32)
    feed = ToyFeed(changes, {"train": np.array([shape.steps - 1])}, shape.steps)
    return Rehearsal(partial(build_network, shape, spec), feed, ToyObjective())
