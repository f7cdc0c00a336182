"""The steps of a network as the lines of Keras that carry them out, in the order of a run.

The order counts: every layer draws the seeds of its weights when it is made.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from lstm_core.export.code import Code, leave_out, write_call, write_step
from lstm_core.spec.layers.steps import MOST_UNROLLED, Call, Operand, Step, Unroll


def write_steps(steps: Iterable[Step]) -> list[str]:
    """Return the lines of a script."""
    return [_write(step) for step in steps]


def write_layer(call: Call) -> Code:
    """Write what makes a layer, cell, initialiser or regulariser."""
    options = {name: _settle(value) for name, value in call.options.items()}
    arguments = [_settle(value) for value in call.arguments]
    return write_call(call.name, *arguments, **leave_out(options, call.usual))


def _write(step: Step) -> str:
    taken = ", ".join(map(_name, step.takes))
    if step.does is None:
        expression = taken
    else:
        assert isinstance(step.does, Call)
        expression = f"{write_layer(step.does)}({taken})"
    return write_step(", ".join(step.gives), expression, step.note)


def _name(operand: Operand | tuple[Operand, ...]) -> str:
    return f"[{', '.join(map(str, operand))}]" if isinstance(operand, tuple) else str(operand)


def _settle(value: Any) -> Any:
    if isinstance(value, Call):
        return write_layer(value)
    return value.num_steps <= MOST_UNROLLED if isinstance(value, Unroll) else value
