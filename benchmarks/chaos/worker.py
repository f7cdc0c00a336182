"""A worker whose training is made up: ``... worker RUN_ID``, or ``--wait`` for one.

It does all that a worker does but load an engine, and notes in the home that it has begun a run.
"""

from __future__ import annotations

import os
import sys
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from lstm_core.data.series.dataset import Dataset
from lstm_core.errors import RunCancelled
from lstm_core.events import EpochFinished, Listener, TrainingStarted
from lstm_core.jobs.local.launcher import WAIT_OPTION
from lstm_core.jobs.working.worker import run_worker, wait_for_run
from lstm_core.settings import load_settings
from lstm_core.spec import ExperimentSpec

BEGUN = "begun.txt"
"""In the home: a line for each time that some process began a run, the run's seed."""

NUM_EPOCHS = 5
EPOCH_SECONDS = 0.1


@dataclass(frozen=True)
class MadeUpResult:
    metrics: Mapping[str, float | None] = field(default_factory=lambda: {"mae": 0.5})
    baselines: Mapping[str, Mapping[str, Any]] = field(default_factory=dict)
    verdict: Mapping[str, Any] = field(default_factory=dict)
    diagnoses: Sequence[Mapping[str, Any]] = ()
    stopped: str = ""

    def artifacts(self) -> Mapping[str, bytes]:
        return {"model.json": b"{}", "weights.npz": os.urandom(50_000)}


def pretend(
    spec: ExperimentSpec,
    dataset: Dataset,
    *,
    on_event: Listener,
    should_stop: Callable[[], bool],
    should_conclude: Callable[[], bool],
) -> MadeUpResult:
    """Take a moment for each epoch."""
    with (load_settings().home / BEGUN).open("a") as notes:
        notes.write(f"{spec.training.seed}\n")
    on_event(TrainingStarted(NUM_EPOCHS, 7, "CPU"))
    for epoch in range(1, NUM_EPOCHS + 1):
        time.sleep(EPOCH_SECONDS)
        on_event(EpochFinished(epoch, 1 / epoch, 1 / epoch, EPOCH_SECONDS))
        if should_stop() or should_conclude():
            raise RunCancelled
    return MadeUpResult()


if __name__ == "__main__":
    if sys.argv[1] == WAIT_OPTION:
        sys.exit(wait_for_run(load=lambda: None, experiment=pretend))
    sys.exit(run_worker(sys.argv[1], experiment=pretend))
