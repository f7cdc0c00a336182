from __future__ import annotations

import pandas as pd
import pytest

from lstm_core.tasks.classification.judging.certainty_words import (
    say_certainty,
    say_temperature,
    say_trust,
)


def make_table(right: float) -> pd.DataFrame:
    rows = [
        {"low": 0.5, "high": 0.7, "num": 30, "certainty": 0.6, "right": right - 0.2},
        {"low": 0.75, "high": 0.84, "num": 40, "certainty": 0.8, "right": right},
    ]
    return pd.DataFrame(rows)


def test_eighty_percent_is_told_by_the_items_around_it() -> None:
    assert say_certainty(make_table(0.7)) == (
        "Of the 40 items of which it was 75% to 84% sure, 70% were right."
    )


@pytest.mark.parametrize(
    ("right", "told"),
    [(0.8, "taken at its word"), (0.6, "surer than it should be"), (0.95, "more careful")],
)
def test_certainty_is_held_against_what_was_right(right: float, told: str) -> None:
    assert told in say_trust(make_table(right))


def test_a_temperature_is_told_by_what_it_does() -> None:
    ask = {"is_asked": True, "is_folded": False}
    assert "made less sure by a temperature of 1.50" in say_temperature(1.5, **ask)
    assert "made surer by a temperature of 0.80" in say_temperature(0.8, **ask)
    assert "made them better" in say_temperature(1.0, **ask)
    assert "was asked for" in say_temperature(1.0, is_asked=False, is_folded=False)
    assert "each has its own" in say_temperature(1.5, is_asked=True, is_folded=True)
