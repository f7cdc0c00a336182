from __future__ import annotations

import math
import re

from lstm_core.charts.core.bands import fade
from lstm_core.charts.core.clusters import LINE_END, SPACE
from lstm_core.charts.core.palette import FORECAST, MODEL
from lstm_core.charts.language.surprise import (
    HIGHEST,
    MOST_UNITS,
    STRONGEST,
    draw_legend,
    mark_surprise,
)

HOSTILE = '"><script>alert(1)</script><b onmouseover=x>'


def read_text(marked: str) -> str:
    return re.sub(r"<[^>]*>", "", marked)


def read_tags(marked: str) -> set[str]:
    return set(re.findall(r"<(/?\w+)", marked))


def test_each_unit_says_how_much_it_surprised() -> None:
    marked = mark_surprise(["a", "b"], [math.log(0.1), 0.0])
    assert 'title="surprise 2.3 nats; probability 10%"' in marked
    assert 'title="surprise 0.0 nats; probability 100%"' in marked
    assert "probability 0.001" in mark_surprise(["a"], [math.log(0.001)])
    assert read_text(marked) == "ab"
    assert 'dir="auto"' in marked


def test_what_surprises_more_stands_on_a_stronger_ground() -> None:
    def read_strength(nats: float) -> float:
        found = re.search(r"background: rgba\([^)]*, ([\d.]+)\)", mark_surprise(["a"], [-nats]))
        assert found is not None
        return float(found[1])

    assert 0 == read_strength(0.0) < read_strength(1.0) < read_strength(4.0) < STRONGEST
    assert read_strength(HIGHEST) == read_strength(math.inf) == STRONGEST
    assert fade(FORECAST, STRONGEST) in mark_surprise(["a"], [-math.inf])


def test_what_nothing_was_said_of_has_no_ground() -> None:
    marked = mark_surprise(["a"], [math.nan])
    assert "background" not in marked
    assert "nothing was said of it" in marked


def test_spaces_and_ends_of_lines_can_be_seen_and_keep_their_place() -> None:
    marked = mark_surprise(["a", " ", "b", "\n", "c", " d", "\r\n\n"], [-1.0] * 7)
    assert read_text(marked) == f"a{SPACE}b{LINE_END}\nc d{LINE_END}\n{LINE_END}\n"
    assert "pre-wrap" in marked


def test_whatever_stands_in_units_stays_text() -> None:
    marked = mark_surprise([HOSTILE, "\u202e\x00"], [-1.0, -1.0], copied=[True, False])
    assert read_tags(marked) == {"div", "/div", "span", "/span"}
    assert "\u202e" not in marked
    assert "\x00" not in marked
    assert "<script" not in marked


def test_copies_and_unknown_units_have_lines_and_the_legend_names_them() -> None:
    marked = mark_surprise(["a", "b"], [-1.0, -1.0], copied=[True, False], unknown=[False, True])
    assert marked.count(f"border-bottom: 2px solid {MODEL}") == 1
    assert marked.count("dotted") == 1
    assert "probability 37%; word for word from training" in marked
    plain, full = draw_legend(), draw_legend(has_copied=True, has_unknown=True)
    assert "word for word" not in plain
    assert "word for word" in full
    assert "never met in training" in full


def test_a_long_text_is_cut_and_an_empty_one_is_empty() -> None:
    marked = mark_surprise(["w "] * (MOST_UNITS + 7), [-1.0] * (MOST_UNITS + 7))
    assert marked.count("<span") == MOST_UNITS
    assert "and 7 more" in marked
    assert read_text(mark_surprise([], [])) == ""
