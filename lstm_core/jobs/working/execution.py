"""Carry out one run and put its outcome into the record, whatever happens."""

from __future__ import annotations

import errno
import logging
import time
from collections.abc import Callable, Mapping, Sequence
from contextlib import closing
from dataclasses import dataclass, field
from functools import partial
from typing import Any, Protocol, TypeVar

from lstm_core.errors import NothingLearnt, RunCancelled, StudioError
from lstm_core.events import Event, Listener, PhaseStarted, ignore_events
from lstm_core.jobs.members.hiring import Helpers
from lstm_core.jobs.working.pruning import Pruner
from lstm_core.jobs.working.reporting import Reporter
from lstm_core.runs.snapshots.run import Run
from lstm_core.runs.snapshots.status import RunStatus
from lstm_core.runs.stores.store import Store
from lstm_core.spec import ExperimentSpec

_LOGGER = logging.getLogger(__name__)
_Value = TypeVar("_Value")


class Result(Protocol):
    """What an experiment leaves behind; ``artifacts`` gives named files.

    ``stopped`` says what was left out where it was asked to conclude; empty if nothing was.
    """

    @property
    def metrics(self) -> Mapping[str, float | None]: ...
    @property
    def baselines(self) -> Mapping[str, Mapping[str, Any]]: ...
    @property
    def verdict(self) -> Mapping[str, Any]: ...
    @property
    def diagnoses(self) -> Sequence[Mapping[str, Any]] | None: ...
    @property
    def stopped(self) -> str: ...
    def artifacts(self) -> Mapping[str, bytes]: ...


class Experiment(Protocol):
    """The shape of ``pipeline.run_experiment``; it knows which collection its task reads."""

    def __call__(
        self,
        spec: ExperimentSpec,
        collection: Any,
        /,
        *,
        on_event: Listener,
        should_stop: Callable[[], bool],
        should_conclude: Callable[[], bool],
    ) -> Result: ...


@dataclass(frozen=True)
class _Outcome:
    status: RunStatus
    message: str = ""
    result: Mapping[str, Any] = field(default_factory=dict)


def execute_run(
    store: Store,
    run: Run,
    *,
    experiment: Experiment | None = None,
    on_event: Listener = ignore_events,
    should_conclude: Callable[[], bool] = lambda: False,
    retry_seconds: tuple[float, ...] = (1, 4, 15),
) -> Run:
    """Carry out a run that this process has adopted or created, and return it finished.

    Args:
        experiment: by default the pipeline, imported only now because it loads the engine.
        on_event: hears every event beside the record; called in this thread.
        should_conclude: whether to end the training, beside what the record says; what it has
            learnt by then is judged and kept.
        retry_seconds: pauses between attempts to write the outcome, should the disk be full or
            the record be busy.

    Raises:
        RecordError: the outcome could not be written in any attempt.
    """
    pruner = Pruner(run.limit)
    with Reporter(store.runs, run.id) as reporter:

        def tell(event: Event) -> None:
            pruner(event)
            reporter(event)
            on_event(event)

        signs = {
            "on_event": tell,
            "should_stop": lambda: pruner.should_stop() or reporter.should_stop(),
            "should_conclude": lambda: should_conclude() or reporter.should_conclude(),
        }
        try:
            with closing(Helpers(store.settings, run.dataset_id)) as helpers:
                outcome = _carry_out(store, run, experiment, signs, retry_seconds, helpers)
        except (RunCancelled, KeyboardInterrupt) as stop:
            if pruner.should_stop() and not reporter.should_stop():
                outcome = _Outcome(RunStatus.PRUNED, pruner.sentence)
            else:
                outcome = _Outcome(RunStatus.CANCELLED, str(stop) or "Stopped on request.")
        except StudioError as error:
            _LOGGER.info("The run failed: %s", error)
            outcome = _Outcome(RunStatus.FAILED, str(error))
        except Exception as error:  # a run must end with a sentence, whatever the defect
            _LOGGER.exception("The run failed")
            outcome = _Outcome(RunStatus.FAILED, _explain(error))
    return _try_repeatedly(
        lambda: store.runs.finish(
            run.id, outcome.status, message=outcome.message, **outcome.result
        ),
        retry_seconds,
    )


def _carry_out(
    store: Store,
    run: Run,
    experiment: Experiment | None,
    signs: Mapping[str, Any],
    retry_seconds: tuple[float, ...],
    helpers: Helpers,
) -> _Outcome:
    if run.cancel_requested_at is not None:  # it was asked before it had its process
        raise NothingLearnt
    on_event = signs["on_event"]
    if experiment is None:
        on_event(PhaseStarted("Loading the training engine"))
        from lstm_core.pipeline import run_experiment

        experiment = run_experiment
        if run.trial is None:  # else another trial has the core that a helper would take
            signs = {**signs, "hire": helpers.begin}
    collection = store.collections.get(run.dataset_id)
    result = experiment(run.spec, collection, **signs)
    on_event(PhaseStarted("Saving the result"))
    for name, content in result.artifacts().items():
        keep = partial(store.artifacts.put, run.id, name, content)
        _try_repeatedly(keep, retry_seconds)
    return _Outcome(
        RunStatus.CANCELLED if result.stopped else RunStatus.COMPLETED,
        result.stopped,
        result={
            "metrics": result.metrics,
            "baselines": result.baselines,
            "verdict": result.verdict,
            "diagnoses": result.diagnoses,
        },
    )


def _try_repeatedly(action: Callable[[], _Value], retry_seconds: tuple[float, ...]) -> _Value:
    """Call until it works; hours of training are worth a wait for a full disk to be cleared."""
    for pause in retry_seconds:
        try:
            return action()
        except StudioError as error:
            if not error.retryable:
                raise
            _LOGGER.warning("The outcome could not be written, trying again: %s", error)
            time.sleep(pause)
    return action()


def _explain(error: Exception) -> str:
    """Say an unforeseen error in plain words; the log has the rest."""
    said = f"{type(error).__name__} {error}"  # each engine has a class of its own
    if isinstance(error, MemoryError) or "ResourceExhausted" in said or "OutOfMemory" in said:
        return (
            "Memory ran out. Choose a smaller batch size, fewer units or a shorter lookback, "
            "or close other programs."
        )
    if isinstance(error, OSError) and error.errno in (errno.ENOSPC, errno.EDQUOT):
        return "The disk is full. Free some space and start the run again."
    return (
        f"LSTM Studio met a fault of its own ({type(error).__name__}). Try again; if it comes "
        "back, the run's log tells the maintainers what happened."
    )
