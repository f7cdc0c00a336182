"""Words and marks come back as the running text that they were cut from."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lstm_core.learning.encoding.joining import cut_text, join_pieces

TEXTS = (
    "He has a test, hasn't he?",
    'She said, "Come in!", and left.',
    "Er sagte: „Komm herein!“ und ging.",
    "“Yes,” he said. ‘No,’ she said.",
    "Il a dit « oui ».".replace("« ", "«").replace(" »", "»"),
    "»Nein«, sagte sie.",
    "¿Dónde está? ¡Aquí!",
    "It costs $3.50 (or 1,000 yen) at 10:30.",
    "Vor- und Nachteile, 56-year-old, 2010-11-03, U.S. law.",
    "l'eau, d’accord, the dogs' bowl",
    "Wait... what?! 50% of it",
    "今日は良い天気です。東京へ行く。",
    "नमस्ते दुनिया, สวัสดี",
    "Cafe\u0301 au lait",
    "ok 👨‍👩‍👧 🇩🇪 👍🏽 fine",
)


@pytest.mark.parametrize("text", TEXTS)
def test_running_text_comes_back(text: str) -> None:
    assert join_pieces(cut_text(text)) == text


def test_marks_stand_apart_and_words_stay_whole() -> None:
    assert cut_text("Don't (ever) pay 3.50, Ann.") == [
        *("Don't", "(", "ever", ")", "pay", "3.50", ",", "Ann", "."),
    ]
    assert cut_text("東京へ") == ["東", "京", "へ"]
    assert len(cut_text("👨‍👩‍👧")) == 1


@given(st.text(max_size=40))
def test_nothing_is_lost_or_made_up(text: str) -> None:
    pieces = cut_text(text)
    assert "".join(pieces) == "".join(text.split())
    assert "".join(join_pieces(pieces).split()) == "".join(text.split())


@given(st.lists(st.sampled_from(["a", "Tom", "'", '"', "“", "”", "„", "»", "«", ".", "(", "-"])))
def test_any_order_of_marks_is_joined(pieces: list[str]) -> None:
    assert join_pieces(pieces).replace(" ", "") == "".join(pieces)
