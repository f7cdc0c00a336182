"""What a search begins with, and what it refuses."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from lstm_core.data.series.dataset import drop_unused_series
from lstm_core.errors import DataError, SpecError
from lstm_core.searches.plan import SearchPlan, check_same_plan, plan_search
from lstm_core.spec.search import SearchSpec, parse_search, parse_space
from lstm_core.tasks.forecasting.defaults import resolve_spec
from lstm_core.tasks.forecasting.framing.cutting import cut_series
from tests.tasks.forecasting.framing.test_development import load

SPACE = {
    "model.units": [8, 16],
    "training.learning_rate": {"kind": "float", "low": 0.001, "high": 0.01, "scale": "log"},
}


def make_plan(space: Any = SPACE, **settings: Any) -> SearchPlan:
    spec, dataset = load("sine")
    return plan_search(spec, dataset, parse_search(settings), parse_space(space))[0]


def test_trials_are_scored_on_as_many_rows_as_the_test_part_has() -> None:
    spec, dataset = load("load")
    resolved, _ = resolve_spec(spec, dataset)
    plan, development = plan_search(spec, dataset, SearchSpec(), parse_space(SPACE))
    whole = cut_series(dataset.num_rows, resolved)
    own = cut_series(development.num_rows, plan.base)
    num_scored, num_tested = own.test_end - own.test_start, whole.test_end - whole.test_start
    assert abs(num_scored - num_tested) <= 1
    assert own.validation_end - own.validation_start == pytest.approx(
        whole.validation_end - whole.validation_start, abs=1
    )


def test_what_the_data_say_is_the_same_for_all_and_a_networks_own_is_open() -> None:
    plan = make_plan()
    assert plan.base.task.season is not None
    assert plan.base.task.lookback is not None
    assert plan.base.model.architecture is not None
    assert plan.base.model.units is None
    assert plan.base.training.batch_size is None
    assert plan.base.training.num_seeds == 1
    assert plan.base.task.shrink is False
    assert plan.base.task.num_folds == 3


def test_a_trials_spec_has_its_values_and_a_seed_of_its_own() -> None:
    plan = make_plan(seed=7)
    specs = [plan.make_trial_spec({"model.units": 8}, number) for number in range(3)]
    assert [spec.training.seed for spec in specs] == [7, 8, 9]
    assert {spec.model.units for spec in specs} == {8}
    fresh = {plan.make_confirmation_spec({}, number).training.seed for number in range(10)}
    assert fresh.isdisjoint({7 + number for number in range(10)})


def test_the_final_spec_is_the_draft_with_the_winners_values() -> None:
    plan = make_plan()
    final = plan.make_final_spec({"model.units": 8})
    assert final == plan.draft.with_values({"model.units": 8})
    assert plan.make_final_spec({}) == plan.draft


def test_a_plan_survives_the_record() -> None:
    plan = make_plan(strategy="grid", num_trials=3)
    assert SearchPlan.from_json(plan.to_json("x")) == plan


@pytest.mark.parametrize(
    ("space", "settings", "said"),
    [
        ({"model.units": 8}, {}, "one point"),
        ({"model.unit": [8, 16]}, {}, "model.unit"),
        ({"data.frequency": ["D", "h"]}, {}, "data.frequency"),
        ({"task.horizon": [8, 16]}, {}, "task.horizon"),
        ({"model.units": [8, -1]}, {}, "units"),
        ({"training.loss": ["mae", "mse"]}, {"objective": "validation_loss"}, "compared"),
    ],
)
def test_a_space_that_cannot_be_searched_is_refused(
    space: Any, settings: dict[str, Any], said: str
) -> None:
    with pytest.raises(SpecError, match=said):
        make_plan(space, **settings)


@pytest.mark.parametrize(
    "settings", [{"minutes": 0}, {"num_trials": 0}, {"slots": 0}, {"executions": 0}]
)
def test_a_budget_of_nothing_is_refused(settings: dict[str, Any]) -> None:
    with pytest.raises(SpecError, match=next(iter(settings))):
        parse_search(settings)


def test_a_lookback_that_the_rows_cannot_hold_is_refused_before_the_start() -> None:
    with pytest.raises(DataError, match=r"can't be run \(.*task.lookback = 900"):
        make_plan({"task.lookback": [24, 900]})


def test_points_that_would_be_scored_on_other_series_are_refused() -> None:
    spec, dataset = load("three_series")
    *_, (_, last) = dataset.iterate_series()
    kept = range(dataset.num_rows - (last.stop - last.start) + 190)
    shorter = replace(
        dataset,
        frame=drop_unused_series(dataset.frame.iloc[list(kept)]),
        observed=dataset.observed[list(kept)],
    )
    space = parse_space({"task.lookback": [7, 112]})
    with pytest.raises(DataError, match="scored on other series"):
        plan_search(spec, shorter, SearchSpec(), space)
    plan_search(spec, dataset, SearchSpec(), space)


def test_an_objective_is_a_measure_of_the_task() -> None:
    assert make_plan().settings.objective == "mase"
    assert make_plan(objective="r2").objective.is_larger_better
    with pytest.raises(SpecError, match=r'go by "acuracy".*mase, mae, rmse, smape, r2, skill'):
        make_plan(objective="acuracy")


def test_going_on_under_other_conditions_is_refused_with_what_differs() -> None:
    plan = make_plan()
    check_same_plan(plan, parse_space(SPACE), {"strategy": "bayesian"}, {})
    other = parse_space({**SPACE, "model.units": [8, 16, 32]})
    with pytest.raises(SpecError, match=r"model\.units"):
        check_same_plan(plan, other, {}, {})
    with pytest.raises(SpecError, match="strategy was bayesian, and is random"):
        check_same_plan(plan, None, {"strategy": "random"}, {})
    with pytest.raises(SpecError, match=r"task\.horizon was None, and is 3"):
        check_same_plan(plan, None, {}, {"task.horizon": 3})
