from __future__ import annotations

import time
from collections.abc import Sequence
from typing import Any

import numpy as np
import pytest

from lstm_core.data.items.signals import Signals
from lstm_core.tasks.classification.baselines import logistic
from lstm_core.tasks.classification.baselines.features import summarise
from lstm_core.tasks.classification.baselines.fitting import (
    Baselines,
    Content,
    Sequences,
    fit_baselines,
)
from lstm_core.tasks.classification.baselines.words import BASELINES

NUM = 160
LABELS = np.arange(NUM) % 2
MIXED = np.random.default_rng(5).permutation(NUM)
TRAIN, VALIDATION, TEST = MIXED[:100], MIXED[100:130], MIXED[130:]


def write_texts(seed: int = 0) -> list[str]:
    rng = np.random.default_rng(seed)
    moods = (["dull", "awful", "bad"], ["fine", "lovely", "good"])
    filling = ["the", "film", "was", "and", "plot", "is"]
    return [
        " ".join([*rng.choice(filling, 5), rng.choice(moods[label]), *rng.choice(filling, 3)])
        for label in LABELS
    ]


def write_sequences(seed: int = 0) -> list[str]:
    rng = np.random.default_rng(seed)
    found = []
    for label in LABELS:
        letters = rng.choice(list("ACGT"), 30)
        if label:
            letters[10:16] = list("TATAAT")
        found.append("".join(letters))
    return found


def record(seed: int = 0, *, num_channels: int = 2) -> Signals:
    rng = np.random.default_rng(seed)
    items = []
    for label in LABELS:
        steps = np.arange(rng.integers(40, 60))
        wave = np.sin(steps * (0.9 if label else 0.3) + rng.uniform(0, 6))
        items.append(wave[:, None] + rng.normal(0, 0.3, (len(steps), num_channels)))
    return Signals.from_items(
        [item.astype(np.float32) for item in items], [f"c{n}" for n in range(num_channels)]
    )


def fit(content: Content, items: Sequences, labels: np.ndarray = LABELS) -> Baselines:
    return fit_baselines(content, items, labels, TRAIN, VALIDATION, 2)


def take(items: Sequences, numbers: np.ndarray) -> Sequences:
    return items.select(numbers) if isinstance(items, Signals) else [items[n] for n in numbers]


def change(items: Sequences, numbers: np.ndarray, by: Sequences) -> Sequences:
    """Return the items with these exchanged for those of another collection."""
    if isinstance(items, Signals):
        assert isinstance(by, Signals)
        rows = [
            (by if number in set(numbers.tolist()) else items).get_item(number)
            for number in range(items.num_items)
        ]
        return Signals.from_items(rows, items.channels)
    changed = list(items)
    for number in numbers:
        changed[number] = by[number]
    return changed


CASES = [
    ("text", write_texts(), ["most_frequent", "tfidf"]),
    ("symbols", write_sequences(), ["most_frequent", "kmers", "positions"]),
    ("numbers", record(), ["most_frequent", "features", "nearest"]),
]


@pytest.mark.parametrize(("content", "items", "names"), CASES, ids=lambda case: str(case)[:8])
def test_what_is_there_is_found(content: Content, items: Sequences, names: Sequence[str]) -> None:
    found = fit(content, items)
    assert list(found.models) == names == list(found.seconds)
    assert set(names) <= BASELINES.keys()
    for name, probabilities in found.predict(take(items, TEST)).items():
        assert probabilities.shape == (30, 2)
        assert probabilities.sum(axis=1) == pytest.approx(1.0)
        right = (probabilities.argmax(axis=1) == LABELS[TEST]).mean()
        assert 0.3 <= right <= 0.7 if name == "most_frequent" else right >= 0.8


@pytest.mark.parametrize(("content", "items", "names"), CASES, ids=lambda case: str(case)[:8])
def test_what_is_held_out_changes_nothing(
    content: Content, items: Sequences, names: Sequence[str]
) -> None:
    others = {"text": write_texts(7), "symbols": write_sequences(7), "numbers": record(7)}[content]
    labels = LABELS.copy()
    labels[TEST] = 1 - labels[TEST]
    plain = fit(content, items).predict(take(items, TRAIN))
    scrambled = fit(content, change(items, TEST, others), labels).predict(take(items, TRAIN))
    for name in names:
        assert np.array_equal(plain[name], scrambled[name]), name


def test_a_label_that_was_never_learnt_is_never_said() -> None:
    labels = 1 + 2 * LABELS  # 1 and 3
    labels[VALIDATION[:5]] = 2
    for content, items, names in CASES:
        found = fit_baselines(content, items, labels, TRAIN, VALIDATION, 4)
        for name, probabilities in found.predict(take(items, TEST)).items():
            assert probabilities.shape == (30, 4)
            if name in names[1:] and name != "nearest":
                assert not probabilities[:, [0, 2]].any(), name
                assert (probabilities.argmax(axis=1) == labels[TEST]).mean() >= 0.8


@pytest.mark.parametrize(
    "texts",
    [
        ["\x00<b>", "= 1 + 1", "a" * 200_000, "\ud800 x", "Ωμέγα", "!!!", "…", "0"],
        ["私は猫です", "犬が好き", "とても良い", "悪い日だ", "雨", "晴れ", "月", "日"],
    ],
)
def test_hostile_texts_and_those_without_spaces(texts: list[str]) -> None:
    items = [texts[number % 8] for number in range(NUM)]
    found = fit("text", items).predict(items)
    assert np.isfinite(found["tfidf"]).all()
    assert ((found["tfidf"].argmax(axis=1)) == LABELS).all()  # every second text is of one label


def test_texts_without_a_word_are_told() -> None:
    found = fit("text", ["! ? . ,"] * NUM)
    assert "tfidf" not in found.models
    assert found.left_out["tfidf"] == (
        "TF-IDF and logistic regression is not among the baselines: there are no words in it."
    )


def test_sequences_of_unequal_lengths_have_no_positions() -> None:
    items = [text[: 20 + number % 5] for number, text in enumerate(write_sequences())]
    found = fit("symbols", items)
    assert "positions" not in found.models
    assert "one length" in found.left_out["positions"]
    longer = fit("symbols", write_sequences()).predict(["ACGTNNN" * 9, "A"])
    assert np.isfinite(longer["positions"]).all()


def test_signals_that_hardly_are_any() -> None:
    rng = np.random.default_rng(0)
    lengths = rng.integers(1, 4, NUM)
    flat = Signals.from_items([np.full((num, 3), 5.0, np.float32) for num in lengths], "abc")
    for name, probabilities in fit("numbers", flat).predict(flat).items():
        assert np.isfinite(probabilities).all(), name
    huge = Signals.from_items(
        [
            np.full((num, 1), 1e30 * (1 + label), np.float32)
            for num, label in zip(lengths, LABELS, strict=True)
        ],
        ["a"],
    )
    for name, probabilities in fit("numbers", huge).predict(huge).items():
        assert np.isfinite(probabilities).all(), name


def test_levels_are_told_apart_where_shapes_are_not() -> None:
    rng = np.random.default_rng(0)
    items = [rng.normal(3 * label, 1.0, (30, 1)).astype(np.float32) for label in LABELS]
    signals = Signals.from_items(items, ["a"])
    found = fit("numbers", signals).predict(signals.select(TEST))
    assert (found["nearest"].argmax(axis=1) == LABELS[TEST]).all()


def test_irregular_beats_are_told_from_regular_ones() -> None:
    rng = np.random.default_rng(0)
    items = []
    for label in LABELS:
        gaps = rng.normal(50, 15 if label else 1, 40).clip(20)
        item = rng.normal(0, 0.05, 1_500)
        places = np.cumsum(gaps).astype(int)
        item[places[places < 1_500]] += 3.0
        items.append(item[:, None].astype(np.float32))
    signals = Signals.from_items(items, ["lead"])
    found = fit("numbers", signals).predict(signals.select(TEST))
    assert (found["features"].argmax(axis=1) == LABELS[TEST]).mean() >= 0.9


def test_the_same_twice() -> None:
    for content, items, names in CASES:
        first, second = (fit(content, items).predict(take(items, TEST)) for _ in range(2))
        assert all(np.array_equal(first[name], second[name]) for name in names)


@pytest.mark.slow
def test_many_texts_with_many_labels_cost_a_bounded_amount_of_work(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    work = []

    def fit_and_count(features: Any, labels: np.ndarray, strength: float) -> Any:
        work.append(features.nnz * len(np.unique(labels)))
        return _fit(features, labels, strength)

    _fit = logistic._fit
    monkeypatch.setattr(logistic, "_fit", fit_and_count)
    rng = np.random.default_rng(0)
    labels = rng.integers(0, 150, 18_000)
    words = np.asarray([f"w{number}" for number in range(12_000)])
    texts = [
        " ".join([*words[rng.integers(0, 12_000, 6)], *words[80 * label + rng.integers(0, 80, 3)]])
        for label in labels
    ]
    found = fit_baselines(
        "text", texts, labels, np.arange(15_000), np.arange(15_000, 16_500), 150
    ).predict(texts[16_500:])
    assert (found["tfidf"].argmax(axis=1) == labels[16_500:]).mean() > 0.8
    assert 0 < sum(work) <= logistic.MOST_WORK


@pytest.mark.slow
def test_long_signals_are_fitted_in_little_more_than_it_takes_to_read_them() -> None:
    rng = np.random.default_rng(0)
    labels = rng.integers(0, 3, 1_440)
    signals = Signals.from_items(
        [rng.normal(0, 1 + label, (3_000, 1)).astype(np.float32) for label in labels],
        ["a"],
    )
    begin = time.process_time()
    summarise(signals)
    reading_seconds = time.process_time() - begin
    begin = time.process_time()
    fit_baselines("numbers", signals, labels, np.arange(1_000), np.arange(1_000, 1_200), 3).predict(
        signals
    )
    assert time.process_time() - begin < 8 * reading_seconds
