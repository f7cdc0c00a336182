"""A trained model, reopened: it reads, and writes the same for the same seed."""

from __future__ import annotations

import json
from typing import Any

import numpy as np
import pytest

from lstm_core.errors import DataError, SpecError
from lstm_core.events import EpochFinished, Event, FilmPrepared
from lstm_core.learning.encoding.units import EDGE
from lstm_core.pipeline import ExperimentResult, run_experiment
from lstm_core.tasks.base import Writer
from lstm_core.tasks.language.passages import Passage
from lstm_core.tasks.language.predictor import TextPredictor
from lstm_core.tasks.language.sampling import Sampling
from lstm_core.tasks.language.writing import Wish
from tests.data.documents.collections import make_documents
from tests.tasks.language.examples import ask_for, make_tales

EVENTS: list[Event] = []


@pytest.fixture(scope="module")
def result() -> ExperimentResult:
    EVENTS.clear()
    spec = ask_for(training__num_seeds=2, training__epochs=2)
    return run_experiment(spec, make_tales(40), on_event=EVENTS.append)


@pytest.fixture(scope="module")
def predictor(result: ExperimentResult) -> TextPredictor:
    model = json.loads(json.dumps(result.model))
    return TextPredictor(model, result.weights)


def write(predictor: TextPredictor, **asked: Any) -> list[str]:
    texts: list[str] = []
    for piece in predictor.go_on(asked):
        json.dumps(piece, allow_nan=False)
        texts = texts or [""] * len(piece["drafts"])
        texts = [a + b["text"] for a, b in zip(texts, piece["drafts"], strict=True)]
    return texts


@pytest.mark.backend
def test_the_same_seed_writes_the_same_whatever_stands_beside_it(
    predictor: TextPredictor,
) -> None:
    asked = {"prompt": "The keeper ", "length": 60, "seed": 5}
    alone = write(predictor, **asked)
    assert len(alone[0]) > 20
    assert write(predictor, **asked) == alone
    beside = write(predictor, **asked, drafts=3)
    assert beside[0] == alone[0]
    assert len(set(beside)) == 3
    assert write(predictor, **{**asked, "seed": 6}) != alone
    assert isinstance(predictor, Writer)


def test_what_is_written_is_as_likely_as_it_is_said_to_be(predictor: TextPredictor) -> None:
    prompt = predictor.encoding.units.encode("Nobody ")
    wish = Wish(prompt, 50, sampling=Sampling(1.0), seed=3)
    written = list(predictor.hand.write(wish))
    numbers = np.array([int(each.numbers[0]) for each in written], np.int32)
    units = np.concatenate([[EDGE], prompt, numbers]).astype(np.int32)
    logs = predictor.score([Passage(units, 1 + len(prompt))])
    assert logs == pytest.approx([float(each.logs[0]) for each in written], abs=1e-3)
    for each in written:
        (likely,) = each.alternatives
        shares = [share for _, share in likely]
        assert shares == sorted(shares, reverse=True)
        assert sum(shares) <= 1 + 1e-6


def test_without_boldness_the_likeliest_is_written(predictor: TextPredictor) -> None:
    for piece in predictor.go_on({"prompt": "The", "temperature": 0, "length": 30}):
        for draft in piece["drafts"]:
            for name, likely in zip(
                draft.get("names", []), draft.get("alternatives", []), strict=True
            ):
                assert name in {each for each, _ in likely[:2]}  # the first may be forbidden


def test_stop_words_end_a_draft_and_are_not_shown(predictor: TextPredictor) -> None:
    (whole,) = write(predictor, prompt="The", length=200, seed=1)
    (cut,) = write(predictor, prompt="The", length=200, seed=1, stop=[" "])
    assert cut == whole.split(" ")[0]


@pytest.mark.parametrize(
    ("asked", "said"),
    [
        ({"length": 0}, "can't be written at once"),
        ({"drafts": 99}, "side by side"),
        ({"temperature": -1}, "temperature"),
        ({"top_p": 0}, "top-p"),
        ({"stop": [""]}, "stop word"),
        ({"prompt": "x" * 200_000}, "beginning"),
    ],
)
def test_what_makes_no_sense_is_refused(
    predictor: TextPredictor, asked: dict[str, Any], said: str
) -> None:
    with pytest.raises((SpecError, DataError), match=said) as caught:
        list(predictor.go_on(asked))
    assert caught.value.remedy


def test_any_text_is_read_unit_by_unit(predictor: TextPredictor) -> None:
    text = "The keeper sang \U0001f469\u200d\U0001f680 <b>!"
    told = predictor.explain(make_documents([text]), None, None)
    assert told["text"] == text
    spelt = "".join(text[a:b] for a, b in zip(told["starts"], told["stops"], strict=True))
    assert spelt == text
    columns = ("names", "logs", "known", "alternatives", "starts")
    assert len({len(told[name]) for name in columns}) == 1
    assert not all(told["known"])
    units = predictor.encoding.units.encode(text)
    logs = predictor.score([Passage(np.append(np.int32(EDGE), units), 1)])
    assert told["logs"] == pytest.approx(logs.tolist(), abs=1e-3)
    with pytest.raises(DataError, match="no way"):
        predictor.explain(make_documents([text]), "gradients", None)


def test_training_is_seen_as_text(result: ExperimentResult) -> None:
    (frame,) = (event.frame for event in EVENTS if isinstance(event, FilmPrepared))
    assert frame["prompt"]
    epochs = [event for event in EVENTS if isinstance(event, EpochFinished)]
    texts = [event.text for event in epochs if event.network == 1]
    assert len(texts) == 2
    assert all(texts)
    assert texts[0] != texts[1]
    assert {event.text for event in epochs if event.network == 2} == {""}
    written = result.tables["written"]
    assert written["temperature"].tolist() == [0.5, 0.8, 1.0]
    assert (written["text"].str.len() > 0).all()
