"""Cutting a sequence into stretches of one length."""

from __future__ import annotations

from lstm_core.spec.layers.layer import Flow
from lstm_core.spec.layers.steps import Call, Since, Step
from lstm_core.spec.layers.uneven import count_stretches, silence


def cut(flow: Flow, length: int, *, split: bool) -> list[Step]:
    """Cut ``(batch, steps, width)`` into segments; the oldest steps that fill none are left out.

    Items of unequal lengths are cut from their beginnings, and their last steps are filled up with
    zeros. Gives ``(batch, segments, length * width)``, or ``(batch, segments, length, width)``.
    """
    if flow.is_uneven:
        call = Call("CutSteps", (length,), {"split": split}, {"split": False})
        note = f"segments of {length} steps"
        return [silence(), Step(("x",), call, ("x",), note), count_stretches(length)]
    width = flow.before.width
    count, left = divmod(flow.num_steps, length)
    shape = (count, length, width) if split else (count, length * width)
    reshape = Call("keras.layers.Reshape", (shape,))
    whole = [Step(("x",), None, (Since("x", left),))] if left else []
    return [*whole, Step(("x",), reshape, ("x",), f"segments of {length} steps: {count}")]
