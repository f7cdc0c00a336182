from __future__ import annotations

import subprocess
import sys

import pytest

from lstm_core.data import collections
from lstm_core.data.collections import Collection, Outline, get_format
from lstm_core.errors import DataError
from tests.data.documents.collections import make_documents
from tests.data.items.collections import make_signals, make_texts
from tests.data.pairs.collections import make_pairs
from tests.data.tagged.collections import make_sentences
from tests.runs.records import make_dataset

EXAMPLES: list[tuple[Collection, Outline]] = [
    (make_dataset(), Outline("Daily, 20 rows", 1, 20)),
    (
        make_texts(["good", "bad", "a\0bcd"], ["yes", "no", None], name="<b>t</b>.csv"),
        Outline("3 texts, 2 labels, evenly spread", 3, 12),
    ),
    (
        make_sentences([[("to", "O"), ("R\0me", "B-city")], [("x", None)]], name="<b>.conll"),
        Outline("2 sentences, 3 words, 1 type of entity", 2, 3),
    ),
    (
        make_documents(["one\0 day", "two"], groups=["<i>", None], name="<b>.txt"),
        Outline("2 texts with 11 characters, 10 different signs", 2, 11),
    ),
    (
        make_pairs([("to Rome\0", "nach Rom"), ("yes", None)], name="<b>.tsv"),
        Outline("2 pairs, 6 characters into 8", 2, 2),
    ),
    (make_signals([3, 5], ["a", "a"]), Outline("2 signals, 1 label, evenly spread", 2, 8)),
]


def test_every_kind_has_an_example() -> None:
    assert {collection.kind for collection, _ in EXAMPLES} == set(collections._FORMATS)


@pytest.mark.parametrize(("collection", "outline"), EXAMPLES)
def test_a_collection_comes_back_as_it_was(collection: Collection, outline: Outline) -> None:
    kept_as = get_format(collection.kind)
    back = kept_as.collection_from_bytes(kept_as.collection_to_bytes(collection))
    assert type(back) is type(collection)
    told = (collection.kind, collection.fingerprint, collection.name, collection.source)
    assert (back.kind, back.fingerprint, back.name, back.source) == told
    assert back.notes == collection.notes
    assert kept_as.outline_collection(back) == outline


@pytest.mark.parametrize("kind", list(collections._FORMATS))
@pytest.mark.parametrize("content", [b"", b"PAR1", b"nothing that is kept" * 9])
def test_what_is_none_is_refused(kind: str, content: bytes) -> None:
    with pytest.raises(DataError):
        get_format(kind).collection_from_bytes(content)


def test_one_kind_s_bytes_are_not_another_s() -> None:
    content = get_format("series").collection_to_bytes(make_dataset())
    with pytest.raises(DataError):
        get_format("items").collection_from_bytes(content)


def test_a_kind_that_nobody_knows_is_refused_with_a_remedy() -> None:
    with pytest.raises(DataError, match="does not know") as refused:
        get_format("hologram")
    assert refused.value.remedy


def test_the_registry_imports_no_kind() -> None:
    code = (
        "import sys, lstm_core.data.collections; "
        "print([name for name in sys.modules if name.startswith('lstm_core.data.')])"
    )
    told = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert told.stdout.strip() == "['lstm_core.data.collections']"
