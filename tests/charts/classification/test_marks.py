from __future__ import annotations

import re
from typing import Any

from lstm_core.charts.classification.marks import MOST_UNREAD, draw_legend, mark_text


def cut(text: str, *unknown: int) -> list[dict[str, Any]]:
    found = enumerate(re.finditer(r"\S+", text))
    return [
        {"start": word.start(), "stop": word.end(), "is_known": number not in unknown}
        for number, word in found
    ]


def read_styles(marked: str) -> dict[str, str]:
    return {text: style for style, text in re.findall(r'<span style="([^"]*)">([^<]*)<', marked)}


def test_words_are_marked_by_sign_and_strength_and_not_by_colour_alone() -> None:
    text = "not great but zebra solid"
    marked = mark_text(text, cut(text, 3), [2.0, 1.0, 0.0, 0.0, -2.0], spaced=True)
    assert re.sub(r"<[^>]*>", "", marked) == text
    styles = read_styles(marked)
    assert set(styles) == {"not", "great", "zebra", "solid"}
    assert "solid" in styles["not"]
    assert "dashed" in styles["solid"]
    assert "dotted" in styles["zebra"]
    assert styles["not"] != styles["great"]


def test_whatever_stands_in_a_text_stays_text() -> None:
    text = '<script>alert(1)</script> " onmouseover=x & <b>'
    marked = mark_text(text, cut(text), [1.0, -1.0, 0.5, 1.0, 1.0], spaced=True)
    assert set(re.findall(r"<(/?\w+)", marked)) == {"p", "/p", "span", "/span"}
    assert '" onmouseover' not in marked
    assert "<b>" not in draw_legend("<b>glad</b>", has_unknown=True)


def test_letters_in_a_row_share_a_mark() -> None:
    pieces = [{"start": place, "stop": place + 1, "is_known": True} for place in range(6)]
    marked = mark_text("TATAGG", pieces, [1, 1, 1, 1, 0, 0], spaced=False)
    assert list(read_styles(marked)) == ["TATA"]
    assert marked.count("<span") == 1


def test_a_letter_in_several_runs_has_their_mean() -> None:
    runs = [{"start": place, "stop": place + 2, "is_known": place < 2} for place in range(3)]
    styles = read_styles(mark_text("ACGT", runs, [1.0, 1.0, 0.0], spaced=False))
    assert list(styles) == ["AC", "G", "T"]
    assert "background" in styles["AC"]
    assert "background" in styles["G"]
    assert styles["AC"] != styles["G"]
    assert styles["T"].startswith("text-decoration")  # in unknown runs alone


def test_what_was_not_read_is_paler_and_cut() -> None:
    marked = mark_text("a " + "b" * 10_000, cut("a"), [1.0], spaced=True)
    assert "opacity" in marked
    assert len(marked) < MOST_UNREAD + 1_000
    assert "…" in marked


def test_a_text_of_which_nothing_counts_is_unmarked() -> None:
    assert "<span" not in mark_text("a b", cut("a b"), [0.0, 0.0], spaced=True)
