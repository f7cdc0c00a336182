from __future__ import annotations

import json
from typing import Any

import pytest

from lstm_core.judging.verdict import Comparison, Verdict

SAID: dict[str, Any] = {
    "outcome": "win",
    "beats_baseline": True,
    "best_baseline": "always",
    "sentence": "Better.",
}


def test_a_verdict_comes_back_from_json_as_it_was() -> None:
    verdict = Verdict(
        **SAID,
        skill=0.5,
        comparisons={"always": Comparison(skill=0.5, p_value=0.01, is_win=True)},
        left_out={"rare": "It took too long."},
    )
    assert Verdict.from_json(json.loads(json.dumps(verdict.to_json()))) == verdict
    assert verdict.p_value == 0.01


def test_what_an_older_version_did_not_keep_is_as_where_there_is_none() -> None:
    verdict = Verdict.from_json(SAID)
    assert (verdict.skill, verdict.p_value, verdict.comparisons, verdict.left_out) == (
        *(None, None),
        *({}, {}),
    )
    assert verdict.advice == ""
    partly = Verdict.from_json(SAID | {"comparisons": {"always": {"p_value": 0.2}}})
    assert (partly.p_value, partly.comparisons["always"].is_win) == (0.2, False)


def test_what_a_newer_version_adds_is_passed_over() -> None:
    added = {"mood": "good", "comparisons": {"always": {"skill": 0.1, "mood": "good"}}}
    assert Verdict.from_json(SAID | added).comparisons == {"always": Comparison(skill=0.1)}


def test_a_verdict_does_not_change() -> None:
    with pytest.raises(AttributeError):
        Verdict.from_json(SAID).sentence = "Worse."  # type: ignore[misc]
