import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lstm_core.data.tagged.graphemes import cut_graphemes
from lstm_core.data.tagged.words import WordCut

KEEPS = ["I'd", "like", "a", "well-known", "film", ".", "don't", "say", "10:30", ",", "3.5", "!"]
PARTS = ["ataxia", "-", "type", "2", ",", "(", "APC", ")", "Ann", "'s", "do", "n't", "3.5", "."]
SPACED = ["Fly", "to", "Rome,", "please.", "Why", "not?", "Now!"]
CHINESE = [*"我们明天去北京。", *"他在上海工作，", "3"]


@pytest.mark.parametrize(
    ("words", "text", "cut"),
    [
        (KEEPS, "I'd see a well-known one.", ["I'd", "see", "a", "well-known", "one", "."]),
        (KEEPS, "At 10:30, (no)!", ["At", "10:30", ",", "(", "no", ")", "!"]),
        (PARTS, "Ann's co-op, don't", ["Ann", "'s", "co", "-", "op", ",", "do", "n't"]),
        (SPACED, "to Rome, please.", ["to", "Rome,", "please."]),
        (CHINESE, "我在 Rome 3.", ["我", "在", "Rome", "3", "."]),
        ([], "So, yes", ["So", ",", "yes"]),
        (["नमस्ते", "दुनिया", "।"], "नमस्ते।", ["नमस्ते", "।"]),
    ],
)
def test_text_is_cut_like_the_words(words: list[str], text: str, cut: list[str]) -> None:
    assert WordCut.fit(words).cut(text) == cut


@given(st.text(max_size=60), st.sampled_from([KEEPS, PARTS, SPACED, CHINESE]))
def test_nothing_but_spaces_is_lost(text: str, words: list[str]) -> None:
    found = WordCut.fit(words).cut(text)
    assert all(word.strip() for word in found)
    assert "".join("".join(found).split()) == "".join(text.split())


@given(st.text(max_size=60))
def test_graphemes_are_the_text(text: str) -> None:
    assert "".join(cut_graphemes(text)) == text


@pytest.mark.parametrize(
    "cluster", ["e\u0301", "👩‍🔬", "👍🏽", "🇩🇪", "각", "\u1112\u1161\u11ab", "नि"]
)
def test_what_belongs_together_is_one(cluster: str) -> None:
    assert cut_graphemes(f"a{cluster}b") == ["a", cluster, "b"]


def test_two_flags_are_two() -> None:
    assert cut_graphemes("🇩🇪🇫🇷") == ["🇩🇪", "🇫🇷"]


@pytest.mark.parametrize("words", [KEEPS, PARTS, SPACED, CHINESE])
def test_a_cut_comes_back_from_json(words: list[str]) -> None:
    cut = WordCut.fit(words)
    assert WordCut.from_dict(json.loads(json.dumps(cut.to_dict()))) == cut
    for content in ({}, {"way": "x"}, {"way": "marks", "more": 1}):
        with pytest.raises(ValueError, match="no way to cut"):
            WordCut.from_dict(content)
