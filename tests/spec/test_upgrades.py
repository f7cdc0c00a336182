"""From the layout of older versions to this one's, on plain JSON."""

from __future__ import annotations

import copy
from contextlib import suppress
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lstm_core.errors import SpecError
from lstm_core.spec import SCHEMA_VERSION, ExperimentSpec, parse_setting, parse_spec
from lstm_core.spec.search import parse_space
from lstm_core.spec.tasks.forecasting import ForecastingSpec
from lstm_core.spec.upgrades import (
    find_version,
    upgrade_path,
    upgrade_space,
    upgrade_spec,
    upgrade_values,
)
from tests.spec.specs import experiments

OF_BACKTEST = ("num_folds", "refit", "window", "gap", "stride")


def write_version_1(spec: ExperimentSpec, *, named: bool = True) -> dict[str, Any]:
    content = spec.model_dump(mode="json")
    task = content.pop("task")
    del content["data"]["kind"], content["schema_version"]
    return ({"schema_version": 1} if named else {}) | {
        **content,
        "forecast": {key: value for key, value in task.items() if key not in OF_BACKTEST},
        "backtest": {key: task[key] for key in OF_BACKTEST},
    }


@given(spec=experiments, named=st.booleans())
def test_an_old_spec_is_read_as_what_it_was(spec: ExperimentSpec, named: bool) -> None:
    old = write_version_1(spec, named=named)
    before = copy.deepcopy(old)
    assert parse_spec(old) == spec
    assert old == before, "reading changed what was read"


@given(spec=experiments)
def test_what_this_version_wrote_stays_as_it_is(spec: ExperimentSpec) -> None:
    content = spec.model_dump(mode="json")
    assert upgrade_spec(content) is content
    assert upgrade_spec(upgrade_spec(write_version_1(spec))) == upgrade_spec(write_version_1(spec))


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=5),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=8), inner),
    max_leaves=8,
)


@given(
    content=st.dictionaries(
        st.sampled_from(["schema_version", "forecast", "backtest", "task", "data", "model", "x"]),
        JSON | st.integers(0, 3),
    )
)
def test_nothing_that_is_no_spec_breaks_it(content: dict[str, Any]) -> None:
    upgrade_spec(content)
    with suppress(SpecError):
        parse_spec(content)


@pytest.mark.parametrize(
    ("content", "version"),
    [
        ({}, SCHEMA_VERSION),
        ({"model": {}}, SCHEMA_VERSION),
        ({"task": {}}, SCHEMA_VERSION),
        ({"forecast": {}}, 1),
        ({"backtest": {}}, 1),
        ({"schema_version": 7, "forecast": {}}, 7),
    ],
)
def test_a_spec_without_a_version_has_one_by_its_layout(
    content: dict[str, Any], version: int
) -> None:
    assert find_version(content) == version


def test_two_layouts_at_once_are_refused() -> None:
    with pytest.raises(SpecError, match='There is no setting "forecast" in the spec'):
        parse_spec({"forecast": {"horizon": 3}, "task": {"horizon": 4}})


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("forecast.horizon", "task.horizon"),
        ("backtest.num_folds", "task.num_folds"),
        ("task.horizon", "task.horizon"),
        ("model.units", "model.units"),
        ("forecast", "forecast"),
        ("forecasting.horizon", "forecasting.horizon"),
        ("tuner/epochs", "tuner/epochs"),
        ("", ""),
    ],
)
def test_a_setting_is_found_where_it_stands_now(old: str, new: str) -> None:
    assert upgrade_path(old) == new


def test_no_two_settings_of_version_1_have_become_one() -> None:
    kept = set(ForecastingSpec.model_fields)
    assert set(OF_BACKTEST) < kept
    assert upgrade_values({"forecast.lookback": 1, "backtest.gap": 2}) == {
        "task.lookback": 1,
        "task.gap": 2,
    }


def test_old_names_can_be_set() -> None:
    assert parse_setting("forecast.horizon=3") == ("task.horizon", 3)
    spec = ExperimentSpec().with_values({"forecast.horizon": 3, "backtest.refit": True})
    assert (spec.task.horizon, spec.task.refit) == (3, True)
    with pytest.raises(SpecError, match=r'"horizn" in section "task". Did you mean "horizon"'):
        ExperimentSpec().with_values({"forecast.horizn": 3})


def test_a_space_and_its_conditions_are_read_under_new_names() -> None:
    old = {
        "forecast.lookback": [7, 14],
        "model.units": {"kind": "int", "low": 4, "high": 8, "when": {"forecast.lookback": [7]}},
    }
    space = parse_space(old)
    assert list(space) == ["task.lookback", "model.units"]
    assert space["model.units"].when == {"task.lookback": (7,)}
    assert "forecast.lookback" in old
    assert upgrade_space({"model.units": {"when": 3}, "x": None}) == {
        "model.units": {"when": 3},
        "x": None,
    }


def test_a_space_that_names_a_setting_twice_is_refused() -> None:
    with pytest.raises(SpecError, match=r"twice.*forecast\.lookback"):
        parse_space({"forecast.lookback": [1, 2], "task.lookback": [3, 4]})


def test_a_newer_version_is_told_from_a_broken_one() -> None:
    with pytest.raises(SpecError, match="A newer version wrote it"):
        parse_spec({"schema_version": SCHEMA_VERSION + 1})
    with pytest.raises(SpecError, match=r"reads 1 to 2\. Use") as caught:
        parse_spec({"schema_version": 0})
    assert "newer version wrote" not in str(caught.value)


def test_version_1_kept_counts_above_zero_and_nothing_else() -> None:
    assert parse_spec({"schema_version": 1}).task.floor == "counts"
    assert parse_spec({"forecast": {"horizon": 3}}).task.floor == "counts"
    assert parse_spec({"schema_version": 1, "forecast": {"floor": None}}).task.floor is None
    assert parse_spec({"schema_version": SCHEMA_VERSION}).task.floor is None
