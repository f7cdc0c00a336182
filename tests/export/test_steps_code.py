"""How the steps of a network read in a script."""

from __future__ import annotations

import pytest

from lstm_core.export.steps_code import write_layer, write_steps
from lstm_core.spec.layers.steps import (
    MOST_UNROLLED,
    Call,
    Last,
    Named,
    Since,
    Step,
    Unroll,
    add,
    apply,
)

DENSE = Call("keras.layers.Dense", (3,), {"activation": "linear"}, {"activation": "linear"}, "head")


@pytest.mark.parametrize(
    ("step", "line"),
    [
        (apply(DENSE), "x = keras.layers.Dense(3)(x)"),
        (apply(DENSE, "Dense: (3)"), "x = keras.layers.Dense(3)(x)  # Dense: (3)"),
        (apply(DENSE.with_options(activation="relu")), 'Dense(3, activation="relu")(x)'),
        (add("x", "x", Last("around")), "x = keras.layers.Add()([x, around[:, -1, :]])"),
        (Step(("x",), None, (Since("x", 2),)), "x = x[:, 2:, :]"),
        (Step(("past",), Call("keras.Input", ((4, 1),)), ()), "past = keras.Input((4, 1))"),
        (Step(("_", "x"), Call("Own"), ("x", "y")), "_, x = Own()(x, y)"),
        (
            Step(("x",), Call("Own"), ("x",), by_name={"initial_state": "state"}),
            "Own()(x, initial_state=state)",
        ),
        (Step(("x",), Call("Own"), ("x",), says="ops.abs(x)"), "x = ops.abs(x)"),
    ],
)
def test_a_step_is_a_line(step: Step, line: str) -> None:
    (written,) = write_steps([step])
    assert written.endswith(line)


def test_a_script_says_some_steps_in_other_words_or_not_at_all() -> None:
    steps = [
        Step(("y",), Call("Own"), ("x",), says=("y = 1", "y = y + 1"), above=("# Two lines.",)),
        Step(("y",), Call("Own"), ("y",), says=()),
    ]
    assert write_steps(steps) == ["# Two lines.", "y = 1", "y = y + 1"]


def test_what_is_inline_stands_where_it_is_taken() -> None:
    told = Step(("told",), DENSE, ("known",), is_inline=True)
    inlined: dict[str, str] = {}
    assert write_steps([told], inlined) == []
    sums = "query = keras.layers.Add()([query, keras.layers.Dense(3)(known)])"
    assert write_steps([add("query", "query", "told")], inlined) == [sums]


def test_numbers_go_by_their_names_and_short_loops_are_written_out() -> None:
    horizon = Named(5, "HORIZON")
    assert horizon * 2 == 10
    reshape = Call("keras.layers.Reshape", ((horizon, 2),))
    assert write_layer(reshape) == "keras.layers.Reshape((HORIZON, 2))"
    loops = [
        Call("Own", (), {"unroll": Unroll(count)}, {"unroll": False})
        for count in (MOST_UNROLLED, MOST_UNROLLED + 1)
    ]
    assert [write_layer(loop) for loop in loops] == ["Own(unroll=True)", "Own()"]
