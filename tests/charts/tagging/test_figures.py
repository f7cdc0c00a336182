from __future__ import annotations

import numpy as np
import pandas as pd

from lstm_core.charts.core.counts import MOST_BARS as MOST_COUNTED
from lstm_core.charts.core.palette import FORECAST, MODEL
from lstm_core.charts.tagging.breakdowns import MOST_BARS, draw_breakdown, list_breakdowns
from lstm_core.charts.tagging.confusion import (
    MOST_TYPES,
    build_matrix,
    draw_confusion,
    list_shown,
)
from lstm_core.charts.tagging.ribbon import MOST_GROUNDS, Ribbon, draw_ribbons
from lstm_core.charts.tagging.stretches import OTHER, choose_colours, find_stretches
from lstm_core.charts.tagging.types import MOST_SCORED, draw_type_scores, draw_types

HOSTILE = "<a href=x>$y$"
SAFE = "&lt;a href=x&gt;y"


def confuse(*rows: tuple[str, str, int]) -> pd.DataFrame:
    return pd.DataFrame(rows, columns=["type", "said", "num"])


def test_each_type_has_a_bar_of_its_colour() -> None:
    (bars,) = draw_types([HOSTILE, "b"], [1_200, 3], {"b": MODEL}).data
    assert list(bars.text) == ["1,200", "3"]
    assert list(bars.marker.color) == [OTHER, MODEL]
    figure = draw_types([HOSTILE], [1], {})
    assert list(figure.layout.yaxis.ticktext) == [SAFE]
    many = draw_types([f"t{number}" for number in range(60)], [2] * 60, {})
    assert len(many.data[0].x) == MOST_COUNTED + 1
    assert sum(many.data[0].x) == 120


def test_what_was_invented_and_what_was_missed_have_a_row_and_a_column() -> None:
    table = confuse((HOSTILE, HOSTILE, 8), (HOSTILE, "b", 2), ("b", "", 3), ("", HOSTILE, 5))
    types = list_shown(table)
    assert types == [HOSTILE, "b"]
    matrix = build_matrix(table, types, marks_entities=True)
    assert matrix.tolist() == [[8, 2, 0], [0, 0, 3], [5, 0, 0]]
    figure = draw_confusion(matrix, types, marks_entities=True)
    right, wrong, cells = figure.data
    assert right.colorscale[1][1] != wrong.colorscale[1][1]
    assert right.z[0][0] == 0.8
    assert wrong.z[1][2] == wrong.z[2][0] == 1.0
    assert list(figure.layout.yaxis.ticktext) == [SAFE, "b", "not there"]
    assert list(figure.layout.xaxis.ticktext) == [SAFE, "b", "missed"]
    assert cells.hovertext[0] == f"{SAFE}, said to be one: 8 (80%)"
    assert cells.hovertext[5] == "b, missed: 3 (100%)"
    assert cells.hovertext[6] == f"{SAFE}, said where there is none: 5"


def test_plain_tags_are_confused_among_themselves() -> None:
    table = confuse(("a", "a", 3), ("a", "b", 1))
    matrix = build_matrix(table, ["a", "b"], marks_entities=False)
    assert matrix.tolist() == [[3, 1], [0, 0]]
    assert draw_confusion(matrix, ["a", "b"], marks_entities=False).data[0].z[0][0] == 0.75


def test_of_many_types_those_that_are_mistaken_most_are_shown() -> None:
    right = [(f"t{number:02}", f"t{number:02}", 9) for number in range(MOST_TYPES + 5)]
    types = list_shown(confuse(*right, ("t29", "t28", 4), ("", "t27", 4)))
    assert len(types) == MOST_TYPES
    assert {"t27", "t28", "t29"} <= set(types)
    assert types == sorted(types)
    assert list_shown(confuse()) == []


def test_how_types_fare_the_hardest_first() -> None:
    row = {"num": 10, "said": 8, "precision": 0.5, "recall": 0.4}
    rows = [row | {"type": f"t{n}", "f1": n / 40} for n in range(MOST_SCORED + 5)]
    rows.append(row | {"type": HOSTILE, "f1": np.nan, "precision": np.nan})  # never said
    found, right = draw_type_scores(pd.DataFrame(rows)).data
    assert len(found.x) == MOST_SCORED
    assert {SAFE, "t0"} == {told.partition(" (")[0] for told in found.customdata[:2]}
    assert (found.name, right.name) == ("found of those there", "right of those said")


def test_where_it_errs_keeps_the_order_of_lengths() -> None:
    rows = [("length", "21 to 40", 5, 0.9), ("length", "1 to 5", 9, 0.5), ("word", "w", 3, 1.0)]
    rows += [("group", f"{HOSTILE} {number}", 4, number / 40) for number in range(MOST_BARS + 5)]
    table = pd.DataFrame(rows, columns=["by", "value", "num", "found"])
    assert list_breakdowns(table) == ["length", "group"]  # one value alone is beside nothing
    lengths = draw_breakdown(table, "length", "right")
    assert list(lengths.layout.yaxis.ticktext) == ["21 to 40 (5)", "1 to 5 (9)"]
    groups = draw_breakdown(table, "group", "right")
    assert len(groups.data[0].x) == MOST_BARS
    assert "<a" not in groups.data[0].customdata[0]
    assert list_breakdowns(table.iloc[:0]) == []


def test_a_recording_lies_above_what_is_said_and_what_is_true() -> None:
    values = np.random.default_rng(0).normal(size=(50, 2))
    said = find_stretches(["x"] * 20 + [HOSTILE] * 30, "plain")
    true = find_stretches(["x"] * 50, "plain")
    colours = choose_colours(["x", HOSTILE])
    ribbons = [Ribbon("said", said), Ribbon("true", true)]
    figure = draw_ribbons(values, ["one", HOSTILE], ribbons, colours)
    assert {trace.name for trace in figure.data} == {"one", SAFE, "x"}
    bars = next(trace for trace in figure.data if trace.type == "bar" and trace.name == "x")
    assert list(bars.x) == [20, 50]
    assert list(bars.y) == [0, 1]
    assert bars.customdata[0] == "x: steps 1 to 20"
    lines = [trace for trace in figure.data if trace.type == "scatter"]
    assert lines[0].x[0] == 1  # people count from 1
    assert not {line.line.color for line in lines} & set(colours.values())
    grounds = figure.layout.shapes
    assert [ground.fillcolor for ground in grounds] == [colours["x"], colours[HOSTILE]]
    assert (grounds[0].x0, grounds[0].x1) == (0.5, 20.5)


def test_a_recording_of_many_stretches_has_no_grounds() -> None:
    tags = [str(number % 2) for number in range(MOST_GROUNDS + 10)]
    ribbon = Ribbon("tags", find_stretches(tags, "plain"))
    figure = draw_ribbons(np.zeros((len(tags), 1)), ["v"], [ribbon], {})
    assert not figure.layout.shapes
    nothing = draw_ribbons(np.zeros((3, 1)), ["v"], [Ribbon("tags", [])], {"a": FORECAST})
    assert len(nothing.data) == 1
