"""What is suggested for a setting that is added, and entries brought into another shape."""

from __future__ import annotations

from typing import Any

import pytest

from lstm_core.searches.space.conditions import settle_conditions
from lstm_core.searches.space.proposal import propose_for
from lstm_core.searches.space.settings import check_space, list_searchable
from lstm_core.searches.space.suggestion import list_named_values, reshape_entry, suggest_entry
from lstm_core.spec import ExperimentSpec
from lstm_core.spec.search import Entry, parse_space
from lstm_core.tasks.forecasting.defaults import resolve_spec
from tests.pages.records import make_dataset, make_spec

DATASET = make_dataset()
SPEC = make_spec(DATASET)
RESOLVED, _ = resolve_spec(SPEC, DATASET)


def parse(entry: Any) -> Entry:
    return parse_space({"model.units": entry})["model.units"]


WIDE = parse({"kind": "int", "low": 16, "high": 64, "step": 2, "scale": "log"})


@pytest.mark.parametrize("path", list_searchable(ExperimentSpec()))
def test_whatever_is_added_can_be_searched(path: str) -> None:
    for architecture in ("vanilla", "stacked"):
        base = SPEC.update("model", {"architecture": architecture})
        resolved, _ = resolve_spec(base, DATASET)
        for others in (parse_space({"model.units": [8, 16]}), propose_for(base, DATASET, "small")):
            added = {**others, path: suggest_entry(path, resolved, {})}
            space, _ = settle_conditions(added, resolved)
            check_space(space, base)


def test_what_the_data_decide_is_in_the_middle() -> None:
    resolved = RESOLVED.update("training", {"windows_per_epoch": 1000, "learning_rate": 0.01})
    windows = suggest_entry("training.windows_per_epoch", resolved, {})
    assert windows == parse({"kind": "int", "low": 500, "high": 2000, "step": 2, "scale": "log"})
    rate = suggest_entry("training.learning_rate", resolved, {})
    assert (rate.low, rate.high, rate.scale) == (0.002, 0.05, "log")  # type: ignore[union-attr]


def test_a_proposal_goes_first() -> None:
    proposed = propose_for(SPEC, DATASET, "large")
    for path, entry in proposed.items():
        assert suggest_entry(path, RESOLVED, proposed) == entry
    assert suggest_entry("model.layers", RESOLVED, {}).when


def test_the_default_is_the_first_of_a_list() -> None:
    resolved = RESOLVED.update("training", {"loss": "huber"})
    entry = suggest_entry("training.loss", resolved, {})
    assert entry.values[:2] == ("huber", "mae")  # type: ignore[union-attr]
    assert "custom" not in list_named_values("model.architecture", RESOLVED)
    assert list_named_values("model.mixing", RESOLVED) == (True, False)
    assert list_named_values("model.units", RESOLVED) == ()


@pytest.mark.parametrize(
    ("entry", "shape", "expected"),
    [
        (WIDE, "choice", [16, 32, 64]),
        (WIDE, "fixed", 16),
        ([8, 24, 16], "range", {"kind": "int", "low": 8, "high": 24, "scale": "log"}),
        ([8.5, 24], "range", {"kind": "float", "low": 8.5, "high": 24, "scale": "log"}),
        ([0, 24], "range", {"kind": "int", "low": 0, "high": 24}),
        (["a", None], "range", WIDE),
        (7, "range", WIDE),
        (7, "choice", [7]),
        (
            {"kind": "int", "low": 0, "high": 90},
            "choice",
            [0, 10, 20, 30, 40, 50, 60, 70, 80, 90],
        ),
    ],
)
def test_reshaped_it_says_the_same_as_far_as_it_can(entry: Any, shape: Any, expected: Any) -> None:
    assert reshape_entry(parse(entry), shape, WIDE) == parse(expected)


def test_a_condition_outlives_a_new_shape() -> None:
    waiting = WIDE.model_copy(update={"when": {"training.loss": ("mae",)}})
    for shape in ("range", "choice", "fixed"):
        assert reshape_entry(waiting, shape, WIDE).when == waiting.when  # type: ignore[arg-type]
