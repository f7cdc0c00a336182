"""The search's process loads no engine, and its children may still have one."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parents[3]

PROGRAM = """
import json, os, sys
from lstm_core.searches.strategies.engineless import forgo_engine

before = os.environ.get("KERAS_BACKEND")
forgo_engine()
forgo_engine()
from lstm_core.searches.strategies.advisor import Advisor, Suggestion
from lstm_core.spec.search import SearchSpec, parse_space

space = parse_space({"model.units": {"kind": "int", "low": 1, "high": 99}})
for strategy in ("random", "grid", "bayesian", "hyperband"):
    advisor = Advisor(space, SearchSpec(strategy=strategy), max_epochs=9)
    for number in range(1, 9):
        assert isinstance(advisor.ask(number), Suggestion)
        advisor.tell(number, number)
engines = [name for name in ("tensorflow", "jax", "torch") if name in sys.modules]
print(json.dumps([engines, os.environ.get("KERAS_BACKEND") == before]))
"""


def run_program(**environment: str) -> list[object]:
    inherited = {key: value for key, value in os.environ.items() if key != "KERAS_BACKEND"}
    finished = subprocess.run(
        [sys.executable, "-c", PROGRAM],
        cwd=ROOT,
        env={**inherited, **environment},
        capture_output=True,
        text=True,
        check=False,
    )
    assert finished.returncode == 0, finished.stderr[-4000:]
    found: list[object] = json.loads(finished.stdout)
    return found


def test_no_engine_is_loaded_and_the_environment_stays():
    assert run_program() == [[], True]
    assert run_program(KERAS_BACKEND="jax") == [[], True]
