"""Fit a network on examples: emits events, restores the best weights, obeys a request to stop."""

from __future__ import annotations

import math
import time
from collections.abc import Callable
from typing import Any

import keras
import numpy as np
from keras import ops

from lstm_core.errors import RunCancelled, TrainingError
from lstm_core.events import BatchFinished, EpochFinished, Listener, TrainingStarted
from lstm_core.spec import TrainingSpec
from lstm_core.tasks.base import Examples

PREDICT_BATCH_SIZE = 512
BATCH_EVENT_SECONDS = 0.25


class WindowTrainer(keras.Model):
    """A network together with the flat table that its windows are gathered from.

    Its input is cutoffs, ``(batch,)`` int32 rows. The table lies on the device as a variable
    that is not trained; each batch gathers its windows, and the loss gathers the actual values,
    inside the compiled step. So a step costs no Python, and nothing grows with the lookback.
    """

    def __init__(self, network: keras.Model, examples: Examples, loss: str) -> None:
        super().__init__()
        self.network = network
        self.shape = examples.shape
        self.elementwise_loss = LOSSES[loss]
        self.past = self._hold(examples.past, "past")
        self.future = self._hold(examples.future, "future") if self.shape.num_future else None
        everything_counts = bool((examples.weight[_rows_predicted(examples)] == 1).all())
        self.row_weight = None if everything_counts else self._hold(examples.weight, "weight")

    def _hold(self, values: np.ndarray, name: str) -> Any:
        return self.add_weight(
            shape=values.shape, initializer=lambda *_, **__: values, trainable=False, name=name
        )

    def call(self, cutoffs: Any, training: bool = False) -> Any:
        back = ops.expand_dims(cutoffs, -1) + ops.arange(1 - self.shape.lookback, 1)
        inputs = [ops.take(self.past, back, axis=0)]  # (batch, lookback, num_past)
        if self.future is not None:
            inputs.append(ops.take(self.future, self._rows_ahead(cutoffs), axis=0))
        return self.network(inputs, training=training)

    def compute_loss(
        self,
        x: Any = None,
        y: Any = None,
        y_pred: Any = None,
        sample_weight: Any = None,
        training: bool = True,
    ) -> Any:
        """Compare with the actual values behind each cutoff; filled ones have no say."""
        rows = self._rows_ahead(x)
        actual = ops.take(self.past, rows, axis=0)[:, :, : self.shape.num_targets]
        losses = self.elementwise_loss(actual - y_pred)  # (batch, horizon, num_targets)
        if self.row_weight is None:
            loss = ops.mean(losses)
        else:
            weight = ops.take(self.row_weight, rows, axis=0)
            loss = ops.sum(losses * weight) / ops.maximum(ops.sum(weight), 1.0)
        for penalty in self.losses:
            loss = loss + ops.sum(penalty)
        return loss

    def _rows_ahead(self, cutoffs: Any) -> Any:
        return ops.expand_dims(cutoffs, -1) + ops.arange(1, self.shape.horizon + 1)

    # Callbacks keep and restore weights through these two; the table is not theirs to copy.
    def get_weights(self) -> list[np.ndarray]:
        return self.network.get_weights()

    def set_weights(self, weights: list[np.ndarray]) -> None:
        self.network.set_weights(weights)

    def predict_cutoffs(self, cutoffs: np.ndarray) -> np.ndarray:
        """Predict, scaled: ``(n,)`` to ``(n, horizon, num_targets)``."""
        predicted: np.ndarray = self.predict(
            cutoffs.astype(np.int32), batch_size=PREDICT_BATCH_SIZE, verbose=0
        )
        return predicted


def _rows_predicted(examples: Examples) -> np.ndarray:
    """Mark the rows that some training or validation window predicts; ``(rows,)`` bool."""
    edges = np.zeros(len(examples.past) + 1, dtype=np.int64)
    for part in {"train", "validation"} & examples.cutoffs.keys():
        cutoffs = examples.cutoffs[part]
        np.add.at(edges, cutoffs + 1, 1)
        np.add.at(edges, cutoffs + 1 + examples.shape.horizon, -1)
    return np.cumsum(edges)[:-1] > 0


def _huber(error: Any) -> Any:
    size = ops.abs(error)
    return ops.where(size <= 1.0, 0.5 * ops.square(error), size - 0.5)


LOSSES: dict[str, Callable[[Any], Any]] = {"mae": ops.abs, "mse": ops.square, "huber": _huber}


class _Reporter(keras.callbacks.Callback):
    """Turns Keras's callbacks into events, and a request to stop into ``RunCancelled``.

    Only batch *beginnings* are watched: a callback on batch ends makes Keras wait for every
    batch's result.
    """

    def __init__(self, on_event: Listener, should_stop: Callable[[], bool]) -> None:
        super().__init__()
        self._on_event = on_event
        self._should_stop = should_stop
        self._epoch = 0
        self._epoch_started = self._last_event = 0.0

    def on_epoch_begin(self, epoch: int, logs: dict[str, Any] | None = None) -> None:
        self._epoch = epoch + 1
        self._epoch_started = self._last_event = time.monotonic()

    def on_train_batch_begin(self, batch: int, logs: dict[str, Any] | None = None) -> None:
        if self._should_stop():
            raise RunCancelled
        now = time.monotonic()
        if batch and now - self._last_event >= BATCH_EVENT_SECONDS:
            self._last_event = now
            num_batches = self.params.get("steps") or batch
            self._on_event(BatchFinished(self._epoch, min(1.0, batch / num_batches)))

    def on_epoch_end(self, epoch: int, logs: dict[str, Any] | None = None) -> None:
        loss = float((logs or {})["loss"])
        validation_loss = float((logs or {})["val_loss"])
        for name, value in (("loss", loss), ("validation loss", validation_loss)):
            if not math.isfinite(value):
                raise TrainingError(
                    f"The {name} became {value} in epoch {epoch + 1}: the weights have exploded.",
                    "Lower the learning rate, or clip the gradients.",
                )
        seconds = time.monotonic() - self._epoch_started
        self._on_event(EpochFinished(epoch + 1, loss, validation_loss, seconds))


def fit_network(
    network: keras.Model,
    examples: Examples,
    spec: TrainingSpec,
    *,
    on_event: Listener,
    should_stop: Callable[[], bool],
) -> WindowTrainer:
    """Train a network and leave its best weights in it.

    Raises:
        RunCancelled: ``should_stop`` said so.
        TrainingError: the loss is not finite any more.
    """
    trainer = WindowTrainer(network, examples, spec.loss)
    trainer.compile(optimizer=make_optimizer(spec))
    # Left to the first step, TensorFlow would trace that step twice: once to make these variables.
    trainer.optimizer.build(network.trainable_variables)
    on_event(TrainingStarted(spec.epochs, network.count_params(), describe_device()))
    keep_best = keras.callbacks.EarlyStopping(
        monitor="val_loss",
        mode="min",
        patience=spec.patience or spec.epochs,
        restore_best_weights=True,
    )
    trainer.fit(
        examples.cutoffs["train"],
        validation_data=(examples.cutoffs["validation"], None),
        validation_batch_size=max(spec.batch_size, PREDICT_BATCH_SIZE),
        batch_size=spec.batch_size,
        epochs=spec.epochs,
        callbacks=[_Reporter(on_event, should_stop), keep_best],
        verbose=0,
    )
    return trainer


def make_optimizer(spec: TrainingSpec) -> keras.optimizers.Optimizer:
    optimizers = {
        "adam": keras.optimizers.Adam,
        "adamw": keras.optimizers.AdamW,
        "rmsprop": keras.optimizers.RMSprop,
        "sgd": keras.optimizers.SGD,
    }
    return optimizers[spec.optimizer](learning_rate=spec.learning_rate, clipnorm=spec.clip_norm)


def describe_device() -> str:
    """Name what computes: ``"CPU, TensorFlow"`` or ``"GPU, JAX"``."""
    names = {"tensorflow": "TensorFlow", "jax": "JAX", "torch": "PyTorch"}
    backend = keras.config.backend()
    kind = keras.distribution.list_devices()[0].partition(":")[0].upper()
    return f"{kind}, {names.get(backend, backend)}"
