"""Texts that nothing, or little, can be learnt from: a sentence with a remedy, or a small run."""

from __future__ import annotations

import json

import pytest

from lstm_core.data.documents.collection import DocumentCollection
from lstm_core.errors import DataError, SpecError, StudioError
from lstm_core.pipeline import run_experiment
from lstm_core.tasks.language.kind import KIND
from lstm_core.tasks.language.predictor import TextPredictor
from tests.data.documents.collections import make_documents, write_prose
from tests.export.running import train_nothing
from tests.tasks.language.examples import ask_for, make_tales, write_tales


def refuse(collection: DocumentCollection, **values: object) -> StudioError:
    with pytest.raises((DataError, SpecError)) as caught:
        KIND.resolve(ask_for(**values), collection)
    assert caught.value.remedy
    return caught.value


def test_two_hundred_characters_are_too_few() -> None:
    refused = refuse(make_documents(["ab cd. " * 29]))
    assert "203 characters" in refused.what
    assert "1,000" in refused.what


@pytest.mark.parametrize("text", ["a" * 5_000, "a\n" * 3_000])
def test_of_one_sign_or_word_there_is_nothing_to_choose_from(text: str) -> None:
    if "\n" not in text:
        assert "nothing to choose from" in refuse(make_documents([text])).what
    else:
        KIND.resolve(ask_for(), make_documents([text]))  # two signs are a text


def test_what_is_unknown_to_the_training_part_alone_is_told() -> None:
    texts = [*write_tales(20), *(f"{text}\u0416\u0416\u0416" for text in write_tales(10, 1))]
    parts = ["train"] * 20 + ["validation"] * 5 + ["test"] * 5
    result = run_experiment(ask_for(training__epochs=1), make_documents(texts, parts=parts))
    assert (result.metrics["unknown"] or 0) > 0.005
    assert "unknown_units" in {each["name"] for each in result.diagnoses or []}


@pytest.mark.parametrize(
    "text",
    [
        write_prose(8)[:1_500],
        "word " * 400 + "other " * 60,  # one endless line
        "\u05e9\u05dc\u05d5\u05dd \u05e2\u05d5\u05dc\u05dd \U0001f469\u200d\U0001f680 e\u0301! "
        * 80,
        "\u4eca\u5929\u5929\u6c14\u5f88\u597d\u3002\u6211\u4eec\u53bb\u6e2f\u53e3\u3002" * 100,
    ],
)
@pytest.mark.parametrize("units", ["characters", "words", "pieces"])
def test_little_text_of_any_kind_is_learnt_from(
    text: str, units: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    train_nothing(monkeypatch)
    spec = ask_for(task__units=units, task__steps=None, task__embedding=4)
    result = run_experiment(spec, make_documents([text]))
    assert result.metrics["nats"] is not None
    assert result.verdict["sentence"]


def test_copies_in_the_held_out_part_are_not_judged_by(monkeypatch: pytest.MonkeyPatch) -> None:
    train_nothing(monkeypatch)
    own = write_prose(60, 1)
    paragraphs = own.split("\n\n")
    copied = "\n\n".join([*paragraphs, *paragraphs[:6], *write_prose(3, 9).split("\n\n")])
    result = run_experiment(ask_for(task__test_fraction=0.12), make_documents([copied]))
    verdict = KIND.read_verdict(result.verdict, None, None)
    assert verdict.num_copied > 500
    assert "not judged by" in " ".join(verdict.notes)
    assert "copies" in {each["name"] for each in result.diagnoses or []}
    told = result.tables["predictions"]
    assert (told["stop"] - told["start"]).sum() == verdict.num_characters


def test_a_long_test_part_is_judged_in_part(monkeypatch: pytest.MonkeyPatch) -> None:
    train_nothing(monkeypatch)
    monkeypatch.setattr("lstm_core.tasks.language.laying_out.limit_judged.__defaults__", (900,))
    result = run_experiment(ask_for(), make_tales(60))
    verdict = KIND.read_verdict(result.verdict, None, None)
    assert verdict.num_characters == 900
    assert verdict.num_left > 0
    assert "Judged at 900 of" in " ".join(verdict.notes)


@pytest.mark.parametrize("has_ends", [False, True])
def test_an_end_is_judged_where_one_was_learnt_from(
    has_ends: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    train_nothing(monkeypatch)
    collection = make_tales(60) if has_ends else make_documents([write_prose(60)])
    result = run_experiment(ask_for(), collection)
    told = result.tables["predictions"]
    ends = told["start"] == [len(collection.texts[number]) for number in told["document"]]
    assert ends.sum() == (told["document"].nunique() if has_ends else 0)
    predictor = TextPredictor(json.loads(result.artifacts()["model.json"]), result.weights)
    units = predictor.answer(make_documents(["the sea"]))["num_units"][0]
    assert units == len("the sea") + has_ends
