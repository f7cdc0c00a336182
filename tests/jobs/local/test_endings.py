from __future__ import annotations

import signal

import pytest

from lstm_core.jobs.local.endings import explain_exit


@pytest.mark.parametrize(
    ("status", "part"),
    [
        (-signal.SIGKILL, "most likely because memory ran out"),
        (-signal.SIGTERM, "from outside"),
        (-signal.SIGSEGV, "crashed"),
        (-99, "crashed"),
        (1, "met a fault"),
        (0, "without a word"),
    ],
)
def test_an_ending_is_told_without_its_number(status: int, part: str) -> None:
    words = explain_exit(status)
    assert part in words
    assert not any(letter.isdigit() for letter in words)
