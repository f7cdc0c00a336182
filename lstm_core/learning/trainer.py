"""Fit a network on examples: emits events, restores the best weights, obeys a request to stop."""

from __future__ import annotations

import math
import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Protocol

import keras
import numpy as np
from keras import ops

from lstm_core.errors import NothingLearnt, RunCancelled, TrainingError
from lstm_core.events import BatchFinished, EpochFinished, Listener
from lstm_core.learning.feeds.feed import MAX_VALIDATION_PLACES, Feed, thin
from lstm_core.learning.feeds.table import Table
from lstm_core.learning.optimizing import list_callbacks, make_optimizer, restart
from lstm_core.spec import TrainingSpec

BATCH_EVENT_SECONDS = 0.25

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
        self.noted = (
            None
            if objective.noted_shape is None
            else self.add_weight(
                shape=objective.noted_shape, initializer="zeros", trainable=False, name="noted"
            )
        )

    def build(self, given_shape: Any) -> None:
        """Do nothing: network and table are built already."""
        self.built = True

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

    # Callbacks keep and restore weights through these two; the table is not theirs to copy.
    def get_weights(self) -> list[np.ndarray]:
        return self.network.get_weights()

    def set_weights(self, weights: list[np.ndarray]) -> None:
        self.network.set_weights(weights)

    def predict_places(self, places: np.ndarray) -> np.ndarray:
        """Return what the network says of places, ``(n,)``, example by example."""
        # Batch by batch, because each call of ``predict`` leaves a pipeline behind in memory.
        found = [
            (at, np.asarray(self.predict_on_batch(given))[: len(at)])
            for at, given in self.table.cut(places)
        ]
        said = np.empty((len(places), *found[0][1].shape[1:]), found[0][1].dtype)
        for at, part in found:
            said[at] = part
        return said


class Watch(Protocol):
    """One example that is to be seen after each epoch.

    Attributes:
        place: of the validation part.
        frame: what stays the same in each picture, JSON; see ``events.FilmPrepared``.
    """

    place: int
    frame: dict[str, Any]

    def draw(self, noted: np.ndarray) -> tuple[float, ...]:
        """Return what to show of what the objective has noted of the example."""


class _Reporter(keras.callbacks.Callback):
    """Turns Keras's callbacks into events, and a request to stop into ``RunCancelled``.

    A request to conclude ends the training after the present batch; an epoch that is cut so is
    told to nobody. Keras ends it, and not an exception: some engines keep the weights elsewhere
    while an epoch lasts.

    Only batch *beginnings* are watched: a callback on batch ends makes Keras wait for every
    batch's result.

    Attributes:
        is_cut: whether the training was ended by such a request.
        num_epochs: that have been finished.
    """

    def __init__(
        self,
        number: int,
        on_event: Listener,
        should_stop: Callable[[], bool],
        should_conclude: Callable[[], bool],
        draw: Callable[[], tuple[float, ...]],
    ) -> None:
        super().__init__()
        self.is_cut = False
        self._number = number
        self._on_event = on_event
        self._should_stop = should_stop
        self._should_conclude = should_conclude
        self._draw = draw
        self.num_epochs = 0
        self._epoch = 0
        self._epoch_started = self._last_event = 0.0

    def on_epoch_begin(self, epoch: int, logs: dict[str, Any] | None = None) -> None:
        self._epoch = epoch + 1
        self._epoch_started = self._last_event = time.monotonic()

    def on_train_batch_begin(self, batch: int, logs: dict[str, Any] | None = None) -> None:
        if self._should_stop():
            raise RunCancelled
        if self._should_conclude():
            self.is_cut = self.model.stop_training = True
            return
        now = time.monotonic()
        if batch and now - self._last_event >= BATCH_EVENT_SECONDS:
            self._last_event = now
            num_batches = self.params.get("steps") or batch
            self._on_event(BatchFinished(self._epoch, min(1.0, batch / num_batches), self._number))

    def on_test_batch_begin(self, batch: int, logs: dict[str, Any] | None = None) -> None:
        if self.is_cut:  # nobody will ask how good it was
            self.model.stop_evaluating = True

    def on_epoch_end(self, epoch: int, logs: dict[str, Any] | None = None) -> None:
        if self.is_cut:
            return
        self.num_epochs = epoch + 1
        film = self._draw()
        seconds = time.monotonic() - self._epoch_started
        loss = float((logs or {})[MAIN_LOSS])
        validation_loss = float((logs or {}).get(f"val_{MAIN_LOSS}", loss))
        for name, value in (("loss", loss), ("validation loss", validation_loss)):
            if not math.isfinite(value):
                raise TrainingError(
                    f"The {name} became {value} in epoch {epoch + 1}: the weights have exploded.",
                    "Lower the learning rate, or clip the gradients.",
                )
        self._on_event(EpochFinished(epoch + 1, loss, validation_loss, seconds, self._number, film))


class _KeepBest(keras.callbacks.EarlyStopping):
    """Leaves the weights of the best of all epochs that were finished."""

    def __init__(self, reporter: _Reporter, patience: int) -> None:
        super().__init__(
            monitor=f"val_{MAIN_LOSS}",
            mode="min",
            patience=patience,
            restore_best_weights=True,
        )
        self._reporter = reporter

    def on_epoch_end(self, epoch: int, logs: dict[str, Any] | None = None) -> None:
        if not self._reporter.is_cut:
            super().on_epoch_end(epoch, logs)


@dataclass(frozen=True)
class Fit:
    """What one network's training came to.

    Attributes:
        validation_loss, best_epoch: the best one, and when that was.
        num_epochs: that were finished.
        is_cut: whether a request to conclude ended it.
    """

    validation_loss: float
    best_epoch: int
    num_epochs: int
    is_cut: bool = False


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


def count_batches(spec: TrainingSpec, num_windows: int, most_windows: int | None = None) -> int:
    """Return the batches of one epoch, of the windows that there are; the spec is filled in."""
    assert spec.batch_size is not None
    count = min(spec.windows_per_epoch or num_windows, most_windows or num_windows, num_windows)
    return -(-count // min(spec.batch_size, num_windows))


def fit_network(
    trainer: Trainer,
    places: np.ndarray,
    validation: np.ndarray,
    spec: TrainingSpec,
    *,
    number: int = 1,
    epochs: int | None = None,
    seed: int | None = None,
    most_windows: int | None = None,
    on_event: Listener,
    should_stop: Callable[[], bool],
    should_conclude: Callable[[], bool] = lambda: False,
    watch: Watch | None = None,
) -> Fit:
    """Train the trainer's network from its present weights and leave the best ones in it.

    Args:
        places: ``(n,)`` of the examples to learn from.
        validation: ``(n,)``; empty: train for all ``epochs`` and keep the last weights.
        spec: filled in; ``epochs`` and ``seed`` in it are the defaults of those two.
        most_windows: windows in one epoch, where fewer than the spec says will do.
        number: which network of the run this is, for the events.
        should_stop: whether to give up; ``should_conclude``: whether to end with what there is.
        watch: the example whose prediction goes into each epoch's event.

    Raises:
        RunCancelled: ``should_stop`` said so.
        NothingLearnt: ``should_conclude`` said so before the first epoch was finished.
        TrainingError: the loss is not finite any more.
    """
    epochs = epochs or spec.epochs or 1
    assert spec.batch_size is not None

    def draw() -> tuple[float, ...]:
        return () if watch is None else watch.draw(ops.convert_to_numpy(trainer.noted))

    batch_size = min(spec.batch_size, len(places))
    num_batches = count_batches(spec, len(places), most_windows)
    restart(trainer.optimizer, spec, epochs * num_batches)
    seed = spec.seed if seed is None else seed
    trainer.table.restart(seed)
    course = trainer.table.drive(places, num_batches, batch_size, seed)
    reporter = _Reporter(number, on_event, should_stop, should_conclude, draw)
    callbacks = [*course.callbacks, reporter]
    monitor = f"val_{MAIN_LOSS}" if len(validation) else MAIN_LOSS
    callbacks += list_callbacks(spec, epochs, monitor=monitor)
    options: dict[str, Any] = {}
    if len(validation):
        keep_best = _KeepBest(reporter, spec.patience or epochs)
        callbacks.append(keep_best)
        validation = thin(validation, MAX_VALIDATION_PLACES)
        if watch is not None:  # last, where ``Trainer.noted`` holds it
            validation = np.append(validation[validation != watch.place], watch.place)
        checked = trainer.table.check(validation, spec.batch_size)
        options = {
            "validation_data": (checked.given, None),
            "validation_batch_size": checked.batch_size,
        }
    trainer.fit(
        course.given,
        epochs=epochs,
        batch_size=course.batch_size,
        shuffle=False,
        callbacks=callbacks,
        verbose=0,
        **options,
    )
    if not reporter.num_epochs:
        raise NothingLearnt
    if not len(validation):
        return Fit(float("nan"), reporter.num_epochs, reporter.num_epochs, reporter.is_cut)
    best_epoch = int(keep_best.best_epoch) + 1
    return Fit(float(keep_best.best), best_epoch, reporter.num_epochs, reporter.is_cut)


def describe_device() -> str:
    """Name what computes: ``"CPU, TensorFlow"`` or ``"GPU, JAX"``."""
    names = {"tensorflow": "TensorFlow", "jax": "JAX", "torch": "PyTorch"}
    backend = keras.config.backend()
    kind = keras.distribution.list_devices()[0].partition(":")[0].upper()
    return f"{kind}, {names.get(backend, backend)}"
