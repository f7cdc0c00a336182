"""A spare worker has done the imports that a person would else wait for."""

from __future__ import annotations

import json
import os
import subprocess
import sys

import pytest

_FIRST_EPOCH = """
import json, sys
from lstm_core.data.series.building.building import build_dataset
from lstm_core.data.sources.samples import load_sample
from lstm_core.events import EpochFinished
from lstm_core.jobs.working.worker import _load_engines
from lstm_core.spec import ExperimentSpec

class Reached(Exception):
    pass

def look(event):
    if isinstance(event, EpochFinished):
        raise Reached

_load_engines()
loaded = {name.partition(".")[0] for name in sys.modules}
values = {"training.preset": "fast", "training.windows_per_epoch": 32, "model.units": 4}
spec = ExperimentSpec().with_values({"task.lookback": 8, "task.horizon": 2} | values)
dataset = build_dataset(load_sample("sine"), spec.data)
from lstm_core.pipeline import run_experiment
try:
    run_experiment(spec, dataset, on_event=look)
except Reached:
    later = {name.partition(".")[0] for name in sys.modules} - loaded - sys.stdlib_module_names
    print(json.dumps({"engine": "keras" in loaded, "later": sorted(later)}))
"""


@pytest.mark.parametrize("engine", ["tensorflow", "jax"])
def test_until_its_first_epoch_a_run_imports_no_package_that_a_spare_has_not(engine: str) -> None:
    done = subprocess.run(
        [sys.executable, "-c", _FIRST_EPOCH],
        capture_output=True,
        text=True,
        check=True,
        env={**os.environ, "LSTM_STUDIO_ENGINE": engine},
    )
    assert json.loads(done.stdout.splitlines()[-1]) == {"engine": True, "later": []}


_WITHOUT_JAX = """
import sys
from scipy import stats
from lstm_core.jobs.working.worker import _prepare_engine

for _ in range(2):
    _prepare_engine()
import keras
assert "jax" not in sys.modules
try:
    import jax.numpy
except ImportError:
    print(stats.ttest_ind([1.0, 2.0], [3.0, 5.0]).pvalue)
"""


def test_a_worker_on_tensorflow_leaves_jax_out_and_nothing_else_stumbles_over_that() -> None:
    environment = {**os.environ, "KERAS_BACKEND": "tensorflow"}
    done = subprocess.run(
        [sys.executable, "-c", _WITHOUT_JAX],
        capture_output=True,
        text=True,
        check=True,
        env=environment,
    )
    assert 0 < float(done.stdout) < 1
