"""What importing a large library costs less by, and what it leaves as it was."""

from __future__ import annotations

import gc
import subprocess
import sys

import pytest

from lstm_core.machine import importing_much, leaving_out


def test_nothing_is_collected_meanwhile_and_as_before_afterwards() -> None:
    with importing_much():
        assert not gc.isenabled()
    assert gc.isenabled()
    gc.disable()
    try:
        with importing_much():
            pass
        assert not gc.isenabled()
    finally:
        gc.enable()
        gc.unfreeze()


def test_an_import_that_fails_leaves_the_collector_on() -> None:
    with pytest.raises(ImportError), importing_much():
        raise ImportError
    assert gc.isenabled()
    gc.unfreeze()


def test_a_package_is_left_out_for_a_while() -> None:
    script = """
import sys
from lstm_core.machine import leaving_out
with leaving_out("colorsys"):
    try:
        import colorsys
    except ModuleNotFoundError as error:
        assert error.name == "colorsys", error
    else:
        raise AssertionError("it was found")
    assert "colorsys" not in sys.modules
import colorsys
"""
    subprocess.run([sys.executable, "-c", script], check=True)
    finders = list(sys.meta_path)
    with pytest.raises(ZeroDivisionError), leaving_out("colorsys"):
        _ = 1 / 0
    assert sys.meta_path == finders


def test_forecasting_is_loaded_without_what_keras_could_wrap() -> None:
    script = """
import gc, sys
from lstm_core.tasks.registry import get_kind, load_engine
kind, counts = get_kind("forecasting"), []
count = lambda phase, info: counts.append(info["generation"])
gc.callbacks.append(count)
engine = load_engine(kind)
gc.callbacks.remove(count)
assert not counts, counts
assert "sklearn" not in sys.modules
assert load_engine(kind) is engine
import sklearn.linear_model
load_engine(get_kind("classification"))
"""
    subprocess.run([sys.executable, "-c", script], check=True)
