"""The collection of running texts: what holds in it, and that it is kept whole."""

from dataclasses import replace

import pytest

from lstm_core.data.documents.storing import (
    collection_from_bytes,
    collection_to_bytes,
    outline_collection,
)
from lstm_core.data.items.collection import as_objects
from lstm_core.errors import DataError
from lstm_core.spec.documents import DocumentsDataSpec
from tests.data.documents.collections import make_documents

TEXTS = ["One.\n\n<b>two</b> 👩‍👧", "three\0", "cafe\u0301 four"]


@pytest.mark.parametrize(
    "given",
    [
        {},
        {"groups": ["a", None, "<i>"], "parts": ["train", "test", None]},
        {
            "name": "<b>x</b>.txt", "roles": (("text", "body"),), "notes": ("A note.",),
            "understood": DocumentsDataSpec(source="file", name="x", text="body"),
        },
    ],
)  # fmt: skip
def test_it_comes_back_as_it_was_stored(given: dict) -> None:
    collection = make_documents(TEXTS, **given)
    again = collection_from_bytes(collection_to_bytes(collection))
    assert again.fingerprint == collection.fingerprint
    for name in ("ids", "texts", "groups", "parts"):
        before, after = getattr(collection, name), getattr(again, name)
        assert (before is None) == (after is None)
        assert before is None or before.tolist() == after.tolist()
    for name in ("source", "name", "roles", "understood", "notes"):
        assert getattr(again, name) == getattr(collection, name)


def test_something_else_is_refused() -> None:
    for content in (b"", b"PAR1", b"\0" * 100):
        with pytest.raises(DataError, match="not a collection"):
            collection_from_bytes(content)


def test_the_fingerprint_is_of_the_content() -> None:
    collection = make_documents(TEXTS)
    assert make_documents(TEXTS, name="other").fingerprint == collection.fingerprint
    moved = make_documents([TEXTS[0] + TEXTS[1][0], TEXTS[1][1:], TEXTS[2]])
    others = [make_documents(TEXTS[::-1]), moved, make_documents(TEXTS, groups=["a", "a", "b"])]
    assert len({each.fingerprint for each in (collection, *others)}) == 4


def test_some_documents_are_selected() -> None:
    collection = make_documents(TEXTS, groups=["a", "b", None])
    chosen = collection.select([2, 0])
    assert chosen.ids.tolist() == ["2", "0"]
    assert chosen.texts.tolist() == [TEXTS[2], TEXTS[0]]
    assert chosen.groups is not None
    assert chosen.groups.tolist() == [None, "a"]
    assert collection.select(collection.lengths > 9).num_documents == 2


def test_what_lists_say_of_it() -> None:
    outline = outline_collection(make_documents(["abba", "bc"]))
    assert (outline.summary, outline.num_items, outline.num_rows) == (
        "2 texts with 6 characters, 3 different signs", 2, 6,
    )  # fmt: skip
    assert outline_collection(make_documents(["aab"])).summary == (
        "1 text of 3 characters, 2 different signs"
    )


def test_what_can_not_be_a_collection() -> None:
    with pytest.raises(ValueError, match="empty"):
        make_documents(["a", ""])
    with pytest.raises(ValueError, match="same id"):
        make_documents(["a", "b"], ids=["x", "x"])
    with pytest.raises(ValueError, match="part is none"):
        make_documents(["a", "b"], parts=["train", "rest"])
    with pytest.raises(ValueError, match="unequal"):
        replace(make_documents(["a", "b"]), groups=as_objects(["x"]))


def test_a_column_has_one_role() -> None:
    with pytest.raises(ValueError, match='"a" has more than one role'):
        DocumentsDataSpec(text="a", group="a")
    spec = DocumentsDataSpec(text="a", group="#none", split="b")
    assert spec.columns == {"text": "a", "split": "b"}
    assert DocumentsDataSpec.model_validate_json(spec.model_dump_json()) == spec
