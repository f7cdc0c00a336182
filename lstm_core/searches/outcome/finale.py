"""The end of a search: the best and the default from fresh seeds, then the winner on all rows."""

from __future__ import annotations

import statistics
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from lstm_core.runs.snapshots.search import Role, Trial, TrialRun
from lstm_core.runs.snapshots.status import RunStatus
from lstm_core.runs.stores.trials import TrialOrder
from lstm_core.searches.outcome.settling import MOST_RERUNS, count_attempts
from lstm_core.searches.outcome.standing import DEFAULT, SearchStanding


@dataclass(frozen=True)
class FinaleStep:
    """What is to be run next; with no orders, the end of the finale has been reached."""

    trial: int
    orders: tuple[TrialOrder, ...]


Score = Callable[[TrialRun], float | None]


def find_next_steps(
    standing: SearchStanding, score: Score, development_id: str
) -> list[FinaleStep] | None:
    """Return what has to be queued now; None: everything is done, empty: wait for what runs.

    Args:
        score: of a completed run; None where it has none.
    """
    best = standing.best
    assert best is not None
    settings = standing.plan.settings
    steps: list[FinaleStep] = []
    is_waiting = False
    for trial in list_finalists(standing):
        own = list_runs_for(standing, trial.number, Role.CONFIRMATION)
        values = get_values(trial)
        specs = [
            standing.plan.make_confirmation_spec(values, number)
            for number in range(settings.num_confirmations)
        ]
        missing = tuple(
            TrialOrder(Role.CONFIRMATION, spec, development_id)
            for spec in specs
            if _is_missing(own, spec.training.seed)
        )
        if missing:
            steps.append(FinaleStep(trial.number, missing))
        is_waiting |= any(not run.status.is_finished for run in own)
    if steps or is_waiting:
        return steps
    winner = choose_winner(standing, score)
    own = list_runs_for(standing, winner.number, Role.FINAL)
    spec = standing.plan.make_final_spec(get_values(winner))
    if _is_missing(own, spec.training.seed):
        order = TrialOrder(Role.FINAL, spec, standing.search.dataset_id)
        return [FinaleStep(winner.number, (order,))]
    return [] if any(not run.status.is_finished for run in own) else None


def list_finalists(standing: SearchStanding) -> list[Trial]:
    """Return the best candidate and the default, or the default alone if they are the same."""
    best = standing.best
    assert best is not None
    default = standing.default
    assert default is not None
    plan = standing.plan
    same = plan.make_trial_spec(best.values, 0) == plan.make_trial_spec({}, 0)
    return [default] if same else [best, default]


def choose_winner(standing: SearchStanding, score: Score) -> Trial:
    """Return whose mean score from fresh seeds is better; the default, where they are equal.

    Scores of the search itself would flatter its best one: it was chosen by them.
    """
    objective = standing.plan.objective
    *_, default = finalists = list_finalists(standing)
    best = finalists[0]
    found = [list_scores(standing, trial.number, score) for trial in (best, default)]
    if not found[0] or (
        found[1] and not objective.is_better(statistics.fmean(found[0]), statistics.fmean(found[1]))
    ):
        return default
    return best


def list_scores(standing: SearchStanding, number: int, score: Score) -> list[float]:
    """Return the scores of a trial's confirmations that completed."""
    runs = list_runs_for(standing, number, Role.CONFIRMATION)
    scores = [score(run) for run in runs if run.status is RunStatus.COMPLETED]
    return [each for each in scores if each is not None]


def list_runs_for(standing: SearchStanding, number: int, role: Role) -> list[TrialRun]:
    return [run for run in standing.runs.get(number, ()) if run.role is role]


def get_values(trial: Trial) -> dict[str, object]:
    """Return what makes a trial's spec of the base; the default is the base itself."""
    return {} if trial.number == DEFAULT else trial.values


def _is_missing(runs: Sequence[TrialRun], seed: int) -> bool:
    """Whether a run with this seed is still to be made, or again.

    Again where its process went away, or where it was stopped with a search that now goes on.
    """
    own = [run for run in runs if run.seed == seed]
    if not own:
        return True
    was_cut_off = own[-1].status in (RunStatus.INTERRUPTED, RunStatus.CANCELLED)
    return was_cut_off and count_attempts(own, seed) <= MOST_RERUNS
