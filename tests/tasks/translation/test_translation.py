"""Small runs of translation, from pairs to a result."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import replace
from typing import Any

import keras
import numpy as np
import pytest

from lstm_core.data.items.collection import as_objects
from lstm_core.errors import DataError, SpecError, StudioError
from lstm_core.events import EpochFinished, Event, FilmPrepared
from lstm_core.pipeline import ExperimentResult, run_experiment
from lstm_core.tasks.translation.encoding import fit_encoding
from lstm_core.tasks.translation.framing import frame_pairs
from lstm_core.tasks.translation.kind import KIND
from lstm_core.tasks.translation.laying_out import lay_out, shape_pairs
from lstm_core.tasks.translation.predictor import PairPredictor
from lstm_core.tasks.translation.searching.speaker import Speaker
from lstm_core.tasks.translation.task import make_plan
from tests.export.running import train_nothing
from tests.tasks.translation.examples import ask_for, make_collection, make_pairs

EVENTS: list[Event] = []


@pytest.fixture(scope="module")
def result() -> ExperimentResult:
    EVENTS.clear()
    spec = ask_for(training__num_seeds=2, training__epochs=2)
    return run_experiment(spec, make_pairs(80, num_unknown=4), on_event=EVENTS.append)


@pytest.fixture(scope="module")
def predictor(result: ExperimentResult) -> PairPredictor:
    return PairPredictor(json.loads(json.dumps(result.model)), result.weights)


def test_training_is_seen_as_text(result: ExperimentResult) -> None:
    (prepared,) = (event for event in EVENTS if isinstance(event, FilmPrepared))
    sources, targets = (prepared.frame[name] for name in ("sources", "targets"))
    assert 1 <= len(sources) == len(targets)
    epochs = [event for event in EVENTS if isinstance(event, EpochFinished)]
    watched = [event.text for event in epochs if event.network == 1]
    assert len(watched) == 2
    assert not any(event.text for event in epochs if event.network > 1)
    assert all(text.count("\n") == len(sources) - 1 for text in watched)


def test_what_was_judged_is_told_beside_baselines(result: ExperimentResult) -> None:
    verdict = KIND.read_verdict(result.verdict, None, None)
    pairs = result.tables["predictions"]
    assert verdict.num_pairs == len(pairs) > 0
    assert set(verdict.signatures) == {"bleu", "chrf"}
    assert verdict.measure == "exact_match"
    assert set(result.baselines) == {"copy", "nearest", "dictionary"}
    assert result.metrics["exact_match"] == pairs["exact"].mean()
    assert (pairs["exact"] == (pairs["said"] == pairs["target"])).all()
    breakdowns = result.tables["breakdowns"]
    assert (breakdowns.groupby("by")["num"].sum() == len(pairs)).all()
    assert len(result.tables["answers"]) == 4


def test_a_translation_comes_with_others_and_with_where_was_looked(
    predictor: PairPredictor, result: ExperimentResult
) -> None:
    pairs = make_pairs(80)
    told = predictor.explain(pairs.select([0]), None, None)
    first = told["found"][0]
    assert first["text"] == predictor.answer(pairs.select([0]))["said"][0]
    scores = [each["score"] for each in told["found"]]
    assert scores == sorted(scores, reverse=True)
    for each in told["found"]:
        assert len(each["units"]) == len(each["logs"]) == len(each["weights"])
        assert each["probability"] == pytest.approx(np.exp(sum(each["logs"])), rel=1e-3)
        assert all(len(row) == len(told["source"]) for row in each["weights"])
    assert told["source"][-1] == each["units"][-1] == "(end)"
    with pytest.raises(DataError):
        predictor.explain(pairs, "gradients", None)


def test_what_is_unknown_or_too_long_is_told(predictor: PairPredictor) -> None:
    odd = make_collection([("\U0001f40d five", None), ("one " * 300, None)])
    assert predictor.explain(odd.select([0]), None, None)["known"].count(False) == 1
    assert predictor.explain(odd.select([1]), None, None)["is_cut"]
    said = predictor.answer(odd)
    assert said["num_unknown"].tolist() == [1, 0]
    assert np.isfinite(said["certainty"]).all()
    with pytest.raises(DataError, match="characters"):
        predictor.turn(["one " * 30_000])


def test_in_folds_every_pair_is_judged_once(monkeypatch: pytest.MonkeyPatch) -> None:
    train_nothing(monkeypatch)
    result = run_experiment(ask_for(task__num_folds=3), make_pairs(60))
    assert sorted(result.tables["predictions"]["id"]) == sorted(make_pairs(60).ids)
    assert KIND.read_verdict(result.verdict, None, None).num_folds == 3


def test_copies_that_are_judged_are_told(monkeypatch: pytest.MonkeyPatch) -> None:
    train_nothing(monkeypatch)
    pairs = make_pairs(60)
    twice = make_collection([*zip(pairs.sources, pairs.targets, strict=True)] * 2)
    result = run_experiment(ask_for(task__keep_copies_together=False), twice)
    verdict = KIND.read_verdict(result.verdict, None, None)
    assert verdict.num_copied > 0
    assert "learnt from as well" in verdict.notes[0]
    assert "copies" in {each["name"] for each in result.diagnoses or []}
    spec, _ = KIND.resolve(ask_for(task__keep_copies_together=False), twice)
    assert any("learnt from as well" in each for each in KIND.list_cautions(spec, twice))
    together = run_experiment(ask_for(), twice)
    assert KIND.read_verdict(together.verdict, None, None).num_copied == 0


def test_too_few_pairs_and_one_answer_are_refused() -> None:
    with pytest.raises(DataError, match="needed at the very least"):
        KIND.resolve(ask_for(), make_pairs(19))
    same = make_collection([(f"text {number}", "a") for number in range(60)])
    with pytest.raises(SpecError, match="nothing"):
        KIND.resolve(ask_for(task__target_units="words", task__rarest=70), same)


@pytest.mark.parametrize(
    "values",
    [
        {"model__architecture": "pretrained"},
        {"training__stateful": True},
        {
            "model__architecture": "custom",
            "model__units": None,
            "model__stack": [
                {"kind": "lstm", "units": 8},
                {"kind": "pooling"},
                {"kind": "lstm", "units": 8},
            ],
        },
    ],
)
def test_networks_that_cannot_be_are_refused(values: dict) -> None:
    with pytest.raises(StudioError) as refused:
        KIND.resolve(ask_for(**values), make_pairs(60))
    assert refused.value.remedy


@pytest.mark.parametrize(
    ("source", "target"),
    [
        ("\u05d0\u05d7\u05ea \u05e9\u05ea\u05d9\u05d9\u05dd {0}", "\u0623\u062d\u062f {0}"),
        ("\u6771\u4eac{0}\u4eac\u90fd", "\U0001f469\u200d\U0001f467{0}"),
        ("e\u0301\u0302 {0}", "<b>{0}</b>$\u202e"),
    ],
)
@pytest.mark.parametrize("units", ["characters", "words", "pieces"])
def test_any_script_is_read_and_said(
    source: str, target: str, units: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    train_nothing(monkeypatch)
    pairs = make_collection([(source.format(n), target.format(n % 7)) for n in range(60)])
    spec = ask_for(task__source_units=units, task__target_units=units)
    result = run_experiment(spec, pairs)
    assert len(result.tables["predictions"]) > 0
    framing = frame_pairs(result.spec.task, pairs)
    encoding = fit_encoding(result.spec.task, framing)
    (wanted,) = encoding.encode_targets([target.format(3)])
    assert encoding.target.decode(wanted) == target.format(3)


def test_a_very_long_sentence_costs_no_more_than_its_beginning(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    train_nothing(monkeypatch)
    pairs = make_pairs(60)
    sources = pairs.sources.copy()
    sources[7] = "one " * 5_000
    longer = replace(pairs, sources=as_objects(sources.tolist()))
    spec, _ = KIND.resolve(ask_for(), longer)
    assert spec.task.most_steps < 400
    assert any("not learnt from" in each for each in KIND.list_cautions(spec, longer))
    result = run_experiment(spec, longer)
    assert result.metrics["exact_match"] is not None


def test_a_search_sees_no_test_part() -> None:
    spec, _ = KIND.resolve(ask_for(), make_pairs(100))
    held = KIND.hold_out_test(spec, make_pairs(100))
    framing = frame_pairs(spec.task, make_pairs(100))
    test = set(framing.pairs.ids[framing.splits[0].test].tolist())
    assert not test & set(held.ids.tolist())
    assert make_plan(spec).beam == 2


def test_how_long_held_out_texts_are_decides_nothing_of_what_is_learnt_from() -> None:
    pairs = make_pairs(100)
    spec, _ = KIND.resolve(ask_for(), pairs)
    framing = frame_pairs(spec.task, pairs)
    longer = pairs.sources.copy()
    for number in framing.positions[framing.splits[0].test]:
        longer[number] = f"{longer[number]} nine" * 4
    feeds = []
    for collection in (pairs, replace(pairs, sources=longer)):
        own = frame_pairs(spec.task, collection)
        encoding = fit_encoding(spec.task, own)
        feed, _ = lay_out(spec, own, 0, encoding, shape_pairs(spec, collection))
        feeds.append(feed)
    train = feeds[0].parts["train"]
    assert np.array_equal(feeds[0].padded, feeds[1].padded)
    assert np.array_equal(feeds[0].sizes[train], feeds[1].sizes[train])
    assert np.array_equal(feeds[0].source_steps, feeds[1].source_steps)


def test_what_translates_is_put_together_once_for_all_folds(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    train_nothing(monkeypatch)
    opened = []

    class Counted(Speaker):
        def __init__(self, networks: Sequence[keras.Model], *rest: Any) -> None:
            opened.append(len(networks))
            super().__init__(networks, *rest)

    monkeypatch.setattr("lstm_core.tasks.translation.task.Speaker", Counted)
    spec = ask_for(task__num_folds=3, training__num_seeds=2)
    result = run_experiment(spec, make_pairs(60, num_unknown=3))
    assert opened == [2]
    kept = PairPredictor(json.loads(json.dumps(result.model)), result.weights)
    asked = make_pairs(60, num_unknown=3).select([57, 58, 59])
    assert kept.answer(asked)["said"].tolist() == result.tables["answers"]["said"].tolist()


def test_which_measure_decides_is_told_by_what_is_learnt_from() -> None:
    pairs = make_pairs(100)
    spec, _ = KIND.resolve(ask_for(), pairs)
    framing = frame_pairs(spec.task, pairs)
    targets = pairs.targets.copy()
    for number in framing.positions[framing.splits[0].test]:
        targets[number] = "a long sentence of many words, as none is learnt from " * 3
    assert KIND.choose_measure(spec, replace(pairs, targets=targets)).key == "exact_match"
