"""The suites that knock at the server as strangers and as crowds do, on a small scale."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from typing import Any

import pytest

from tests.journeys.conftest import ROOT

pytestmark = pytest.mark.slow


def run_suite(*flags: str, **environment: str) -> tuple[int, dict[str, Any]]:
    done = subprocess.run(
        [sys.executable, "-m", "benchmarks.chaos", *flags],
        cwd=ROOT,
        env={**os.environ, **environment},
        capture_output=True,
        text=True,
        check=False,
    )
    return done.returncode, json.loads(done.stdout)


def test_no_stranger_is_let_in_and_nothing_gets_out() -> None:
    status, report = run_suite("--surface")
    assert (status, report["faults"]) == (0, [])
    assert report["knocks"] > 1_000
    assert report["requests_of_a_browser"] > 500
    assert report["requests_leaving"] == 0


def test_a_server_that_lets_strangers_in_is_found() -> None:
    status, report = run_suite("--surface", LSTM_STUDIO_ALLOWED_HOSTS="*")
    assert status != 0
    assert any("evil.example" in fault for fault in report["faults"])


def test_a_crowd_is_served_and_leaves_nothing_open() -> None:
    status, report = run_suite("--viewers", "--count", "150")
    assert (status, report["faults"]) == (0, [])
    assert (report["refused"], report["refused_after"]) == (0, 0)
