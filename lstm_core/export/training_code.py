"""How weights are changed, as any task trains: the optimizer, its rate, what goes on beside it."""

from __future__ import annotations

from typing import Any

from lstm_core.export.code import Code, leave_out, write_call
from lstm_core.export.source import read_constant
from lstm_core.spec import TrainingSpec

_WARMUP_SHARE: float = read_constant("learning/optimizing.py", "WARMUP_SHARE")
_WARMUP_FACTOR: float = read_constant("learning/optimizing.py", "WARMUP_FACTOR")
_PLATEAU_FACTOR: float = read_constant("learning/optimizing.py", "PLATEAU_FACTOR")
_PLATEAU_PATIENCE: int = read_constant("learning/optimizing.py", "_PLATEAU_PATIENCE")

_OPTIMIZERS = {
    "adam": "Adam",
    "adamw": "AdamW",
    "rmsprop": "RMSprop",
    "sgd": "SGD",
    "lion": "Lion",
}


def write_rate(training: TrainingSpec) -> tuple[Code, list[str]]:
    """Return the learning rate, and the lines that it needs before it.

    They speak of ``epochs`` and ``num_batches``.
    """
    rate = training.learning_rate
    if training.schedule == "cosine":
        schedule = write_call(
            "keras.optimizers.schedules.CosineDecay", rate, Code("epochs * num_batches")
        )
        return Code("rate"), [f"rate = {schedule}"]
    if training.schedule == "one_cycle":
        assert rate is not None
        schedule = write_call(
            "keras.optimizers.schedules.CosineDecay",
            rate / _WARMUP_FACTOR,
            Code("num_steps - num_rising"),
            warmup_target=rate,
            warmup_steps=Code("num_rising"),
        )
        return Code("rate"), [
            "num_steps = epochs * num_batches",
            f"num_rising = round({_WARMUP_SHARE} * num_steps)",
            f"rate = {schedule}",
        ]
    return Code(repr(rate)), []


def write_optimizer(training: TrainingSpec, rate: Code) -> Code:
    options: dict[str, Any] = {"learning_rate": rate, "clipnorm": training.clip_norm}
    if training.optimizer == "sgd":
        options |= leave_out({"momentum": training.momentum}, {"momentum": 0.0})
    return write_call(f"keras.optimizers.{_OPTIMIZERS[training.optimizer]}", **options)


def write_best_epoch(training: TrainingSpec, monitor: str) -> Code:
    """Write what stops training and takes back the weights of the best epoch."""
    patience = "EPOCHS" if training.patience is None else training.patience
    return write_call(
        "keras.callbacks.EarlyStopping",
        monitor=f"val_{monitor}",
        mode="min",
        patience=Code(patience),
        restore_best_weights=True,
    )


def list_callbacks(training: TrainingSpec, monitor: str) -> list[str]:
    """Write what changes the rate from epoch to epoch.

    Args:
        monitor: what is watched on the validation part, or, in a ``retrain`` where ``validation``
            is None, in training.
    """
    rate, decay = training.learning_rate, training.decay
    if training.schedule == "decay" and decay is not None and decay < 1:
        rule = Code(f"lambda epoch: {rate} * {decay}**epoch")
        return [write_call("keras.callbacks.LearningRateScheduler", rule)]
    if training.schedule == "plateau":
        patience = max(1, training.patience // 2) if training.patience else _PLATEAU_PATIENCE
        watched: Any = f"val_{monitor}"
        if training.retrain:
            watched = Code(f'"{monitor}" if validation is None else "val_{monitor}"')
        return [
            write_call(
                "keras.callbacks.ReduceLROnPlateau",
                monitor=watched,
                mode="min",
                factor=_PLATEAU_FACTOR,
                patience=patience,
                min_delta=0.0,
            )
        ]
    return []
