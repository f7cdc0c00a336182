"""Items that are unusual, and yet are learnt from."""

from collections.abc import Callable

import numpy as np
import pytest

from lstm_core.data.items.collection import ItemCollection
from lstm_core.learning.encoding.vocabulary import FIRST
from lstm_core.pipeline import run_experiment
from lstm_core.tasks.classification.cautions import list_cautions
from lstm_core.tasks.classification.defaults import resolve_spec
from lstm_core.tasks.classification.laying_out import shape_items
from tests.data.items.collections import make_signals, make_texts
from tests.tasks.classification.examples import ask_for

LABELS = ["a", "b"] * 15


def make_short_signals() -> ItemCollection:
    return make_signals([1, 2, 3] * 10, LABELS, 1)


def make_short_symbols() -> ItemCollection:
    return make_texts(["A", "CG", "T"] * 10, LABELS, content="symbols", alphabet="dna")


def make_marks() -> ItemCollection:
    return make_texts(["\u2026", "\u202e!", "?"] * 10, LABELS)


@pytest.mark.parametrize("make", [make_short_signals, make_short_symbols, make_marks])
def test_items_shorter_than_a_kernel(make: Callable[[], ItemCollection]) -> None:
    spec = ask_for(
        task__convolutions=2,
        task__kernel=5,
        task__filters=4,
        task__shorten=4,
        task__keep_copies_together=False,
        training__epochs=1,
    )
    result = run_experiment(spec, make())
    assert len(result.tables["predictions"]) == 6


def test_a_hundred_thousand_words_are_kept_to_the_limit() -> None:
    texts = [
        " ".join(f"word{number}" for number in range(start, start + 2_000))
        for start in range(0, 100_000, 2_000)
    ]
    collection = make_texts(texts, ["a", "b"] * 25)
    spec, _ = resolve_spec(ask_for(task__rarest=1), collection)
    shape = shape_items(spec, collection)
    assert shape.num_tokens == 20_000 + FIRST
    assert shape.most_steps == spec.task.most_steps == 1_000
    assert any("read only as far" in caution for caution in list_cautions(spec, collection))


def test_one_item_of_megabytes_costs_no_more_than_is_read() -> None:
    generator = np.random.default_rng(0)
    texts = [f"some words about {number}" for number in range(30)]
    texts[7] = " ".join(map(str, generator.integers(0, 999, 400_000)))
    spec, _ = resolve_spec(ask_for(), make_texts(texts, LABELS))
    assert shape_items(spec, make_texts(texts, LABELS)).usual_steps < 100


def test_five_hundred_labels() -> None:
    texts = [f"word{number % 500} and {number}" for number in range(2_000)]
    collection = make_texts(texts, [f"label {number % 500}" for number in range(2_000)])
    spec, _ = resolve_spec(ask_for(), collection)
    assert shape_items(spec, collection).num_labels == 500
