"""Trained runs that tests of several modules, in several processes, look at: each is made once.

A work is known by what it follows from, its spec and its data; whoever asks first makes it, and
whoever asks meanwhile waits. The gallery lasts for one session of tests: a plugin of ``conftest``.
"""

from __future__ import annotations

import fcntl
import hashlib
import os
import pickle
import shutil
import tempfile
from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
import pytest

if TYPE_CHECKING:
    from lstm_core.data.series.dataset import Dataset
    from lstm_core.events import Event
    from lstm_core.pipeline import ExperimentResult
    from lstm_core.spec import ExperimentSpec

_FOLDER = "LSTM_STUDIO_TEST_GALLERY"


@dataclass(frozen=True)
class Experiment:
    """A run, and what it told on its way; a result is frozen."""

    spec: ExperimentSpec
    dataset: Dataset
    result: ExperimentResult
    events: list[Event]


def pytest_configure(config: pytest.Config) -> None:
    if not hasattr(config, "workerinput"):  # the processes side by side are told of it
        os.environ[_FOLDER] = tempfile.mkdtemp(prefix="gallery-")


def pytest_unconfigure(config: pytest.Config) -> None:
    if not hasattr(config, "workerinput"):
        shutil.rmtree(os.environ.pop(_FOLDER), ignore_errors=True)


def get_experiment(spec: ExperimentSpec, dataset: Dataset) -> Experiment:
    """Return the run of a spec on a dataset, trained by the engine of this process."""
    import keras

    from lstm_core.pipeline import run_experiment

    def make(folder: Path) -> None:
        events: list[Event] = []
        result = run_experiment(spec, dataset, on_event=events.append)
        kept = Experiment(spec, dataset, replace(result, predict=_predict_nothing), events)
        (folder / "experiment").write_bytes(pickle.dumps(kept))

    folder = get_work(
        "experiment", spec.to_json(), dataset.fingerprint, keras.config.backend(), make=make
    )
    found = pickle.loads((folder / "experiment").read_bytes())
    assert isinstance(found, Experiment)
    return found


def _predict_nothing(cutoffs: np.ndarray) -> np.ndarray:
    raise RuntimeError("the networks of this run stayed in the process that trained them")


def get_work(*key: Any, make: Callable[[Path], None]) -> Path:
    """Return the folder of one work, which is nobody's to change.

    Args:
        key: what the work follows from.
        make: puts it into a folder; called once in a session.
    """
    name = hashlib.sha256("\0".join(map(str, key)).encode()).hexdigest()[:32]
    gallery = Path(os.environ[_FOLDER])
    with (gallery / f"{name}.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not (gallery / name).exists():
            making = gallery / f"{name}.making"
            shutil.rmtree(making, ignore_errors=True)  # of somebody who failed
            making.mkdir()
            make(making)
            making.rename(gallery / name)
    return gallery / name
