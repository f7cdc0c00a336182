from __future__ import annotations

import pytest

from lstm_core.judging.measures import Measure
from lstm_core.judging.words import say_gain


@pytest.mark.parametrize(
    ("digits", "gain", "said"),
    [
        (".1f", 44.307, "44.3"),
        (".1f", -0.04, "less than 0.1"),
        (".3f", 0.0213, "0.021"),
        (".3f", 0.0001, "less than 0.001"),
        (".1%", 0.031, "3.1 points"),
        (".1%", 0.4, "40 points"),
    ],
)
def test_a_gain_has_no_more_digits_than_what_it_is_of(digits: str, gain: float, said: str) -> None:
    assert say_gain(Measure("key", "Title", "", "larger", 1.0, digits), gain) == said
