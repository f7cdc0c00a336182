"""A tagging from its defaults to its answers."""

from __future__ import annotations

import json
from dataclasses import replace
from typing import Any

import numpy as np
import pandas as pd
import pytest

from lstm_core.data.items.collection import as_objects
from lstm_core.data.tagged.collection import TaggedCollection
from lstm_core.errors import DataError, SpecError
from lstm_core.pipeline import ExperimentResult, run_experiment
from lstm_core.tasks.tagging.cautions import list_cautions
from lstm_core.tasks.tagging.defaults import resolve_spec
from lstm_core.tasks.tagging.framing import frame_sequences, gather_facts
from lstm_core.tasks.tagging.kind import KIND
from lstm_core.tasks.tagging.predictor import TagPredictor
from tests.tasks.tagging.examples import (
    ask_for,
    make_motions,
    make_requests,
    make_tagged,
    make_words_of_speech,
)


@pytest.fixture(scope="module")
def requests() -> TaggedCollection:
    return make_requests(120, num_untagged=4)


@pytest.fixture(scope="module")
def result(requests: TaggedCollection) -> ExperimentResult:
    return run_experiment(ask_for(training__epochs=8, training__num_seeds=2), requests)


def reopen(result: ExperimentResult) -> TagPredictor:
    return TagPredictor(json.loads(json.dumps(result.model)), result.weights)


def test_it_finds_people_and_places(result: ExperimentResult) -> None:
    assert result.metrics["entity_f1"] is not None
    assert result.metrics["entity_f1"] > 0.9
    assert result.baselines["most_frequent"]["entity_f1"] == 0.0
    assert result.verdict["measure"] == "entity_f1"
    tables = result.tables
    assert set(tables) == {
        *("predictions", "by_type", "entities", "confusion", "breakdowns", "answers")
    }
    assert tables["entities"]["outcome"].isin(["right", "type", "ends", "missed", "invented"]).all()
    assert (tables["predictions"]["certainty"].between(0, 1)).all()
    assert tables["answers"]["item"].nunique() == 4


def test_a_model_reopened_says_the_same_alone_or_together(
    requests: TaggedCollection, result: ExperimentResult
) -> None:
    predictor = reopen(result)
    asked = requests.select(~requests.is_tagged)
    together = predictor.answer(asked)
    pd.testing.assert_frame_equal(together, result.tables["answers"], atol=1e-4, rtol=1e-4)
    alone = predictor.answer(asked.select([2]))
    own = together[together["item"] == asked.ids[2]].reset_index(drop=True)
    pd.testing.assert_frame_equal(alone, own, atol=1e-4, rtol=1e-4)
    table = result.tables["predictions"]
    judged = requests.select(table["position"].unique())
    again = predictor.answer(judged)
    assert again["said"].tolist() == table["said"].tolist()


def test_one_sequence_is_told_with_what_else_it_could_be(result: ExperimentResult) -> None:
    predictor = reopen(result)
    told = predictor.explain(make_tagged([("meet Zzyzx in Rome", None)]), None, None)
    assert json.loads(json.dumps(told)) == told
    assert told["tokens"] == ["meet", "Zzyzx", "in", "Rome"]
    assert told["known"] == [True, False, True, True]
    for tag, sure, others in zip(
        told["said"], told["certainty"], told["alternatives"], strict=True
    ):
        assert len(others) == 3
        assert [share for _, share in others] == sorted((s for _, s in others), reverse=True)
        assert tag in [name for name, _ in others]
        assert 0 <= sure <= 1
    with pytest.raises(DataError, match="no way"):
        predictor.explain(make_tagged([("a b", None)]), "occlusion", None)


def test_in_folds_every_sentence_is_judged_once() -> None:
    found = run_experiment(ask_for(task__num_folds=3, training__epochs=6), make_requests(90))
    table = found.tables["predictions"]
    assert sorted(table["position"].unique()) == list(range(90))
    assert found.verdict["num_folds"] == 3
    assert found.tables["entities"]["position"].nunique() > 60


@pytest.mark.parametrize("chain", ["crf", "softmax"])
def test_long_sentences_are_read_in_stretches(chain: str, result: ExperimentResult) -> None:
    spec = ask_for(task__most_steps=8, task__chain=chain, task__spelling="convolution")
    words, tags = "go to Rome with them again " * 4, "O O B-place O O O " * 4
    collection = make_tagged([(words, tags)] * 24)
    found = run_experiment(spec.with_values({"task.keep_copies_together": False}), collection)
    table = found.tables["predictions"]
    assert table.groupby("position").size().tolist() == [24] * table["position"].nunique()
    predictor = reopen(found)
    again = predictor.answer(collection.select(table["position"].unique()))
    assert again["said"].tolist() == table["said"].tolist()


def test_plain_tags_are_judged_by_each_tag_alike() -> None:
    found = run_experiment(ask_for(training__epochs=4), make_words_of_speech())
    assert found.verdict["measure"] == "macro_f1"
    assert found.metrics["entity_f1"] is None
    assert found.metrics["macro_f1"] is not None
    assert found.metrics["macro_f1"] > 0.95
    assert "entities" not in found.tables
    assert set(found.tables["confusion"]["type"]) == {"DET", "NOUN", "VERB"}


def test_rows_of_numbers_have_tags_as_well() -> None:
    motions = make_motions()
    spec = ask_for(training__epochs=6, task__split="grouped")
    found = run_experiment(spec, motions)
    assert found.metrics["accuracy"] is not None
    assert found.metrics["accuracy"] > 0.9
    assert "by_row" in found.baselines
    assert set(found.tables["breakdowns"]["by"]) == {"group"}
    predictor = reopen(found)
    judged = motions.select(found.tables["predictions"]["position"].unique())
    said = predictor.answer(judged)["said"].tolist()
    assert said == found.tables["predictions"]["said"].tolist()
    signals = judged.signals
    assert signals is not None
    renamed = replace(judged, signals=replace(signals, channels=("y", "x")))
    assert predictor.answer(renamed)["said"].tolist() != said  # they are taken by name
    with pytest.raises(DataError, match="reads numbers"):
        predictor.answer(make_requests(12))


def test_defaults_come_with_their_reasons() -> None:
    collection = make_requests(200)
    spec, reasons = resolve_spec(ask_for(model__units=..., task__num_folds=...), collection)
    assert (spec.model.architecture, spec.task.chain, spec.task.spelling) == (
        *("bidirectional", "crf"),
        "lstm",
    )
    assert spec.task.split == "stratified"
    assert spec.task.num_folds == 5  # forty would tell little
    assert all(reasons.values())
    assert resolve_spec(spec, collection)[0] == spec
    grouped = replace(collection, groups=as_objects([f"doc {n % 9}" for n in range(200)]))
    assert resolve_spec(ask_for(), grouped)[0].task.split == "grouped"
    timed = replace(collection, times=np.arange(200.0))
    assert resolve_spec(ask_for(), timed)[0].task.split == "time"


def test_nothing_of_what_is_held_out_is_learnt() -> None:
    collection = make_requests(80)
    spec, _ = resolve_spec(ask_for(), collection)
    framing = frame_sequences(spec.task, collection)
    train = set(framing.splits[0].train.tolist())
    copies = gather_facts(collection).copies
    test = framing.splits[0].test
    assert not train & set(test.tolist())
    assert not set(copies[test].tolist()) & set(copies[framing.splits[0].train].tolist())


@pytest.mark.parametrize(
    ("collection", "said"),
    [
        (make_requests(6), "at least 10 are needed"),
        (make_tagged([("a b c", "O O O")] * 20), "same tag"),
        (make_requests(40, num_untagged=35), "5 sentences have tags"),
    ],
)
def test_too_little_is_refused(collection: TaggedCollection, said: str) -> None:
    with pytest.raises(DataError, match=said) as caught:
        resolve_spec(ask_for(), collection)
    assert caught.value.remedy


def test_what_has_no_meaning_for_tags_is_refused() -> None:
    with pytest.raises(SpecError, match="forecast series"):
        resolve_spec(ask_for(model__architecture="pretrained", model__units=...), make_requests())


def test_cautions_name_what_will_be_hard() -> None:
    parts = as_objects(["train"] * 60 + ["test"] * 20)
    collection = make_requests(80, parts=parts)
    tags = collection.tags.copy()
    tags[(tags == "B-place") & (np.arange(len(tags)) >= int(collection.starts[60]))] = "B-planet"
    collection = replace(collection, tags=tags)
    spec, _ = resolve_spec(ask_for(task__split="given"), collection)
    told = " ".join(list_cautions(spec, collection))
    assert 'not in what is learnt from: "planet"' in told
    found: dict[str, Any] = {}

    def listen(name: str) -> pd.DataFrame | None:
        return found.get(name)

    assert KIND.say_aim(spec, collection).endswith('"person", "place", "planet"')
    assert KIND.report(type("Run", (), {"id": "x"})(), listen).content == {"predictions": None}


def test_the_doctor_names_what_was_never_learnt(result: ExperimentResult) -> None:
    parts = as_objects(["train"] * 70 + ["test"] * 30)
    collection = make_requests(100, parts=parts)
    tags = collection.tags.copy()
    later = np.arange(len(tags)) >= int(collection.starts[70])
    tags[later & (tags == "B-place")] = "B-planet"
    words = collection.words
    assert words is not None
    strange = words.copy()
    strange[later & (tags == "O")] = "zzyzx"
    collection = replace(collection, tags=tags, words=strange)
    found = run_experiment(ask_for(task__split="given", training__epochs=1), collection)
    names = {diagnosis["name"] for diagnosis in found.diagnoses or []}
    assert {"never_learnt", "unknown_words"} <= names
    assert not {"never_learnt", "unknown_words", "silent_types"} & {
        diagnosis["name"] for diagnosis in result.diagnoses or []
    }
