"""What a trial's runs mean for it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime

import pytest

from lstm_core.runs.snapshots.search import Role, TrialRun, TrialStatus
from lstm_core.runs.snapshots.status import RunStatus
from lstm_core.searches.outcome.settling import Ending, Rerun, settle_trial

NOW = datetime(2026, 1, 1, tzinfo=UTC)
COMPLETED, INTERRUPTED, FAILED = RunStatus.COMPLETED, RunStatus.INTERRUPTED, RunStatus.FAILED


def make_run(seed: int, status: RunStatus, score: float | None = 1.0) -> TrialRun:
    return TrialRun(
        id=f"run {seed}", trial=1, role=Role.TRIAL, seed=seed, status=status, place="", device=None,
        phase="", progress=0.0, num_parameters=None, metrics={"mase": score}, baselines=None,
        message=f"It is {status}.", is_stopping=False, created_at=NOW, started_at=None,
        finished_at=None,
    )  # fmt: skip


def settle(runs: Sequence[TrialRun]) -> Ending | Rerun | None:
    return settle_trial(runs, lambda run: (run.metrics or {})["mase"])


@pytest.mark.parametrize("status", [RunStatus.QUEUED, RunStatus.RUNNING])
def test_what_still_runs_is_waited_for(status: RunStatus) -> None:
    assert settle([make_run(1, COMPLETED), make_run(2, status)]) is None


def test_the_score_is_the_mean_over_seeds() -> None:
    ended = settle([make_run(1, COMPLETED, 1.0), make_run(2, COMPLETED, 2.0)])
    assert ended == Ending(TrialStatus.COMPLETED, 1.5, pytest.approx(0.7071, abs=1e-4))
    assert settle([make_run(1, COMPLETED, 3.0)]) == Ending(TrialStatus.COMPLETED, 3.0, None)


@pytest.mark.parametrize(
    ("status", "ending"),
    [
        (FAILED, TrialStatus.FAILED),
        (RunStatus.PRUNED, TrialStatus.PRUNED),
        (RunStatus.CANCELLED, TrialStatus.SKIPPED),
    ],
)
def test_one_run_that_ends_badly_decides(status: RunStatus, ending: TrialStatus) -> None:
    ended = settle([make_run(1, RunStatus.RUNNING), make_run(2, status)])
    assert ended == Ending(ending, message=f"It is {status}.")


def test_an_interrupted_run_is_made_again_twice_at_most() -> None:
    runs = [make_run(1, COMPLETED), make_run(2, INTERRUPTED)]
    assert settle(runs) == Rerun((2,))
    assert settle([*runs, make_run(2, RunStatus.QUEUED)]) is None
    runs += [make_run(2, INTERRUPTED)]
    assert settle(runs) == Rerun((2,))
    assert settle([*runs, make_run(2, COMPLETED)]) == Ending(TrialStatus.COMPLETED, 1.0, 0.0)
    ended = settle([*runs, make_run(2, INTERRUPTED)])
    assert isinstance(ended, Ending)
    assert ended.status is TrialStatus.FAILED
    assert "Interrupted 3 times" in ended.message


def test_a_run_without_a_score_fails_its_trial() -> None:
    ended = settle([make_run(1, COMPLETED), make_run(2, COMPLETED, None)])
    assert isinstance(ended, Ending)
    assert ended.status is TrialStatus.FAILED
    assert "undefined" in ended.message
