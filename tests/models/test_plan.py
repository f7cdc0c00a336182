"""Which layers go together, and what each makes of a window."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import event, given
from hypothesis import strategies as st
from pydantic import TypeAdapter

from lstm_core.errors import SpecError
from lstm_core.models.plan import Plan, plan_encoder
from lstm_core.spec.layers import DECODER_KINDS, LAYER_KINDS, Decoder, Layer

LAYER: TypeAdapter[Any] = TypeAdapter(Layer)
DECODER: TypeAdapter[Any] = TypeAdapter(Decoder)
DIRECT = {"kind": "direct"}


def plan(stack: list[dict[str, Any]], decoder: dict[str, Any] = DIRECT, lookback: int = 12) -> Plan:
    layers = [LAYER.validate_python(layer) for layer in stack]
    return plan_encoder(layers, DECODER.validate_python(decoder), lookback, 3)


@pytest.mark.parametrize(
    ("stack", "shapes"),
    [
        ([{"kind": "lstm", "units": 5}], [(5,)]),
        ([{"kind": "lstm", "units": 5}, {"kind": "gru", "units": 2}], [(12, 5), (2,)]),
        (
            [{"kind": "lstm", "units": 5}, {"kind": "dropout"}, {"kind": "attention"}],
            [(12, 5), (12, 5), (10,)],
        ),
        ([{"kind": "lstm", "units": 5}, {"kind": "dense", "units": 7}], [(5,), (7,)]),
        (
            [{"kind": "segments", "length": 5}, {"kind": "simple_rnn", "units": 2}],
            [(2, 15), (2,)],
        ),
        (
            [
                {"kind": "conv1d", "filters": 4, "kernel_size": 3, "padding": "valid"}
                | {"dilation": 2},
                {"kind": "pooling", "size": 3},
                {"kind": "summary"},
            ],
            [(8, 4), (2, 4), (4,)],
        ),
        (
            [
                {"kind": "gru", "units": 4, "bidirectional": "concat"},
                {"kind": "gru", "units": 4, "bidirectional": "sum"},
            ],
            [(12, 8), (4,)],
        ),
        ([{"kind": "conv_lstm", "filters": 2, "frame": 5}], [(10,)]),
    ],
)
def test_shapes_follow_the_layers(
    stack: list[dict[str, Any]], shapes: list[tuple[int, ...]]
) -> None:
    assert [place.after.shape for place in plan(stack).places] == shapes


@pytest.mark.parametrize(
    ("stack", "decoder", "words"),
    [
        ([], DIRECT, "no layers"),
        ([{"kind": "lstm"}] * 25, DIRECT, "24 is the most"),
        ([{"kind": "attention"}, {"kind": "lstm"}], DIRECT, r"Layer 2 \(LSTM\) needs steps"),
        ([{"kind": "conv1d"}], DIRECT, "leaves 12 steps"),
        ([{"kind": "segments", "length": 13}], DIRECT, "needs 13 steps for one segment"),
        (
            [{"kind": "pooling", "size": 5}, {"kind": "pooling", "size": 3}],
            DIRECT,
            r"Layer 2 \(Pooling\) needs 3 steps .* is given 2",
        ),
        ([{"kind": "slstm", "units": 5, "heads": 2}], DIRECT, "multiple of the heads"),
        ([{"kind": "transformer", "heads": 2}, {"kind": "summary"}], DIRECT, "3 features"),
        ([{"kind": "gru"}], {"kind": "segments"}, "the last layer is none: GRU"),
        ([{"kind": "lstm"}, {"kind": "dropout"}], {"kind": "sequence"}, "none: Dropout"),
        ([{"kind": "lstm", "bidirectional": "sum"}], {"kind": "sequence"}, "reads forwards"),
    ],
)
def test_what_does_not_go_together_is_told(
    stack: list[dict[str, Any]], decoder: dict[str, Any], words: str
) -> None:
    with pytest.raises(SpecError, match=words):
        plan(stack, decoder)


@given(
    st.lists(st.sampled_from(list(LAYER_KINDS)), min_size=1, max_size=6),
    st.sampled_from(list(DECODER_KINDS)),
    st.integers(1, 40),
)
def test_a_stack_is_planned_through_or_refused_with_a_reason(
    kinds: list[str], decoder: str, lookback: int
) -> None:
    try:
        found = plan([{"kind": kind} for kind in kinds], {"kind": decoder}, lookback)
    except SpecError as error:
        event("refused")
        reason = error.what
    else:
        event("planned")
        _check_plan(found, len(kinds))
        return
    assert reason.endswith(".")


def _check_plan(found: Plan, num_layers: int) -> None:
    assert len(found.places) == num_layers
    assert found.places[-1].after.steps is None
    assert all(value > 0 for place in found.places for value in place.after.shape)
