"""The sample of running text: the same everywhere, and worth to be written on."""

import re

import pytest

from lstm_core.data.documents.loading import load_documents
from lstm_core.data.documents.repeats import find_repeats
from lstm_core.data.documents.samples.registry import DOCUMENT_SAMPLES
from lstm_core.errors import DataError, SpecError
from lstm_core.spec.documents import DocumentsDataSpec

FINGERPRINT = "947a37c63e0495acbd18382ff8386dc147588d18c2f52f2c17fb765e2e5dc41d"


def test_it_is_the_same_everywhere() -> None:
    collection = load_documents(DocumentsDataSpec())
    assert collection.fingerprint == FINGERPRINT
    assert 300_000 <= collection.num_characters < 303_000


def test_it_is_text_without_slips() -> None:
    text = str(load_documents(DOCUMENT_SAMPLES["harbour_stories"].data).texts[0])
    assert text.count("“") == text.count("”") > 1_000
    assert "{" not in text
    assert not re.search(r"\ba a\b|\bthe the\b|  |\bthe a\b", text)
    assert find_repeats([text]).share < 0.01


def test_no_such_sample_and_no_file() -> None:
    with pytest.raises(SpecError, match="no sample") as caught:
        load_documents(DocumentsDataSpec(name="harbor_stories"))
    assert 'Did you mean "harbour_stories"' in caught.value.remedy
    with pytest.raises(DataError, match="not its content"):
        load_documents(DocumentsDataSpec(source="file", name="x.txt"))
