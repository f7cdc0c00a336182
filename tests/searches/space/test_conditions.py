"""Conditions follow what they speak of."""

from __future__ import annotations

from typing import Any

import pytest

from lstm_core.searches.space.conditions import settle_conditions
from lstm_core.searches.space.settings import check_space
from lstm_core.spec import ExperimentSpec
from lstm_core.spec.search import Space, parse_space

ARCHITECTURE, LAYERS = "model.architecture", "model.layers"
BASE = ExperimentSpec().update("model", {"architecture": "residual"})


def make_space(architecture: Any) -> Space:
    content = {} if architecture is None else {ARCHITECTURE: architecture}
    waiting = {
        **{"kind": "int", "low": 2, "high": 3},
        "when": {ARCHITECTURE: ["stacked", "residual"]},
    }
    return parse_space(content | {LAYERS: waiting, "model.units": [8, 16]})


def test_nothing_changes_where_nothing_did() -> None:
    space = make_space(["gru", "stacked", "residual"])
    assert settle_conditions(space, BASE) == (space, {})


@pytest.mark.parametrize(
    ("architecture", "kept"),
    [
        (["gru", "stacked"], {ARCHITECTURE: ("stacked",)}),
        ("residual", {ARCHITECTURE: ("residual",)}),
        (None, {}),  # what the default has meets it
    ],
)
def test_a_condition_keeps_what_can_be(architecture: Any, kept: dict[str, Any]) -> None:
    settled, idle = settle_conditions(make_space(architecture), BASE)
    assert settled[LAYERS].when == kept
    assert idle == {}
    check_space(settled, BASE)


@pytest.mark.parametrize(
    ("architecture", "default"), [(["gru", "vanilla"], "residual"), (None, "gru")]
)
def test_what_can_never_matter_is_left_out(architecture: Any, default: str) -> None:
    base = BASE.update("model", {"architecture": default})
    settled, idle = settle_conditions(make_space(architecture), base)
    assert LAYERS not in settled
    assert "model.units" in settled
    assert idle == {LAYERS: ARCHITECTURE}


def test_so_is_what_waits_for_that() -> None:
    space = make_space(["gru"])
    space["model.dropout"] = space["model.units"].model_copy(update={"when": {LAYERS: (2,)}})
    assert settle_conditions(space, BASE)[1] == {LAYERS: ARCHITECTURE, "model.dropout": LAYERS}
