from __future__ import annotations

from dataclasses import replace
from typing import Any

import numpy as np
import pytest

from lstm_core.data.items.splitting.cutting import split_items
from lstm_core.data.items.splitting.plan import SplitPlan
from lstm_core.judging.diagnosis import Diagnosis
from lstm_core.judging.learning_curves import Curve
from lstm_core.tasks.classification.doctor.examination import Findings, examine
from lstm_core.tasks.classification.doctor.leaks import Apart, measure_apart
from lstm_core.tasks.classification.doctor.noise import find_suspects
from lstm_core.tasks.classification.doctor.settings import Settings
from lstm_core.tasks.classification.doctor.training import Shares

NUM = 2_000
NAMES = ("dog", "cat", "<b>fox</b>")
LABELS = np.arange(NUM) % 3
SPLIT = split_items(SplitPlan(), LABELS)
JUDGED = LABELS[SPLIT.test]


def predict(labels: np.ndarray, *, clarity: float = 2.5, seed: int = 0) -> np.ndarray:
    """Return the true probabilities of items that differ as much as ``clarity`` says."""
    rng = np.random.default_rng(seed)
    # Clouds around three corners, and what Bayes' rule makes of each point.
    points = rng.normal(size=(len(labels), 3)) + clarity * np.eye(3)[labels]
    odds = clarity * points
    odds -= odds.max(axis=1, keepdims=True)
    return np.exp(odds) / np.exp(odds).sum(axis=1, keepdims=True)


def sharpen(probabilities: np.ndarray, power: float) -> np.ndarray:
    raised = probabilities**power
    return raised / raised.sum(axis=1, keepdims=True)


CLEAN = Findings(NAMES, LABELS, SPLIT, predict(JUDGED))


def diagnose(findings: Findings, **settings: Any) -> dict[str, Diagnosis]:
    found = examine(findings, Settings(**settings))
    for diagnosis in found:
        assert diagnosis.evidence.endswith(".")
        assert diagnosis.advice.endswith(".")
        assert diagnosis.to_json()["name"] == diagnosis.name
    return {diagnosis.name: diagnosis for diagnosis in found}


@pytest.mark.parametrize("clarity", [1.0, 1.5, 2.5, 4.0])
def test_clean_fits_have_no_diagnosis(clarity: float) -> None:
    curve = Curve(np.linspace(1.0, 0.4, 20), np.linspace(1.1, 0.6, 20))
    for seed in range(5):
        found = replace(
            CLEAN,
            probabilities=predict(JUDGED, clarity=clarity, seed=seed),
            curves=[curve],
            shares=Shares(0.9, 0.85),
            copies=np.full(NUM, -1),
        )
        assert examine(found, Settings()) == []


def test_one_label_always() -> None:
    probabilities = np.tile([0.34, 0.33, 0.33], (len(JUDGED), 1))
    findings = replace(CLEAN, probabilities=probabilities)
    found = diagnose(findings)
    assert list(found) == ["one_label"]
    assert found["one_label"].evidence.startswith(
        '100% of 400 held-out items got the label "dog", which 33% of them have.'
    )
    assert found["one_label"].fix.changes == {"task.class_weights": "balanced"}
    weighed = diagnose(findings, weighs_labels=True, epochs=20)
    assert weighed["one_label"].fix.changes == {"training.epochs": 40}


def test_a_label_that_nearly_all_have_may_be_said_always() -> None:
    labels = np.where(np.arange(NUM) % 20 == 0, 1, 0)
    split = split_items(SplitPlan(), labels)
    probabilities = np.tile([0.95, 0.05], (len(split.test), 1))
    assert "one_label" not in diagnose(Findings(NAMES[:2], labels, split, probabilities))


def test_labels_that_are_never_said() -> None:
    probabilities = predict(JUDGED)
    probabilities[:, 2] = 0
    probabilities /= probabilities.sum(axis=1, keepdims=True)
    found = diagnose(replace(CLEAN, probabilities=probabilities), weighs_labels=True)
    assert '1 of 3 labels is never said: "<b>fox</b>".' in found["silent_labels"].evidence
    assert found["silent_labels"].fix is None


def test_too_few_of_a_label() -> None:
    labels = np.concatenate([np.arange(NUM - 9) % 2, [2] * 9])
    split = split_items(SplitPlan(), labels)
    found = diagnose(Findings(NAMES, labels, split, predict(labels[split.test])))
    assert (
        '1 of 3 labels has fewer than 10 items to learn from: "<b>fox</b>". "<b>fox</b>" has'
        in (found["too_few_items"].evidence)
    )
    assert found["too_few_items"].fix.changes == {"task.class_weights": "balanced"}
    gone = replace(split, train=split.train[labels[split.train] != 2])
    found = diagnose(Findings(NAMES, labels, gone, predict(labels[split.test])))
    assert "has none and can't be learnt" in found["too_few_items"].evidence


def test_copies_of_what_was_learnt_are_no_test() -> None:
    copies = np.full(NUM, -1)
    num = 60
    copies[SPLIT.test[:num]] = np.arange(num)
    copies[SPLIT.train[:num]] = np.arange(num)
    labels = LABELS.copy()
    labels[SPLIT.train[:num]] = labels[SPLIT.test[:num]]
    probabilities = predict(JUDGED)
    probabilities[:num] = np.eye(3)[JUDGED[:num]]
    torn = replace(CLEAN, labels=labels, copies=copies, probabilities=probabilities)
    found = diagnose(torn, keeps_copies=False)["copies_on_both_sides"]
    assert found.evidence.startswith("60 held-out items (15%) are exact copies")
    assert "Of these 100% got their right label, of the others 9" in found.evidence
    assert found.fix.changes == {"task.keep_copies_together": True}
    whole = split_items(SplitPlan(), labels, copies=copies)
    kept = replace(torn, split=whole, probabilities=predict(labels[whole.test]))
    assert "copies_on_both_sides" not in diagnose(kept)


def test_copies_that_disagree() -> None:
    copies = np.full(NUM, -1)
    copies[:80] = np.arange(80) // 2  # neighbours have different labels
    found = diagnose(replace(CLEAN, copies=copies))
    assert found["disagreeing_copies"].evidence.startswith("80 items (4% of all)")


def test_groups_on_both_sides() -> None:
    groups = np.arange(NUM) // 50
    findings = replace(CLEAN, groups=groups, group="speaker", apart=Apart("features", 0.98, 0.66))
    found = diagnose(findings)["groups_on_both_sides"]
    assert '100% of the held-out items have a "speaker" that was learnt from as well.' in (
        found.evidence
    )
    assert "summary features and logistic regression gets 66% right instead of 98%." in (
        found.evidence
    )
    assert found.fix.changes == {"task.split": "grouped"}
    split = split_items(SplitPlan("grouped"), LABELS, groups=groups)
    kept = replace(findings, split=split, probabilities=predict(LABELS[split.test]))
    assert diagnose(kept, split="grouped") == {}


def test_what_keeping_apart_costs_is_measured() -> None:
    rng = np.random.default_rng(0)
    groups = np.repeat(np.arange(40), 10)
    labels = groups % 2
    # Each writer has words of his own, and nothing else tells the label.
    texts = [f"word{group} {rng.choice(['a', 'b', 'c'])}" for group in groups]
    found = measure_apart("text", texts, labels, 2, SplitPlan(), groups=groups)
    assert found.baseline == "tfidf"
    assert found.mixed > 0.95
    assert found.apart < 0.8
    copies = np.arange(400) // 2
    noise = rng.integers(0, 2, 200)[copies]  # labels by chance: only copies tell
    texts = [f"once{copy}" for copy in copies]
    found = measure_apart("text", texts, noise, 2, SplitPlan(), copies=copies)
    assert found.mixed > found.apart + 0.2
    assert measure_apart("text", texts, noise, 2, SplitPlan(), groups=np.zeros(400, int)) is None


def test_wrong_labels_are_suspected() -> None:
    rng = np.random.default_rng(1)
    given, wrong = JUDGED.copy(), rng.random(len(JUDGED)) < 0.08
    given[wrong] = (given[wrong] + 1) % 3
    probabilities = sharpen(predict(JUDGED, clarity=4.0), 0.5)
    suspects = find_suspects(given, probabilities)
    found, actual = set(suspects["position"]), set(np.flatnonzero(wrong))
    assert len(found & actual) / len(actual) > 0.7
    assert len(found & actual) / len(found) > 0.9
    top = suspects.iloc[:10]
    assert (top["likely"] == JUDGED[top["position"]]).all()
    labels = LABELS.copy()
    labels[SPLIT.test] = given
    noisy = replace(CLEAN, labels=labels, probabilities=probabilities)
    assert diagnose(noisy)["label_noise"].fix.changes == {"task.label_smoothing": 0.1}
    assert diagnose(noisy, label_smoothing=0.1)["label_noise"].fix is None


def test_over_confidence() -> None:
    sharp = replace(CLEAN, probabilities=sharpen(predict(JUDGED, clarity=1.5), 4.0))
    found = diagnose(sharp)
    assert list(found) == ["over_confidence"]
    assert found["over_confidence"].fix.changes == {"task.calibrate": True}
    calibrated = diagnose(sharp, calibrates=True)["over_confidence"]
    assert calibrated.fix.changes == {"task.label_smoothing": 0.1}


def test_learning_by_heart() -> None:
    validation = np.concatenate([np.linspace(1, 0.6, 10), np.linspace(0.6, 1.2, 20)])
    rising = Curve(np.linspace(1.0, 0.1, 30), validation)
    turned = diagnose(replace(CLEAN, curves=[rising]), units=64)["overfitting"]
    assert "In the network the validation loss rises from epoch 1" in turned.evidence
    assert turned.fix.changes == {"model.dropout": 0.33}
    apart = replace(CLEAN, shares=Shares(0.99, 0.74))
    found = diagnose(apart, dropout=0.4, units=64)["overfitting"]
    assert "It has 99% right of what it learnt from, and 74% of the validation part." in (
        found.evidence
    )
    assert found.fix.changes == {"model.units": 32}
    assert diagnose(apart, dropout=0.4)["overfitting"].fix is None
