"""Sections told apart by their kind, tried with a second one of each."""

from __future__ import annotations

import json
from typing import Literal

import pytest
from pydantic import Field, model_validator

from lstm_core.errors import SpecError
from lstm_core.runs.snapshots.draft import Draft, merge_change, take_back
from lstm_core.searches.space.settings import check_space
from lstm_core.spec import (
    ExperimentSpec,
    ForecastingSpec,
    Section,
    SeriesDataSpec,
    describe_setting,
    list_changes,
    list_fields,
    list_settings,
    parse_spec,
    read_setting,
)
from lstm_core.spec.data import DATA_KINDS
from lstm_core.spec.search import parse_space
from lstm_core.spec.tasks import TASK_KINDS


class SortingSpec(Section):
    """Which of a few heaps something belongs on."""

    kind: Literal["sorting"] = Field("sorting", description="The task.")
    num_heaps: int = Field(3, ge=2, le=9, description="Heaps.")
    test_fraction: float = Field(0.2, gt=0, lt=1, description="Share that is judged on.")
    names: tuple[str, ...] = Field((), description="What the heaps are called.")

    @model_validator(mode="after")
    def _has_no_more_names_than_heaps(self) -> SortingSpec:
        if len(self.names) > self.num_heaps:
            raise ValueError("there are more names than heaps")
        return self


class ThingsSpec(Section):
    """Things in a box."""

    kind: Literal["things"] = Field("things", description="What the data are.")
    source: Literal["box", "sample"] = Field("box", description="Where they come from.")
    num_things: int = Field(1, ge=1, description="How many.")


@pytest.fixture(autouse=True)
def another_of_each(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(TASK_KINDS, "sorting", SortingSpec)
    monkeypatch.setitem(DATA_KINDS, "things", ThingsSpec)


@pytest.fixture
def sorting() -> ExperimentSpec:
    return parse_spec(
        {"data": {"kind": "things", "num_things": 5}, "task": {"kind": "sorting", "num_heaps": 4}}
    )


def test_each_is_read_as_what_it_is(sorting: ExperimentSpec) -> None:
    assert sorting.task == SortingSpec(num_heaps=4)
    assert sorting.data == ThingsSpec(num_things=5)
    assert parse_spec(sorting.to_json()) == sorting
    assert ExperimentSpec(task=SortingSpec(), data=ThingsSpec()).task.num_heaps == 3
    assert sorting.fingerprint != ExperimentSpec().fingerprint


def test_without_a_kind_it_is_the_usual_one() -> None:
    spec = parse_spec({"task": {"horizon": 3}, "data": {"name": "sine"}})
    assert type(spec.task) is ForecastingSpec
    assert type(spec.data) is SeriesDataSpec


@pytest.mark.parametrize(
    ("path", "value", "said"),
    [
        ("task.num_heaps", 1, 'The setting "task.num_heaps" is refused: .*equal to 2'),
        ("task.horizon", 3, 'There is no setting "horizon" in section "task"'),
        ("task.num_heap", 3, 'Did you mean "num_heaps"'),
        ("task.names", ["a"] * 5, 'The setting "task" is refused: there are more names'),
        ("task.kind", "sortin", r"task\.kind\" is refused: .*'tagging' or .*'sorting'"),
        ("task.kind", None, r"task\.kind"),
        ("task.kind", ["sorting"], r"task\.kind"),
        ("data.num_thing", 3, 'in section "data". Did you mean "num_things"'),
        ("data.kind", "items?", r"data\.kind"),
    ],
)
def test_a_fault_is_told_of_the_section_that_is_there(
    sorting: ExperimentSpec, path: str, value: object, said: str
) -> None:
    with pytest.raises(SpecError, match=said) as caught:
        sorting.with_values({path: value})
    assert "task.sorting" not in str(caught.value)


def test_values_are_replaced_and_read(sorting: ExperimentSpec) -> None:
    changed = sorting.with_values({"task.names": ["a", "b"], "data.num_things": 2})
    assert read_setting(changed, "task.names") == ("a", "b")
    assert read_setting(changed, "task.num_heaps") == 4
    assert list_changes(sorting, changed) == {"task.names": ["a", "b"], "data.num_things": 2}
    assert changed.update("task", {"num_heaps": 2}).task.num_heaps == 2


def test_with_another_kind_the_section_begins_anew(sorting: ExperimentSpec) -> None:
    turned = sorting.with_values({"task.kind": "forecasting"})
    assert turned.task == ForecastingSpec()
    assert turned.data == sorting.data
    filled = sorting.with_values({"task.kind": "forecasting", "task.horizon": 3})
    assert filled.task == ForecastingSpec(horizon=3)
    assert sorting.with_values({"task.kind": "sorting"}) == sorting
    with pytest.raises(SpecError, match='There is no setting "num_heaps"'):
        sorting.with_values({"task.kind": "forecasting", "task.num_heaps": 4})


def test_changes_lead_from_any_spec_to_any_other(sorting: ExperimentSpec) -> None:
    specs = [
        sorting,
        ExperimentSpec(),
        parse_spec({"task": {"horizon": 3}, "data": {"kind": "things"}}),
        parse_spec({"task": {"kind": "sorting", "names": ["x"]}}),
    ]
    for before in specs:
        for after in specs:
            assert before.with_values(list_changes(before, after)) == after


def test_a_step_to_another_task_can_be_taken_back(sorting: ExperimentSpec) -> None:
    draft = Draft(spec=sorting)
    turned = sorting.with_values({"task.kind": "forecasting", "task.horizon": 3})
    stepped = merge_change(draft, sorting, turned, "Predict instead")
    assert stepped.spec == turned
    assert take_back(stepped).spec == sorting


def test_settings_are_listed_and_described_by_what_is_there(sorting: ExperimentSpec) -> None:
    settings = list_settings(sorting)
    assert "task.num_heaps" in settings
    assert "task.horizon" not in settings
    assert describe_setting(sorting, "task.test_fraction").default == 0.2
    assert describe_setting(ExperimentSpec(), "task.test_fraction").default is None
    defaults = [field.default for field in list_fields("task.test_fraction")]
    assert len(defaults) == len(
        [kind for kind in TASK_KINDS.values() if "test_fraction" in kind.model_fields]
    )
    assert None in defaults
    assert 0.2 in defaults
    assert len(list_fields("task.num_heaps")) == 1


def test_a_space_is_checked_against_the_task_that_is_there() -> None:
    with pytest.raises(SpecError, match="names a setting that there is not"):
        check_space(parse_space({"task.num_heaps": [2, 3]}), ExperimentSpec())
    with pytest.raises(SpecError, match=r"can't change \"task\.test_fraction\""):
        check_space(parse_space({"task.test_fraction": [0.1, 0.2]}), ExperimentSpec())


def test_the_schema_knows_both() -> None:
    schema = ExperimentSpec.model_json_schema()
    task = schema["properties"]["task"]
    kinds = task["discriminator"]["mapping"]
    assert kinds["forecasting"] == "#/$defs/ForecastingSpec"
    assert kinds["sorting"] == "#/$defs/SortingSpec"
    assert set(kinds) == set(TASK_KINDS)
    assert "ThingsSpec" in schema["$defs"]
    assert json.dumps(schema)
