"""The sentences of a search's verdict."""

from __future__ import annotations

from typing import Any

import pytest

from lstm_core.searches.objective import SKILL
from lstm_core.searches.outcome.words import say_baseline, say_comparison, say_test
from lstm_core.tasks.forecasting.judging.measures import MEASURES

MASE = MEASURES[0]
GOOD, USUAL = (0.70, 0.72, 0.71), (0.80, 0.81, 0.79)


def say(number: int | None = 4, scores: Any = GOOD, default: Any = USUAL, **options: Any) -> str:
    chosen = {"objective": MASE, "is_clear": True, "folds": (3, 3)}
    return say_comparison(number, scores, default, **{**chosen, **options})


def test_a_clear_gain_is_said_with_its_spread() -> None:
    said = say()
    assert said.startswith("Tuning paid")
    assert "MASE 0.71 ± 0.01" in said
    assert "0.8 ± 0.01" in said
    assert "11% better" in said
    assert "3 of 3 folds" in said
    assert "only 1 of 3 folds" in say(folds=(1, 3))


@pytest.mark.parametrize(
    ("options", "said"),
    [
        ({"number": None, "scores": ()}, "the best settings found are the default's"),
        ({"scores": USUAL, "default": GOOD}, "Keep the default"),
        ({"scores": USUAL}, "Keep the default"),  # the same is not better
        ({"objective": SKILL}, "Keep the default"),
        ({"is_clear": False}, "no more than chance explains with 3 seeds"),
        ({"scores": ()}, "no score from fresh seeds"),
    ],
)
def test_it_says_when_tuning_bought_nothing(options: Any, said: str) -> None:
    sentence = say(**options)
    assert sentence.startswith("Tuning bought")
    assert "nothing" in sentence
    assert said in sentence


def test_the_rule_of_thumb_has_its_say() -> None:
    assert "better take that" in say_baseline(0.9, ("repeating", 0.8), MASE)
    assert "has 0.95" in say_baseline(0.9, ("repeating", 0.95), MASE)
    assert "better take that" in say_baseline(-0.1, ("repeating", 0.0), SKILL)
    assert say_baseline(0.9, None, MASE) == ""


def test_the_test_part_is_spoken_of_once() -> None:
    said = say_test(0.75, ("repeating", 0.9), "", MASE)
    assert "no trial has seen" in said
    assert "MASE 0.75" in said
    assert "has 0.9" in said
    assert "could not be judged" in say_test(None, None, "Memory ran out.", MASE)
