from __future__ import annotations

from contextlib import suppress
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from lstm_core.errors import SpecError
from lstm_core.models.editing import Design, exchange, why_not
from lstm_core.spec.layers import (
    DECODER_KINDS,
    LAYER_KINDS,
    AttentionLayer,
    Conv1dLayer,
    DenseLayer,
    DirectDecoder,
    GruLayer,
    LstmLayer,
    SegmentDecoder,
    SegmentsLayer,
    SummaryLayer,
    TransformerLayer,
)

LOOKBACK = 20


def make_design(*stack: object, decoder: object | None = None, season: int = 1) -> Design:
    return Design(tuple(stack), decoder or DirectDecoder(), LOOKBACK, 1, season)  # type: ignore[arg-type]


def list_kinds(design: Design) -> list[str]:
    return [layer.kind for layer in design.stack]


def test_layers_are_added_moved_copied_and_removed() -> None:
    design = make_design(LstmLayer(units=8))
    design = design.add(Conv1dLayer(filters=4), 0).add(GruLayer(units=6), 2)
    assert list_kinds(design) == ["conv1d", "lstm", "gru"]
    assert list_kinds(design.move(1, 1)) == ["conv1d", "gru", "lstm"]
    assert list_kinds(design.move(1, -1)) == ["lstm", "conv1d", "gru"]
    assert list_kinds(design.duplicate(2)) == ["conv1d", "lstm", "gru", "gru"]
    assert list_kinds(design.remove(1)) == ["conv1d", "gru"]
    assert design.replace(2, GruLayer(units=7)).stack[2] == GruLayer(units=7)
    assert list_kinds(design) == ["conv1d", "lstm", "gru"]


def test_the_shapes_follow_each_change() -> None:
    design = make_design(LstmLayer(units=8))
    assert design.plan.places[0].after.shape == (8,)
    assert design.add(GruLayer(units=6), 1).plan.places[0].after.shape == (LOOKBACK, 8)


@pytest.mark.parametrize(
    ("design", "position", "by"),
    [
        (make_design(LstmLayer()), 0, -1),
        (make_design(LstmLayer()), 0, 1),
        (make_design(LstmLayer(), AttentionLayer()), 0, 1),
    ],
)
def test_a_move_that_breaks_the_network_says_why(design: Design, position: int, by: int) -> None:
    with pytest.raises(SpecError):
        design.move(position, by)
    assert why_not(lambda: design.move(position, by)).endswith(".")


def test_the_last_layer_stays() -> None:
    assert "only layer" in why_not(lambda: make_design(LstmLayer()).remove(0))


def test_a_layer_that_a_decoder_goes_on_from_stays_the_last() -> None:
    design = make_design(LstmLayer(), LstmLayer(), decoder=SegmentDecoder(length=5))
    assert "goes on from" in why_not(lambda: design.add(GruLayer(), 2))
    assert why_not(lambda: design.remove(1)) == ""


def test_a_broken_network_takes_any_change() -> None:
    broken = make_design(SegmentsLayer(length=2 * LOOKBACK), LstmLayer())
    assert broken.fault is not None
    assert broken.replace(0, SegmentsLayer(length=LOOKBACK + 1)).fault is not None
    assert broken.replace(0, SegmentsLayer(length=LOOKBACK)).fault is None


@pytest.mark.parametrize(
    ("kind", "option", "size"),
    [("segments", "length", 12), ("conv_lstm", "frame", 12), ("pooling", "size", 2)],
)
def test_a_new_layer_fits_its_place(kind: str, option: str, size: int) -> None:
    layer = make_design(LstmLayer(), season=50).propose(kind, 0).stack[0]
    assert getattr(layer, option) == size


def test_segments_are_as_long_as_the_season() -> None:
    design = make_design(LstmLayer())
    assert replace(design, season=7).propose("segments", 0).stack[0] == SegmentsLayer(length=7)
    assert design.propose("segments", 0).stack[0] == SegmentsLayer(length=12)


def test_heads_share_the_width_evenly() -> None:
    design = make_design(DenseLayer(units=6), SummaryLayer())
    assert design.propose("transformer", 1).stack[1] == TransformerLayer(heads=2)


def test_what_has_no_place_says_why() -> None:
    refusal = why_not(lambda: make_design(LstmLayer(), season=7).propose("segments", 1))
    assert "comes last" in refusal


def test_a_decoder_cuts_as_the_layers_do() -> None:
    design = make_design(SegmentsLayer(length=5), LstmLayer())
    assert replace(design, season=7).propose_decoder("segments").decoder == SegmentDecoder(length=5)
    assert "goes on from" in why_not(
        lambda: make_design(GruLayer(), season=7).propose_decoder("sequence")
    )


def test_exchange_leaves_the_rest() -> None:
    assert exchange((1, 2, 3), 0, 2) == (3, 2, 1)


@settings(max_examples=60, deadline=None)
@given(
    steps=st.lists(
        st.tuples(
            st.sampled_from(("add", "remove", "up", "down", "copy", "decode")),
            st.integers(0, 30),
            st.sampled_from(sorted(LAYER_KINDS)),
            st.sampled_from(sorted(DECODER_KINDS)),
        ),
        max_size=12,
    )
)
def test_no_chain_of_changes_breaks_the_network(steps: list[tuple[str, int, str, str]]) -> None:
    design = make_design(LstmLayer())
    for act, number, kind, decoder in steps:
        position = number % len(design.stack)
        with suppress(SpecError):
            if act == "add":
                design = design.propose(kind, number % (len(design.stack) + 1))
            elif act == "remove":
                design = design.remove(position)
            elif act == "copy":
                design = design.duplicate(position)
            elif act == "decode":
                design = design.propose_decoder(decoder)
            else:
                design = design.move(position, -1 if act == "up" else 1)
        assert design.fault is None
