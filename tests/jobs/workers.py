"""Workers with an experiment that needs no training engine, one kind for each behaviour.

``python -m tests.jobs.workers KIND RUN_ID`` does what ``python -m lstm_core worker RUN_ID`` does,
with another experiment; with ``--answer``, other answers.
"""

from __future__ import annotations

import os
import signal
import sys
import threading
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pandas as pd

from lstm_core.data.series.dataset import Dataset
from lstm_core.errors import DataError, NothingLearnt, RunCancelled, TrainingError
from lstm_core.events import EpochFinished, Listener, NetworkStarted, SpecResolved, TrainingStarted
from lstm_core.jobs.conducting import searcher
from lstm_core.jobs.local.launcher import ANSWER_OPTION, SERVE_OPTION, WAIT_OPTION
from lstm_core.jobs.questions.go_on import GoOn
from lstm_core.jobs.questions.what_if import WhatIf
from lstm_core.jobs.working.worker import run_answerer, run_worker, serve_runs, wait_for_run
from lstm_core.searches.strategies.engineless import forgo_engine
from lstm_core.settings import load_settings
from lstm_core.spec import ExperimentSpec
from lstm_core.tables import table_to_parquet

ROOT = Path(__file__).parents[2]

LOADED = "All is loaded."
"""What these print when they are made ready."""

JUDGING_SECONDS = 1.5
"""Of computing."""


@dataclass(frozen=True)
class FakeResult:
    metrics: Mapping[str, float | None] = field(default_factory=lambda: {"mae": 0.5})
    baselines: Mapping[str, Mapping[str, Any]] = field(
        default_factory=lambda: {"last_value": {"mae": 1.0}}
    )
    verdict: Mapping[str, Any] = field(default_factory=lambda: {"beats_baseline": True})
    diagnoses: Sequence[Mapping[str, Any]] = ({"kind": "flat_line"},)
    stopped: str = ""

    def artifacts(self) -> Mapping[str, bytes]:
        return {"model.json": b"{}", "weights.npz": b"weights"}


@dataclass(frozen=True)
class FakeScore:
    """A result with all that a search reads of one."""

    score: float
    diagnoses: Sequence[Mapping[str, Any]] = ()
    stopped: str = ""

    @property
    def metrics(self) -> Mapping[str, float | None]:
        return {"mase": self.score, "mae": 2 * self.score, "rmse": 3 * self.score, "r2": 0.5}

    @property
    def baselines(self) -> Mapping[str, Mapping[str, Any]]:
        return {"last_value": {"mase": 1.0, "mae": 2.0}, "drift": {"mase": 1.5, "mae": 3.0}}

    @property
    def verdict(self) -> Mapping[str, Any]:
        return {"beats_baseline": self.score < 1, "sentence": "It was judged."}

    def artifacts(self) -> Mapping[str, bytes]:
        folds = {"by": "fold", "value": ["1", "2"], "model": [self.score, self.score + 0.1]}
        return {"breakdowns.parquet": table_to_parquet(pd.DataFrame(folds))}


def score_spec(spec: ExperimentSpec) -> float:
    """The smaller the nearer dropout is to 0.3; the seed changes it a little."""
    return round(0.5 + abs(spec.model.dropout - 0.3) + 0.001 * (spec.training.seed % 7), 6)


def run_scored(
    spec: ExperimentSpec,
    dataset: Dataset,
    *,
    on_event: Listener,
    should_stop: Callable[[], bool],
    should_conclude: Callable[[], bool],
    pause_seconds: float = 0.0,
) -> FakeScore:
    """Have a loss that follows from the spec, and stop when asked, between any two epochs."""
    score = score_spec(spec)
    on_event(TrainingStarted(num_epochs=10, num_parameters=7, device="CPU"))
    on_event(NetworkStarted(1, "network", 10))
    pause = threading.Event()
    for epoch in range(1, 11):
        on_event(EpochFinished(epoch, score, score + 1 / epoch, 0.1))
        if pause_seconds:
            pause.wait(pause_seconds)
        if should_stop():
            raise RunCancelled
    return FakeScore(score)


MAY_CHOOSE = threading.Event()
"""Set once those that choose have been waited for long enough."""


def choose(spec: ExperimentSpec, dataset: Dataset, *, on_event: Listener, **rest: Any) -> FakeScore:
    """Choose what is open by the validation part, when it may, before it trains for good."""
    if spec.task.window_normalisation is None:
        on_event(NetworkStarted(1, "trying", 3, is_tryout=True))
        on_event(EpochFinished(1, 1.0, 1.0, 0.1))
        assert MAY_CHOOSE.wait(60)
        spec = spec.with_values({"task.window_normalisation": "mean_std"})
        on_event(SpecResolved(spec.model_dump(mode="json"), {}))
    return run_scored(spec, dataset, on_event=on_event, **rest)


def run_scored_slowly(spec: ExperimentSpec, dataset: Dataset, **listeners: Any) -> FakeScore:
    return run_scored(spec, dataset, **listeners, pause_seconds=0.05)


def fail(spec: ExperimentSpec, dataset: Dataset, **listeners: Any) -> FakeScore:
    raise TrainingError("The loss is not a number.", "Lower the learning rate.")


def fail_sometimes(spec: ExperimentSpec, dataset: Dataset, **listeners: Any) -> FakeScore:
    return (fail if spec.model.dropout > 0.5 else run_scored)(spec, dataset, **listeners)


def die_once(spec: ExperimentSpec, dataset: Dataset, **listeners: Any) -> FakeScore:
    """Leave as a killed process does, the first time that a spec is run."""
    mark = load_settings().home / f"seen-{spec.fingerprint}"
    if not mark.exists():
        mark.touch()
        os.kill(os.getpid(), signal.SIGKILL)
    return run_scored(spec, dataset, **listeners)


def die(spec: ExperimentSpec, dataset: Dataset, **listeners: Any) -> FakeScore:
    if spec.model.dropout > 0:  # the default lives
        os.kill(os.getpid(), signal.SIGKILL)
    return run_scored(spec, dataset, **listeners)


def run_quickly(
    spec: ExperimentSpec,
    dataset: Dataset,
    *,
    on_event: Listener,
    should_stop: Callable[[], bool],
    should_conclude: Callable[[], bool],
) -> FakeResult:
    on_event(TrainingStarted(num_epochs=2, num_parameters=7, device="CPU"))
    for epoch in (1, 2):
        on_event(EpochFinished(epoch, 1 / epoch, 2 / epoch, 0.1))
    return FakeResult()


def run_until_asked(
    spec: ExperimentSpec,
    dataset: Dataset,
    *,
    on_event: Listener,
    should_stop: Callable[[], bool],
    should_conclude: Callable[[], bool],
) -> FakeResult:
    on_event(TrainingStarted(num_epochs=1000, num_parameters=7, device="CPU"))
    on_event(EpochFinished(1, 1.0, 1.0, 0.1))
    pause = threading.Event()
    while not should_conclude():
        pause.wait(0.02)
    raise NothingLearnt


def judge_at_leisure(
    spec: ExperimentSpec,
    dataset: Dataset,
    *,
    on_event: Listener,
    should_stop: Callable[[], bool],
    should_conclude: Callable[[], bool],
) -> FakeResult:
    """Compute, and asked to conclude, for longer than any test's grace, without a word."""
    on_event(EpochFinished(1, 1.0, 1.0, 0.1))
    while not should_conclude():
        pass
    end = time.process_time() + JUDGING_SECONDS
    while time.process_time() < end:
        pass
    return FakeResult(stopped="Stopped early on request.")


def run_deaf(
    spec: ExperimentSpec,
    dataset: Dataset,
    *,
    on_event: Listener,
    should_stop: Callable[[], bool],
    should_conclude: Callable[[], bool],
) -> FakeResult:
    """Heed neither the request nor the signal to end."""
    signal.signal(signal.SIGTERM, signal.SIG_IGN)
    on_event(EpochFinished(1, 1.0, 1.0, 0.1))
    threading.Event().wait()
    return FakeResult()


def desert(*_: object, **__: object) -> Any:
    """Leave in the middle, as a process that is killed does."""
    os._exit(9)


def command(kind: str) -> tuple[str, ...]:
    """Return the command for ``LocalBackend``."""
    return (sys.executable, "-m", "tests.jobs.workers", kind)


def foretell(question: WhatIf) -> pd.DataFrame:
    """Say the edits again, and who said so."""
    return question.edits.reset_index(drop=True).assign(pid=os.getpid(), run_id=question.run_id)


def refuse(question: WhatIf) -> pd.DataFrame:
    raise DataError("This can't be answered.", "Ask something else.")


def ponder(question: WhatIf) -> pd.DataFrame:
    threading.Event().wait()
    return question.edits


def stumble(question: WhatIf) -> pd.DataFrame:
    """Have a fault, unless the question is about a run called so."""
    if question.run_id != "well":
        raise ZeroDivisionError
    return foretell(question)


def doze(question: WhatIf) -> pd.DataFrame:
    """Answer only questions about a run called so."""
    return foretell(question) if question.run_id == "well" else ponder(question)


def desert_once(question: WhatIf) -> pd.DataFrame:
    """Leave in the middle, the first time that anybody asks."""
    mark = load_settings().home / "deserted"
    if not mark.exists():
        mark.touch()
        desert()
    return foretell(question)


ASKED: list[GoOn] = []
"""What this process was asked to write."""


def write_on(question: GoOn) -> Iterator[dict[str, Any]]:
    """Count, a piece each; slowly enough to be looked at."""
    ASKED.append(question)
    for number in range(question.asked["count"]):
        yield {"at": number, "pid": os.getpid(), "num_asked": len(ASKED)}
        threading.Event().wait(0.01)


def write_once(question: GoOn) -> Iterator[dict[str, Any]]:
    """Leave after three pieces, the first time that anybody asks."""
    mark = load_settings().home / "deserted"
    for piece in write_on(question):
        yield piece
        if piece["at"] == 2 and not mark.exists():
            mark.touch()
            desert()


ANSWERS: dict[str, Callable[..., Any]] = {
    "writer": write_on,
    "writes_once": write_once,
    "quick": foretell,
    "refuser": refuse,
    "ponderer": ponder,
    "dozer": doze,
    "deserter": desert,
    "deserts_once": desert_once,
    "stumbler": stumble,
}

KINDS: dict[str, Callable[..., Any]] = {
    "quick": run_quickly,
    "patient": run_until_asked,
    "judging": judge_at_leisure,
    "deaf": run_deaf,
    "deserter": desert,
    "scored": run_scored,
    "choosing": choose,
    "slowly": run_scored_slowly,
    "failing": fail,
    "sometimes": fail_sometimes,
    "dies_once": die_once,
    "dies": die,
}

if __name__ == "__main__":
    if sys.argv[1] == "searcher":  # a search whose trials are these workers
        forgo_engine()
        searcher.WORKER_COMMAND = command("slowly")
        sys.exit(searcher.run_searcher(sys.argv[2]))
    if sys.argv[1] == "stillborn":
        print("cannot even import")
        os._exit(3)
    answer = ANSWERS.get(sys.argv[1], foretell)
    if sys.argv[2] == ANSWER_OPTION:
        sys.exit(run_answerer(answer=answer))
    fake = KINDS[sys.argv[1]]
    if sys.argv[2] == SERVE_OPTION:
        sys.exit(serve_runs(load=lambda: print(LOADED, flush=True), experiment=fake))
    if sys.argv[2] == WAIT_OPTION:
        sys.exit(wait_for_run(load=lambda: None, experiment=fake, answer=answer))
    sys.exit(run_worker(sys.argv[2], experiment=fake))
