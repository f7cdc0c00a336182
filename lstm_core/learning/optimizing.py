"""The optimizer, and how its learning rate goes in the course of one fit.

One optimizer serves a whole run. Where the rate changes with every step, the steps of a fit are
variables of the optimizer's, so that a longer fit needs no new compilation.
"""

from __future__ import annotations

import keras
import numpy as np

from lstm_core.learning.adam import Adam
from lstm_core.spec import TrainingSpec

WARMUP_SHARE = 0.3
"""The part of one cycle in which the rate rises."""

WARMUP_FACTOR = 25.0
"""How many times smaller than its peak the rate begins."""

PLATEAU_FACTOR = 0.5

_LOSS_SCALE = 2.0**15
_RISING, _FALLING = "rising_steps", "falling_steps"
_PLATEAU_PATIENCE = 4
"""Epochs without a better loss that halve the rate where training never stops early."""


def make_optimizer(spec: TrainingSpec) -> keras.optimizers.Optimizer:
    """Return the optimizer of a spec that is filled in; ``restart`` it before each fit.

    Sources: AdamW: Loshchilov and Hutter, "Decoupled Weight Decay Regularization", ICLR 2019;
    Lion: Chen et al., "Symbolic Discovery of Optimization Algorithms", NeurIPS 2023. Learning in
    16 bits scales the loss as Micikevicius et al., "Mixed Precision Training", ICLR 2018, do.
    """
    assert spec.learning_rate is not None
    kinds = {
        "adam": Adam,
        "adamw": keras.optimizers.AdamW,
        "rmsprop": keras.optimizers.RMSprop,
        "sgd": keras.optimizers.SGD,
        "lion": keras.optimizers.Lion,
    }
    options = {"momentum": spec.momentum} if spec.optimizer == "sgd" else {}
    optimizer = kinds[spec.optimizer](
        learning_rate=spec.learning_rate, clipnorm=spec.clip_norm, **options
    )
    if spec.plans_rate:
        assert spec.schedule is not None
        optimizer.learning_rate = _plan_course(optimizer, spec.learning_rate, spec.schedule)
    if spec.precision == "mixed_float16":
        optimizer = keras.optimizers.LossScaleOptimizer(optimizer, initial_scale=_LOSS_SCALE)
    return optimizer


def _plan_course(
    optimizer: keras.optimizers.Optimizer, rate: float, schedule: str
) -> keras.optimizers.schedules.CosineDecay:
    """Return a rate that falls to 0 along half a cosine, in one cycle after a rise.

    Sources: Loshchilov and Hutter, "SGDR: Stochastic Gradient Descent with Warm Restarts", ICLR
    2017, without restarts; Smith and Topin, "Super-Convergence", 2018, falling along a cosine.
    """
    count = optimizer.add_variable((), initializer="ones", name=_FALLING)
    if schedule == "cosine":
        return keras.optimizers.schedules.CosineDecay(rate, count)
    return keras.optimizers.schedules.CosineDecay(
        rate / WARMUP_FACTOR,
        count,
        warmup_target=rate,
        warmup_steps=optimizer.add_variable((), name=_RISING),
    )


def restart(optimizer: keras.optimizers.Optimizer, spec: TrainingSpec, num_steps: int) -> None:
    """Forget what the optimizer has gathered, and begin a fit of ``num_steps`` steps."""
    rising = round(WARMUP_SHARE * num_steps) if spec.schedule == "one_cycle" else 0
    starts = {
        "learning_rate": spec.learning_rate,
        "dynamic_scale": _LOSS_SCALE,
        _RISING: rising,
        _FALLING: num_steps - rising,
    }
    for variable in optimizer.variables:
        start = starts.get(variable.name, 0)  # all others begin at zero
        # By NumPy: an engine that compiles would do so for each shape.
        variable.assign(np.full(variable.shape, start, variable.dtype))


def list_callbacks(
    spec: TrainingSpec, epochs: int, *, monitor: str
) -> list[keras.callbacks.Callback]:
    """Return what changes the rate between epochs, by the spec's schedule.

    Args:
        monitor: the loss that the plateau is looked for in.
    """
    rate, decay = spec.learning_rate, spec.decay
    assert rate is not None
    if spec.schedule == "decay" and decay is not None and decay < 1 and epochs > 1:
        return [keras.callbacks.LearningRateScheduler(lambda epoch: rate * decay**epoch)]
    if spec.schedule == "plateau":
        # In half the time after which training stops, so that smaller steps get their chance.
        patience = max(1, spec.patience // 2) if spec.patience else _PLATEAU_PATIENCE
        return [
            keras.callbacks.ReduceLROnPlateau(
                monitor=monitor, mode="min", factor=PLATEAU_FACTOR, patience=patience, min_delta=0.0
            )
        ]
    return []
