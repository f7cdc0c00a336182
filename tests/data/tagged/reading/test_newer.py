"""Sequences that a trained model is asked about: tags may be missing, and so may columns."""

import pytest

from lstm_core.data.items.reading.files import GivenFile
from lstm_core.data.tagged.bringing import begin_section, bring_newer
from lstm_core.data.tagged.collection import TaggedCollection
from lstm_core.errors import DataError
from lstm_core.spec.tagged import TaggedDataSpec
from tests.data.tagged.reading.given import SENTENCES, read, write_conll, write_table

TEXT = "Fly to New York.\n\nAnn's co-op?\n"
WORDS = [["Fly", "to", "New", "York", "."], ["Ann's", "co", "-", "op", "?"]]


def ask(learnt: TaggedDataSpec | None, content: str, name: str) -> TaggedCollection:
    data = (learnt or TaggedDataSpec()).model_copy(update=begin_section(name))
    return bring_newer(data, [GivenFile(name, content.encode())])


@pytest.mark.parametrize("content", [write_conll(), "token\ttag\n" + write_conll()])
def test_running_text_is_cut_like_the_training(content: str) -> None:
    learnt = read(content).collection.understood
    newer = ask(learnt, TEXT, "letter.txt")
    assert [newer.get_words(n) for n in range(newer.num_sequences)] == WORDS
    assert not newer.is_tagged.any()


def test_words_that_keep_their_marks() -> None:
    spaced = [[("Rome,", "B-city"), ("please.", "O")], [("co-op", "O"), ("now?", "O")]] * 9
    learnt = read(write_conll(spaced)).collection.understood
    newer = ask(learnt, TEXT, "letter.txt")
    assert newer.get_words(0) == ["Fly", "to", "New", "York."]


def test_after_a_sample_text_is_cut_into_words_and_marks() -> None:
    assert ask(None, "Lunch, June?", "x.txt").get_words(0) == ["Lunch", ",", "June", "?"]


def test_the_same_columns_with_and_without_tags() -> None:
    learnt = read(write_conll()).collection.understood
    tagged = ask(learnt, write_conll(), "x.conll")
    assert tagged.is_tagged.all()
    bare = ask(learnt, "\n\n".join("\n".join(w for w, _ in s) for s in SENTENCES), "x.conll")
    assert [bare.get_words(n) for n in range(24)] == [tagged.get_words(n) for n in range(24)]
    assert not bare.is_tagged.any()


def test_a_table_without_tags() -> None:
    learnt = read(write_table(), "x.csv").collection.understood
    bare = "\n".join(line.rpartition(",")[0] for line in write_table().split("\n"))
    newer = ask(learnt, bare, "new.csv")
    assert newer.num_sequences == len(SENTENCES)
    assert not newer.is_tagged.any()


def test_recordings_without_their_channels_are_refused() -> None:
    from tests.data.tagged.reading.given import write_stream

    learnt = read(write_stream(), "x.csv").collection.understood
    with pytest.raises(DataError, match='no column "y"'):
        ask(learnt, "time,x\n0,1\n1,2\n", "new.csv")
