"""What can't be learnt to write from: a sentence each, and what to do."""

from contextlib import suppress

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from lstm_core.data.documents import recognising
from lstm_core.data.documents.reading import opening
from lstm_core.data.documents.reading.read import read_documents
from lstm_core.data.items.reading.files import GivenFile
from lstm_core.errors import DataError
from tests.data.documents.collections import write_prose
from tests.data.items.reading.given import make_zip

PROSE = write_prose(60)


def refuse(told: str, content: str | bytes, name: str = "story.txt") -> str:
    raw = content.encode() if isinstance(content, str) else content
    with pytest.raises(DataError, match=told) as caught:
        read_documents([GivenFile(name, raw)])
    assert caught.value.remedy
    return caught.value.remedy


def test_too_little_says_how_much_is_needed() -> None:
    remedy = refuse("200 characters, which is too little", "ab c" * 50)
    assert "2,000" in remedy
    assert "million" in remedy


@pytest.mark.parametrize("content", ["a" * 9_000, "a \n" * 3_000])
def test_a_single_sign(content: str) -> None:
    refuse('one sign alone, "a"', content)


@pytest.mark.parametrize("content", [b"", b" \n\t", b"\xef\xbb\xbf \n"])
def test_empty(content: bytes) -> None:
    refuse("empty|No text", content)
    refuse("empty|No text", make_zip({"a.txt": content.decode("utf-8")}), "a.zip")


def test_no_file() -> None:
    with pytest.raises(DataError, match="no file"):
        read_documents([])


@pytest.mark.parametrize(
    "content",
    [
        b"%PDF-1.7 " + b"x" * 9_000,
        b"\x89PNG\r\n" + bytes(range(256)) * 40,
        bytes(range(256)) * 40,
        b"\0" * 9_000,
        PROSE.replace("e", "\0").encode(),
        b"<!doctype html><html>" + PROSE.encode(),
    ],
)
def test_binary_and_pages(content: bytes) -> None:
    assert "plain text" in refuse("no text|binary", content)


def test_texts_and_tables_together() -> None:
    with pytest.raises(DataError, match="is a table"):
        read_documents([GivenFile("a.txt", PROSE.encode()), GivenFile("b.csv", b"a,b\n1,2\n")])


def test_a_table_without_texts() -> None:
    refuse("No column of the table holds texts", "a,b\n" + "1,2\n" * 3_000, "x.csv")


def test_too_much(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(opening, "MOST_BYTES", 1_000)
    assert "part" in refuse("more than", PROSE)


@given(st.binary(max_size=3_000), st.sampled_from(["a.txt", "a.csv", "a.zip", "a.jsonl", "a.md"]))
@settings(max_examples=60, deadline=None)
def test_whatever_comes_is_read_or_refused_in_words(content: bytes, name: str) -> None:
    file = GivenFile(name, content)
    # Anything else that escapes is a defect.
    with suppress(DataError):
        assert all(read_documents([file]).collection.texts)
    assert 0 <= recognising.rate_documents([file]) <= 1
