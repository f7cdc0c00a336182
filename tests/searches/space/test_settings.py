"""What may be searched, what a point makes of a spec, and what is refused before it starts."""

from __future__ import annotations

from typing import Any

import pytest

from lstm_core.errors import SpecError
from lstm_core.searches.space.settings import (
    check_space,
    compare_spaces,
    list_extremes,
    list_searchable,
    say_entry,
)
from lstm_core.spec import ExperimentSpec, list_settings
from lstm_core.spec.points import apply_values
from lstm_core.spec.search import parse_space
from tests.searches.spaces import MIXED, draw_point

DRAFT = ExperimentSpec()
DESIGNED = DRAFT.with_values(
    {
        "model.architecture": "custom",
        "model.stack": [{"kind": "gru", "units": 4}],
        "model.decoder": {"kind": "sequence"},
    }
)


def range_of(low: float, high: float, **options: Any) -> dict[str, Any]:
    kind = "int" if isinstance(low, int) else "float"
    return {"kind": kind, "low": low, "high": high, **options}


def test_every_point_of_a_space_that_is_accepted_makes_a_spec():
    check_space(MIXED, DRAFT)
    for seed in range(100):
        point = draw_point(MIXED, seed)
        spec = apply_values(DRAFT, point)
        assert spec.model.units == point["model.units"]
        assert spec.model.layers == point.get("model.layers")
        assert spec.task.calendar == tuple(point["task.calendar"])


def test_what_can_be_searched_is_there():
    assert set(list_searchable(ExperimentSpec())) <= set(list_settings(ExperimentSpec()))


def test_another_architecture_drops_what_belonged_to_the_last():
    assert apply_values(DESIGNED, {"model.architecture": "gru"}).model.stack == ()
    assert apply_values(DESIGNED, {"model.architecture": "gru"}).model.decoder is None
    deep = DRAFT.with_values({"model.architecture": "stacked", "model.layers": 3})
    assert apply_values(deep, {"model.architecture": "vanilla"}).model.layers is None
    assert apply_values(deep, {"model.architecture": "stacked"}).model.layers == 3
    assert apply_values(deep, {"model.units": 8}).model.layers == 3


def test_layers_of_ones_own_can_stand_beside_others():
    space = parse_space({"model.architecture": ["custom", "gru"]})
    check_space(space, DESIGNED)
    assert apply_values(DESIGNED, {"model.architecture": "custom"}) == DESIGNED


@pytest.mark.parametrize(
    ("space", "words"),
    [
        ({"model.unit": [1, 2]}, 'setting that there is not: "model.unit". Did you mean "model.u'),
        ({"units": [1, 2]}, 'Did you mean "model.units"'),
        ({"?": [1, 2]}, "section.key"),
        ({"data.name": ["a", "b"]}, "same for all trials"),
        ({"task.horizon": [1, 2]}, "same for all trials"),
        ({"training.seed": [1, 2]}, "seeds itself"),
        ({"model.stack": [[], []]}, "given twice|designer"),
        ({"model.decoder": [None, {"kind": "direct"}]}, "designer"),
        ({}, "one point only"),
        ({"model.units": 8, "model.dropout": range_of(0.1, 0.1)}, "one point only"),
        ({"model.units": [0, 8]}, 'given: 0.*Take 0 out of what "model.units"'),
        ({"model.units": range_of(8, 9999)}, "given: 9999"),
        ({"model.units": range_of(8.0, 64.0)}, "fractional"),
        ({"model.architecture": ["gru", "gruu"]}, "gruu"),
        ({"model.architecture": ["gru", "custom"]}, "needs layers"),
        ({"model.architecture": ["gru", "vanilla"], "model.layers": [1, 2]}, "has one layer"),
        ({"model.units": range_of(8, 16, step=9)}, "leads out of its range: 8 \\+ 9"),
        ({"model.units": range_of(8, 12, step=2, scale="log")}, "8 × 2 is more than 12"),
        ({"model.dropout": range_of(0.0, 0.5, step=1e-5)}, "more than 1,000 values"),
    ],
)
def test_what_cannot_be_searched_is_refused(space: dict[str, Any], words: str):
    with pytest.raises(SpecError, match=words):
        check_space(parse_space(space), DRAFT)


@pytest.mark.parametrize(
    ("when", "words"),
    [
        ({"model.architectur": ["gru"]}, 'not in the space. Did you mean "model.architecture"'),
        ({"model.architecture": ["segment"]}, "to be segment, which it never is"),
        ({"model.architecture": []}, "names no value"),
        ({"model.dropout": [0.1]}, "does not come before it"),
        ({"model.segment": [4]}, "does not come before it"),
        ({"training.learning_rate": [0.001]}, "any number in a range"),
    ],
)
def test_conditions_that_make_no_sense_are_refused(when: dict[str, Any], words: str):
    space = parse_space(
        {
            "model.architecture": ["gru", "stacked"],
            "training.learning_rate": range_of(0.001, 0.01),
            "model.segment": {"kind": "choice", "values": [4, 8], "when": when},
            "model.dropout": [0.0, 0.1],
        }
    )
    with pytest.raises(SpecError, match=words):
        check_space(space, DRAFT)


def test_sizes_of_a_named_network_have_no_effect_on_ones_own():
    space = {"model.units": [4, 8], "training.learning_rate": range_of(0.001, 0.01)}
    with pytest.raises(SpecError, match="no effect on layers of your own"):
        check_space(parse_space(space), DESIGNED)
    check_space(parse_space({"model.architecture": ["gru", "vanilla"], **space}), DESIGNED)


def test_a_long_range_is_checked_at_once():
    space = parse_space({"training.windows_per_epoch": range_of(1, 10**12)})
    check_space(space, DRAFT)
    assert len(list_extremes(space, DRAFT)) == 2


def test_a_float_that_is_whole_may_stand_for_a_whole_number():
    check_space(parse_space({"model.units": range_of(8.0, 16.0, step=4.0)}), DRAFT)


def test_extremes_are_few_and_hold_the_ends():
    extremes = list_extremes(MIXED, DRAFT)
    assert [each["model.architecture"] for each in extremes] == ["gru", "gru", "segment", "stacked"]
    assert [each["model.units"] for each in extremes] == [16, 128, 128, 128]
    assert extremes[0]["training.learning_rate"] == 1e-4
    assert extremes[3]["model.layers"] == 3
    assert "model.layers" not in extremes[2]
    assert extremes[1]["task.calendar"] == ["hour"]
    assert len(list_extremes(parse_space({"model.units": [4, 8]}), DRAFT)) == 2


def test_two_points_that_make_one_spec_are_one_extreme():
    space = parse_space({"training.patience": [8, None], "model.dropout": [0.0]})
    assert len(list_extremes(space, DRAFT)) == 2
    assert len(list_extremes(parse_space({"model.mixing": [None]}), DRAFT)) == 1


def test_what_differs_between_spaces_is_said():
    old = parse_space({"model.units": [4, 8], "model.dropout": range_of(0.0, 0.5, step=0.1)})
    new = parse_space({"model.units": [4, 16], "training.loss": "mse"})
    assert compare_spaces(old, new) == [
        "model.dropout is no longer searched.",
        "model.units was 4 or 8, and is now 4 or 16.",
        "training.loss is new: always mse.",
    ]
    assert compare_spaces(old, parse_space(old)) == []
    turned = dict(reversed(list(old.items())))
    assert compare_spaces(old, turned) == ["The settings are the same, in another order."]


@pytest.mark.parametrize(
    ("entry", "said"),
    [
        (["gru", None, "vanilla"], "gru, Auto or vanilla"),
        (range_of(16, 128, scale="log"), "16 to 128 on a log scale"),
        (range_of(16, 128, scale="log", step=2), "16 to 128 on a log scale, each time × 2"),
        (range_of(0.0, 0.5, step=0.1), "0 to 0.5, every 0.1"),
        (range_of(1, 4), "1 to 4"),
        (True, "always yes"),
        ([[], ["hour", "weekday"]], "nothing or hour + weekday"),
        (
            range_of(2, 3, when={"model.architecture": ["stacked", "gru"]}),
            "2 to 3, where model.architecture is stacked or gru",
        ),
    ],
)
def test_entries_are_said(entry: Any, said: str):
    assert say_entry(parse_space({"model.x": entry})["model.x"]) == said
