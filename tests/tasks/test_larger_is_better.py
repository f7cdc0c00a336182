"""Races and searches go by the measure of the task, whichever way is better."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

import pytest

from lstm_core.errors import SpecError
from lstm_core.events import SpecResolved
from lstm_core.races.plan import plan_race
from lstm_core.races.results import read_standings
from lstm_core.races.standing import RaceStandings
from lstm_core.races.verdict import judge_race
from lstm_core.runs.snapshots.group import GroupKind
from lstm_core.runs.snapshots.run import Run
from lstm_core.runs.snapshots.search import Role, TrialRun, TrialStatus
from lstm_core.runs.snapshots.status import RunStatus
from lstm_core.runs.stores.store import Store
from lstm_core.runs.stores.trials import TrialOrder
from lstm_core.searches.objective import SKILL, list_objectives
from lstm_core.searches.outcome.scoring import score_run
from lstm_core.searches.outcome.standing import DEFAULT, read_standing
from lstm_core.searches.outcome.verdict import judge_search
from lstm_core.searches.plan import SearchPlan, plan_search
from lstm_core.searches.submission import submit_planned
from lstm_core.settings import load_settings
from lstm_core.spec import ExperimentSpec, parse_spec
from lstm_core.spec.search import parse_search, parse_space
from lstm_core.spec.tasks import TASK_KINDS
from lstm_core.tasks import registry
from lstm_core.tasks.registry import find_kind
from tests.tasks.datasets import make_dataset, make_sine
from tests.tasks.toy.section import ToySpec

DATASET = make_dataset({"a": make_sine(120, 7)})
USUAL = 0.75


@pytest.fixture(autouse=True)
def toy(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(TASK_KINDS, "toy", ToySpec)
    monkeypatch.setitem(registry._KINDS, "toy", "tests.tasks.toy.kind")


@pytest.fixture
def store(studio_home: Path) -> Iterator[Store]:
    with Store.open(load_settings()) as store:
        yield store


def make_spec() -> ExperimentSpec:
    return parse_spec({"task": {"kind": "toy", "steps": 4}, "training": {"epochs": 2}})


def finish(store: Store, run: Run, accuracy: float) -> None:
    """Complete a run as the toy would."""
    resolved, _ = find_kind(run.spec).resolve(run.spec, DATASET)
    store.runs.record_events(run.id, [SpecResolved(resolved.model_dump(mode="json"), {})])
    outcome = "win" if accuracy > USUAL else "loss"
    store.runs.finish(
        run.id,
        RunStatus.COMPLETED,
        metrics={"accuracy": accuracy},
        baselines={"never": {"accuracy": 0.25}, "always": {"accuracy": USUAL}},
        verdict={
            "sentence": f"Right in {accuracy:.0%}.",
            "outcome": outcome,
            "beats_baseline": outcome == "win",
            "best_baseline": "always",
        },
    )


def run_race(store: Store, accuracies: Mapping[str, Sequence[float]]) -> RaceStandings:
    plan = plan_race(make_spec(), DATASET, ["vanilla", "gru"])
    dataset_id = store.collections.add(DATASET)
    group = store.groups.submit(GroupKind.RACE, dataset_id, plan.settings)
    for place, member in enumerate(plan.list_members()):
        run = store.runs.create_running(
            member.spec, dataset_id, group_id=group.id, label=member.label
        )
        finish(store, run, accuracies[member.label][place // 2])
    return read_standings(store, group, with_folds=True)


def test_a_race_is_won_by_the_larger_accuracy(store: Store) -> None:
    standings = run_race(store, {"LSTM": (0.5, 0.51, 0.52), "GRU": (0.9, 0.91, 0.92)})
    assert [each.label for each in standings.contestants] == ["GRU", "LSTM"]
    assert standings.measure.key == "accuracy"
    assert standings.rival is not None
    assert (standings.rival.words, standings.rival.score) == (
        "always saying what is usual",
        USUAL,
    )
    verdict = judge_race(standings)
    assert (verdict.best, verdict.recommended, verdict.is_clear) == ("GRU", "GRU", True)
    assert verdict.sentence.startswith("GRU has the highest accuracy, 0.4 above LSTM.")
    assert "0.16 above the best rule of thumb, always saying what is usual." in verdict.sentence


def test_a_race_that_no_network_wins_recommends_the_simple_rule(store: Store) -> None:
    standings = run_race(store, {"LSTM": (0.5, 0.51, 0.52), "GRU": (0.6, 0.61, 0.62)})
    assert "no network beats the best rule of thumb" in judge_race(standings).sentence


def plan_toy(**settings: Any) -> SearchPlan:
    asked = parse_search({"num_trials": 4, "num_confirmations": 2, "prune": False, **settings})
    return plan_search(make_spec(), DATASET, asked, parse_space({"task.steps": [3, 5, 7]}))[0]


def test_a_search_over_a_task_goes_by_its_measures() -> None:
    plan = plan_toy()
    assert plan.settings.objective == "accuracy"
    assert plan.decided_by == "accuracy"
    assert [measure.key for measure in list_objectives(find_kind(plan.base), plan.deciding)] == [
        *("accuracy", "skill", "validation_loss")
    ]
    with pytest.raises(SpecError, match=r'go by "mase".*accuracy, skill, validation_loss'):
        plan_toy(objective="mase")


def test_a_search_is_won_by_the_larger_accuracy(store: Store) -> None:
    asked = parse_search({"num_trials": 3, "num_confirmations": 2, "prune": False})
    space = parse_space({"task.steps": [3, 5, 7]})
    plan, development = plan_search(make_spec(), DATASET, asked, space)
    search = submit_planned(store, plan, DATASET, development)
    development_id = search.settings["development_id"]
    assert store.search_queue.adopt(search.id) is not None
    for number, (steps, accuracy) in enumerate({4: 0.6, 3: 0.7, 5: 0.9, 7: 0.8}.items()):
        values = {"task.steps": steps} if number else {}
        order = TrialOrder(Role.TRIAL, plan.make_trial_spec(values, 0), development_id)
        store.trials.begin(search.id, number, values, None, [order])
        run_all(store, search.id, number, accuracy)
        store.trials.end(search.id, number, TrialStatus.COMPLETED, score=accuracy)
    standing = read_standing(store, search.id)
    assert standing.best is not None
    assert (standing.best.number, standing.best.score) == (2, 0.9)
    assert (standing.measure, standing.larger_is_better) == ("accuracy", True)
    assert standing.baseline == ("always saying what is usual", USUAL)

    for number, accuracies in ((2, (0.88, 0.9)), (DEFAULT, (0.6, 0.62))):
        values = {"task.steps": 5} if number else {}
        for seed, accuracy in enumerate(accuracies):
            spec = plan.make_confirmation_spec(values, seed)
            order = TrialOrder(Role.CONFIRMATION, spec, development_id)
            store.trials.add_runs(search.id, number, [order])
            run_all(store, search.id, number, accuracy)
    verdict = judge_search(store, read_standing(store, search.id), score_by_accuracy)
    assert (verdict.winner, verdict.is_clear) == (2, True)
    assert verdict.sentence.startswith("Tuning paid: with fresh seeds, trial 2 has accuracy 0.89")
    assert "The best rule of thumb on the same folds, always saying what is usual" in (
        verdict.sentence
    )
    assert "better take that" not in verdict.sentence


def run_all(store: Store, search_id: str, number: int, accuracy: float) -> None:
    for run in store.trials.list_runs(search_id):
        if run.trial == number and run.status is RunStatus.QUEUED:
            store.trials.claim_run(run.id, "here")
            finish(store, store.runs.get(run.id), accuracy)


def score_by_accuracy(run: TrialRun) -> float | None:
    (measure,) = find_kind(make_spec()).measures
    return score_run(run.metrics, run.baselines, measure, measure)


def test_skill_is_the_lead_over_the_best_rule_whichever_way_is_better() -> None:
    (accuracy,) = find_kind(make_spec()).measures
    baselines = {"never": {"accuracy": 0.25}, "always": {"accuracy": 0.8}}
    found = score_run({"accuracy": 0.9}, baselines, SKILL, accuracy)
    assert found == pytest.approx(0.5)  # half of its mistakes
