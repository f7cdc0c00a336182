"""What a run reports: parts, leaks, folds, and what no label was known of."""

from dataclasses import replace

import numpy as np
import pytest

from lstm_core.data.items.collection import ItemCollection, as_objects
from lstm_core.pipeline import run_experiment
from lstm_core.tasks.classification.cautions import list_cautions
from lstm_core.tasks.classification.defaults import resolve_spec
from tests.data.items.collections import make_texts
from tests.tasks.classification.examples import ask_for, make_moods


def make_copies(num_items: int = 120) -> ItemCollection:
    """Nonsense, each text three times, with a label that only its copies tell."""
    generator = np.random.default_rng(8)
    different = num_items // 3
    texts = [f"{generator.integers(1e9)} {generator.integers(1e9)}" for _ in range(different)]
    labels = [str(label) for label in generator.choice(["heads", "tails"], different)]
    return make_texts(texts * 3, labels * 3)


@pytest.mark.slow
def test_copies_on_both_sides_are_warned_of_and_diagnosed() -> None:
    spec = ask_for(task__keep_copies_together=False, task__split="stratified", training__epochs=6)
    collection = make_copies()
    resolved, _ = resolve_spec(spec, collection)
    assert any("exact copies" in caution for caution in list_cautions(resolved, collection))
    mixed = run_experiment(spec, collection)
    assert mixed.diagnoses is not None
    assert "copies_on_both_sides" in [found["name"] for found in mixed.diagnoses]
    kept_spec = spec.with_values({"task.keep_copies_together": True})
    cautions = list_cautions(resolve_spec(kept_spec, collection)[0], collection)
    assert not any("exact copies" in caution for caution in cautions)
    kept = run_experiment(kept_spec, collection)
    assert mixed.baselines["tfidf"]["accuracy"] > kept.baselines["tfidf"]["accuracy"] + 0.15


def test_groups_on_both_sides_are_warned_of_and_measured() -> None:
    groups = as_objects([f"speaker {number // 10}" for number in range(80)])
    collection = make_moods(80, groups=groups, roles=(("group", "speaker"),))
    spec = ask_for(task__split="stratified", training__epochs=1)
    resolved, _ = resolve_spec(spec, collection)
    assert any("speaker" in caution for caution in list_cautions(resolved, collection))
    result = run_experiment(spec, collection)
    assert result.diagnoses is not None
    (found,) = [one for one in result.diagnoses if one["name"] == "groups_on_both_sides"]
    assert found["fix"]["changes"] == {"task.split": "grouped"}
    apart = spec.with_values({"task.split": "grouped"})
    cautions = list_cautions(resolve_spec(apart, collection)[0], collection)
    assert not any("speaker" in caution for caution in cautions)


def test_in_folds_every_item_is_judged_once() -> None:
    collection = make_moods(60)
    result = run_experiment(ask_for(task__num_folds=3, training__epochs=1), collection)
    table = result.tables["predictions"]
    assert sorted(table["position"]) == list(range(60))
    assert set(table["fold"]) == {1, 2, 3}
    assert result.verdict["num_folds"] == 3


@pytest.mark.backend
def test_items_without_a_label_are_told_theirs() -> None:
    collection = make_moods(60)
    labels = collection.labels.copy()
    labels[[4, 9]] = None
    result = run_experiment(ask_for(training__epochs=1), replace(collection, labels=labels))
    assert result.tables["answers"]["item"].tolist() == ["4", "9"]
    assert not {4, 9} & set(result.tables["predictions"]["position"])


def test_probabilities_are_at_the_temperature_that_is_kept() -> None:
    collection = make_moods(160)
    spec = ask_for(training__epochs=2, task__validation_fraction=0.3)
    warm = run_experiment(spec, collection)
    plain = run_experiment(spec.with_values({"task.calibrate": False}), collection)
    assert plain.model["task"]["temperature"] == 1.0
    assert warm.metrics["accuracy"] == plain.metrics["accuracy"]
    kept = warm.model["task"]["temperature"]
    assert kept != 1.0
    certain = plain.tables["predictions"]["certainty"].to_numpy()
    odds = (certain / (1 - certain)) ** (1 / kept)
    assert warm.tables["predictions"]["certainty"].to_numpy() == pytest.approx(
        odds / (1 + odds), abs=1e-6
    )
