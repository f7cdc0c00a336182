"""Figures of tags: counts, what was taken for what, where it errs, recordings with ribbons."""

from __future__ import annotations

import json

import numpy as np
import pandas as pd

from lstm_core.charts.tagging import breakdowns, confusion, ribbon, stretches, types

NASTY = "<b>x</b> $y$"


def write(figure: object) -> str:
    return json.dumps(json.loads(figure.to_json()))  # type: ignore[attr-defined]


def test_types_are_counted_by_name() -> None:
    figure = types.draw_types([NASTY, "b"], [5, 2], stretches.choose_colours([NASTY, "b"]))
    assert "<b>" not in write(figure)


def test_a_recording_has_a_ribbon_for_what_was_said_and_what_is_true() -> None:
    values = np.random.default_rng(0).normal(size=(40, 2)).astype("float32")
    said = stretches.find_stretches(["rest"] * 20 + [NASTY] * 20, "plain")
    figure = ribbon.draw_ribbons(
        values,
        ("x", NASTY),
        [ribbon.Ribbon("said", said), ribbon.Ribbon("true", said)],
        stretches.choose_colours(["rest", NASTY]),
    )
    assert "<b>" not in write(figure)


def test_what_was_taken_for_what_has_a_side_for_none_at_all() -> None:
    table = pd.DataFrame(
        {"type": ["a", "a", "", NASTY], "said": ["a", "", "a", "a"], "num": [5, 2, 1, 3]}
    )
    shown = confusion.list_shown(table)
    assert set(shown) >= {"a", NASTY}
    matrix = confusion.build_matrix(table, shown, marks_entities=True)
    assert matrix.sum() == 11
    figure = confusion.draw_confusion(matrix, shown, marks_entities=True)
    assert "<b>" not in write(figure)
    assert sorted(filter(None, figure.data[-1].text)) == ["1", "2", "3", "5"]


def test_each_type_has_its_scores() -> None:
    table = pd.DataFrame(
        {
            "type": [NASTY, "b"],
            "num": [4, 0],
            "said": [3, 2],
            "right": [2, 0],
            "precision": [2 / 3, 0.0],
            "recall": [0.5, np.nan],
            "f1": [4 / 7, 0.0],
        }
    )
    assert "<b>" not in write(types.draw_type_scores(table))


def test_where_it_errs_is_drawn_where_there_is_something_to_compare() -> None:
    rows = [("length", "1 to 5", 9, 0.5), ("length", "6 to 10", 3, 1.0), ("group", NASTY, 2, 0.1)]
    table = pd.DataFrame(rows, columns=["by", "value", "num", "found"])
    assert breakdowns.list_breakdowns(table) == ["length"]
    assert breakdowns.list_breakdowns(table.iloc[:0]) == []
    assert "<b>" not in write(breakdowns.draw_breakdown(table, "length", "found"))
