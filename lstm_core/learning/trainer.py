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
from lstm_core.learning.carried_state import CarriedState, list_states
from lstm_core.learning.losses import average, make_loss, pinball_loss
from lstm_core.learning.optimizing import list_callbacks, make_optimizer, restart
from lstm_core.learning.ordering import Shuffler, Streamer
from lstm_core.learning.streams import find_streams
from lstm_core.spec import TrainingSpec
from lstm_core.tasks.base import MAX_VALIDATION_WINDOWS, TAUGHT, Examples, thin

PREDICT_BATCH_SIZE = 512
BATCH_EVENT_SECONDS = 0.25


class WindowTrainer(keras.Model):
    """A network together with the flat table that its windows are gathered from.

    Its input is cutoffs, ``(batch,)`` int32 rows; in training, places in ``order``, which holds
    the cutoffs of the epoch in the order that they are learnt in. Table and order lie on the
    device as variables that are not trained; each batch gathers its windows, and the loss gathers
    the actual values, inside the compiled step. So a step costs no Python, nothing grows with the
    lookback or the epochs, and the order is the same on every engine.

    One trainer serves a whole run: other weights and another table of the same size need no
    new compilation.
    """

    def __init__(
        self,
        network: keras.Model,
        examples: Examples,
        spec: TrainingSpec,
        order_size: int | None = None,
    ) -> None:
        super().__init__()
        self.network = network
        self.shape = examples.shape
        self.row_series = examples.series
        self.is_taught = any(tensor.name == TAUGHT for tensor in network.inputs)
        self.elementwise_loss = make_loss(spec)
        self.point_loss = keras.metrics.Mean(name="point")
        self.shown = self.add_weight(
            shape=(self.shape.horizon,), initializer="zeros", trainable=False, name="shown"
        )
        self.past = self._hold(examples.past, "past")
        self.order = self.add_weight(
            shape=(order_size or len(examples.past),),
            initializer="zeros",
            trainable=False,
            name="order",
            dtype="int32",
        )
        self.future = self._hold(examples.future, "future") if self.shape.num_future else None
        self.series = (
            self._hold(examples.series, "series", "int32") if self.shape.num_series > 1 else None
        )
        self.carried = (
            CarriedState(
                network,
                examples.series,
                self.shape.lookback,
                spec.batch_size or 1,
                self.order.shape[0],
            )
            if list_states(network)
            else None
        )
        everything_counts = bool(examples.weight.all())
        self.row_weight = None if everything_counts else self._hold(examples.weight, "weight")

    def _hold(self, values: np.ndarray, name: str, dtype: str = "float32") -> Any:
        return self.add_weight(
            shape=values.shape,
            initializer=lambda *_, **__: values.astype(dtype, copy=False),
            trainable=False,
            name=name,
            dtype=dtype,
        )

    def load(self, examples: Examples) -> None:
        """Replace the table by another of the same size."""
        self.past.assign(examples.past)
        self.row_series = examples.series
        if self.series is not None:
            self.series.assign(examples.series)
        if self.future is not None:
            self.future.assign(examples.future)

    def set_order(self, cutoffs: np.ndarray, begins: np.ndarray | None = None) -> None:
        """Set the cutoffs of the next epoch, ``(n,)``, as they are to be learnt from.

        Args:
            begins: which of them begin with a state of zero, in stateful training; none: all.
        """
        room = self.order.shape[0] - len(cutoffs)
        self.order.assign(np.pad(cutoffs.astype(np.int32), (0, room)))
        if self.carried is not None:
            self.carried.set_begins(np.ones(len(cutoffs), bool) if begins is None else begins)

    def call(self, given: Any, training: bool = False) -> Any:
        cutoffs = self._find_cutoffs(given, training)
        inputs = self._gather(cutoffs, training)
        if self.carried is None:
            return self.network(inputs, training=training)
        if training:
            states = self.carried.take(ops.cast(given, "int32"))
        else:
            states = self.carried.warm_up(cutoffs, self._read)
        prediction, *ends = self.network([*inputs, *states], training=training)
        if training:
            self.carried.keep(ends)
        return prediction

    def _read(self, cutoffs: Any, states: list[Any]) -> list[Any]:
        """Return the state at the end of windows that begin with another."""
        inputs = self._gather(cutoffs, training=False)
        ends: list[Any] = self.network([*inputs, *states], training=False)[1:]
        return ends

    def _gather(self, cutoffs: Any, training: bool) -> list[Any]:
        back = ops.expand_dims(cutoffs, -1) + ops.arange(1 - self.shape.lookback, 1)
        inputs = [ops.take(self.past, back, axis=0)]  # (batch, lookback, num_past)
        if self.future is not None:
            inputs.append(ops.take(self.future, self._rows_ahead(cutoffs), axis=0))
        if self.series is not None:
            inputs.append(ops.take(self.series, cutoffs, axis=0))
        if self.is_taught:
            inputs.append(self._teach(cutoffs, training))
        return inputs

    def _teach(self, cutoffs: Any, training: bool) -> Any:
        """The actual values ahead, ``(batch, horizon, targets)``; zeros unless in training."""
        if not training:
            size = (ops.shape(cutoffs)[0], self.shape.horizon, self.shape.num_targets)
            return ops.zeros(size)
        ahead = ops.take(self.past, self._rows_ahead(cutoffs), axis=0)
        return ahead[:, :, : self.shape.num_targets]

    def compute_loss(
        self,
        x: Any = None,
        y: Any = None,
        y_pred: Any = None,
        sample_weight: Any = None,
        training: bool = True,
    ) -> Any:
        """Compare with the actual values behind each cutoff; filled ones have no say."""
        rows = self._rows_ahead(self._find_cutoffs(x, training))
        actual = ops.take(self.past, rows, axis=0)[:, :, : self.shape.num_targets]
        weight = None if self.row_weight is None else ops.take(self.row_weight, rows, axis=0)
        loss = average(self.elementwise_loss(actual - y_pred[..., 0]), weight)
        # By its size: a last batch of three windows must not count as much as one of 512.
        self.point_loss.update_state(loss, sample_weight=ops.cast(ops.shape(x)[0], "float32"))
        if not training:  # what is evaluated last can be looked at without predicting it again
            self.shown.assign(y_pred[-1, :, 0, 0])
        if y_pred.shape[-1] > 1:
            loss = loss + average(pinball_loss(actual, y_pred), weight)
        for penalty in self.losses:
            loss = loss + ops.sum(penalty)
        return loss

    def _find_cutoffs(self, given: Any, training: bool) -> Any:
        given = ops.cast(given, "int32")
        return ops.take(self.order, given, axis=0) if training else given

    def _rows_ahead(self, cutoffs: Any) -> Any:
        return ops.expand_dims(cutoffs, -1) + ops.arange(1, self.shape.horizon + 1)

    # Callbacks keep and restore weights through these two; the table is not theirs to copy.
    def get_weights(self) -> list[np.ndarray]:
        return self.network.get_weights()

    def set_weights(self, weights: list[np.ndarray]) -> None:
        self.network.set_weights(weights)

    def predict_cutoffs(self, cutoffs: np.ndarray) -> np.ndarray:
        """Predict, scaled: ``(n,)`` to ``(n, horizon, num_targets, 1 + levels)``."""
        starts = range(0, len(cutoffs), PREDICT_BATCH_SIZE)
        return np.concatenate(
            [self._predict_batch(cutoffs[start : start + PREDICT_BATCH_SIZE]) for start in starts]
        )

    def _predict_batch(self, cutoffs: np.ndarray) -> np.ndarray:
        # Batch by batch, because each call of ``predict`` leaves a pipeline behind in memory; and
        # in sizes that are powers of two, because an engine compiles anew for each size.
        size = 1 << (len(cutoffs) - 1).bit_length()
        padded = np.pad(cutoffs.astype(np.int32), (0, size - len(cutoffs)), mode="edge")
        predicted: np.ndarray = np.asarray(self.predict_on_batch(padded))[: len(cutoffs)]
        return predicted


class Drawable(Protocol):
    """One window that is to be seen after each epoch.

    Attributes:
        cutoff: its row in the flat table, in the validation part.
    """

    cutoff: int

    def draw(self, scaled: np.ndarray) -> tuple[float, ...]:
        """Return what to show of a scaled prediction of the first target, ``(horizon,)``."""


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
        loss = float((logs or {})["point"])
        validation_loss = float((logs or {}).get("val_point", loss))
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
            monitor="val_point", mode="min", patience=patience, restore_best_weights=True
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


def make_trainer(network: keras.Model, examples: Examples, spec: TrainingSpec) -> WindowTrainer:
    """Compile a trainer for a network; the spec is filled in."""
    # Whole batches: the last one of an epoch is filled up with the next epoch's first windows.
    room = len(examples.past) + (spec.batch_size or 1)
    trainer = WindowTrainer(network, examples, spec, room)
    trainer.compile(optimizer=make_optimizer(spec))
    # Left to the first step, TensorFlow would trace that step twice: once to make these variables.
    trainer.optimizer.build(network.trainable_variables)
    return trainer


def count_batches(spec: TrainingSpec, num_windows: int, most_windows: int | None = None) -> int:
    """Return the batches of one epoch, of the windows that there are; the spec is filled in."""
    assert spec.batch_size is not None
    count = min(spec.windows_per_epoch or num_windows, most_windows or num_windows, num_windows)
    return -(-count // min(spec.batch_size, num_windows))


def fit_network(
    trainer: WindowTrainer,
    cutoffs: np.ndarray,
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
    film: Drawable | None = None,
) -> Fit:
    """Train the trainer's network from its present weights and leave the best ones in it.

    Args:
        cutoffs: ``(n,)`` of the windows to learn from.
        validation: ``(n,)``; empty: train for all ``epochs`` and keep the last weights.
        spec: filled in; ``epochs`` and ``seed`` in it are the defaults of those two.
        most_windows: windows in one epoch, where fewer than the spec says will do.
        number: which network of the run this is, for the events.
        should_stop: whether to give up; ``should_conclude``: whether to end with what there is.
        film: the window whose prediction goes into each epoch's event.

    Raises:
        RunCancelled: ``should_stop`` said so.
        NothingLearnt: ``should_conclude`` said so before the first epoch was finished.
        TrainingError: the loss is not finite any more.
    """
    epochs = epochs or spec.epochs or 1
    assert spec.batch_size is not None

    def draw() -> tuple[float, ...]:
        return () if film is None else film.draw(ops.convert_to_numpy(trainer.shown))

    batch_size = min(spec.batch_size, len(cutoffs))
    num_batches = count_batches(spec, len(cutoffs), most_windows)
    count = num_batches * batch_size
    restart(trainer.optimizer, spec, epochs * num_batches)
    seed = spec.seed if seed is None else seed
    order: keras.callbacks.Callback = Shuffler(trainer, cutoffs, count, seed)
    if trainer.carried is not None:
        streams = find_streams(cutoffs, trainer.row_series, trainer.shape.lookback)
        order = Streamer(trainer, streams, num_batches, batch_size, seed)
    reporter = _Reporter(number, on_event, should_stop, should_conclude, draw)
    callbacks = [order, reporter]
    callbacks += list_callbacks(spec, epochs, monitor="val_point" if len(validation) else "point")
    options: dict[str, Any] = {}
    if len(validation):
        keep_best = _KeepBest(reporter, spec.patience or epochs)
        callbacks.append(keep_best)
        validation = thin(validation, MAX_VALIDATION_WINDOWS)
        if film is not None:  # last, where ``WindowTrainer.shown`` holds it
            validation = np.append(validation[validation != film.cutoff], film.cutoff)
        options = {
            "validation_data": (validation.astype(np.int32), None),
            "validation_batch_size": max(spec.batch_size, PREDICT_BATCH_SIZE),
        }
    trainer.fit(
        np.arange(count, dtype=np.int32),
        epochs=epochs,
        batch_size=batch_size,
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
