from __future__ import annotations

import numpy as np
import pytest
from sklearn import metrics

from lstm_core.judging.measures import put_first
from lstm_core.tasks.classification.judging.measures import (
    ACCURACY,
    BALANCED_ACCURACY,
    MACRO_F1,
    MEASURES,
    choose_first,
)
from lstm_core.tasks.classification.judging.scoring import score, score_by_label


def draw(num: int, num_labels: int, seed: int = 0) -> tuple[np.ndarray, np.ndarray]:
    """Return labels and probabilities that know something of them."""
    rng = np.random.default_rng(seed)
    labels = rng.integers(0, num_labels, num)
    logits = rng.normal(size=(num, num_labels)) + 1.5 * np.eye(num_labels)[labels]
    probabilities = np.exp(logits) / np.exp(logits).sum(axis=1, keepdims=True)
    return labels, probabilities


@pytest.mark.parametrize("num_labels", [2, 5])
def test_scores_are_scikit_learns(num_labels: int) -> None:
    labels, probabilities = draw(300, num_labels)
    said = probabilities.argmax(axis=1)
    found = score(labels, probabilities)
    assert list(found) == [measure.key for measure in MEASURES]
    hot = np.eye(num_labels)[labels]
    auc_of = probabilities[:, 1] if num_labels == 2 else probabilities
    expected = {
        "accuracy": metrics.accuracy_score(labels, said),
        "balanced_accuracy": metrics.balanced_accuracy_score(labels, said),
        "macro_f1": metrics.f1_score(labels, said, average="macro"),
        "macro_precision": metrics.precision_score(labels, said, average="macro"),
        "macro_recall": metrics.recall_score(labels, said, average="macro"),
        "mcc": metrics.matthews_corrcoef(labels, said),
        "roc_auc": metrics.roc_auc_score(labels, auc_of, multi_class="ovr"),
        "pr_auc": metrics.average_precision_score(
            hot[:, 1] if num_labels == 2 else hot, auc_of, average="macro"
        ),
        "log_loss": metrics.log_loss(labels, probabilities),
        "brier": ((probabilities - hot) ** 2).sum(axis=1).mean(),
    }
    for key, value in expected.items():
        assert found[key] == pytest.approx(value), key


def test_what_is_looked_for_matters_to_precision_alone() -> None:
    labels, probabilities = draw(300, 2)
    labels[:100] = 0
    first, second = (score(labels, probabilities, positive=each) for each in (0, 1))
    assert first["roc_auc"] == pytest.approx(second["roc_auc"])
    assert first["pr_auc"] != pytest.approx(second["pr_auc"])


def test_labels_that_are_not_judged_are_left_out_of_means() -> None:
    labels, probabilities = draw(200, 5)
    labels[labels == 3] = 2
    found = score(labels, probabilities)
    recalls = [
        (probabilities.argmax(axis=1) == label)[labels == label].mean() for label in (0, 1, 2, 4)
    ]
    assert found["balanced_accuracy"] == pytest.approx(np.mean(recalls))
    table = score_by_label(labels, probabilities)
    assert table["num"].tolist() == np.bincount(labels, minlength=5).tolist()
    assert np.isnan(table["recall"][3])
    assert np.isnan(table["f1"][3])
    assert table["recall"][0] == pytest.approx(recalls[0])


def test_a_label_that_was_never_learnt_is_wrong_whatever_is_said() -> None:
    labels, probabilities = draw(100, 3)
    known = score(labels, probabilities)
    found = score(np.append(labels, [-1] * 100), np.tile(probabilities, (2, 1)))
    assert found["accuracy"] == pytest.approx(known["accuracy"] / 2)
    assert found["balanced_accuracy"] == pytest.approx(known["balanced_accuracy"] * 3 / 4)
    assert found["macro_recall"] == found["balanced_accuracy"]
    assert found["log_loss"] > 10


def test_one_label_alone_leaves_curves_undefined() -> None:
    found = score(np.zeros(5, int), np.tile([0.7, 0.3], (5, 1)))
    assert found["roc_auc"] is None
    assert found["pr_auc"] is None
    assert found["mcc"] is None
    assert found["accuracy"] == 1.0


def test_certain_and_wrong_is_a_number() -> None:
    found = score(np.asarray([0, 1]), np.asarray([[0.0, 1.0], [0.0, 1.0]]))
    assert np.isfinite(found["log_loss"])


def test_uneven_labels_are_judged_each_alike() -> None:
    assert choose_first([30] * 9) is ACCURACY
    assert choose_first([100, 70, 0]) is ACCURACY
    assert choose_first([100, 60]) is BALANCED_ACCURACY
    assert choose_first([600, 340, 500]) is MACRO_F1
    assert choose_first([]) is ACCURACY
    first, *others = put_first(MACRO_F1, MEASURES)
    assert first is MACRO_F1
    assert {first, *others} == set(MEASURES)


def test_measures_say_what_they_are() -> None:
    labels, probabilities = draw(400, 3)
    better = score(labels, 0.5 * probabilities + 0.5 * np.eye(3)[labels])
    worse = score(labels, probabilities)
    for measure in MEASURES:
        assert measure.help.endswith(".")
        if measure.key != "calibration_error":
            assert measure.is_better(better[measure.key], worse[measure.key]), measure.key
        assert measure.loss(measure.optimum) == 0
