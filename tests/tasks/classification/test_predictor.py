"""A trained model, reopened, that says labels."""

import json
from dataclasses import replace

import numpy as np
import pytest

from lstm_core.data.items.signals import Signals
from lstm_core.errors import DataError
from lstm_core.pipeline import ExperimentResult, run_experiment
from lstm_core.tasks.classification.explaining.explaining import WAYS
from lstm_core.tasks.classification.predictor import LabelPredictor
from tests.export.running import train_nothing
from tests.tasks.classification.examples import ask_for, make_moods, make_motifs, make_waves

MAKERS = {
    "text": make_moods,
    "signals": lambda: make_waves(num_channels=2),
    "dna": make_motifs,
}


@pytest.fixture(scope="module")
def results() -> dict[str, ExperimentResult]:
    spec = ask_for(training__epochs=1)
    several = spec.with_values({"training.num_seeds": 2})
    with pytest.MonkeyPatch.context() as patch:
        train_nothing(patch)  # what a network says is asked, not whether it is right
        return {
            name: run_experiment(several if name == "text" else spec, make())
            for name, make in MAKERS.items()
        }


def reopen(result: ExperimentResult) -> LabelPredictor:
    return LabelPredictor(json.loads(json.dumps(result.model)), result.weights)


@pytest.mark.parametrize("name", MAKERS)
def test_alone_or_together_an_item_has_one_answer(
    name: str, results: dict[str, ExperimentResult]
) -> None:
    predictor, collection = reopen(results[name]), MAKERS[name]()
    together = predictor.answer(collection)
    alone = [predictor.answer(collection.select([number])).iloc[0] for number in (0, 7, 30)]
    for number, row in zip((0, 7, 30), alone, strict=True):
        assert row["said"] == together["said"][number]
        assert row["certainty"] == pytest.approx(together["certainty"][number], abs=1e-5)
    table = results[name].tables["predictions"]
    said = together.set_index("item").loc[table["item"]]
    columns = [column for column in table if str(column).startswith("probability: ")]
    assert np.allclose(said[columns], table[columns], atol=1e-5)


@pytest.mark.parametrize("name", MAKERS)
def test_what_spoke_for_a_label(name: str, results: dict[str, ExperimentResult]) -> None:
    predictor, collection = reopen(results[name]), MAKERS[name]()
    plain = predictor.explain(collection.select([3]), None, None)
    assert "scores" not in plain
    assert sum(plain["probabilities"]) == pytest.approx(1)
    for how in WAYS:
        told = predictor.explain(collection.select([3]), how, None)
        assert json.loads(json.dumps(told)) == told
        assert told["label"] == told["said"] == plain["said"]
        assert len(told["scores"]) == plain["num_steps"]
        other = next(label for label in plain["labels"] if label != plain["said"])
        against = predictor.explain(collection.select([3]), how, other)
        assert against["label"] == other
        assert np.corrcoef(told["scores"], against["scores"])[0, 1] < 0
    assert told["gap"] < 0.05
    assert told["is_complete"]


def test_pieces_are_of_the_text_as_it_was_typed(results: dict[str, ExperimentResult]) -> None:
    predictor = reopen(results["text"])
    collection = make_moods().select([0])
    typed = "What a LOVELY  zzyzx, time"
    asked = replace(collection, texts=np.array([typed], object))
    told = predictor.explain(asked, "occlusion", None)
    words = [typed[piece["start"] : piece["stop"]] for piece in told["pieces"]]
    assert words == ["What", "a", "LOVELY", "zzyzx", ",", "time"]
    known = {word: piece["is_known"] for word, piece in zip(words, told["pieces"], strict=True)}
    assert known["LOVELY"]
    assert not known["zzyzx"]
    assert len(told["scores"]) == len(words)


def test_other_things_are_refused(results: dict[str, ExperimentResult]) -> None:
    predictor = reopen(results["signals"])
    with pytest.raises(DataError, match="reads signals"):
        predictor.answer(make_moods())
    with pytest.raises(DataError, match="2 channels"):
        predictor.answer(make_waves(num_channels=1))
    with pytest.raises(DataError, match="no way"):
        predictor.explain(make_waves(num_channels=2), "tea leaves", None)
    with pytest.raises(DataError, match="no label"):
        predictor.explain(make_waves(num_channels=2), "occlusion", "medium")


def test_channels_are_found_by_their_names(results: dict[str, ExperimentResult]) -> None:
    predictor, collection = reopen(results["signals"]), make_waves(num_channels=2)
    signals = collection.signals
    assert signals is not None
    turned = Signals.from_lengths(signals.values[:, ::-1], signals.lengths, signals.channels[::-1])
    found = predictor.answer(replace(collection, signals=turned))
    assert found.equals(predictor.answer(collection))


def test_sequences_of_other_lengths_are_read_as_far_as_they_go(
    results: dict[str, ExperimentResult],
) -> None:
    predictor, collection = reopen(results["dna"]), make_motifs()
    assert predictor.shape.has_one_length
    others = replace(collection.select([0, 1]), texts=np.array(["ACGT", "ACGTTGCATT" * 5], object))
    assert len(predictor.answer(others)) == 2
