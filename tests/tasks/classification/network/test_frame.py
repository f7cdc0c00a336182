"""What goes together in a network for labels, and what has no meaning there."""

from __future__ import annotations

from typing import Any

import pytest

from lstm_core.errors import SpecError
from lstm_core.learning.feeds.items import ItemShape
from lstm_core.tasks.classification.network.frame import NetworkFrame, spread_pools
from tests.tasks.classification.network.networks import LETTERS, NUMBERS, TOKENS, make_spec


@pytest.mark.parametrize(
    ("shorten", "count", "pools"),
    [
        (1, 2, (1, 1)),
        (2, 3, (2, 1, 1)),
        (8, 2, (4, 2)),
        (32, 3, (4, 4, 2)),
        (64, 2, (4, 16)),
        (8, 1, (8,)),
        (6, 2, (2, 3)),
        (7, 2, (1, 7)),
        (4, 0, ()),
    ],
)
def test_pools_make_together_what_is_asked(shorten: int, count: int, pools: tuple[int]) -> None:
    assert spread_pools(shorten, count) == pools


def test_the_last_convolution_is_the_widest() -> None:
    frame = NetworkFrame.of(
        make_spec(task__convolutions=3, task__filters=9, task__shorten=4), NUMBERS
    )
    assert [block.after.shape for block in frame.blocks] == [(2, 4), (2, 4), (2, 9)]
    assert frame.plan.places[0].before.shape == (2, 9)


@pytest.mark.parametrize(
    ("shape", "values", "words"),
    [
        (TOKENS, {"model.architecture": "seq2seq"}, "an item has one label"),
        (TOKENS, {"model.decoder": {"kind": "segments"}}, "Take the direct decoder"),
        (
            TOKENS,
            {"model.architecture": "vanilla", "model.decoder": {"kind": "sequence"}},
            "says one thing after another",
        ),
        (TOKENS, {"training.stateful": True}, "training.stateful to false"),
        (TOKENS, {"task.places": True}, "unequal ones"),
        (TOKENS, {"task.pooling": "each"}, "only where places are learnt"),
        (LETTERS, {"task.pooling": "each"}, "or task.places to true"),
        (
            LETTERS,
            {"task.pooling": "each", "task.places": True, "model.architecture": "attention"},
            "Attention, makes one vector",
        ),
        (
            TOKENS,
            {"model.architecture": "custom"}
            | {"model.stack": [{"kind": "summary"}, {"kind": "lstm"}]},
            r"Layer 2 \(LSTM\) needs steps",
        ),
    ],
)
def test_what_has_no_meaning_for_labels_is_refused(
    shape: ItemShape, values: dict[str, Any], words: str
) -> None:
    with pytest.raises(SpecError, match=words) as refused:
        NetworkFrame.of(make_spec(**values), shape)
    assert refused.value.remedy


def test_the_segment_lstm_and_a_direct_decoder_have_a_meaning() -> None:
    for values in (
        {"model.architecture": "segment"},
        {"model.architecture": "seq2seq", "model.decoder": {"kind": "direct"}},
    ):
        assert NetworkFrame.of(make_spec(**values), TOKENS).head_width == 8


def test_a_layer_that_makes_one_vector_leaves_nothing_to_pool() -> None:
    spec = make_spec(model__architecture="attention", task__pooling="attention")
    frame = NetworkFrame.of(spec, TOKENS)
    assert frame.plan.end.steps is None
    assert frame.head_width == frame.plan.end.width == 8


def test_items_that_are_shorter_than_a_pattern_are_filled_up() -> None:
    stack = [
        {"kind": "conv1d", "kernel_size": 9, "padding": "valid"},
        {"kind": "segments", "length": 24},
        {"kind": "lstm", "units": 4},
    ]
    spec = make_spec(model__architecture="custom", model__stack=stack)
    frame = NetworkFrame.of(spec, ItemShape(2, 0, 1, 3, 3, False))
    assert [place.after.steps for place in frame.plan.places] == [1, 1, 1]
