from lstm_core.data.items.reading.files import GivenFile
from lstm_core.data.tagged.bringing import bring, describe
from lstm_core.data.tagged.storing import outline_collection
from lstm_core.data.tagged.summary import describe_tagged
from lstm_core.spec.tagged import TaggedDataSpec
from tests.data.tagged.collections import make_recordings, make_sentences
from tests.data.tagged.reading.given import write_conll, write_table

ROME = [("to", "O"), ("New", "B-city"), ("York", "I-city")]
ANN = [("Ann", "B-person"), ("in", "O"), ("Rome", "B-city")]


def test_entities_are_counted_by_type() -> None:
    summary = describe_tagged(make_sentences([ROME, ANN, [("x", None)]]))
    assert summary.title == "3 sentences, 7 words, 2 types of entity"
    assert [(each.name, each.count) for each in summary.counts] == [("city", 2), ("person", 1)]
    assert summary.num_entities == 3
    assert summary.outside == "33% of the words belong to no entity."
    assert summary.lengths == "1 to 3 words, usually about 3."


def test_one_type_and_plain_tags() -> None:
    one = make_sentences([ROME])
    assert outline_collection(one).summary == "1 sentence, 3 words, 1 type of entity"
    plain = describe_tagged(make_recordings([4, 2]))
    assert plain.title == "2 recordings, 6 steps, 2 tags"
    assert [(each.name, each.count) for each in plain.counts] == [("a", 4), ("b", 2)]
    assert (plain.num_entities, plain.outside) == (0, "")


def test_copies_and_copies_that_disagree() -> None:
    other = [("to", "O"), ("New", "O"), ("York", "B-city")]
    summary = describe_tagged(make_sentences([ROME, ROME, ANN, ANN, other]))
    assert summary.repeated == "5 sentences are copies of each other (2 different ones)."
    assert summary.conflicts.startswith('1 sentence occurs with different tags, such as "to New')


def test_groups_and_a_given_split() -> None:
    collection = make_sentences(
        [ROME, ANN], groups=["d1", "d2"], parts=["train", "test"], roles=(("group", "doc"),)
    )
    summary = describe_tagged(collection)
    assert summary.groups == '2 groups in the column "doc".'
    assert summary.given_split == "The data say themselves what is kept apart: train 1, test 1."


def test_guesses_name_what_else_could_be_meant() -> None:
    brought = bring(
        TaggedDataSpec(source="file", name="x.csv"), [GivenFile("x.csv", write_table().encode())]
    )
    assert any(guess.startswith('Taken as the tag: "tag".') for guess in brought.guesses)
    told = bring(
        TaggedDataSpec(source="file", name="x.csv", tag="tag", token="token", item="sentence_id"),
        [GivenFile("x.csv", write_table().encode())],
    )
    assert told.guesses == ()


def test_a_description_holds_all_notes() -> None:
    content = write_conll().replace("I-", "E-")
    brought = bring(
        TaggedDataSpec(source="file", name="x"), [GivenFile("x.conll", content.encode())]
    )
    description = describe(brought.collection)
    assert description.title == "24 sentences, 90 words, 2 types of entity"
    assert all(note in description.notes for note in brought.collection.notes)
