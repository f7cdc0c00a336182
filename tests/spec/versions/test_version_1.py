"""What version 1 of the spec left behind is opened, listed and gone on with as before."""

from __future__ import annotations

import argparse
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from lstm_core.commands.fit import add_experiment_options, make_spec
from lstm_core.errors import SpecError
from lstm_core.events import EpochFinished, Event
from lstm_core.pipeline import run_experiment
from lstm_core.predictor import open_predictor
from lstm_core.races.missing import list_missing
from lstm_core.races.results import read_standings
from lstm_core.runs.database.tables import DraftRow
from lstm_core.runs.snapshots.group import GroupKind
from lstm_core.runs.snapshots.search import SearchStatus
from lstm_core.runs.snapshots.status import RunStatus
from lstm_core.runs.stores.store import Store
from lstm_core.searches.outcome.standing import read_standing
from lstm_core.searches.plan import SearchPlan, check_same_plan
from lstm_core.searches.strategies.advisor import Advisor, Suggestion
from lstm_core.searches.strategies.history import list_events
from lstm_core.spec import ForecastingSpec, list_settings, parse_spec
from lstm_core.spec.search import parse_space
from lstm_core.tables import table_from_parquet
from lstm_core.tasks.forecasting.defaults import resolve_spec
from tests.runs.records import make_settings
from tests.spec.versions.records import VERSION_1, lay_out, read

FACTS: dict[str, str] = read(VERSION_1, "facts.json")
OLD_SPEC = read(VERSION_1, "spec.json")


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    lay_out(VERSION_1, tmp_path)
    with Store.open(make_settings(tmp_path)) as store:
        yield store


_READ = {"covariates": "all", "calendar_tried": []}


def merge(old: dict[str, Any]) -> dict[str, Any]:
    """Write a spec of version 1 as version 2 has it, section by section."""
    return {
        "schema_version": 2,
        "data": {"kind": "series", **old.get("data", {})},
        "task": {
            "kind": "forecasting",
            "floor": "counts",  # there was no choice
            # Nor of these, which is said where all is said.
            **(_READ if "stride" in old.get("backtest", {}) else {}),
            **old.get("forecast", {}),
            **old.get("backtest", {}),
        },
        "model": old.get("model", {}),
        "training": old.get("training", {}),
    }


@pytest.mark.parametrize("name", ["spec.json", "partial.json"])
def test_a_file_says_what_it_said(name: str) -> None:
    spec = parse_spec((VERSION_1 / name).read_bytes())
    assert spec == parse_spec(merge(read(VERSION_1, name)))
    assert json.loads(spec.to_json())["schema_version"] == 2
    assert parse_spec(spec.to_json()) == spec


def test_every_value_of_the_file_arrives() -> None:
    spec = parse_spec(OLD_SPEC)
    assert (spec.task.lookback, spec.task.horizon, spec.task.calendar) == (24, 6, ("year_day",))
    assert (spec.task.num_folds, spec.task.window, spec.task.gap) == (3, "sliding", 2)
    assert [layer.kind for layer in spec.model.stack] == ["lstm", "dropout"]


def test_the_command_line_takes_old_files_and_old_names() -> None:
    parser = argparse.ArgumentParser()
    add_experiment_options(parser)
    options = ["units.csv", "--spec", str(VERSION_1 / "spec.json")]
    settings = ["--set", "forecast.horizon=3", "--set", "backtest.gap=0", "--set", "task.stride=1"]
    spec = make_spec(parser.parse_args([*options, *settings]))
    assert (spec.task.horizon, spec.task.gap, spec.task.stride) == (3, 0, 1)
    assert spec.task.lookback == 24


def test_all_runs_are_listed(store: Store) -> None:
    runs = store.runs.list_newest()
    assert len(runs) == 22
    for run in runs:
        assert run.resolved_spec is not None
        assert run.reasons.keys() <= set(list_settings(run.spec))
    run = store.runs.get(FACTS["run"])
    assert "task.num_folds" not in run.reasons  # it was set
    assert run.reasons["task.season"]


def test_a_run_is_resolved_as_it_was(store: Store) -> None:
    run = store.runs.get(FACTS["run"])
    resolved, reasons = resolve_spec(run.spec, store.collections.get(run.dataset_id))
    assert resolved == run.resolved_spec
    assert reasons == run.reasons


def test_what_the_doctor_advised_can_be_taken(store: Store) -> None:
    run = store.runs.get(FACTS["run"])
    assert run.diagnoses is not None
    (diagnosis,) = run.diagnoses
    assert diagnosis["fix"]["changes"] == {"task.lookback": 24, "task.refit": True}
    changed = run.spec.with_values(diagnosis["fix"]["changes"])
    assert (changed.task.lookback, changed.task.refit) == (24, True)


def test_a_race_stands_as_it_stood_and_its_missing_run_is_made_again(store: Store) -> None:
    (race,) = store.groups.list_newest(GroupKind.RACE)
    runs = store.runs.list_newest(group_id=race.id)
    assert len(read_standings(store, race).contestants) == 2
    (missing,) = list_missing(race, runs)
    (failed,) = [run for run in runs if run.status is RunStatus.FAILED]
    assert missing.spec == failed.spec
    (again,) = store.groups.add_runs(race.id, GroupKind.RACE, [missing])
    assert again.spec == failed.spec


def test_a_search_stands_as_it_stood(store: Store) -> None:
    assert {search.id for search in store.searches.list_newest()} == {
        FACTS["search"],
        FACTS["paused"],
    }
    search = store.searches.get(FACTS["search"])
    plan = SearchPlan.from_json(search.settings)
    assert plan.space == parse_space((VERSION_1 / "space.json").read_bytes())
    assert plan.space["training.learning_rate"].when == {"task.lookback": (12,)}
    known = set(list_settings(plan.base))
    assert set(search.settings["default_values"]) <= known
    assert search.importances is not None
    assert {found["path"] for found in search.importances} <= known
    trials = store.trials.list_of(search.id)
    assert len(trials) == 4
    for trial in trials[1:]:
        assert trial.values.keys() <= plan.space.keys()
        assert trial.raw is not None
        assert trial.raw.keys() <= plan.space.keys()
    assert read_standing(store, search.id).winner is not None


def test_a_paused_search_goes_on_where_it_was(store: Store) -> None:
    search = store.searches.resume(FACTS["paused"])
    assert search.status is SearchStatus.QUEUED
    plan = SearchPlan.from_json(search.settings)
    check_same_plan(plan, None, {}, {"forecast.window_normalisation": None})
    with pytest.raises(SpecError, match=r"task\.lookback"):
        check_same_plan(plan, None, {}, {"forecast.lookback": 3})
    trials = store.trials.list_of(search.id)
    advisor = Advisor(plan.space, plan.settings, max_epochs=plan.max_epochs)
    advisor.replay(list_events(trials, plan.objective))
    for number, expected in enumerate(read(VERSION_1, "next.json")["random"], len(trials)):
        suggestion = advisor.ask(number)
        assert isinstance(suggestion, Suggestion)
        lookback = expected.pop("forecast.lookback")
        assert suggestion.values == {**expected, "task.lookback": lookback}


def test_a_draft_goes_on_with_its_steps(store: Store) -> None:
    draft = store.drafts.get(FACTS["draft"])
    assert (draft.spec.task.lookback, draft.spec.task.num_folds) == (24, 2)
    assert [dict(step.values) for step in draft.past] == [
        {"task.lookback": None},
        {"task.num_folds": None, "task.refit": None},
        {"model.units": None},
    ]
    assert store.drafts.do_again(draft.id).spec.task.horizon == 6
    for _ in range(4):
        back = store.drafts.take_back(draft.id)
    assert back.spec.task == ForecastingSpec(floor="counts", covariates="all", calendar_tried=())
    assert len(back.ahead) == 4
    with store._database.reading() as session:  # and from now on it is one of this version
        row = session.get(DraftRow, draft.id)
        assert row is not None
        assert row.spec["schema_version"] == 2
        assert row.ahead[-1]["values"] == {"task.lookback": 24}


def test_what_pages_keep_in_a_draft_is_still_about_it(store: Store) -> None:
    draft = store.drafts.get(FACTS["draft"])
    assert draft.kept["race"] == {"names": ["draft", "gru", "vanilla"], "seeds": 4, "epochs": 7}
    assert draft.kept["space"]["of"].startswith(draft.spec.fingerprint)
    changed = store.drafts.change(draft.id, draft.spec, draft.spec.with_values({"task.gap": 1}))
    again = store.drafts.change(draft.id, changed.spec, draft.spec)
    assert again.kept["space"]["of"].startswith(again.spec.fingerprint)


def test_a_kept_model_predicts_what_it_predicted(store: Store) -> None:
    run = store.runs.get(FACTS["run"])
    model = read(VERSION_1, "model.json")
    assert model == json.loads(store.artifacts.get(run.id, "model.json"))
    dataset = store.collections.get(run.dataset_id)
    predictor = open_predictor(model, store.artifacts.get(run.id, "weights.npz"))
    found = predictor.answer(dataset)
    before = table_from_parquet(store.artifacts.get(run.id, "forecast.parquet"))
    np.testing.assert_allclose(found["value"], before["value"], rtol=1e-6)


@pytest.mark.slow
def test_a_run_made_again_learns_the_same(store: Store) -> None:
    run = store.runs.get(FACTS["run"])
    found: list[EpochFinished] = []

    def note(event: Event) -> None:
        if isinstance(event, EpochFinished):
            found.append(event)

    run_experiment(run.spec, store.collections.get(run.dataset_id), on_event=note)
    before = store.runs.get_epochs(run.id)
    assert [each.epoch for each in found] == [each.epoch for each in before]
    for loss in ("loss", "validation_loss"):
        learnt, known = ([getattr(each, loss) for each in epochs] for epochs in (found, before))
        np.testing.assert_allclose(learnt, known, rtol=1e-5)
