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

from lstm_core.errors import NothingLearnt
from lstm_core.events import EpochFinished, Listener
from lstm_core.learning.callbacks import KeepBest, Reporter, name_picture
from lstm_core.learning.feeds.feed import MAX_VALIDATION_PLACES, thin
from lstm_core.learning.feeds.table import Course
from lstm_core.learning.optimizing import list_callbacks, restart
from lstm_core.learning.trainer import MAIN_LOSS, Trainer
from lstm_core.spec import TrainingSpec


class Watch(Protocol):
    """What is to be seen after each epoch.

    Attributes:
        place: of the example of the validation part that it is of; None: of none.
        frame: what stays the same in each picture, JSON; see ``events.FilmPrepared``.
    """

    place: int | None
    frame: dict[str, Any]

    def draw(self, network: keras.Model, noted: np.ndarray | None) -> tuple[float, ...] | str:
        """Return what to show: numbers, or a text.

        Args:
            noted: what the objective has noted of the example.
        """


@dataclass(frozen=True)
class Fit:
    """What one network's training came to.

    Attributes:
        validation_loss, best_epoch: the best one, and when that was; 0: before anything was
            learnt.
        num_epochs: that were finished.
        is_cut: whether a request to conclude ended it.
    """

    validation_loss: float
    best_epoch: int
    num_epochs: int
    is_cut: bool = False


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
    starts_trained: bool = False,
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
        starts_trained: the network knows something already: what, is measured first as epoch 0.
            What was learnt is taken half of the way, and nothing of it where that is no better on
            the validation part.
        number: which network of the run this is, for the events.
        should_stop: whether to give up; ``should_conclude``: whether to end with what there is.
        watch: the example whose prediction goes into each epoch's event.

    Raises:
        RunCancelled: ``should_stop`` said so.
        NothingLearnt: ``should_conclude`` said so before the first epoch was finished, and it did
            not start trained.
        TrainingError: the loss is not finite any more.
    """
    epochs = epochs or spec.epochs or 1
    assert spec.batch_size is not None

    def draw() -> tuple[float, ...] | str:
        if watch is None:
            return ()
        noted = None if watch.place is None else ops.convert_to_numpy(trainer.noted)
        return watch.draw(trainer.network, noted)

    batch_size = min(spec.batch_size, len(places))
    num_batches = count_batches(spec, len(places), most_windows)
    restart(trainer.optimizer, spec, epochs * num_batches)
    seed = spec.seed if seed is None else seed
    trainer.table.restart(seed)
    course = trainer.table.drive(places, num_batches, batch_size, seed)
    reporter = Reporter(number, on_event, should_stop, should_conclude, draw)
    callbacks = [*course.callbacks, reporter]
    monitor = f"val_{MAIN_LOSS}" if len(validation) else MAIN_LOSS
    callbacks += list_callbacks(spec, epochs, monitor=monitor)
    start = checked = None
    if len(validation):
        keep_best = KeepBest(reporter, spec.patience or epochs)
        callbacks.append(keep_best)
        validation = thin(validation, MAX_VALIDATION_PLACES)
        if watch is not None and watch.place is not None:  # last, where ``Trainer.noted`` holds it
            validation = np.append(validation[validation != watch.place], watch.place)
        checked = trainer.table.check(validation, spec.batch_size)
        if starts_trained:
            began = time.monotonic()
            seen = thin(places, len(validation))
            loss = trainer.judge(trainer.table.check(seen, spec.batch_size))
            # The validation part comes last, for what is noted.
            start = _Start(trainer.get_weights(), trainer.judge(checked))
            seconds = time.monotonic() - began
            on_event(EpochFinished(0, loss, start.loss, seconds, number, **name_picture(draw())))
    trainer.learn(course, epochs, callbacks, checked)
    if not reporter.num_epochs and start is None:
        raise NothingLearnt
    if checked is None:
        return Fit(float("nan"), reporter.num_epochs, reporter.num_epochs, reporter.is_cut)
    if start is not None:
        loss = _go_half_way(trainer, start, checked) if reporter.num_epochs else math.inf
        if not loss < start.loss:
            trainer.set_weights(start.weights)
            return Fit(start.loss, 0, reporter.num_epochs, reporter.is_cut)
        best_epoch = int(keep_best.best_epoch) + 1
        return Fit(loss, best_epoch, reporter.num_epochs, reporter.is_cut)
    best_epoch = int(keep_best.best_epoch) + 1
    return Fit(float(keep_best.best), best_epoch, reporter.num_epochs, reporter.is_cut)


@dataclass(frozen=True)
class _Start:
    """Weights before anything was learnt, and their validation loss."""

    weights: list[np.ndarray]
    loss: float


def _go_half_way(trainer: Trainer, start: _Start, checked: Course) -> float:
    """Take the mean of the weights before and after, and return its validation loss.

    It keeps more of what was known, and is the safer of the two where there was little to learn
    from: Wortsman et al., "Robust fine-tuning of zero-shot models", CVPR 2022.
    """
    learnt = trainer.get_weights()
    both = zip(start.weights, learnt, strict=True)
    trainer.set_weights([(before + after) / 2 for before, after in both])
    return trainer.judge(checked)
