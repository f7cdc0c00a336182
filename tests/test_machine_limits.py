"""How many descriptors a process may have, tried in one of its own."""

from __future__ import annotations

import subprocess
import sys

import pytest

SCRIPT = """
import resource, sys
soft, hard, wanted = map(int, sys.argv[1:])
resource.setrlimit(resource.RLIMIT_NOFILE, (soft, hard))
from lstm_core.machine import raise_descriptor_limit
said = raise_descriptor_limit(wanted)
assert (said, hard) == resource.getrlimit(resource.RLIMIT_NOFILE), said
print(said)
"""


@pytest.mark.parametrize(
    ("soft", "hard", "wanted", "expected"),
    [(64, 300, 1000, 300), (64, 300, 200, 200), (250, 300, 200, 250), (300, 300, 1000, 300)],
)
def test_the_soft_limit_is_raised_as_far_as_it_may_be(
    soft: int, hard: int, wanted: int, expected: int
) -> None:
    command = [sys.executable, "-c", SCRIPT, str(soft), str(hard), str(wanted)]
    finished = subprocess.run(command, capture_output=True, text=True, check=True)
    assert int(finished.stdout) == expected
