"""Text as numbers and back: exactly, where its units are known."""

import builtins
import json

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from lstm_core.errors import DataError, SpecError
from lstm_core.learning.encoding.choosing_units import MUCH, choose_units
from lstm_core.learning.encoding.unit_kinds import pieces as pieces_module
from lstm_core.learning.encoding.unit_kinds.characters import CharacterUnits
from lstm_core.learning.encoding.unit_kinds.cutting import compile_cut
from lstm_core.learning.encoding.unit_kinds.face import measure_unknown
from lstm_core.learning.encoding.unit_kinds.pieces import FEWEST, PieceUnits, has_library
from lstm_core.learning.encoding.unit_kinds.words import JOIN, WordUnits
from lstm_core.learning.encoding.units import EDGE, FIRST, UNKNOWN, fit_units, units_from_json

needs_library = pytest.mark.skipif(not has_library(), reason="tokenizers is not installed")
KINDS = ["characters", "words", pytest.param("pieces", marks=needs_library)]

ODD = (
    "Café or cafe\u0301? 👩‍👩‍👧 and 🇩🇪!\n\n  “Well,” she said -- don't… it's 3.5 %.\t"
    "हिन्दी में\nعربي מה 東京に行く。\u00a0x\u200by\n((a)b) [c ]\n \n<|endoftext|> <edge>"
)
PLAIN = (
    "The ship came in. The crew, all nine, slept.\n\nNobody said: the ship came in!\n"
    "(The harbour slept.) The harbour, the crew and the ship slept.\n"
) * 3


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("text", [ODD, PLAIN, "", " ", "\n\n", " a", "a ", "a  b", "\na"])
def test_what_is_known_comes_back_exactly(kind: str, text: str) -> None:
    units = fit_units(kind, [ODD, PLAIN, text], 5_000, 1)
    located = units.locate(text)
    assert located.numbers.dtype == np.int32
    assert units.decode(located.numbers) == text
    np.testing.assert_array_equal(units.encode(text), located.numbers)
    assert measure_unknown(located.numbers) == 0
    assert not (located.numbers == EDGE).any()
    reopened = units_from_json(units.to_json())
    assert reopened == units
    np.testing.assert_array_equal(reopened.encode(text), located.numbers)


@given(st.lists(st.sampled_from(["a", "b", ".", "“", "”", " ", "\n", "é", "\u0301", "'", "東"])))
def test_words_come_back_however_they_are_spaced(signs: list[str]) -> None:
    text = "".join(signs)
    units = WordUnits.fit([text, "a b. “a” b\n"], 5_000, 1)
    assert units.decode(units.encode(text)) == text


@given(st.text())
def test_words_are_cut_without_loss(text: str) -> None:
    assert "".join(compile_cut().findall(text)) == text


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("text", [ODD, PLAIN])
def test_units_lie_where_they_are_said_to(kind: str, text: str) -> None:
    units = fit_units(kind, [ODD, PLAIN], 5_000, 1)
    located = units.locate(text)
    assert (located.starts <= located.stops).all()
    assert (np.diff(located.starts) >= 0).all()
    assert located.stops[-1] == len(text)
    for number, start, stop in zip(located.numbers, located.starts, located.stops, strict=True):
        told = units.decode(np.array([number]))
        assert told == text[start:stop] or "\ufffd" in told


def test_characters_are_code_points_and_rare_ones_are_unknown() -> None:
    units = CharacterUnits.fit(["aab", "aacc"], 100, rarest=2)
    assert units.signs == "ac"
    assert units.encode("abc").tolist() == [FIRST, UNKNOWN, FIRST + 1]
    assert units.decode(units.encode("abc")) == "a\ufffdc"
    assert measure_unknown(units.encode("abc!")) == 0.5
    assert len(units.encode("e\u0301")) == 2
    assert CharacterUnits.fit(["abcabcab"], FIRST + 2).signs == "ab"


def test_words_are_those_of_running_text() -> None:
    units = WordUnits.fit([PLAIN], 5_000, 1)
    text = "The ship, (the harbour) slept.\nNobody said: the"
    told = [units.name(number) for number in units.encode(text)]
    assert told == ["The", "ship", ",", "(", "the", "harbour", ")", "slept", ".", "↵", "Nobody",
                    "said", ":", "the"]  # fmt: skip
    assert {",", ".", ")", "!", ":"} <= units.close_left
    assert "(" in units.close_right
    odd = units.encode("ship ,crew")
    assert [units.name(number) for number in odd] == ["ship", "␣", ",", "(no space)", "crew"]


def test_an_unknown_word_is_spaced_like_a_word() -> None:
    units = WordUnits.fit([PLAIN], 5_000, 1)
    numbers = units.encode("The whale, slept; § (whale)")
    assert units.decode(numbers) == "The \ufffd, slept\ufffd \ufffd (\ufffd)"
    assert (numbers == UNKNOWN).sum() == 4
    assert WordUnits.fit(["a a b"], 5_000, 2).words == (JOIN, " ", "a")


def test_edges_are_no_text() -> None:
    units = WordUnits.fit([PLAIN], 5_000, 1)
    both = np.concatenate([[EDGE], units.encode("The ship"), [EDGE], units.encode("The crew")])
    assert units.decode(both) == "The shipThe crew"
    assert units.name(EDGE) == "(edge)"
    assert units.name(UNKNOWN) == "(unknown)"


def test_capitals_and_apostrophes_stay_and_marks_belong_to_their_letter() -> None:
    assert compile_cut().findall("Don’t हिन्दी cafe\u0301 東京 👩‍👩‍👧s") == [
        "Don’t", " ", "हिन्दी", " ", "cafe\u0301", " ", "東", "京", " ", "👩‍👩‍👧", "s",
    ]  # fmt: skip


@needs_library
def test_pieces_are_learnt_alike_and_in_parts_as_in_one(monkeypatch: pytest.MonkeyPatch) -> None:
    first, second = (PieceUnits.fit([PLAIN], 300) for _ in range(2))
    assert first == second
    assert FEWEST < first.size <= 300
    text = (PLAIN + "\n \n\n  x\n") * 5
    whole = first.locate(text)
    monkeypatch.setattr(pieces_module, "_CHUNK", 40)
    parts = first.locate(text)
    for name in ("numbers", "starts", "stops"):
        np.testing.assert_array_equal(getattr(whole, name), getattr(parts, name))
    assert len(whole.numbers) < 0.8 * len(text)


@needs_library
def test_pieces_spell_what_they_never_saw() -> None:
    units = PieceUnits.fit([PLAIN], 300)
    numbers = units.encode("東 <edge>")
    assert measure_unknown(numbers) == 0
    assert units.decode(numbers) == "東 <edge>"
    assert units.name(int(numbers[0])) == "‹E6›"
    assert units.decode(numbers[:1]) == "\ufffd"
    assert units.decode(np.array([EDGE, UNKNOWN, *numbers[-3:]])).startswith("\ufffd")
    assert units.decode(units.encode("a\ud800b")) == "a\ufffdb"


def test_too_few_pieces() -> None:
    with pytest.raises(SpecError, match="too few"):
        PieceUnits.fit([PLAIN], 100)


def test_without_the_library(monkeypatch: pytest.MonkeyPatch) -> None:
    real = builtins.__import__

    def refuse(name: str, *rest: object, **more: object) -> object:
        if name.startswith("tokenizers"):
            raise ImportError(name)
        return real(name, *rest, **more)

    monkeypatch.setattr(builtins, "__import__", refuse)
    with pytest.raises(SpecError, match="not installed") as caught:
        PieceUnits.fit([PLAIN], 300)
    assert "characters" in caught.value.remedy


def test_nothing_to_choose_from() -> None:
    with pytest.raises(SpecError, match="nothing"):
        fit_units("characters", ["aaaa"], 100, 1)


@pytest.mark.parametrize(
    "content",
    ["", "[]", "{}", '{"kind": "runes"}', '{"kind": "characters", "signs": 3}',
     '{"kind": "words", "words": "ab", "close_left": [], "close_right": []}',
     json.dumps({"kind": "pieces"}), "[" * 100_000],
)  # fmt: skip
def test_what_was_kept_is_something_else(content: str) -> None:
    with pytest.raises(DataError, match="can't be read"):
        units_from_json(content)


def test_units_are_chosen_by_size() -> None:
    short = choose_units(1_115_394, 65, can_cut_pieces=True)
    assert (short.kind, short.most, short.rarest) == ("characters", 67, 1)
    assert "1,115,394" in short.reason
    long = choose_units(MUCH + 1, 90, can_cut_pieces=True)
    assert (long.kind, long.most) == ("pieces", 2_000)
    assert choose_units(10**8, 90, can_cut_pieces=True).most == 8_000
    without = choose_units(10**7, 90, can_cut_pieces=False)
    assert without.kind == "characters"
    assert "tokenizers" in without.reason
    assert choose_units(10**6, 3_000).rarest == 2
    words = choose_units(10**6, 65, asked="words")
    assert (words.kind, words.rarest) == ("words", 2)
    assert choose_units(10**4, 65, asked="pieces").kind == "pieces"
