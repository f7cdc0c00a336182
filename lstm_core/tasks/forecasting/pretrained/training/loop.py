"""The training itself: Adam at a steady rate that falls at the end, and averaged weights.

Where the fall begins a second checkpoint is kept: a training that turns out too short goes on from
there, and nothing is lost but the fall.
"""

from __future__ import annotations

import sys
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path

import keras
import numpy as np

from lstm_core.tasks.forecasting.pretrained.describing import Description
from lstm_core.tasks.forecasting.pretrained.keras_network import (
    Sizes,
    WeightedPinball,
    build_network,
    name_inputs,
)
from lstm_core.tasks.forecasting.pretrained.training.batches import make_batch
from lstm_core.tasks.forecasting.pretrained.training.checkpoints import (
    Progress,
    find_checkpoint,
    find_steady_checkpoint,
    load_checkpoint,
    load_progress,
    save_checkpoint,
)

_WARM_UP = 300
_AVERAGED = 0.999
_LOSS_MEMORY = 0.98
_LEAST_RATE = 0.005


@dataclass(frozen=True)
class Plan:
    """What is trained, and for how long.

    Attributes:
        batches: in all, counted rather than timed, so that a pause changes nothing.
        falling: the share of them, at the end, over which the learning rate falls.
        every: how many batches lie between checkpoints.
        rate: the highest learning rate.
        shares: of the kinds of series, by name, where they are to differ from the usual ones.
        hide: takes something from what the network is told, to see what it is worth.
    """

    batches: int = 30_000
    seed: int = 0
    falling: float = 0.3
    batch_size: int = 256
    every: int = 500
    rate: float = 1.5e-3
    sizes: Sizes = field(default_factory=Sizes)
    shares: Mapping[str, float] | None = None
    hide: Callable[[Description], Description] | None = None

    @property
    def steady(self) -> int:
        """The batches before the learning rate falls."""
        return round(self.batches * (1 - self.falling))

    def find_rate(self, batches: int) -> float:
        """The learning rate after so many batches."""
        to_go = (self.batches - batches) / max(self.batches - self.steady, 1)
        risen = min(1.0, (batches + 1) / _WARM_UP)
        return self.rate * risen * (_LEAST_RATE + (1 - _LEAST_RATE) * min(1.0, to_go))


def train(folder: Path, plan: Plan) -> Progress:
    """Train to the plan's end; go on where a checkpoint lies in ``folder``.

    What it comes to lies there as well: the last weights, and their average over batches.
    """
    folder.mkdir(parents=True, exist_ok=True)
    keras.utils.set_random_seed(plan.seed)
    model = build_network(plan.sizes)
    optimizer = keras.optimizers.Adam(
        plan.rate, global_clipnorm=1.0, use_ema=True, ema_momentum=_AVERAGED
    )
    model.compile(optimizer, WeightedPinball())
    optimizer.build(model.trainable_variables)
    rng = np.random.default_rng([plan.seed, 1])
    progress = Progress(seed=plan.seed)
    if path := find_start(folder, plan):
        progress, arrays = load_checkpoint(path)
        model.set_weights(arrays["weights"])
        for variable, value in zip(optimizer.variables, arrays["optimizer"], strict=True):
            variable.assign(value)
        rng.bit_generator.state = progress.generator
    recent: list[float] = []
    before, began = progress.seconds, time.process_time()
    while progress.batches < plan.batches:
        batch = make_batch(rng, plan.batch_size, shares=plan.shares)
        described = plan.hide(batch.description) if plan.hide else batch.description
        usual = progress.losses.get(batch.rhythm, 1.0)
        rate = plan.find_rate(progress.batches)
        optimizer.learning_rate = rate
        loss = usual * float(
            model.train_on_batch(name_inputs(described), batch.actual, batch.importance / usual)
        )
        progress.losses[batch.rhythm] = _LOSS_MEMORY * usual + (1 - _LOSS_MEMORY) * loss
        progress.batches += 1
        recent.append(loss)
        turns = progress.batches in (plan.steady, plan.batches)
        if turns or progress.batches % plan.every == 0:
            progress.seconds = before + time.process_time() - began
            progress.curve.append(
                [progress.batches, progress.seconds, float(np.mean(recent)), rate]
            )
            progress.generator = dict(rng.bit_generator.state)
            recent.clear()
            _save(folder, plan, progress, model, optimizer)
            _tell(progress)
    return progress


def find_start(folder: Path, plan: Plan) -> Path | None:
    """The checkpoint to go on from: the last one that the plan's rates lead through."""
    last, before_fall = find_checkpoint(folder), find_steady_checkpoint(folder)
    if not last.exists():
        return None
    if before_fall.exists() and load_progress(before_fall).batches < plan.steady:
        return before_fall
    return last


def _save(
    folder: Path, plan: Plan, progress: Progress, model: keras.Model, optimizer: keras.Optimizer
) -> None:
    averages = optimizer._model_variables_moving_average
    arrays = {
        "weights": model.get_weights(),
        "optimizer": [keras.ops.convert_to_numpy(one) for one in optimizer.variables],
        "average": [keras.ops.convert_to_numpy(one) for one in averages],
    }
    save_checkpoint(find_checkpoint(folder), progress, arrays)
    if progress.batches == plan.steady:
        save_checkpoint(find_steady_checkpoint(folder), progress, arrays)


def _tell(progress: Progress) -> None:
    """Say how far it is, for who looks at a terminal or a log."""
    batches, seconds, loss, rate = progress.curve[-1]
    rhythms = ", ".join(f"{name} {one:.3f}" for name, one in sorted(progress.losses.items()))
    print(
        f"{batches:.0f} batches, {seconds / 60:.1f} CPU min, loss {loss:.4f},"
        f" rate {rate:.1e}: {rhythms}",
        file=sys.stderr,
        flush=True,
    )
