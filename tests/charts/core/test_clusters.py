from __future__ import annotations

from lstm_core.charts.core.clusters import LINE_END, SPACE, TAB, cut_text, label_text, show_unit

FAMILY = "\U0001f468\u200d\U0001f469\u200d\U0001f467"
HEBREW = "\u05e9\u05dc\u05d5\u05dd"


def test_letters_are_cut_between_not_through() -> None:
    assert cut_text("abcdef", 4) == "abc…"
    assert cut_text("abcd", 4) == "abcd"
    assert cut_text(FAMILY * 5, 3) == FAMILY * 2 + "…"
    assert cut_text("e\u0301" * 4, 2) == "e\u0301…"
    assert len(cut_text("a" + "\u0301" * 100_000, 5)) < 200
    assert cut_text("", 3) == ""


def test_nothing_of_a_unit_is_invisible() -> None:
    assert show_unit("  ") == SPACE * 2
    assert show_unit(" a b") == " a b"
    assert show_unit("\n") == LINE_END
    assert show_unit("\r\n") == LINE_END
    assert show_unit("a\tb") == f"a{TAB}b"
    assert show_unit("a\u202eb\x00") == "a·b·"
    assert show_unit(FAMILY) == FAMILY


def test_labels_are_safe_and_keep_their_direction() -> None:
    assert label_text("<b>$x$", 20) == "\u2068&lt;b&gt;&#36;x&#36;\u2069"
    assert label_text(HEBREW, 20) == f"\u2068{HEBREW}\u2069"
    assert "…" in label_text("x" * 30, 5)
