from collections import defaultdict
from itertools import pairwise

import numpy as np
import pytest

from lstm_core.data.tagged.entities import find_entities
from lstm_core.data.tagged.loading import load_tagged
from lstm_core.data.tagged.samples.registry import TAGGED_SAMPLES, find_tagged_sample
from lstm_core.data.tagged.storing import collection_from_bytes, collection_to_bytes
from lstm_core.data.tagged.summary import describe_tagged
from lstm_core.data.tagged.words import WordCut
from lstm_core.errors import DataError, SpecError
from lstm_core.spec.tagged import TaggedDataSpec

FINGERPRINTS = {"calendar_requests": "ce359b3b4278"}


@pytest.mark.parametrize("name", TAGGED_SAMPLES)
def test_a_sample_is_the_same_every_time_and_can_be_kept(name: str) -> None:
    sample = TAGGED_SAMPLES[name]
    collection = load_tagged(sample.data)
    assert sample.load().fingerprint == collection.fingerprint
    assert collection_from_bytes(collection_to_bytes(collection)).fingerprint == (
        collection.fingerprint
    )
    assert collection.is_tagged.all()
    assert min(each.count for each in describe_tagged(collection).counts) >= 300
    assert (collection.source, collection.name) == ("sample", name)


@pytest.mark.parametrize("name", FINGERPRINTS)
def test_samples_do_not_depend_on_the_machine(name: str) -> None:
    """A change here changes every result that was ever published with them."""
    assert TAGGED_SAMPLES[name].load().fingerprint.startswith(FINGERPRINTS[name])


def test_requests_need_their_context() -> None:
    collection = find_tagged_sample("calendar_requests").load()
    types = defaultdict(set)
    seen = defaultdict(int)
    for number in range(collection.num_sequences):
        words, tags = collection.get_words(number), collection.get_tags(number)
        for word, tag in zip(words, tags, strict=True):
            types[word].add(tag.partition("-")[2])
        for entity in find_entities(tags):
            if entity.type == "person":
                seen[" ".join(words[entity.first : entity.stop])] += 1
    assert {"person", "day"} <= types["June"]
    assert {"person", "place"} <= types["Austin"]
    assert {"time", "duration", ""} <= types["three"]
    assert sum(count == 1 for count in seen.values()) > 50
    assert collection.types == ["day", "duration", "event", "person", "place", "time"]


def test_requests_are_cut_as_people_type_them() -> None:
    collection = find_tagged_sample("calendar_requests").load()
    cut = WordCut.fit(collection.words)
    for number in range(collection.num_sequences):
        words = collection.get_words(number)
        assert cut.cut(" ".join(words)) == words
        assert WordCut().cut(" ".join(words)) == words


def test_people_change_what_they_do_within_a_recording() -> None:
    collection = find_tagged_sample("phone_in_a_day").load()
    assert len(set(collection.groups)) == 12
    assert collection.types == ["running", "stairs down", "stairs up", "still", "walking"]
    changes = [
        sum(one != two for one, two in pairwise(tags))
        for tags in map(collection.get_tags, range(collection.num_sequences))
    ]
    assert np.median(changes) >= 3
    assert abs(float(collection.signals.values.mean())) < 1


def test_an_unknown_sample_names_the_nearest() -> None:
    with pytest.raises(SpecError, match='Did you mean "phone_in_a_day"'):
        find_tagged_sample("phone_in_day")


def test_a_file_without_its_content_is_told() -> None:
    with pytest.raises(DataError, match="not its content"):
        load_tagged(TaggedDataSpec(source="file", name="a.conll"))
