"""From a plan to Keras layers: its steps, carried out. Backend-neutral."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from types import ModuleType
from typing import Any

import keras

from lstm_core.engines.engine import is_tensorflow_on_cpu
from lstm_core.models import attention, cells, convolution, lstm
from lstm_core.models.items import ends, shortening, stem, summing
from lstm_core.models.plan import Plan
from lstm_core.models.tags import chains, words
from lstm_core.models.texts import tied
from lstm_core.models.translation import looking
from lstm_core.spec.layers.steps import MOST_UNROLLED, Call, Named, Operand, Step, Unroll


@dataclass(frozen=True)
class Encoded:
    """What an encoder makes of a window.

    Attributes:
        state: ``(batch, width)``.
        cell: the last LSTM's cell state, ``(batch, width)``; None where the plan needs none.
        steps: the last layer's output at each step, ``(batch, steps, width)``; None likewise.
        ends: the state at the window's end of each place that was given one to begin with.
    """

    state: keras.KerasTensor
    cell: keras.KerasTensor | None = None
    steps: keras.KerasTensor | None = None
    ends: Mapping[int, Sequence[keras.KerasTensor]] = field(default_factory=dict)


_OURS: dict[str, type] = {}
"""By its name, each class that a step may call; Keras's own registry may be written by anybody."""


def know_classes(*modules: ModuleType) -> None:
    """Let steps call the classes that these modules define by their bare names."""
    for module in modules:
        for name, found in vars(module).items():
            if isinstance(found, type) and found.__module__ == module.__name__:
                _OURS[name] = found


_OUR_WAYS = {
    "keras.layers.LSTM": lstm.LSTM,
    "keras.layers.Conv1D": convolution.Conv1D,
    "keras.layers.ConvLSTM1D": convolution.ConvLSTM1D,
}
"""In place of a class of Keras's, one with its weights and its numbers."""

know_classes(attention, cells, ends, shortening, stem, summing, chains, words, tied, looking)

Starts = Mapping[int, Sequence[keras.KerasTensor]]
"""By a place's number, the state that it begins with: vectors, ``(batch, units)``."""


def build_encoder(plan: Plan, window: keras.KerasTensor, starts: Starts | None = None) -> Encoded:
    """Build the plan's layers on ``(batch, lookback, features)``; without ``starts`` from zero."""
    values = {"x": window}
    ends = carry_out(plan.list_steps(), values, starts)
    return Encoded(values["x"], values.get("cell"), values.get("steps"), ends)


def carry_out(
    steps: Iterable[Step],
    values: dict[str, Any],
    starts: Starts | None = None,
    made: Callable[[str], Any] | None = None,
) -> dict[int, Sequence[keras.KerasTensor]]:
    """Build each step on the values that it takes, and put what it gives among them.

    Args:
        values: tensors by name, to begin with.
        starts: by the number of a place, the state that it begins with.
        made: from a label to a layer that is there already, and is applied once more; none: every
            layer is made.

    Returns:
        The state at the window's end of each place in ``starts``.
    """
    ends: dict[int, Sequence[keras.KerasTensor]] = {}
    for step in steps:
        taken = [_take(operand, values) for operand in step.takes]
        start = None if step.carries is None else (starts or {}).get(step.carries)
        if start is None:
            named = {name: _take(operand, values) for name, operand in step.by_name.items()}
            given = _do(step, taken, named, made)
        else:
            given, ends[step.carries or 0] = _go_on(step, taken, start)
        values.update(zip(step.gives, given if len(step.gives) > 1 else [given], strict=True))
    return ends


def make(call: Call) -> Any:
    """Make a layer, cell, initialiser or regulariser."""
    arguments = [_settle(value) for value in call.arguments]
    options = {name: _settle(value) for name, value in call.options.items()}
    if call.label:
        options["name"] = call.label
    return _find(call.name)(*arguments, **options)


def _do(
    step: Step,
    taken: list[Any],
    named: Mapping[str, Any],
    made: Callable[[str], Any] | None,
) -> Any:
    if step.does is None:
        (value,) = taken
        return value
    if not isinstance(step.does, Call):
        return step.does(*taken)
    layer = make(step.does) if made is None else made(step.does.label)
    return layer(*taken, **named) if taken else layer


def _go_on(
    step: Step, taken: list[Any], start: Sequence[keras.KerasTensor]
) -> tuple[Any, Sequence[keras.KerasTensor]]:
    """Carry out a recurrent step that begins with a state; return its last state as well."""
    assert isinstance(step.does, Call)
    recurrent = make(step.does.with_options(return_state=True))
    outputs, *end = recurrent(*taken, initial_state=list(start))
    return [outputs, *end] if len(step.gives) > 1 else outputs, end


def _take(operand: Operand | tuple[Operand, ...], values: Mapping[str, Any]) -> Any:
    if isinstance(operand, tuple):
        return [_take(each, values) for each in operand]
    return values[operand] if isinstance(operand, str) else operand.take(values[operand.name])


def _settle(value: Any) -> Any:
    if isinstance(value, Call):
        return make(value)
    if isinstance(value, tuple):
        return tuple(map(_settle, value))
    if isinstance(value, Named):
        return int(value)
    return unrolls_faster(value.num_steps) if isinstance(value, Unroll) else value


def _find(name: str) -> Any:
    """Return a class of Keras by its path, or one of ours by its name."""
    if name in _OUR_WAYS:
        return _OUR_WAYS[name]
    if not name.startswith("keras."):
        return _OURS[name]
    found: Any = keras
    for part in name.split(".")[1:]:
        found = getattr(found, part)
    return found


def unrolls_faster(num_steps: int) -> bool:
    """Whether a loop of few steps is faster written out.

    Yes on TensorFlow without a GPU, where each operation is called by itself. JAX compiles a loop
    in half of the time, and goes through it faster; a GPU has cuDNN's kernel.
    """
    return num_steps <= MOST_UNROLLED and is_tensorflow_on_cpu()
