from __future__ import annotations

import pytest

from pages._ui.shell.amounts import say_brief_seconds, say_bytes, say_count, say_flops, say_shape


@pytest.mark.parametrize(
    ("flops", "words"),
    [
        (0, "0 FLOP"),
        (850, "850 FLOP"),
        (1_250_000, "1.2 MFLOP"),
        (592_400, "592 kFLOP"),
        (3 * 10**18, "3,000 PFLOP"),
    ],
)
def test_arithmetic(flops: int, words: str) -> None:
    assert say_flops(flops) == words


def test_memory() -> None:
    assert say_bytes(35_200_000) == "35 MB"
    assert say_bytes(999) == "999 bytes"


def test_seconds_that_are_compared() -> None:
    assert [say_brief_seconds(seconds) for seconds in (0.0812, 4.16, 75.4)] == [
        "0.081 s",
        "4.2 s",
        "75 s",
    ]


def test_counts_and_shapes() -> None:
    assert say_count(1, "unit") == "1 unit"
    assert say_count(12_345, "step becomes one", "steps become one") == "12,345 steps become one"
    assert say_shape((150, 1)) == "150 steps × 1 value"
    assert say_shape((64,)) == "64 values"
