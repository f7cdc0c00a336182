"""How a search stands, and what is said of it before it is over."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from lstm_core.runs.snapshots.search import (
    Role,
    Search,
    SearchPhase,
    SearchStatus,
    Trial,
    TrialRun,
    TrialStatus,
)
from lstm_core.runs.snapshots.status import RunStatus
from lstm_core.searches.objective import SKILL, VALIDATION_LOSS
from lstm_core.searches.outcome.finale import choose_winner, find_next_steps, list_finalists
from lstm_core.searches.outcome.scoring import score_baseline, score_run
from lstm_core.searches.outcome.standing import SearchStanding
from lstm_core.searches.plan import SearchPlan
from lstm_core.tasks.forecasting.judging.measures import MEASURES
from tests.searches.test_plan import make_plan

NOW = datetime(2026, 1, 1, tzinfo=UTC)
MASE, *_, R2 = MEASURES
BASELINES = {"last_value": {"mase": 1.0, "r2": 0.2}, "drift": {"mase": 0.8, "r2": 0.1}}


def make_trial(
    number: int, score: float | None, status: TrialStatus = TrialStatus.COMPLETED
) -> Trial:
    return Trial(
        number, status, {"model.units": 8 + number} if number else {}, None, score, None, 9.0, "",
        None, None, None, None, NOW, NOW,
    )  # fmt: skip


def make_run(
    trial: int, role: Role = Role.TRIAL, score: float | None = 1.0, seed: int = 42, **changes: Any
) -> TrialRun:
    run = TrialRun(
        id=f"{trial} {role} {seed}", trial=trial, role=role, seed=seed,
        status=RunStatus.COMPLETED, place="CPU 1 of 2, 1 thread", device=None, phase="",
        progress=1.0, num_parameters=None, metrics={"mase": score}, baselines=BASELINES,
        message="", is_stopping=False, created_at=NOW, started_at=NOW,
        finished_at=NOW + timedelta(seconds=10),
    )  # fmt: skip
    return replace(run, **changes)


def make_search(plan: SearchPlan, **changes: Any) -> Search:
    search = Search(
        id="a" * 16, name="", dataset_id="whole", dataset_name="sine",
        settings=plan.to_json("part"), status=SearchStatus.RUNNING, phase=SearchPhase.TRIALS,
        wish=None, message="", num_trials=4, minutes=None, num_events=0, seconds_spent=20.0,
        num_starts=0, importances=None, verdict=None, created_at=NOW, started_at=NOW,
        finished_at=None, host=None, heartbeat_at=None, process=None,
    )  # fmt: skip
    return replace(search, **changes)


def make_standing(
    trials: list[Trial], runs: list[TrialRun], objective: str = "mase", **changes: Any
) -> SearchStanding:
    plan = make_plan(num_trials=4, objective=objective)
    by_trial: dict[int, list[TrialRun]] = {}
    for run in runs:
        by_trial.setdefault(run.trial, []).append(run)
    return SearchStanding(make_search(plan, **changes), plan, tuple(trials), by_trial)


def score(run: TrialRun) -> float | None:
    return (run.metrics or {}).get("mase")


def test_the_best_is_a_completed_candidate_and_the_earliest_of_equal_ones() -> None:
    trials = [
        make_trial(0, 0.1),
        make_trial(1, 0.5),
        make_trial(2, 0.3),
        make_trial(3, 0.3),
        make_trial(4, None, TrialStatus.FAILED),
    ]
    standing = make_standing(trials, [])
    assert standing.best == trials[2]
    assert standing.winner == trials[0]
    assert standing.count(TrialStatus.COMPLETED) == 3
    larger = make_standing(trials, [], objective="r2")
    assert larger.best == trials[1]


def test_the_time_left_counts_what_runs_what_comes_and_the_finale() -> None:
    trials = [make_trial(0, 1.0), make_trial(1, 1.0), make_trial(2, None, TrialStatus.RUNNING)]
    running = {"status": RunStatus.RUNNING, "progress": 0.5, "finished_at": None}
    runs = [make_run(0), make_run(1), make_run(2, **running)]
    standing = make_standing(trials, runs)
    # Half a run, two more trials, six confirmations and the final run, ten seconds each.
    assert standing.estimate_seconds_left() == pytest.approx((0.5 + 2 + 6 + 1) * 10)
    assert make_standing(trials, []).estimate_seconds_left() is None
    ended = make_standing(trials, runs, status=SearchStatus.COMPLETED)
    assert ended.estimate_seconds_left() is None
    # A budget of minutes ends the trials, not the finale.
    short = make_standing(trials, runs, minutes=25 / 60)
    assert short.estimate_seconds_left() == pytest.approx(5 + 70)
    finale = make_standing(trials, runs, phase=SearchPhase.FINALE)
    assert finale.estimate_seconds_left() == pytest.approx(5 + 10)
    judging = [*runs[:2], make_run(2, Role.FINAL, **running)]
    last = make_standing(trials, judging, phase=SearchPhase.FINALE)
    assert last.estimate_seconds_left() == pytest.approx(5)


def test_the_baseline_is_of_the_rows_that_trials_are_scored_on() -> None:
    other = {"last_value": {"mase": 0.01}}
    final = make_run(1, Role.FINAL, baselines=other)
    standing = make_standing([make_trial(1, 1.0)], [final, make_run(1)])
    assert standing.baseline == ("drawing the trend on (drift)", 0.8)
    assert make_standing([], [final]).baseline is None


def test_scores_follow_the_objective() -> None:
    metrics = {"mase": 0.6, "mae": 2.0, "r2": None}
    assert score_run(metrics, BASELINES, MASE, MASE) == 0.6
    assert score_run(metrics, BASELINES, R2, MASE) is None
    assert score_run(metrics, BASELINES, SKILL, MASE) == pytest.approx(1 - 0.6 / 0.8)
    assert score_run(metrics, BASELINES, VALIDATION_LOSS, MASE, [0.9, float("nan"), 0.4]) == 0.4
    assert score_run(metrics, BASELINES, VALIDATION_LOSS, MASE, [float("nan")]) is None
    run = make_run(1)
    assert score_baseline(run, R2, MASE) == ("last_value", 0.2)
    assert score_baseline(run, SKILL, MASE) == ("drift", 0.0)
    assert score_baseline(run, VALIDATION_LOSS, MASE) is None


def test_the_finale_confirms_then_judges_once() -> None:
    trials = [make_trial(0, 0.9), make_trial(1, 0.5)]
    standing = make_standing(trials, [])
    steps = find_next_steps(standing, score, "part")
    assert steps is not None
    assert [(step.trial, len(step.orders)) for step in steps] == [(1, 3), (0, 3)]
    orders = [order for step in steps for order in step.orders]
    assert {order.dataset_id for order in orders} == {"part"}
    assert {order.role for order in orders} == {Role.CONFIRMATION}

    def confirm(trial: int, mean: float, **changes: Any) -> list[TrialRun]:
        step = next(step for step in steps or [] if step.trial == trial)
        return [
            make_run(trial, Role.CONFIRMATION, mean, order.spec.training.seed, **changes)
            for order in step.orders
        ]

    waiting = confirm(0, 0.9, status=RunStatus.RUNNING, finished_at=None)
    assert find_next_steps(make_standing(trials, confirm(1, 0.5) + waiting), score, "part") == []
    for status in (RunStatus.INTERRUPTED, RunStatus.CANCELLED):
        gone = confirm(0, 0.9, status=status)
        again = find_next_steps(make_standing(trials, confirm(1, 0.5) + gone), score, "part")
        assert again is not None
        assert [(step.trial, len(step.orders)) for step in again] == [(0, 3)]
        thrice = make_standing(trials, confirm(1, 0.5) + 3 * gone)
        steps_then = find_next_steps(thrice, score, "part")
        assert steps_then is not None
        assert {order.role for step in steps_then for order in step.orders} == {Role.FINAL}

    confirmed = confirm(1, 0.5) + confirm(0, 0.9)
    final = find_next_steps(make_standing(trials, confirmed), score, "part")
    assert final is not None
    ((winner, (order,)),) = [(step.trial, step.orders) for step in final]
    assert (winner, order.role, order.dataset_id) == (1, Role.FINAL, "whole")
    done = [*confirmed, make_run(1, Role.FINAL, seed=order.spec.training.seed)]
    assert find_next_steps(make_standing(trials, done), score, "part") is None


@pytest.mark.parametrize(("best", "default", "winner"), [(0.5, 0.9, 1), (0.9, 0.5, 0), (1, 1, 0)])
def test_the_winner_is_better_from_fresh_seeds(best: float, default: float, winner: int) -> None:
    trials = [make_trial(0, 0.9), make_trial(1, 0.1)]
    runs = [
        make_run(number, Role.CONFIRMATION, mean, seed)
        for number, mean in ((1, best), (0, default))
        for seed in (1, 2, 3)
    ]
    assert choose_winner(make_standing(trials, runs), score).number == winner


def test_a_candidate_that_is_the_default_is_confirmed_once() -> None:
    same = replace(make_trial(1, 0.5), values={})
    standing = make_standing([make_trial(0, 0.5), same], [])
    assert [trial.number for trial in list_finalists(standing)] == [0]
