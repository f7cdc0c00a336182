"""The suites of chaos, each in a short form: nothing is lost, twice, torn or left behind."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]


@pytest.mark.slow
@pytest.mark.timeout(900)
@pytest.mark.parametrize(
    ("suite", "count"), [("record", 12), ("runs", 12), ("disk", 10), ("damage", 60)]
)
def test_nothing_is_wrong_after_it(suite: str, count: int) -> None:
    if suite == "disk" and os.geteuid() != 0:
        pytest.skip("only root may mount a small disk")
    command = [sys.executable, "-m", "benchmarks.chaos", f"--{suite}", "--count", str(count)]
    finished = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert finished.returncode == 0, finished.stdout + finished.stderr
    report = json.loads(finished.stdout)
    assert report["benchmark"] == f"chaos {suite}"
    assert report["faults"] == []
