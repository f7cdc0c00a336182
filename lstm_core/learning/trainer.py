"""A network with the table that its batches are gathered from, and what makes its loss small."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cached_property
from typing import Any, Protocol

import keras
import numpy as np
from keras import ops

from lstm_core.engines.stepper import Stepper, make_stepper
from lstm_core.learning.feeds.feed import Feed
from lstm_core.learning.feeds.table import Course, Table
from lstm_core.learning.optimizing import make_optimizer
from lstm_core.learning.pace import Pace
from lstm_core.settings import ENGINES
from lstm_core.spec import TrainingSpec

MAIN_LOSS = "main"
"""What Keras calls the loss that decides."""


class Objective(Protocol):
    """What a network is to make small: a task's head brings it.

    Attributes:
        noted_shape: the shape of what ``note`` returns; None: nothing is noted.
    """

    noted_shape: tuple[int, ...] | None

    def make_table(self, network: keras.Model, feed: Any, spec: TrainingSpec) -> Table:
        """Put a feed's numbers on the device, the truth among them.

        Args:
            network: that will be fed from it.
            spec: filled in.
        """

    def measure(self, table: Any, places: Any, said: Any, training: bool) -> dict[str, Any]:
        """Return the mean losses of a batch by name; their sum is made small.

        The first one is shown, and decides on the validation part.

        Args:
            table: that the batch was gathered from; the truth is gathered from it as well.
            places: ``(batch,)``. ``said``: what the network returned for them.
            training: whether it is learnt from; else the loss is the one to judge by.
        """

    def note(self, said: Any) -> Any:
        """Return what of an evaluated batch can be looked at without predicting it again."""


class Trainer(keras.Model):
    """A network together with the table that its batches are gathered from.

    The table says what a step is given, and makes the network's inputs of it inside the compiled
    step, where the truth for the loss is gathered as well.

    One trainer serves a whole run: other weights and another table of the same size need no
    new compilation.
    """

    def __init__(self, network: keras.Model, table: Table, objective: Objective) -> None:
        super().__init__()
        self.network = network
        self.table = table
        self.objective = objective
        self.main_loss = keras.metrics.Mean(name=MAIN_LOSS)
        self._learning, self._judging = Pace(), Pace()
        self.noted = (
            None
            if objective.noted_shape is None
            else self.add_weight(
                shape=objective.noted_shape, initializer="zeros", trainable=False, name="noted"
            )
        )
        self.build()

    def build(self, given_shape: Any = None) -> None:
        """Do nothing: network and table are built already."""
        self.built = True

    @cached_property
    def stepper(self) -> Stepper:
        """What goes through batches; for a trainer that is compiled."""
        return make_stepper(self)

    def load(self, feed: Feed) -> None:
        """Replace the table's numbers by another feed's of the same size."""
        self.table.load(feed)

    def call(self, given: Any, training: bool = False) -> Any:
        return self.table.run(self.network, given, training)

    def compute_loss(
        self,
        x: Any = None,
        y: Any = None,
        y_pred: Any = None,
        sample_weight: Any = None,
        training: bool = True,
    ) -> Any:
        """Return the objective's losses and the layers' penalties, added up."""
        places = self.table.find_places(x, training)
        measured = self.objective.measure(self.table, places, y_pred, training)
        loss, *others = measured.values()
        # By its size: a last batch of three examples must not count as much as one of 512.
        self.main_loss.update_state(loss, sample_weight=self.table.count(x))
        if not training and self.noted is not None:
            self.noted.assign(self.objective.note(y_pred))
        for other in others:
            loss = loss + other
        for penalty in self.losses:
            loss = loss + ops.sum(penalty)
        return loss

    def learn(
        self,
        course: Course,
        epochs: int,
        callbacks: Sequence[keras.callbacks.Callback],
        checked: Course | None = None,
    ) -> None:
        """Learn from a course, epoch by epoch, as Keras's ``fit`` does.

        Python is come back to a few times a second: that is when a batch begins, for callbacks.

        Args:
            checked: what is judged after each epoch; its loss has ``val_`` before its name.
        """
        for callback in callbacks:
            callback.set_model(self)
            callback.set_params({"epochs": epochs, "steps": course.num_batches})
            callback.on_train_begin()
        self.stop_training = False
        for epoch in range(epochs):
            self.reset_metrics()
            for callback in callbacks:
                callback.on_epoch_begin(epoch)
            self._learning.go(
                self.stepper.learn,
                course,
                [callback.on_train_batch_begin for callback in callbacks],
                lambda: self.stop_training,
            )
            logs = {MAIN_LOSS: float(self.main_loss.result())}
            if checked is not None:
                logs[f"val_{MAIN_LOSS}"] = self.judge(checked, callbacks)
            for callback in callbacks:
                callback.on_epoch_end(epoch, logs)
            if self.stop_training:
                break
        for callback in callbacks:
            callback.on_train_end()

    def judge(self, course: Course, callbacks: Sequence[keras.callbacks.Callback] = ()) -> float:
        """Return the loss that decides, over a course."""
        self.stop_evaluating = False
        self.reset_metrics()
        self._judging.go(
            self.stepper.judge,
            course,
            [callback.on_test_batch_begin for callback in callbacks],
            lambda: self.stop_evaluating,
        )
        return float(self.main_loss.result())

    # Callbacks keep and restore weights through these two; the table is not theirs to copy.
    def get_weights(self) -> list[np.ndarray]:
        return self.network.get_weights()

    def set_weights(self, weights: list[np.ndarray]) -> None:
        self.network.set_weights(weights)

    def predict_places(self, places: np.ndarray) -> np.ndarray:
        """Return what the network says of places, ``(n,)``, example by example."""
        # Batch by batch: each call of ``predict`` would leave a pipeline behind in memory.
        asked = [(at, self.stepper.predict(given)) for at, given in self.table.cut(places)]
        return self.table.join([(at, np.asarray(said)[: len(at)]) for at, said in asked])


def make_trainer(
    network: keras.Model, feed: Feed, objective: Objective, spec: TrainingSpec
) -> Trainer:
    """Compile a trainer for a network; the spec is filled in."""
    trainer = Trainer(network, objective.make_table(network, feed, spec), objective)
    trainer.compile(optimizer=make_optimizer(spec))
    # Left to the first step, TensorFlow would trace that step twice: once to make these variables.
    trainer.optimizer.build(network.trainable_variables)
    return trainer


def make_answerer(
    network: keras.Model, feed: Feed, objective: Objective, spec: TrainingSpec
) -> Trainer:
    """Compile a trainer that only predicts."""
    trainer = Trainer(network, objective.make_table(network, feed, spec), objective)
    trainer.compile()
    return trainer


def describe_device() -> str:
    """Name what computes: ``"CPU, TensorFlow"`` or ``"GPU, JAX"``."""
    backend = keras.config.backend()
    kind = keras.distribution.list_devices()[0].partition(":")[0].upper()
    return f"{kind}, {ENGINES.get(backend, backend)}"
