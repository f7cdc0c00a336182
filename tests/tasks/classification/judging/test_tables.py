from __future__ import annotations

import numpy as np
import pytest
from sklearn import metrics

from lstm_core.tables import table_from_parquet, table_to_csv, table_to_parquet
from lstm_core.tasks.classification.judging.answers import choose_labels
from lstm_core.tasks.classification.judging.tables.breakdowns import break_down
from lstm_core.tasks.classification.judging.tables.confusions import (
    build_matrix,
    choose_cell,
    choose_shown,
    find_in_cell,
    list_mistakes,
    tabulate_confusion,
)
from lstm_core.tasks.classification.judging.tables.curves import (
    MOST_POINTS,
    thin_curve,
    trace_precision,
    trace_roc,
)
from lstm_core.tasks.classification.judging.tables.predictions import (
    Judged,
    read_predictions,
    tabulate_predictions,
)
from lstm_core.tasks.classification.judging.tables.thresholds import (
    Costs,
    choose_threshold,
    read_outcome,
    read_threshold,
    tabulate_thresholds,
    thin_table,
)


def draw(num: int, num_labels: int, seed: int = 0) -> tuple[np.ndarray, np.ndarray]:
    rng = np.random.default_rng(seed)
    labels = rng.integers(0, num_labels, num)
    logits = rng.normal(size=(num, num_labels)) + 1.5 * np.eye(num_labels)[labels]
    probabilities = np.exp(logits) / np.exp(logits).sum(axis=1, keepdims=True)
    return labels, probabilities


def test_a_confusion_matrix_opens_its_items() -> None:
    labels, probabilities = draw(300, 4)
    said = choose_labels(probabilities)
    table = tabulate_confusion(labels, said)
    assert table["num"].is_monotonic_decreasing
    assert table.groupby("label")["share"].sum().tolist() == pytest.approx([1.0] * 4)
    matrix = build_matrix(table, choose_shown(table, 4))
    assert np.array_equal(matrix, metrics.confusion_matrix(labels, said))
    found = find_in_cell(labels, probabilities, 1, 2)
    assert len(found) == matrix[1, 2]
    assert (labels[found] == 1).all()
    assert (np.diff(probabilities[found, 2]) <= 0).all()
    unknown = tabulate_confusion(np.append(labels, -1), np.append(said, 0))
    assert unknown["label"].min() == -1


def test_of_many_labels_the_most_confused_are_shown() -> None:
    labels, said = np.arange(90) % 30, np.arange(90) % 30
    said[[7, 37, 67]] = 12
    table = tabulate_confusion(labels, said)
    assert {7, 12} <= set(choose_shown(table, 30, most=5).tolist())
    assert build_matrix(table, np.asarray([7, 12])).tolist() == [[0, 3], [0, 3]]


def test_the_first_cell_to_look_at_is_the_largest_mistake() -> None:
    labels, said = np.asarray([0, 0, 0, 1, 1, -1, -1, -1]), np.asarray([0, 0, 1, 0, 0, 1, 1, 1])
    assert choose_cell(tabulate_confusion(labels, said)) == (1, 0)
    assert choose_cell(tabulate_confusion(labels[:2], said[:2])) == (0, 0)


def test_mistakes_come_with_the_most_certain_first() -> None:
    labels = np.asarray([0, 1, 1, -1])
    probabilities = np.asarray([[0.6, 0.4], [0.9, 0.1], [0.2, 0.8], [0.3, 0.7]])
    table = list_mistakes(labels, probabilities)
    assert table["position"].tolist() == [1, 3]
    assert table["certainty"].tolist() == [0.9, 0.7]
    assert table["own"].tolist() == [0.1, 0.0]
    assert len(list_mistakes(labels, probabilities, most=1)) == 1


def test_curves_are_scikit_learns_with_fewer_points() -> None:
    labels, probabilities = draw(5_000, 3)
    roc = trace_roc(labels, probabilities, 1)
    assert MOST_POINTS / 2 < len(roc) <= MOST_POINTS + 2
    full = metrics.roc_auc_score(labels == 1, probabilities[:, 1])
    assert metrics.auc(roc["false_alarms"], roc["hits"]) == pytest.approx(full, abs=0.002)
    assert roc[["false_alarms", "hits"]].iloc[0].tolist() == [0, 0]
    assert roc[["false_alarms", "hits"]].iloc[-1].tolist() == [1, 1]
    row = roc.iloc[80]
    called = probabilities[:, 1] >= row["threshold"]
    assert called[labels == 1].mean() == pytest.approx(row["hits"])
    precision = trace_precision(labels, probabilities, 1)
    assert len(precision) <= MOST_POINTS + 2
    full = metrics.average_precision_score(labels == 1, probabilities[:, 1])
    area = -metrics.auc(precision["recall"], precision["precision"])
    assert abs(area) == pytest.approx(full, abs=0.005)
    assert trace_roc(labels, probabilities, 1 + 1) is not None
    assert trace_roc(np.ones(5, int), np.full((5, 2), 0.5), 1) is None
    assert trace_precision(np.zeros(5, int), np.full((5, 2), 0.5), 1) is None
    assert thin_curve(np.arange(5.0), np.arange(5.0)).tolist() == [0, 1, 2, 3, 4]


def test_a_threshold_follows_what_mistakes_cost() -> None:
    has = np.asarray([False, False, True, False, True, True])
    scores = np.asarray([0.1, 0.2, 0.3, 0.6, 0.7, 1.0])
    table = tabulate_thresholds(has, scores, Costs())
    # By hand: everything called, ..., the certain one alone.
    assert table["threshold"].tolist() == pytest.approx([0.1, 0.2, 0.3, 0.6, 0.7, 1])
    assert table["hits"].tolist() == [3, 3, 3, 2, 2, 1]
    assert table["false_alarms"].tolist() == [3, 2, 1, 1, 0, 0]
    assert table["misses"].tolist() == [0, 0, 0, 1, 1, 2]
    assert table["cost"].tolist() == pytest.approx(np.asarray([3, 2, 1, 2, 1, 2]) / 6)
    for _, row in table.iterrows():
        said = scores >= row["threshold"]
        assert row["accuracy"] == pytest.approx((said == has).mean())
        assert row["recall"] == pytest.approx(said[has].mean())
    assert choose_threshold(has, scores, Costs(1, 1)) == pytest.approx(0.65)
    assert choose_threshold(has, scores, Costs(1, 5)) == pytest.approx(0.25)
    assert choose_threshold(has, scores, Costs(5, 1)) == pytest.approx(0.65)
    assert choose_threshold(np.ones(4, bool), scores[:4], Costs(3, 1)) == 0.75
    assert read_threshold(table, 0.5)["hits"] == 2
    outcome = read_outcome(table, 0.5, has)
    assert (outcome.hits, outcome.false_alarms, outcome.misses) == (2, 1, 1)
    assert outcome.false_alarm_share == pytest.approx(1 / 3)
    assert outcome.f1 == pytest.approx(metrics.f1_score(has, scores >= 0.5))
    assert read_outcome(tabulate_thresholds(has, scores / 2, Costs()), 1.0, has).precision is None
    for threshold in (0.0, 0.3, 0.31, 0.62, 0.99, 1.0):
        said = scores >= threshold
        assert read_threshold(table, threshold)["hits"] == (said & has).sum()


def test_where_probabilities_are_true_costs_alone_demand_the_threshold() -> None:
    rng = np.random.default_rng(0)
    scores = rng.random(40_000)
    has = rng.random(40_000) < scores
    assert choose_threshold(has, scores, Costs(1, 4)) == pytest.approx(0.2, abs=0.06)
    table = tabulate_thresholds(has, scores, Costs(1, 4))
    thinned = thin_table(table)
    assert len(thinned) <= MOST_POINTS + 1
    assert thinned["cost"].min() == table["cost"].min()
    with pytest.raises(ValueError, match="not negative"):
        Costs(-1, 2)


def test_where_it_errs() -> None:
    labels = np.asarray([0, 0, 1, 1, 1, -1] * 10)
    said = {"model": np.asarray([0, 0, 1, 1, 0, 0] * 10), "tfidf": np.zeros(60, int)}
    lengths = np.arange(60) // 2 + 1
    groups = np.asarray(["ann", "<b>", None] * 20, object)
    table = break_down(labels, said, names=["no", "yes"], lengths=lengths, groups=groups)
    assert list(table.columns) == ["by", "value", "num", "model", "tfidf", "lowest", "highest"]
    by_label = table[table["by"] == "label"].set_index("value")
    assert by_label.loc["yes", ["num", "model", "tfidf"]].tolist() == pytest.approx([30, 2 / 3, 0])
    assert by_label.loc["(never learnt)", "model"] == 0
    by_length = table[table["by"] == "length"]
    assert by_length["num"].sum() == 60
    assert by_length["value"].tolist()[0] == "1 to 6"
    assert by_length["value"].tolist()[-1].endswith("to 30")
    by_group = table[table["by"] == "group"]
    assert by_group["num"].tolist() == [20, 20]
    assert by_group["model"].is_monotonic_increasing
    assert (table["lowest"] <= table["model"]).all()
    assert (table["highest"] >= table["model"]).all()
    same = break_down(labels, said, names=["no", "yes"], lengths=np.full(60, 9))
    assert set(same["by"]) == {"label"}


def test_a_prediction_table_holds_all_that_was_judged() -> None:
    labels, probabilities = draw(30, 3)
    labels[4] = -1
    names = ["=cmd()", "<b>", "label"]
    given = np.asarray([*names, "rare"], object)[labels]
    folds = [
        Judged(
            names,
            np.arange(start, 30, 2),
            labels[start::2],
            probabilities[start::2],
            np.zeros(15, int),
            {"tfidf": labels[start::2] % 3, **({"kmers": labels[::2]} if start else {})},
        )
        for start in (0, 1)
    ]
    judged = Judged.join(folds)
    assert list(judged.said) == ["tfidf"]
    assert judged.folds.tolist() == [0] * 15 + [1] * 15
    ids = np.asarray([f"item {number}" for number in range(30)], object)
    table = tabulate_predictions(judged, ids, given)
    assert table["label"][2] == "rare"
    assert not table["right"][2]
    assert table["own"][2] == 0
    assert table["item"][15] == "item 1"
    kept = table_from_parquet(table_to_parquet(table))
    found = read_predictions(kept)
    assert list(found.names) == names
    assert np.array_equal(found.labels, judged.labels)
    assert np.array_equal(found.positions, judged.positions)
    assert np.array_equal(found.folds, judged.folds)
    assert np.array_equal(found.said["tfidf"], judged.said["tfidf"])
    assert found.probabilities == pytest.approx(judged.probabilities, abs=1e-6)
    assert "\n=" not in table_to_csv(table)
