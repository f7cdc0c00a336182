"""Baselines learn what they can, from what they are given alone."""

import numpy as np
import pytest

from lstm_core.tasks.translation.baselines.dictionary import fit_dictionary
from lstm_core.tasks.translation.baselines.fitting import ask_baselines
from lstm_core.tasks.translation.baselines.nearest import fit_nearest
from lstm_core.tasks.translation.baselines.words import BASELINES
from tests.data.pairs.reading.given import WORDS, make_lines

LINES = make_lines(300)
SOURCES, TARGETS = [a for a, _ in LINES], [b for _, b in LINES]


def test_a_dictionary_of_a_language_of_word_for_word_is_perfect() -> None:
    found = fit_dictionary(SOURCES, TARGETS)
    assert {word: found.words[word] for word in WORDS} == WORDS
    asked, wanted = zip(*make_lines(20, seed=9), strict=True)
    assert found.translate(asked) == list(wanted)


def test_words_that_meet_everywhere_alike_are_told_apart_by_the_others() -> None:
    found = fit_dictionary(
        ["the house", "the book", "a book"], ["das Haus", "das Buch", "ein Buch"]
    )
    assert found.words == {"the": "das", "house": "Haus", "book": "Buch", "a": "ein"}


def test_unknown_words_are_copied_and_marks_stay_where_they_are() -> None:
    found = fit_dictionary(SOURCES, TARGETS)
    assert found.translate(["We have Zoë, not Tom."]) == ["Wir haben Zoë, nicht Tom."]
    assert found.translate(["", "...", "(Zoë)"]) == ["", "...", "(Zoë)"]


def test_the_nearest_is_the_sentence_itself_or_one_that_shares_rare_words() -> None:
    found = fit_nearest(SOURCES, TARGETS)
    assert found.translate(SOURCES[:40]) == TARGETS[:40]
    more = fit_nearest([*SOURCES, "the zebra runs"], [*TARGETS, "das Zebra läuft"])
    assert more.translate(["we have a zebra"]) == ["das Zebra läuft"]
    assert len(more.translate(["qqq", ""])) == 2


def test_batches_change_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    asked = [a for a, _ in make_lines(30, seed=5)]
    whole = fit_nearest(SOURCES, TARGETS).translate(asked)
    monkeypatch.setattr("lstm_core.tasks.translation.baselines.nearest.MOST_CELLS", 900)
    assert fit_nearest(SOURCES, TARGETS).translate(asked) == whole


def test_single_words_are_compared_by_their_letters() -> None:
    found = fit_nearest(["einundzwanzig", "dreißig", "elf"], ["twenty-one", "thirty", "eleven"])
    assert found.translate(["zweiundzwanzig", "dreißig"]) == ["twenty-one", "thirty"]


def test_all_are_asked_by_name() -> None:
    said = ask_baselines(SOURCES, TARGETS, ["we have a dog."])
    assert list(said) == list(BASELINES)
    assert said["copy"] == ["we have a dog."]
    assert said["dictionary"] == ["wir haben ein Hund."]
    short = ask_baselines(["a", "b"], ["1", "2"], ["a"])
    assert list(short) == ["copy", "nearest"]


@pytest.mark.parametrize("text", ["", ".", "!!!"])
def test_sentences_without_a_word_do_no_harm(text: str) -> None:
    said = ask_baselines([text, "a b"], ["x", "y z"], [text, "a"])
    assert all(len(each) == 2 for each in said.values())
    only = ask_baselines([". .", "! !"], [". .", "! !"], ["."])
    assert all(isinstance(text, str) for each in only.values() for text in each)


def test_more_than_can_be_learnt_from_is_thinned_out(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("lstm_core.tasks.translation.baselines.dictionary.MOST_TIES", 3_000)
    found = fit_dictionary(SOURCES, TARGETS)
    assert np.mean([found.words.get(word) == WORDS[word] for word in WORDS]) > 0.5
