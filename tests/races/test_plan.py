"""Everybody has the same task and the same budget; what is a network's own stays so."""

from __future__ import annotations

import pytest

from lstm_core.data.series.dataset import Dataset
from lstm_core.errors import SpecError
from lstm_core.races.plan import DRAFT, OPEN_NAMES, RacePlan, plan_race
from lstm_core.spec import ExperimentSpec, parse_spec
from lstm_core.tasks.forecasting.defaults import resolve_spec
from tests.tasks.datasets import make_dataset, make_sine

NAMES = ("segment", "gru", "vanilla")


@pytest.fixture(scope="module")
def dataset() -> Dataset:
    return make_dataset(make_sine(600))


def draft(**values: object) -> ExperimentSpec:
    return ExperimentSpec().with_values({key.replace("__", "."): values[key] for key in values})


def labels(plan: RacePlan) -> list[str]:
    return [contestant.label for contestant in plan.contestants]


def test_every_run_has_the_same_task_and_the_same_budget(dataset: Dataset) -> None:
    plan = plan_race(ExperimentSpec(), dataset, OPEN_NAMES[1:])
    assert len(plan.contestants) == len(OPEN_NAMES) - 1
    resolved = [resolve_spec(member.spec, dataset)[0] for member in plan.list_members()]
    assert len({spec.task.model_dump_json() for spec in resolved}) == 1
    for key in ("windows_per_epoch", "epochs", "patience", "num_seeds", "loss", "optimizer"):
        assert len({getattr(spec.training, key) for spec in resolved}) == 1, key
    assert {spec.training.num_seeds for spec in resolved} == {1}
    assert {spec.task.shrink for spec in resolved} == {False}


def test_what_suits_one_network_is_not_forced_upon_another(dataset: Dataset) -> None:
    plan = plan_race(ExperimentSpec(), dataset, NAMES)
    rates = {each.label: each.resolved.training.learning_rate for each in plan.contestants}
    assert rates == {"Segment LSTM": 0.002, "GRU": 0.001, "LSTM": 0.001}


def test_the_limit_is_the_most_that_anybody_asks_for(dataset: Dataset) -> None:
    plan = plan_race(ExperimentSpec(), dataset, NAMES)
    own = [
        plan_race(ExperimentSpec(), dataset, pair).shared.training.epochs or 0
        for pair in (("gru", "vanilla"), NAMES)
    ]
    free = [each.spec.update("training", {"epochs": None}) for each in plan.contestants]
    asked = [resolve_spec(spec, dataset)[0].training.epochs or 0 for spec in free]
    assert len(set(asked)) > 1
    assert own[0] < own[1] == max(asked)


def test_a_limit_of_the_draft_or_of_the_race_holds_for_all(dataset: Dataset) -> None:
    spec = draft(training__epochs=7)
    for num_epochs, expected in ((None, 7), (5, 5)):
        plan = plan_race(spec, dataset, NAMES, num_epochs=num_epochs)
        assert {member.spec.training.epochs for member in plan.list_members()} == {expected}


def test_seeds_go_round_before_they_repeat(dataset: Dataset) -> None:
    spec = draft(training__seed=2**31 - 2)
    plan = plan_race(spec, dataset, NAMES, num_seeds=4)
    assert plan.seeds == (2**31 - 2, 2**31 - 1, 0, 1)
    assert plan.num_runs == 12
    members = list(plan.list_members())
    first_round = [member.label for member in members[:3]]
    assert first_round == [member.label for member in members[3:6]] == labels(plan)
    assert [member.spec.training.seed for member in members[::3]] == list(plan.seeds)
    assert all(parse_spec(member.spec.to_json()) == member.spec for member in members)


def test_a_draft_like_one_of_the_others_is_one_contestant(dataset: Dataset) -> None:
    assert labels(plan_race(ExperimentSpec(), dataset, (DRAFT, "vanilla", "gru"))) == [
        "LSTM",
        "GRU",
    ]


def test_the_draft_takes_part_as_it_is(dataset: Dataset) -> None:
    spec = draft(
        model__architecture="gru", model__layers=2, model__units=8, training__learning_rate=0.03
    )
    plan = plan_race(spec, dataset, (DRAFT, "gru"))
    own, other = (contestant.resolved for contestant in plan.contestants)
    assert labels(plan) == ["Your draft (GRU)", "GRU"]
    assert (own.model.layers, own.training.learning_rate) == (2, 0.03)
    assert (other.model.layers, other.training.learning_rate) == (None, 0.001)
    assert (own.model.units, other.model.units) == (8, 8)  # a width that was set holds for all


def test_layers_of_ones_own_take_part(dataset: Dataset) -> None:
    spec = draft(model__architecture="custom", model__stack=[{"kind": "gru", "units": 4}])
    plan = plan_race(spec, dataset, (DRAFT, "vanilla"))
    assert labels(plan) == ["Your draft", "LSTM"]
    assert plan.contestants[0].resolved.model.stack == spec.model.stack


def test_what_holds_for_all_is_put_into_every_network(dataset: Dataset) -> None:
    values = {"training.learning_rate": 0.02, "task.shrink": True, "training.num_seeds": 9}
    plan = plan_race(ExperimentSpec(), dataset, NAMES, for_all=values)
    specs = [each.resolved for each in plan.contestants]
    assert {spec.training.learning_rate for spec in specs} == {0.02}
    assert {(spec.task.shrink, spec.training.num_seeds) for spec in specs} == {(False, 1)}


def test_one_that_cannot_take_part_keeps_no_other_from_it(dataset: Dataset) -> None:
    plan = plan_race(ExperimentSpec(), dataset, (*NAMES, "stacked"), for_all={"model.layers": 2})
    assert labels(plan) == ["Segment LSTM", "GRU", "Stacked LSTM"]
    assert "one layer" in str(plan.refused["LSTM"])


@pytest.mark.parametrize(
    ("names", "num_seeds", "words"),
    [
        (("segment",), 3, "at least two"),
        (("gru", "gru"), 3, "at least two"),
        ((), 3, "at least two"),
        (("gru", "vanila"), 3, 'Did you mean "vanilla"'),
        (("gru", "custom"), 3, "no architecture"),
        (NAMES, 2, "at least 3"),
    ],
)
def test_what_is_no_race_is_refused(
    names: tuple[str, ...], num_seeds: int, words: str, dataset: Dataset
) -> None:
    with pytest.raises(SpecError, match=words):
        plan_race(ExperimentSpec(), dataset, names, num_seeds=num_seeds)


def test_networks_are_compared_and_not_mixtures_with_a_baseline() -> None:
    few = make_dataset(make_sine(120))
    draft = ExperimentSpec().with_values({"model.architecture": "vanilla"})
    alone, _ = resolve_spec(draft, few)
    assert alone.task.shrink
    plan = plan_race(draft, few, NAMES)
    assert {each.resolved.task.shrink for each in plan.contestants} == {False}
