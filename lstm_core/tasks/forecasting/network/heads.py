"""From a decoder's features to a prediction for each step, and to the widths of its ranges."""

from __future__ import annotations

from lstm_core.models.costs import LayerCost
from lstm_core.models.parts import Part, count_dense
from lstm_core.spec.layers.steps import Call, Named, Step
from lstm_core.tasks.forecasting.framing.earlier import SEASONAL
from lstm_core.tasks.forecasting.network.decoded import Decoded
from lstm_core.tasks.forecasting.network.frame import NetworkFrame


def predict(frame: NetworkFrame, decoded: Decoded) -> tuple[Part, ...]:
    """Describe the heads on ``x``: ``point``, and ``widths`` where ranges are learnt."""
    points = () if decoded.has_points else (_predict_points(frame, decoded),)
    return (*points, _predict_widths(frame, decoded)) if frame.has_ranges else points


def _predict_points(frame: NetworkFrame, decoded: Decoded) -> Part:
    """``point``: ``(batch, horizon, outputs, 1)``."""
    size = _size_group(decoded, frame.num_outputs)
    # What earlier seasons say is the first prediction, and what is learnt is what they leave.
    start = {"kernel_initializer": "zeros"} if frame.normalisation in SEASONAL else {}
    dense = Call("keras.layers.Dense", (size,), start, label="head")
    # A script has no axis of levels where there is one.
    is_arranged = decoded.length == 1 and not decoded.is_flat
    said = () if is_arranged else (frame.num_outputs,)
    counts = count_dense(decoded.width, size, decoded.num_groups)
    cost = LayerCost(
        "Prediction",
        (frame.shape.horizon, frame.num_outputs),
        counts.num_weights,
        counts.flops,
        frame.shape.horizon * frame.num_outputs,
    )
    head = Step(("point",), dense, ("x",))
    return Part((head, *_arrange("point", frame, decoded, 1, said)), cost)


def _predict_widths(frame: NetworkFrame, decoded: Decoded) -> Part:
    """``widths``: ``(batch, horizon, outputs, levels)``, none negative.

    They learn from features that they can't change: ranges cost the point nothing.
    """
    outputs, levels = frame.num_outputs, frame.num_levels
    size = _size_group(decoded, outputs * levels)
    dense = Call("keras.layers.Dense", (size,), {"activation": "softplus"}, label="widths")
    counts = count_dense(decoded.width, size, decoded.num_groups)
    shape = (decoded.num_groups * int(decoded.length), outputs, levels)
    cost = LayerCost("Ranges", shape, counts.num_weights, counts.flops, counts.num_values)
    reason = "# How wide the ranges are is learnt from features that it can't change."
    still = Step(
        ("still",), Call("StopGradient"), ("x",), says="ops.stop_gradient(x)", is_inline=True
    )
    head = Step(("widths",), dense, ("still",), above=(reason,))
    arranged = _arrange("widths", frame, decoded, levels, (outputs, levels))
    return Part((still, head, *arranged), cost)


def _size_group(decoded: Decoded, each: int) -> int:
    """Return what one group of features predicts; a script says it by the steps it stands for."""
    size = decoded.length * each
    if not isinstance(decoded.length, Named) or repr(decoded.length) == "1":
        return size
    code = repr(decoded.length)
    return Named(size, code if each == 1 else f"{code} * {each}")


def _arrange(
    name: str, frame: NetworkFrame, decoded: Decoded, num_levels: int, said: tuple[int, ...]
) -> tuple[Step, ...]:
    """``(batch, groups, length * outputs * levels)`` to ``(batch, horizon, outputs, levels)``.

    Args:
        said: the axes behind the steps that a script makes; it makes nothing of none.
    """
    num_steps, horizon = decoded.num_steps, frame.shape.horizon
    shape = (num_steps, frame.num_outputs, num_levels)
    arranged: str | tuple[()] = ()
    if said:
        arranged = f"keras.layers.Reshape({(num_steps, *said)!r})({name})"
    cut = f"{name}[:, :{frame.horizon!r}]"
    return (
        Step((name,), Call("keras.layers.Reshape", (shape,)), (name,), says=arranged),
        Step(
            (name,),
            lambda steps: steps[:, :horizon],
            (name,),
            says=cut if num_steps > horizon else (),
        ),
    )
