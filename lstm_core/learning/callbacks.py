"""What is heard of a training while it lasts, and which weights it leaves."""

from __future__ import annotations

import math
import time
from collections.abc import Callable
from typing import Any

import keras

from lstm_core.errors import RunCancelled, TrainingError
from lstm_core.events import BatchFinished, EpochFinished, Listener
from lstm_core.learning.trainer import MAIN_LOSS

BATCH_EVENT_SECONDS = 0.25


class Reporter(keras.callbacks.Callback):
    """Turns Keras's callbacks into events, and a request to stop into ``RunCancelled``.

    A request to conclude ends the training after the present batch; an epoch that is cut so is
    told to nobody. No exception ends it, so that the best weights so far are restored.

    It is told of those batches alone with which a call of several begins; see ``Pace``.

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
        draw: Callable[[], tuple[float, ...] | str],
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
        picture = name_picture(self._draw())
        seconds = time.monotonic() - self._epoch_started
        loss = float((logs or {})[MAIN_LOSS])
        validation_loss = float((logs or {}).get(f"val_{MAIN_LOSS}", loss))
        for name, value in (("loss", loss), ("validation loss", validation_loss)):
            if not math.isfinite(value):
                raise TrainingError(
                    f"The {name} became {value} in epoch {epoch + 1}: the weights have exploded.",
                    "Lower the learning rate, or clip the gradients.",
                )
        self._on_event(
            EpochFinished(epoch + 1, loss, validation_loss, seconds, self._number, **picture)
        )


def name_picture(drawn: tuple[float, ...] | str) -> dict[str, Any]:
    """Return what was drawn after an epoch as its event has it."""
    return {"text": drawn} if isinstance(drawn, str) else {"film": drawn}


class KeepBest(keras.callbacks.EarlyStopping):
    """Leaves the weights of the best of all epochs that were finished."""

    def __init__(self, reporter: Reporter, patience: int) -> None:
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
