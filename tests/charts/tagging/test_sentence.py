"""Sentences with their tags, as HTML in which nothing of theirs is code."""

from __future__ import annotations

import html
import re

import pytest

from lstm_core.charts.tagging.sentence import MOST_WORDS, draw_legend, join_words, mark_sentence
from lstm_core.charts.tagging.stretches import choose_colours, find_stretches

NASTY = "<script>alert('x')</script>"


def strip(marked: str) -> str:
    return html.unescape(re.sub(r"<[^>]+>", "", marked)).replace("\xa0", " ")


def test_an_entity_stands_on_its_ground_with_its_name_behind_it() -> None:
    colours = choose_colours(["city", "day"])
    words, tags = ["to", "New", "York", "today"], ["O", "B-city", "I-city", "B-day"]
    marked = mark_sentence(words, tags, "bio", colours)
    assert strip(marked) == "to New York city today day"
    assert marked.count("<bdi") == 2
    assert 'dir="auto"' in marked


def test_what_is_unsure_or_was_never_met_is_marked_without_colour_alone() -> None:
    colours = choose_colours(["city"])
    sure = mark_sentence(["Rome"], ["B-city"], "bio", colours, [0.95], [True])
    unsure = mark_sentence(["Rome"], ["B-city"], "bio", colours, [0.4], [False])
    assert "dashed" not in sure
    assert "dashed" in unsure
    assert "dotted" in unsure
    assert "dotted" not in sure


def test_plain_tags_stand_below_their_words() -> None:
    marked = mark_sentence(["the", "dog"], ["DET", "NOUN"], "plain", choose_colours(["DET"]))
    assert strip(marked.replace("<br>", " ")) == "the DET dog NOUN"


@pytest.mark.parametrize("scheme", ["bio", "plain"])
def test_words_and_types_are_no_code(scheme: str) -> None:
    tag = f"B-{NASTY}" if scheme == "bio" else NASTY
    marked = mark_sentence([NASTY], [tag], scheme, choose_colours([NASTY]))  # type: ignore[arg-type]
    assert "<script" not in marked
    assert "<script" not in draw_legend([NASTY], {}, has_certainty=True, has_unknown=True)


def test_a_long_sentence_is_shown_in_part_and_an_empty_one_as_nothing() -> None:
    words, tags = ["a"] * (MOST_WORDS + 7), ["O"] * (MOST_WORDS + 7)
    assert "and 7 more" in mark_sentence(words, tags, "bio", {})
    assert strip(mark_sentence([], [], "bio", {})) == ""


def test_signs_of_chinese_stand_without_spaces() -> None:
    assert join_words(["明", "天", "at", "7"]) == "明天 at 7"


def test_each_type_keeps_its_colour() -> None:
    colours = choose_colours(["a", "b", "c"])
    assert len(set(colours.values())) == 3
    assert choose_colours(["c", "b", "a"]) == colours
    stretches = find_stretches(["x", "x", "y"], "plain")
    assert [(each.first, each.stop, each.type) for each in stretches] == [(0, 2, "x"), (2, 3, "y")]
