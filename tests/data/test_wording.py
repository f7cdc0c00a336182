"""Numbers in sentences."""

from __future__ import annotations

import pytest

from lstm_core.data.wording import say_number


@pytest.mark.parametrize(
    ("value", "said"),
    [
        (160 / 3, "53.3333"),
        (1_234_567, "1,234,567"),
        (1_234_567.89, "1,234,568"),
        (0.1 + 0.2, "0.3"),
        (-0.000123456789, "-0.000123457"),
        (0.0, "0"),
        (float("nan"), "nan"),
    ],
)
def test_numbers_are_said_with_six_digits(value: float, said: str) -> None:
    assert say_number(value) == said
