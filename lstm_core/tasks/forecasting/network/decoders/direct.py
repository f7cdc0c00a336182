"""All steps ahead at once, by dense layers."""

from __future__ import annotations

from lstm_core.models.costs import LayerCost
from lstm_core.models.parts import Part, count_dense
from lstm_core.spec.layers import DirectDecoder
from lstm_core.spec.layers.steps import Call, Named, Step
from lstm_core.tasks.forecasting.network.decoded import Decoded
from lstm_core.tasks.forecasting.network.frame import NetworkFrame

_KNOWN_WIDTH = 8
"""What each step is handed, beside its known-future covariates."""

_MIX_WIDTH = 32
"""The layer that mixes the two."""


def decode_directly(decoder: DirectDecoder, frame: NetworkFrame) -> Decoded:
    """The state itself; known-future covariates are mixed in step by step."""
    horizon, width = frame.horizon, frame.plan.state.width
    if frame.known is None:
        # Behind the encoder, a script has no axis of groups.
        one_group = Call("keras.layers.Reshape", ((1, width),))
        part = Part((Step(("x",), one_group, ("x",), says=()),))
        return Decoded((part,), width, 1, horizon, horizon, is_flat=True)
    told = Named(horizon * _KNOWN_WIDTH, f"{horizon!r} * {_KNOWN_WIDTH}")
    mix = Call("keras.layers.Dense", (_MIX_WIDTH,), {"activation": "relu"}, label="mix")
    steps = (
        Step(("x",), Call("keras.layers.Dense", (told,), label="steps"), ("x",)),
        Step(("x",), Call("keras.layers.Reshape", ((horizon, _KNOWN_WIDTH),)), ("x",)),
        Step(("x",), Call("keras.layers.Concatenate"), (("x", frame.known),)),
        Step(("x",), mix, ("x",)),
    )
    telling = count_dense(width, told)
    mixing = count_dense(_KNOWN_WIDTH + frame.num_known, _MIX_WIDTH, horizon)
    cost = LayerCost(
        frame.decoder_title,
        (frame.shape.horizon, _MIX_WIDTH),
        telling.num_weights + mixing.num_weights,
        telling.flops + mixing.flops,
        2 * int(told),
    )
    return Decoded((Part(steps, cost),), _MIX_WIDTH, frame.shape.horizon, 1, horizon)
