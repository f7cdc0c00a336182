"""How long a search will take, from batches that were timed."""

from __future__ import annotations

from typing import Any

import pytest

from lstm_core.jobs.questions.time_batch import BatchTiming
from lstm_core.jobs.run_time import LOADING_SECONDS, ask_for_timing, estimate_run
from lstm_core.jobs.search_time import (
    MOST_TIMED,
    SearchTime,
    ask_for_timings,
    estimate_time,
)
from lstm_core.searches.plan import plan_search
from lstm_core.spec.search import parse_search, parse_space
from lstm_core.tasks.registry import find_kind
from tests.jobs.searching import load_sine

SPACE = {"model.units": [8, 64], "training.learning_rate": [0.01, 0.001]}


def estimate(
    values: dict[str, Any] | None = None, num_slots: int = 2, **settings: Any
) -> SearchTime:
    """With every batch timed alike: 1 s to begin with and 0.5 s an epoch."""
    spec, dataset = load_sine()
    spec = spec.with_values({"training.epochs": 20, "training.num_seeds": 1, **(values or {})})
    plan, development = plan_search(spec, dataset, parse_search(settings), parse_space(SPACE))
    question = ask_for_timings(plan, development)
    assert 2 <= len(question.batches) <= MOST_TIMED
    timings = [BatchTiming("CPU", 1.0, 0.1, 0.5)] * len(question.batches)
    return estimate_time(plan, question, timings, num_slots)


def test_the_default_and_the_ends_of_the_space_are_timed() -> None:
    spec, dataset = load_sine()
    plan, development = plan_search(spec, dataset, parse_search({}), parse_space(SPACE))
    units = {batch.spec.model.units for batch in ask_for_timings(plan, development).batches}
    assert {8, 64} <= units


def test_every_run_counts_side_by_side_on_the_slots() -> None:
    run = LOADING_SECONDS + 1.0 + 20 * 0.5
    time = estimate(num_trials=9)
    assert time.run_seconds == pytest.approx(run)
    assert time.trials_seconds == pytest.approx(10 * run / 2)  # the default among them
    assert time.finale_seconds == pytest.approx(6 * run / 2 + run)
    assert time.total_seconds == pytest.approx(time.trials_seconds + time.finale_seconds)
    assert estimate(num_trials=9, num_slots=1).trials_seconds == pytest.approx(10 * run)
    assert estimate(num_trials=9, executions=2).trials_seconds == pytest.approx(20 * run / 2)


def test_folds_that_train_anew_cost_a_training_each() -> None:
    once, thrice = estimate(num_folds=3, refit=False), estimate(num_folds=3, refit=True)
    assert thrice.run_seconds - once.run_seconds == pytest.approx(2 * 20 * 0.5)


def test_a_budget_of_minutes_ends_the_trials_and_not_the_finale() -> None:
    free, short = estimate(num_trials=100), estimate(num_trials=100, minutes=1)
    assert short.trials_seconds == 60.0
    assert short.finale_seconds == free.finale_seconds


def test_a_run_of_several_networks_loads_its_engine_once() -> None:
    spec, dataset = load_sine()
    resolved, _ = find_kind(spec).resolve(
        spec.with_values(
            {
                "training.epochs": 20,
                "task.num_folds": 2,
                "task.refit": True,
                "training.num_seeds": 3,
            }
        ),
        dataset,
    )
    question = ask_for_timing(resolved, dataset)
    assert question.num_windows == find_kind(spec).count_examples(resolved, dataset)
    seconds = estimate_run(resolved, BatchTiming("CPU", 1.0, 0.1, 0.5))
    assert seconds == pytest.approx(LOADING_SECONDS + 1.0 + 3 * 2 * 20 * 0.5)
