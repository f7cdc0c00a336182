from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lstm_core.ratios import say_difference, say_percent, say_times


@pytest.mark.parametrize(
    ("share", "said"),
    [
        (0.0, "0%"),
        (1e-9, "less than 0.1%"),
        (0.0093, "0.93%"),
        (-0.04, "4%"),
        (0.0951, "10%"),
        (1.04, "104%"),
        (9.9999, "1,000%"),
        (133466800.1, "more than 1,000%"),
        (float("inf"), "more than 1,000%"),
        (float("nan"), "an unknown percentage"),
    ],
)
def test_percentages(share: float, said: str) -> None:
    assert say_percent(share) == said


@pytest.mark.parametrize(
    ("ratio", "said"),
    [
        (0.0, "less than 0.1 times"),
        (2.51, "2.5 times"),
        (57.4, "57 times"),
        (133466800.1, "more than 100 times"),
        (float("inf"), "more than 100 times"),
    ],
)
def test_multiples(ratio: float, said: str) -> None:
    assert say_times(ratio) == said


@pytest.mark.parametrize(
    ("ratio", "said"),
    [
        (1.0, "the same"),
        (0.0, "100% smaller"),
        (1e-7, "more than 99% smaller"),
        (0.877, "12% smaller"),
        (1.3, "30% larger"),
        (1.0 + 1e-9, "less than 0.1% larger"),
        (4.0, "4 times as large"),
        (float("inf"), "more than 100 times as large"),
    ],
)
def test_differences(ratio: float, said: str) -> None:
    assert say_difference(ratio) == said


@given(st.floats(min_value=0))
def test_no_size_makes_a_figure_that_nobody_can_read(ratio: float) -> None:
    for said in (say_percent(ratio), say_times(ratio), say_difference(ratio)):
        assert "e+" not in said
        assert "inf" not in said
        assert all(len(digits) <= 4 for digits in re.findall(r"\d+", said)), said
