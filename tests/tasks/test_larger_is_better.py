"""Races and searches go by the measure of the task, whichever way is better."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

import pytest

from lstm_core.events import SpecResolved
from lstm_core.races.plan import plan_race
from lstm_core.races.results import read_standings
from lstm_core.races.standing import RaceStandings
from lstm_core.races.verdict import judge_race
from lstm_core.runs.snapshots.group import GroupKind
from lstm_core.runs.snapshots.run import Run
from lstm_core.runs.snapshots.status import RunStatus
from lstm_core.runs.stores.store import Store
from lstm_core.settings import load_settings
from lstm_core.spec import ExperimentSpec, parse_spec
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
