"""How work is measured."""

from __future__ import annotations

import subprocess
import sys
import time

from benchmarks.processor import count_seconds


def test_processor_time_goes_on() -> None:
    before = count_seconds()
    sum(range(2_000))
    assert count_seconds() > before


def test_a_program_that_ends_at_once_counts() -> None:
    before = count_seconds() - time.process_time()
    subprocess.run([sys.executable, "-S", "-c", ""], check=True)
    assert count_seconds() - time.process_time() > before
