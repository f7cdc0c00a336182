from __future__ import annotations

from typing import Any

from lstm_core.tasks.classification.explaining.words import (
    count_unknown,
    say_completeness,
    say_spoken,
)

TEXT = "not great but a zebra"
PIECES = [
    {"start": 0, "stop": 3, "is_known": True},
    {"start": 4, "stop": 9, "is_known": True},
    {"start": 10, "stop": 13, "is_known": True},
    {"start": 14, "stop": 15, "is_known": True},
    {"start": 16, "stop": 21, "is_known": False},
]


def answer(*spans: tuple[int, int, float], **more: Any) -> dict[str, Any]:
    return {"label": "sad", "spans": [list(span) for span in spans], **more}


def test_words_are_quoted_from_the_text() -> None:
    found = answer((0, 2, 2.0), (4, 5, -1.0), text=TEXT, pieces=PIECES)
    assert say_spoken(found) == "Most for “sad”: “not great”. Most against it: “zebra”."
    assert say_spoken(answer((4, 5, -1.0), text=TEXT, pieces=PIECES)) == (
        "Most against “sad”: “zebra”."
    )
    assert count_unknown(found) == 1
    long = answer((0, 1, 1.0), text="x" * 99, pieces=[{"start": 0, "stop": 99, "is_known": True}])
    assert len(say_spoken(long)) < 70


def test_steps_of_a_signal_are_named_by_number() -> None:
    spans = [(number, number + 2, 1.0) for number in range(0, 10, 2)]
    assert say_spoken(answer(*spans)) == (
        "Most for “sad”: steps 0 to 1, steps 2 to 3, steps 4 to 5."
    )
    assert say_spoken(answer((7, 8, -1.0))) == "Most against “sad”: step 7."
    assert "Integrated gradients may tell more" in say_spoken(answer())
    assert "more than another" in say_spoken(answer(gap=0.0))
    assert count_unknown(answer()) == 0


def test_what_is_not_explained_is_told() -> None:
    assert "but for less than 0.1%" in say_completeness(answer(gap=0.0, is_complete=True))
    assert "but for 1.2%" in say_completeness(answer(gap=0.012, is_complete=True))
    assert "by 31%: take this picture for a rough one" in say_completeness(
        answer(gap=0.31, is_complete=False)
    )
    assert say_completeness(answer(without=0.5)) == "With all of it hidden, “sad” would get 50%."
