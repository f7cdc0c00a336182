from __future__ import annotations

import json

import numpy as np
import pytest
from sklearn import metrics

from lstm_core.judging.measures import Measure
from lstm_core.tasks.classification.baselines.words import BASELINES, say_left_out
from lstm_core.tasks.classification.judging.comparison import compare
from lstm_core.tasks.classification.judging.judgement import judge
from lstm_core.tasks.classification.judging.measures import (
    ACCURACY,
    BALANCED_ACCURACY,
    LABEL_MEASURES,
    MACRO_F1,
)
from lstm_core.tasks.classification.judging.verdict import LabelVerdict


def say(labels: np.ndarray, num_labels: int = 2) -> np.ndarray:
    """Return probabilities that say these labels, ``(n, labels)``."""
    return 0.1 / num_labels + 0.9 * np.eye(num_labels)[labels]


def miss(labels: np.ndarray, *places: int | slice, num_labels: int = 2) -> np.ndarray:
    said = labels.copy()
    for place in places:
        said[place] = (said[place] + 1) % num_labels
    return say(said, num_labels)


HALVES = np.arange(1_000) % 2


def test_a_clear_win() -> None:
    rivals = {"tfidf": miss(HALVES, slice(0, 220)), "most_frequent": say(np.zeros(1_000, int))}
    verdict = judge(ACCURACY, HALVES, miss(HALVES, slice(0, 180)), rivals, item="sentence")
    assert verdict.outcome == "win"
    assert verdict.beats_baseline
    assert verdict.best_baseline == "tfidf"
    assert verdict.skill == pytest.approx(1 - 0.18 / 0.22)
    assert verdict.sentence == (
        "Tells the two labels apart in 82% of 1,000 held-out sentences, 4 points better than "
        "TF-IDF and logistic regression; chance explains such a lead in fewer than 1 in 1,000 "
        "cases."
    )
    assert verdict.advice == ""
    low, middle, high = verdict.accuracy
    assert low == pytest.approx(0.795, abs=0.002)
    assert high == pytest.approx(0.843, abs=0.002)
    assert middle == pytest.approx(0.82)
    assert LabelVerdict.from_json(json.loads(json.dumps(verdict.to_json()))) == verdict


def test_a_lead_that_chance_explains() -> None:
    rivals = {
        "tfidf": miss(HALVES, slice(0, 95), slice(500, 605)),
        "most_frequent": say(np.zeros(1_000, int)),
    }
    model = miss(HALVES, slice(0, 95), slice(200, 300))
    verdict = judge(ACCURACY, HALVES, model, rivals)
    against = verdict.comparisons["tfidf"]
    assert (against.model_alone, against.rival_alone, against.test) == (105, 100, "mcnemar")
    assert verdict.outcome == "unclear"
    assert verdict.sentence == (
        "Tells the two labels apart in 80% of 1,000 held-out items, 0.5 points better than TF-IDF "
        "and logistic regression, which may be chance: it explains such a lead in 36 in 100 cases. "
        "It does beat always saying the most frequent label, by 31 points."
    )
    assert verdict.advice


@pytest.mark.parametrize(
    ("misses", "outcome", "words"),
    [
        (200, "level", "exactly as well as the label of the nearest training item (1-NN)"),
        (203, "behind", "0.3 points worse than the label of the nearest training item (1-NN), "),
        (260, "loss", "6 points worse than the label of the nearest training item (1-NN); "),
    ],
)
def test_no_better(misses: int, outcome: str, words: str) -> None:
    places = np.random.default_rng(1).permutation(1_000)
    rival = miss(HALVES, *places[:200].tolist())
    shared = 150 if outcome == "behind" else 200
    missed = [*places[:shared].tolist(), *places[200 : 200 + misses - shared].tolist()]
    verdict = judge(ACCURACY, HALVES, miss(HALVES, *missed), {"nearest": rival})
    assert verdict.outcome == outcome
    assert words in verdict.sentence
    assert not verdict.beats_baseline


def test_a_win_by_one_measure_alone_is_mixed() -> None:
    labels = np.repeat([0, 1], [900, 100])
    model = say(np.zeros(1_000, int))
    rival = miss(labels, slice(0, 250), slice(900, 905))
    verdict = judge(ACCURACY, labels, model, {"tfidf": rival})
    assert verdict.outcome == "mixed"
    assert verdict.sentence.endswith("But its balanced accuracy is lower: 50.0% beside 83.6%.")
    assert verdict.advice


def test_uneven_labels_in_words() -> None:
    rng = np.random.default_rng(0)
    labels = rng.choice(3, 600, p=[0.6, 0.3, 0.1])
    model = miss(labels, slice(0, 120), num_labels=3)
    rival = miss(labels, slice(0, 260), num_labels=3)
    verdict = judge(MACRO_F1, labels, model, {"features": rival}, item="recording")
    assert verdict.outcome == "win"
    assert verdict.comparisons["features"].test == "exchange"
    assert verdict.sentence.startswith(
        "Finds the right one of 3 labels in 80% of 600 held-out recordings; its macro-F1, to which "
        "each label counts the same, is 0.7"
    )


def test_few_items_tell_nothing() -> None:
    labels = np.arange(12) % 2
    verdict = judge(ACCURACY, labels, say(labels), {"tfidf": miss(labels, slice(0, 6))})
    assert verdict.outcome == "few"
    assert verdict.sentence == (
        "Too few to judge: 12 items were held out, of which 100% got their right label. Beside "
        "TF-IDF and logistic regression, that is 50 points better."
    )


@pytest.mark.parametrize("measure", LABEL_MEASURES)
def test_exchanging_groups_measures_what_scikit_learn_does(measure: Measure) -> None:
    """By hand, one exchange after another, the p-value is the same."""
    rng = np.random.default_rng(3)
    labels = rng.integers(0, 3, 80)
    ours = np.where(rng.random(80) < 0.8, labels, rng.integers(0, 3, 80))
    theirs = np.where(rng.random(80) < 0.65, labels, rng.integers(0, 3, 80))
    groups = np.arange(80) // 10 % 6  # 6 groups: all 64 exchanges are tried

    def gain(first: np.ndarray, second: np.ndarray) -> float:
        read = {
            "accuracy": metrics.accuracy_score,
            "balanced_accuracy": metrics.balanced_accuracy_score,
            "macro_f1": lambda a, b: metrics.f1_score(a, b, average="macro"),
        }[measure.key]
        return read(labels, first) - read(labels, second)

    found = compare(measure, labels, say(ours, 3), say(theirs, 3), groups=groups)
    assert found.gain == pytest.approx(gain(ours, theirs))
    gains = []
    for number in range(64):
        swapped = (number >> groups) & 1 == 1
        gains.append(gain(np.where(swapped, theirs, ours), np.where(swapped, ours, theirs)))
    gains = np.asarray(gains)
    is_equal = np.isclose(gains, found.gain, atol=1e-9)
    expected = ((gains > found.gain) & ~is_equal).mean() + 0.5 * is_equal.mean()
    assert found.p_value == pytest.approx(expected)
    assert found.test == "groups"


def test_groups_of_items_are_less_evidence() -> None:
    labels = np.arange(400) % 2
    model = miss(labels, slice(0, 60))
    rival = miss(labels, slice(60, 160))
    plain = compare(ACCURACY, labels, model, rival)
    grouped = compare(ACCURACY, labels, model, rival, groups=np.arange(400) // 50)
    assert plain.p_value < 0.01
    assert grouped.p_value > 0.1
    alone = compare(ACCURACY, labels, model, rival, groups=np.full(400, -1))
    assert alone.p_value == pytest.approx(plain.p_value, abs=0.005)


def test_folds_are_compared_as_folds() -> None:
    labels = np.arange(400) % 2
    model, rival = miss(labels, slice(0, 60)), miss(labels, slice(60, 160))
    found = compare(ACCURACY, labels, model, rival, folds=np.arange(400) % 5)
    assert found.test == "folds"
    assert found.p_value < 0.01
    few = compare(ACCURACY, labels, model, rival, folds=np.arange(400) % 2)
    assert few.test == "mcnemar"


def test_labels_that_were_never_learnt_count_against_both() -> None:
    labels = np.where(np.arange(200) < 50, -1, np.arange(200) % 2)
    model = say(np.arange(200) % 2)
    verdict = judge(BALANCED_ACCURACY, labels, model, {"tfidf": say(np.zeros(200, int))})
    assert verdict.value == pytest.approx(2 / 3)
    assert verdict.baseline_value == pytest.approx(1 / 3)
    assert verdict.comparisons["tfidf"].gain == pytest.approx(1 / 3)


def test_what_is_left_out_is_told() -> None:
    told = {"kmers": say_left_out("kmers", "there are too many items")}
    labels = np.arange(100) % 2
    verdict = judge(ACCURACY, labels, say(labels), {"tfidf": say(labels)}, left_out=told)
    assert verdict.outcome == "level"
    assert verdict.skill == 0.0  # both are exact
    assert verdict.left_out["kmers"].endswith(
        "is not among the baselines: there are too many items."
    )
    assert all(words[0].islower() or words.startswith("TF-IDF") for words in BASELINES.values())


def test_groups_that_are_all_right_leave_chance_its_room() -> None:
    labels = np.arange(120) % 2
    rival = say(np.zeros(120, int), 2)
    verdict = judge(
        ACCURACY, labels, say(labels, 2), {"most_frequent": rival}, groups=np.arange(120) % 6
    )
    low, share, high = verdict.accuracy
    assert (share, high) == (1.0, 1.0)
    assert 0.9 < low < 0.99
