"""Which engine trains: what was asked for, or what is the quickest here; and why."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from importlib.util import find_spec

import pytest

from lstm_core.engines import choosing
from lstm_core.engines.choosing import choose_engine
from lstm_core.errors import SpecError
from lstm_core.machine import Gpu

LOAD = """
import json, os, sys
import lstm_core.engines.choosing as choosing
from lstm_core.jobs.working.worker import _load_engines
_load_engines()
import keras
engines = sorted({"tensorflow", "jax", "torch"} & set(sys.modules))
told = [keras.config.backend(), choosing.settle_engine().engine, os.environ.get("KERAS_BACKEND")]
print(json.dumps([*told, engines]))
"""


@pytest.fixture(autouse=True)
def nothing_asked(monkeypatch: pytest.MonkeyPatch) -> None:
    """Nobody names an engine, there is no GPU, and everything is installed."""
    monkeypatch.delenv("KERAS_BACKEND", raising=False)
    monkeypatch.delenv("LSTM_STUDIO_ENGINE", raising=False)
    monkeypatch.setattr(choosing, "list_gpus", lambda: ())
    monkeypatch.setattr(choosing, "find_spec", lambda name: object())


def test_without_a_gpu_it_is_jax() -> None:
    choice = choose_engine()
    assert choice.engine == "jax"
    assert "no GPU" in choice.reason


def test_with_a_gpu_it_is_tensorflow(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(choosing, "list_gpus", lambda: (Gpu("0", "NVIDIA H200"),))
    choice = choose_engine()
    assert choice.engine == "tensorflow"
    assert "there is a GPU" in choice.reason


def test_without_jax_it_is_tensorflow(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(choosing, "find_spec", lambda name: None)
    choice = choose_engine()
    assert choice.engine == "tensorflow"
    assert "not installed" in choice.reason


def test_trials_of_a_search_are_not_compiled_one_by_one() -> None:
    choice = choose_engine(of_many_shapes=True)
    assert choice.engine == "tensorflow"
    assert "trial" in choice.reason


@pytest.mark.parametrize("of_many_shapes", [False, True])
def test_what_was_asked_for_holds_and_keras_s_own_variable_has_the_last_word(
    of_many_shapes: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("LSTM_STUDIO_ENGINE", "torch")
    choice = choose_engine(of_many_shapes=of_many_shapes)
    assert (choice.engine, choice.reason) == ("torch", "LSTM_STUDIO_ENGINE asks for it")
    monkeypatch.setenv("KERAS_BACKEND", "jax")
    choice = choose_engine(of_many_shapes=of_many_shapes)
    assert (choice.engine, choice.reason) == ("jax", "KERAS_BACKEND asks for it")


def test_an_engine_that_does_not_exist_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LSTM_STUDIO_ENGINE", "theano")
    with pytest.raises(SpecError, match="one of auto, tensorflow, jax, torch"):
        choose_engine()


def test_a_process_stays_with_its_choice(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(choosing, "_SETTLED", [])
    assert choosing.settle_engine(of_many_shapes=True).engine == "tensorflow"
    assert choosing.settle_engine().engine == "tensorflow"


@pytest.mark.skipif(find_spec("jax") is None, reason="JAX is not installed")
@pytest.mark.parametrize("engine", ["jax", "tensorflow"])
def test_a_worker_loads_one_engine_and_tells_none_to_the_processes_it_starts(engine: str) -> None:
    environment = {**os.environ, "LSTM_STUDIO_ENGINE": engine}
    done = subprocess.run(
        [sys.executable, "-c", LOAD], env=environment, capture_output=True, text=True, check=True
    )
    assert json.loads(done.stdout.splitlines()[-1]) == [engine, engine, None, [engine]]
