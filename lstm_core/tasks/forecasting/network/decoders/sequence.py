"""One LSTM step for each step of the horizon, fed the prediction of the step before."""

from __future__ import annotations

from lstm_core.models.costs import LayerCost
from lstm_core.models.parts import Part
from lstm_core.spec.layers import SequenceDecoder
from lstm_core.spec.layers.steps import Call, Operand, Step
from lstm_core.tasks.forecasting.network.decoded import Decoded
from lstm_core.tasks.forecasting.network.frame import NetworkFrame


def decode_sequence(decoder: SequenceDecoder, frame: NetworkFrame) -> Decoded:
    """Go on from ``x`` and ``cell``, fed ``first``, then what was said or ``actual``."""
    units, horizon = frame.plan.state.width, frame.horizon
    inputs: list[Operand] = ["x", "cell", "first", "actual"]
    inputs += [] if frame.known is None else [frame.known]
    inputs += ["steps"] if decoder.attention is not None else []
    decode = Call(
        "FeedbackDecoder",
        (units, frame.num_outputs, decoder.attention, decoder.teacher_forcing),
        {"has_known": frame.known is not None},
        label="decode",
    )
    points = Call("keras.layers.Reshape", ((horizon, frame.num_outputs, 1),))
    split = f"x, point = decoded[:, :, :{units}], decoded[:, :, {units}:]"
    steps = (
        Step(("decoded",), decode, (tuple(inputs),)),
        Step(
            ("x", "point"),
            lambda decoded: (decoded[:, :, :units], decoded[:, :, units:]),
            ("decoded",),
            says=(split,),
        ),
        Step(("point",), points, ("point",), says=()),
    )
    part = Part(steps, _cost(decoder, frame, units))
    count = frame.shape.horizon
    return Decoded((part,), units, count, 1, horizon, has_points=True)


def _cost(decoder: SequenceDecoder, frame: NetworkFrame, units: int) -> LayerCost:
    horizon, num_outputs = frame.shape.horizon, frame.num_outputs
    steps = frame.plan.places[-1].flow.num_steps
    products = 4 * units * (units + num_outputs + frame.num_known)
    num_weights = products + 4 * units
    if decoder.attention is not None:
        products += 3 * units * units
        num_weights += 3 * units * units
    each = 2 * products
    if decoder.attention == "additive":
        num_weights += units * units + units
        each += 2 * steps * units * units
    num_weights += units * num_outputs + num_outputs
    seen = steps * units if decoder.attention else 0
    return LayerCost(
        frame.decoder_title,
        (horizon, num_outputs),
        num_weights,
        horizon * (each + 4 * seen),
        horizon * (6 * units + seen),
        "it is fed what it said before, step by step",
    )
