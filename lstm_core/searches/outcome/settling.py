"""What a trial's runs mean for the trial: it goes on, something is run again, or it has ended."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from lstm_core.runs.snapshots.search import TrialRun, TrialStatus
from lstm_core.runs.snapshots.status import RunStatus
from lstm_core.searches.outcome.scoring import score_trial

MOST_RERUNS = 2
"""How often a run is made again whose process went away."""

_ENDINGS = {
    RunStatus.FAILED: TrialStatus.FAILED,
    RunStatus.PRUNED: TrialStatus.PRUNED,
    RunStatus.CANCELLED: TrialStatus.SKIPPED,
}


@dataclass(frozen=True)
class Ending:
    """How a trial ended; see ``runs.snapshots.search.Trial``."""

    status: TrialStatus
    score: float | None = None
    spread: float | None = None
    message: str = ""


@dataclass(frozen=True)
class Rerun:
    """Seeds whose runs were interrupted and are to be made again."""

    seeds: tuple[int, ...]


def settle_trial(
    runs: Sequence[TrialRun], score: Callable[[TrialRun], float | None]
) -> Ending | Rerun | None:
    """Look at a trial's scoring runs, oldest first; None: nothing to do but to wait.

    Args:
        score: of a completed run; None where it has none.
    """
    latest = {run.seed: run for run in runs}
    for run in latest.values():
        if run.status in _ENDINGS:
            return Ending(_ENDINGS[run.status], message=run.message)
    interrupted = [run for run in latest.values() if run.status is RunStatus.INTERRUPTED]
    for run in interrupted:
        if count_attempts(runs, run.seed) > MOST_RERUNS:
            return Ending(
                TrialStatus.FAILED,
                message=f"Interrupted {MOST_RERUNS + 1} times. {run.message}",
            )
    if interrupted:
        return Rerun(tuple(run.seed for run in interrupted))
    if not all(run.status is RunStatus.COMPLETED for run in latest.values()):
        return None
    scores = [score(run) for run in latest.values()]
    known = [each for each in scores if each is not None]
    if len(known) < len(scores) or not known:
        return Ending(
            TrialStatus.FAILED, message="Its score is undefined on the rows that it is scored on."
        )
    total = score_trial(known)
    return Ending(TrialStatus.COMPLETED, total.mean, total.spread)


def count_attempts(runs: Sequence[TrialRun], seed: int) -> int:
    """Count the runs made with this seed."""
    return sum(run.seed == seed for run in runs)
