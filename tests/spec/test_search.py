"""A space and a search as JSON: short forms, round trips, and refusals that a person can act on."""

from __future__ import annotations

import json

import pytest

from lstm_core.errors import SpecError
from lstm_core.spec.search import (
    ChoiceEntry,
    FixedEntry,
    IntEntry,
    SearchSpec,
    parse_search,
    parse_space,
    space_to_json,
)


def test_a_list_is_a_choice_and_a_plain_value_is_fixed():
    space = parse_space(
        '{"model.architecture": ["gru", null], "training.loss": "mae",'
        ' "model.units": {"kind": "int", "low": 8, "high": 64, "step": 2, "scale": "log"}}'
    )
    assert space == {
        "model.architecture": ChoiceEntry(values=("gru", None)),
        "training.loss": FixedEntry(value="mae"),
        "model.units": IntEntry(low=8, high=64, step=2, scale="log"),
    }
    assert list(space) == ["model.architecture", "training.loss", "model.units"]


def test_a_space_comes_back_from_its_json():
    content = {
        "model.architecture": ["stacked", "gru"],
        "model.layers": {
            **{"kind": "int", "low": 2, "high": 3},
            "when": {"model.architecture": ["stacked"]},
        },
        "task.calendar": {"kind": "choice", "values": [[], ["hour", "weekday"]]},
        "model.dropout": {"kind": "float", "low": 0, "high": 0.5, "step": 0.1},
    }
    space = parse_space(content)
    written = json.dumps(space_to_json(space))
    assert json.dumps(space_to_json(parse_space(written))) == written


@pytest.mark.parametrize(
    ("entry", "words"),
    [
        ({"kind": "int", "low": 9, "high": 3}, '"model.units" in the space: the range is empty'),
        ([], '"model.units" in the space has nothing to choose from. Give at least one value.'),
        ([1, 1], "a value is given twice"),
        (list(range(65)), "more than 64 values"),
        ({"kind": "int", "low": 9}, 'has no "high"'),
        ({"kind": "int", "low": 9, "hihg": 3, "high": 12}, 'Did you mean "high"'),
        ({"kind": "flot", "low": 9}, 'Did you mean "float"'),
        ({"low": 9}, 'Write "kind": one of choice, int, float, fixed'),
        ({"kind": "int", "low": 1.5, "high": 3}, '"low" is refused: .* \\(given: 1.5\\)'),
        ({"kind": "int", "low": 0, "high": 3, "scale": "log"}, "begins above 0"),
        ({"kind": "int", "low": 1, "high": 9, "scale": "log", "step": 1}, "larger than 1"),
        ({"kind": "choice", "values": 5}, '"values" has to be a list'),
        ({"kind": "choice", "values": [5], "when": ["a"]}, '"when" has to be an object'),
    ],
)
def test_what_is_no_entry_is_refused_by_the_settings_own_name(entry: object, words: str):
    with pytest.raises(SpecError, match=words) as refusal:
        parse_space({"model.units": entry})
    assert "tuple" not in str(refusal.value)
    assert "model.units." not in str(refusal.value)


@pytest.mark.parametrize(
    ("content", "words"),
    [
        ("{", "not valid JSON"),
        ("[1]", "must be a JSON object"),
        ("[" * 100_000, "nested more than 60 levels deep"),
        ('{"model.units": ' + "[" * 90 + "]" * 90 + "}", "nested more than 60 levels deep"),
        ({f"model.x{number}": 1 for number in range(41)}, "more than 40 settings"),
    ],
)
def test_what_is_no_space_is_refused(content: object, words: str):
    with pytest.raises(SpecError, match=words):
        parse_space(content)


@pytest.mark.parametrize(
    ("content", "words"),
    [
        ({"num_trails": 3}, 'Did you mean "num_trials"'),
        ({"num_trials": 0}, '"num_trials" is refused'),
        ({"minutes": 0}, '"minutes" is refused'),
        ({"strategy": "bayes"}, "bayesian"),
    ],
)
def test_what_is_no_search_is_refused(content: dict[str, object], words: str):
    with pytest.raises(SpecError, match=words):
        parse_search(content)


def test_a_search_comes_back_from_its_json():
    search = SearchSpec(strategy="grid", minutes=3.5)
    assert parse_search(json.loads(search.model_dump_json())) == search
