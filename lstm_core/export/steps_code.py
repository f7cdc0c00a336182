"""The steps of a network as the lines of Keras that carry them out, in the order of a run.

The order counts: every layer draws the seeds of its weights when it is made.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from lstm_core.export.code import Code, leave_out, write_call, write_step
from lstm_core.spec.layers.steps import MOST_UNROLLED, Call, Operand, Step, Unroll


def write_steps(steps: Iterable[Step], inlined: dict[str, str] | None = None) -> list[str]:
    """Return the lines of a script.

    Args:
        inlined: what is written where it is taken, by its name; steps add theirs.
    """
    inlined = {} if inlined is None else inlined
    lines: list[str] = []
    for step in steps:
        lines += step.above
        if isinstance(step.says, tuple):
            lines += step.says
            continue
        expression = step.says if step.says is not None else _express(step, inlined)
        if step.is_inline:
            inlined[step.gives[0]] = expression
        else:
            lines.append(write_step(", ".join(step.gives), expression, step.note))
    return lines


def write_layer(call: Call) -> Code:
    """Write what makes a layer, cell, initialiser or regulariser."""
    options = {name: _settle(value) for name, value in call.options.items()}
    arguments = [_settle(value) for value in call.arguments]
    return write_call(call.name, *arguments, **leave_out(options, call.usual))


def _express(step: Step, inlined: Mapping[str, str]) -> str:
    taken = [_name(operand, inlined) for operand in step.takes]
    taken += [f"{name}={_name(operand, inlined)}" for name, operand in step.by_name.items()]
    if step.does is None:
        return ", ".join(taken)
    assert isinstance(step.does, Call)
    made = write_layer(step.does)
    return f"{made}({', '.join(taken)})" if taken else made


def _name(operand: Operand | tuple[Operand, ...], inlined: Mapping[str, str]) -> str:
    if isinstance(operand, tuple):
        return f"[{', '.join(_name(each, inlined) for each in operand)}]"
    return inlined.get(str(operand), str(operand))


def _settle(value: Any) -> Any:
    if isinstance(value, Call):
        return write_layer(value)
    return value.num_steps <= MOST_UNROLLED if isinstance(value, Unroll) else value
