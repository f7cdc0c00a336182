from __future__ import annotations

import re

import numpy as np
import pandas as pd

from lstm_core.charts.core.palette import BASELINE, MODEL
from lstm_core.charts.translation.alignment import MOST_UNITS as MOST_ALIGNED
from lstm_core.charts.translation.alignment import mark_alignment
from lstm_core.charts.translation.attention import LONGEST_LABEL, MOST_UNITS, draw_attention
from lstm_core.charts.translation.breakdowns import draw_breakdown, list_breakdowns

HOSTILE = '"></style><script>alert(1)</script>$y$'
HEBREW = "\u05e9\u05dc\u05d5\u05dd"
CROSSED = np.array([[0.1, 0.9], [0.8, 0.2]])


def read_tags(marked: str) -> set[str]:
    return set(re.findall(r"<(/?\w+)", marked))


def test_weights_stand_where_both_sides_meet() -> None:
    figure = draw_attention(["ein", HEBREW], ["one", "one"], CROSSED)
    (cells,) = figure.data
    assert cells.z.tolist() == CROSSED.tolist()
    assert cells.text[0][1] == f"\u2068one\u2069 looked at \u2068{HEBREW}\u2069"
    assert list(figure.layout.xaxis.ticktext) == ["\u2068ein\u2069", f"\u2068{HEBREW}\u2069"]
    assert list(figure.layout.yaxis.tickvals) == [0, 1]  # equal units keep a row each
    assert figure.layout.yaxis.autorange == "reversed"


def test_labels_are_cut_and_safe_and_long_sides_as_well() -> None:
    figure = draw_attention([HOSTILE], ["x" * 99], np.ones((1, 1)))
    assert "<" not in figure.layout.xaxis.ticktext[0]
    assert "<" not in figure.data[0].text[0][0]
    assert "$" not in figure.layout.xaxis.ticktext[0]
    assert len(figure.layout.yaxis.ticktext[0]) == LONGEST_LABEL + 2
    long = draw_attention(["a"] * 99, ["b"] * 70, np.ones((70, 99)))
    assert long.data[0].z.shape == (MOST_UNITS, MOST_UNITS)
    assert long.layout.xaxis.title.text == f"given, its first {MOST_UNITS} of 99"
    assert draw_attention([], [], np.zeros((0, 0))).data[0].z.size == 0


def test_pointing_at_a_unit_lights_up_what_it_looked_at_most() -> None:
    marked = mark_alignment(["ein", "zwei"], ["two", "one"], CROSSED)
    (name,) = set(re.findall(r"align-[0-9a-f]{12}", marked))
    for place, at in ((0, 1), (1, 0)):
        assert f".{name}:has(.s{place}:hover) .g{at}" in marked
        assert f".{name}:has(.g{at}:hover) .s{place}" in marked
    assert ":has(.s0:hover) .g0" not in marked
    assert "looked at “\u2068zwei\u2069”: 90%" in marked
    assert "looked at by “\u2068one\u2069”" in marked
    other = mark_alignment(["ein"], ["two"], np.ones((1, 1)))
    assert name not in other


def test_whatever_stands_in_units_stays_text() -> None:
    marked = mark_alignment([HOSTILE], [HOSTILE], np.ones((1, 1)))
    assert read_tags(marked) == {"div", "/div", "style", "/style", "p", "/p", "span", "/span"}
    assert marked.count("</style>") == 1
    assert '"></style' not in marked
    assert "<bdi" not in marked  # dir="auto" doesn't look into it


def test_nothing_and_too_much_to_align() -> None:
    empty = mark_alignment([], [], np.zeros((0, 0)))
    assert ":has" not in empty
    unknown = mark_alignment(["a"], ["b"], np.full((1, 1), np.nan))
    assert "looked at nothing that is shown" in unknown
    count = MOST_ALIGNED + 5
    long = mark_alignment(["a"] * count, ["b"] * count, np.eye(count))
    assert long.count("<span") == 2 * MOST_ALIGNED
    assert "and 5 more" in long


def test_scores_stand_beside_those_of_baselines() -> None:
    rows = pd.DataFrame(
        [
            ("length", "1 to 5", 10, 50.0, 20.0),
            ("length", "6 to 9", 10, 40.0, 30.0),
            ("group", "a", 5, 9.0, 1.0),
            ("group", HOSTILE, 5, 3.0, 1.0),
            ("unknown", "none", 20, 45.0, 25.0),
        ],
        columns=["by", "value", "num", "chrf", "nearest"],
    )
    assert list_breakdowns(rows) == ["length", "group"]
    columns = {"chrf": "network", "nearest": "nearest sentence"}
    own, other = draw_breakdown(rows, "length", columns).data
    assert (own.marker.color, other.marker.color) == (MODEL, BASELINE)
    assert list(own.x) == [50.0, 40.0]
    groups = draw_breakdown(rows, "group", columns)
    assert list(groups.data[0].x) == [3.0, 9.0]
    assert "<" not in groups.layout.yaxis.ticktext[0]
