"""Cutting a sequence into stretches of one length."""

from __future__ import annotations

from lstm_core.spec.layers.layer import Flow
from lstm_core.spec.layers.steps import Call, Since, Step


def cut(flow: Flow, length: int, *, split: bool) -> list[Step]:
    """Cut ``(batch, steps, width)`` into segments; the oldest steps that fill none are left out.

    Gives ``(batch, segments, length * width)``, or ``(batch, segments, length, width)``.
    """
    width = flow.before.width
    count, left = divmod(flow.num_steps, length)
    shape = (count, length, width) if split else (count, length * width)
    reshape = Call("keras.layers.Reshape", (shape,))
    whole = [Step(("x",), None, (Since("x", left),))] if left else []
    return [*whole, Step(("x",), reshape, ("x",), f"segments of {length} steps: {count}")]
