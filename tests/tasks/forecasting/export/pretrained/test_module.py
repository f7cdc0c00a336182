"""What is joined forecasts what the app forecasts, where nothing of ours can be imported."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest

from lstm_core.tasks.forecasting.export.pretrained.module import (
    MODULE_FILE,
    WEIGHTS_FILE,
    write_module,
)
from lstm_core.tasks.forecasting.pretrained.answering import forecast
from lstm_core.tasks.forecasting.pretrained.history import Histories
from lstm_core.tasks.forecasting.pretrained.made_up import RHYTHMS, make_up
from lstm_core.tasks.forecasting.pretrained.packing import Pretrained, pack, unpack
from tests.tasks.forecasting.pretrained.untrained import make_untrained

_PROGRAM = """
import importlib.util, json, sys
sys.path.insert(0, sys.argv[1])
assert importlib.util.find_spec("lstm_core") is None, "ours can be imported"
import numpy as np
from pretrained import DataError, Histories, forecast
said = {}
with np.load("series.npz") as stored:
    for name, (seasons, steps) in json.loads(sys.argv[2]).items():
        said[name] = forecast(Histories.of(list(stored[name]), seasons), steps).quantiles
np.savez("said.npz", **said)
try:
    forecast(Histories.of([np.arange(9.0)]), 10_000)
except DataError as error:
    print(error)
loaded = {name.partition(".")[0] for name in sys.modules}
print(sorted(loaded & {"pandas", "keras", "tensorflow", "jax", "scipy"}))
"""
LONG, SHORT = 460, 30


@pytest.fixture(scope="module")
def pretrained() -> bytes:
    return pack(make_untrained(2).members, {})


def test_it_says_what_the_app_says_of_every_rhythm(tmp_path: Path, pretrained: bytes) -> None:
    rng = np.random.default_rng(11)
    series, asked = {}, {}
    for rhythm in RHYTHMS:
        for length in (SHORT, LONG):
            name = f"{rhythm.name}, {length}"
            series[name] = make_up(rng, rhythm, 3, length).values
            asked[name] = (rhythm.seasons, min(rhythm.steps, 24))
    (tmp_path / MODULE_FILE).write_text(write_module(), encoding="utf-8")
    (tmp_path / WEIGHTS_FILE).write_bytes(pretrained)
    np.savez(tmp_path / "series.npz", **series)
    program = [sys.executable, "-I", "-c", _PROGRAM, str(tmp_path), json.dumps(asked)]
    told = subprocess.run(program, cwd=tmp_path, capture_output=True, text=True, check=False)
    assert told.returncode == 0, told.stderr
    refused, loaded = told.stdout.strip().splitlines()
    assert "steps ahead" in refused
    assert loaded == "[]"
    same = Pretrained(unpack(pretrained)[0])
    with np.load(tmp_path / "said.npz") as said:
        for name, (seasons, steps) in asked.items():
            own = forecast(Histories.of(list(series[name]), seasons), steps, same).quantiles
            assert said[name] == pytest.approx(own, rel=1e-6, abs=1e-9), name


def test_it_is_code_that_people_can_read() -> None:
    text = write_module()
    assert "lstm_core" not in text
    for told in ("# ── rules.candidates ─", "class Histories:", "def forecast(", "Persons"):
        assert told in text
    assert max(map(len, text.splitlines())) <= 100


def test_it_is_formatted_as_ours_is(tmp_path: Path) -> None:
    path = tmp_path / MODULE_FILE
    path.write_text(write_module(), encoding="utf-8")
    root = Path(__file__).parents[5]
    program = [sys.executable, "-m", "ruff", "format", "--check", "--config", "pyproject.toml"]
    told = subprocess.run([*program, path], cwd=root, capture_output=True, text=True, check=False)
    assert told.returncode == 0, told.stdout + told.stderr
