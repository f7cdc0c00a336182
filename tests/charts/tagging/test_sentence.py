from __future__ import annotations

import re

from lstm_core.charts.tagging.sentence import (
    MOST_WORDS,
    draw_legend,
    join_words,
    mark_sentence,
)
from lstm_core.charts.tagging.stretches import choose_colours, find_stretches

COLOURS = choose_colours(["person", "place"])
HOSTILE = '"><script>alert(1)</script><b onmouseover=x>'


def read_text(marked: str) -> str:
    return re.sub(r"<[^>]*>", "", marked).replace("&nbsp;", "|")


def read_tags(marked: str) -> set[str]:
    return set(re.findall(r"<(/?\w+)", marked))


def test_entities_stand_on_grounds_with_their_type_behind_them() -> None:
    words = ["Ada", "of", "New", "York", "Ben"]
    tags = ["B-person", "O", "B-place", "I-place", "B-person"]
    marked = mark_sentence(words, tags, "bio", COLOURS, [0.9, 1.0, 0.9, 0.4, 1.0])
    assert read_text(marked) == "Ada|person of New York|place Ben|person"
    assert marked.count("solid") == 2
    assert marked.count("dashed") == 1  # as unsure as its least sure step
    assert "place: 40% sure" in marked
    assert 'dir="auto"' in marked


def test_plain_tags_stand_below_their_words() -> None:
    marked = mark_sentence(["a", "b"], ["X", "Y"], "plain", choose_colours(["X", "Y"]))
    assert marked.count("<br>") == 2
    assert marked.count("inline-block") == 2
    assert read_text(marked) == "aX bY"


def test_whatever_stands_in_words_and_types_stays_text() -> None:
    for scheme, tag in (("bio", f"B-{HOSTILE}"), ("plain", HOSTILE)):
        marked = mark_sentence(
            [HOSTILE],
            [tag],
            scheme,
            {HOSTILE: "#000000"},
            [0.5],
            [False],  # type: ignore[arg-type]
        )
        assert read_tags(marked) <= {"p", "/p", "span", "/span", "bdi", "/bdi", "br"}
        assert '"><script' not in marked
        assert "onmouseover=x>" not in marked
    legend = draw_legend([HOSTILE], {}, has_certainty=True, has_unknown=True)
    assert read_tags(legend) == {"p", "/p", "span", "/span"}
    assert "never met in training" in legend
    assert "less than 70% sure" in legend


def test_words_that_were_never_met_are_underlined() -> None:
    marked = mark_sentence(["a", "b"], ["O", "O"], "bio", {}, known=[True, False])
    assert marked.count("dotted") == 1


def test_a_long_sentence_is_cut_and_an_empty_one_is_empty() -> None:
    count = MOST_WORDS + 7
    marked = mark_sentence(["w"] * count, ["B-x"] + ["I-x"] * (count - 1), "bio", {})
    assert "and 7 more" in marked
    assert marked.count("<span") == marked.count("</span")
    assert read_text(mark_sentence([], [], "bio", {})) == ""
    assert read_text(mark_sentence([], [], "plain", {})) == ""


def test_signs_of_chinese_stand_without_spaces() -> None:
    assert join_words(["明", "天", "see", "王"]) == "明天 see 王"
    assert join_words([]) == ""


def test_a_colour_hangs_on_the_types_alone() -> None:
    assert choose_colours(["b", "a", "b"]) == choose_colours(["a", "b"])
    many = choose_colours([f"type {number}" for number in range(40)])
    assert len(many) == 40


def test_plain_tags_in_a_row_are_one_stretch() -> None:
    found = find_stretches(["x", "x", "y", "x"], "plain")
    assert [tuple(each) for each in found] == [(0, 2, "x"), (2, 3, "y"), (3, 4, "x")]
    assert find_stretches(["O", "O"], "bio") == []
    assert find_stretches([], "plain") == []
