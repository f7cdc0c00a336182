"""One LSTM step for each segment of the horizon, all from the encoder's last state."""

from __future__ import annotations

from lstm_core.models.costs import LayerCost
from lstm_core.models.parts import Part, count_dense
from lstm_core.spec.layers import SegmentDecoder
from lstm_core.spec.layers.steps import Call, Step
from lstm_core.tasks.forecasting.network.decoded import Decoded
from lstm_core.tasks.forecasting.network.frame import NetworkFrame


def decode_segments(decoder: SegmentDecoder, frame: NetworkFrame) -> Decoded:
    """Feed each segment's step where it stands, whose it is, and what is known of its time.

    Parallel decoding as in SegRNN (Lin et al. 2023).
    """
    length = min(decoder.length, frame.shape.lookback)
    count, units = -(-frame.shape.horizon // length), frame.plan.state.width
    steps = (*_ask(frame, count, units), *_tell(frame, count, length, units), *_run(count, units))
    part = Part(steps, _cost(frame, count, length, units))
    return Decoded((part,), units, count, length, count * length)


def _ask(frame: NetworkFrame, count: int, units: int) -> tuple[Step, ...]:
    who = ("who" if frame.is_one_by_one else "series",) if frame.num_identities else ()
    query = Call("SegmentQuery", (count, units, frame.num_identities), label="query")
    return (Step(("query",), query, (("x", *who),), "what each segment ahead asks with"),)


def _tell(frame: NetworkFrame, count: int, length: int, units: int) -> tuple[Step, ...]:
    """Add what is known ahead of each segment."""
    known = frame.known
    if known is None:
        return ()
    missing = count * length - frame.shape.horizon
    padding = Call("keras.layers.ZeroPadding1D", ((0, missing),))
    padded = (Step(("known",), padding, (known,)),) if missing else ()
    grouped = Call("keras.layers.Reshape", ((count, length * frame.num_known),))
    dense = Call("keras.layers.Dense", (units,), label="known")
    return (
        *padded,
        Step(("known",), grouped, ("known" if missing else known,)),
        Step(("told",), dense, ("known",), is_inline=True),
        Step(("query",), Call("keras.layers.Add"), (("query", "told"),)),
    )


def _run(count: int, units: int) -> tuple[Step, ...]:
    repeat = Call("RepeatState", (count,))
    return (
        Step(
            ("outputs",),
            repeat,
            ("x",),
            above=("# Side by side, one LSTM step for each segment goes on from the state.",),
            says=f"ops.repeat(x, {count}, axis=0)",
            is_inline=True,
        ),
        Step(
            ("cells",), repeat, ("cell",), says=f"ops.repeat(cell, {count}, axis=0)", is_inline=True
        ),
        Step(("state",), None, (("outputs", "cells"),)),
        Step(
            ("query",),
            Call("FlattenSegments"),
            ("query",),
            says=f"ops.reshape(query, (-1, 1, {units}))",
        ),
        Step(
            ("x",),
            Call("keras.layers.LSTM", (units,), {"unroll": True}, label="decode"),
            ("query",),
            by_name={"initial_state": "state"},
        ),
        Step(
            ("x",),
            Call("SplitSegments", (count,)),
            ("x",),
            f"({count}, {units})",
            says=f"ops.reshape(x, (-1, {count}, {units}))",
        ),
    )


def _cost(frame: NetworkFrame, count: int, length: int, units: int) -> LayerCost:
    own = units // 2 if frame.num_identities else 0
    num_weights = count * (units - own) + frame.num_identities * own
    products = 4 * 2 * units * units
    num_weights += products + 4 * units
    flops = count * 2 * products
    if frame.known is not None:
        telling = count_dense(length * frame.num_known, units, count)
        num_weights += telling.num_weights
        flops += telling.flops
    shape = (count, units)
    return LayerCost(frame.decoder_title, shape, num_weights, flops, count * 6 * units)
