"""How items become steps."""

import json

import numpy as np
import pytest

from lstm_core.data.items.tokens import cut_characters, cut_kmers, cut_words
from lstm_core.learning.encoding.scaling import Scaler
from lstm_core.learning.encoding.vocabulary import FIRST, Vocabulary
from lstm_core.learning.feeds.items import UNKNOWN
from lstm_core.spec.tasks.classification import ClassificationSpec
from lstm_core.tasks.classification.encoding.encoding import Encoding
from tests.data.items.collections import make_signals, make_texts


def ask(**values: object) -> ClassificationSpec:
    usual = {"tokens": "words", "rarest": 1, "most_steps": 100, "scaling": "training"}
    return ClassificationSpec.model_validate(usual | values)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("Don't stop!", ["don't", "stop", "!"]),
        ("It\u2019s 3.5\u20ac", ["it\u2019s", "3", ".", "5", "\u20ac"]),
        ("na\u00efve  \n caf\u00e9", ["na\u00efve", "caf\u00e9"]),
        ("\u4e16\u754c", ["\u4e16\u754c"]),
        ("\u2026\u202e", ["\u2026", "\u202e"]),
        ("   ", []),
    ],
)
def test_words_and_marks(text: str, words: list[str]) -> None:
    assert cut_words(text) == words


def test_characters_and_kmers() -> None:
    assert cut_characters(" a \n b") == ["a", " ", "b"]
    assert cut_kmers("ACGTA", 3) == ["ACG", "CGT", "GTA"]
    assert cut_kmers("AC", 3) == ["AC"]


def test_the_vocabulary_is_of_what_is_frequent() -> None:
    found = Vocabulary.fit([["b", "a", "a"], ["c", "b", "a"]], rarest=2, most=10)
    assert found.tokens == ("a", "b")
    assert found.size == 2 + FIRST
    assert found.num_seen == 3
    assert found.unknown_share == pytest.approx(1 / 6)
    assert found.number(["b", "zebra", "a"]).tolist() == [FIRST + 1, UNKNOWN, FIRST]
    assert found.number([]).tolist() == [UNKNOWN]
    assert Vocabulary.fit([["b", "a", "a"]], rarest=1, most=1).tokens == ("a",)


def test_a_hundred_thousand_words_keep_to_the_limit() -> None:
    items = [
        [f"word{number}" for number in range(start, start + 100)]
        for start in range(0, 100_000, 100)
    ]
    assert Vocabulary.fit(items, rarest=1, most=20_000).size == 20_000 + FIRST


def test_only_the_training_part_is_read() -> None:
    collection = make_texts(["red red", "blue blue", "green"], ["a", "b", "a"])
    encoding = Encoding.fit(ask(), collection, np.array([0, 2]))
    assert encoding.vocabulary is not None
    assert encoding.vocabulary.tokens == ("red", "green")
    assert encoding.encode(collection)[1].tolist() == [UNKNOWN, UNKNOWN]


def test_long_items_are_read_from_the_beginning() -> None:
    collection = make_texts(["a b c d", "b"], ["x", "y"])
    encoding = Encoding.fit(ask(most_steps=2), collection, np.array([0, 1]))
    assert [len(item) for item in encoding.encode(collection)] == [2, 1]
    signals = make_signals([5, 2], ["x", "y"])
    encoding = Encoding.fit(ask(most_steps=3), signals, np.array([0, 1]))
    assert [len(item) for item in encoding.encode(signals)] == [3, 2]


@pytest.mark.parametrize("kind", ["item", "training", "none"])
def test_numbers_are_scaled(kind: str) -> None:
    signals = make_signals([50, 40, 30], ["x", "y", "x"])
    assert signals.signals is not None
    encoding = Encoding.fit(ask(scaling=kind), signals, np.array([0, 1]))
    first, _, last = encoding.encode(signals)
    assert first.dtype == np.float32
    if kind == "none":
        assert np.array_equal(first, signals.signals.get_item(0))
    if kind == "item":
        assert np.allclose(last.mean(axis=0), 0, atol=1e-5)
        assert np.allclose(last.std(axis=0), 1, atol=1e-5)
    if kind == "training":
        both = np.concatenate(encoding.encode(signals)[:2])
        assert np.allclose(both.mean(axis=0), 0, atol=1e-5)
        assert not np.allclose(last.mean(axis=0), 0, atol=1e-3)


def test_a_channel_that_stands_still_stays_at_zero() -> None:
    still = np.full((10, 1), 7.25, np.float32)
    assert np.abs(Scaler.fit("item", [still]).scale(still)).max() < 1e-3
    assert np.abs(Scaler.fit("training", [still]).scale(still)).max() < 1e-3


@pytest.mark.parametrize("tokens", ["words", "characters", "kmers"])
def test_an_encoding_survives_its_file(tokens: str) -> None:
    collection = make_texts(["Acgt ACGA \u202e", "<b>TTTT</b>"], ["x", "y"])
    encoding = Encoding.fit(ask(tokens=tokens), collection, np.array([0, 1]))
    again = Encoding.from_json(json.loads(json.dumps(encoding.to_json())))
    assert again == encoding
    for mine, theirs in zip(again.encode(collection), encoding.encode(collection), strict=True):
        assert np.array_equal(mine, theirs)
    signals = make_signals([5, 2], ["x", "y"])
    scaled = Encoding.fit(ask(), signals, np.array([0, 1]))
    assert Encoding.from_json(json.loads(json.dumps(scaled.to_json()))) == scaled


def test_dna_is_read_in_capitals_and_rna_as_dna() -> None:
    collection = make_texts(["acgu", "ACGT"], ["x", "y"], content="symbols", alphabet="rna")
    encoding = Encoding.fit(ask(tokens="characters"), collection, np.array([0, 1]))
    first, second = encoding.encode(collection)
    assert np.array_equal(first, second)
