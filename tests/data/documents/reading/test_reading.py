"""Running texts out of files of many kinds."""

import gzip
import json

import pytest

from lstm_core.data.documents.bringing import begin_section, bring, bring_newer, describe
from lstm_core.data.documents.reading.cleaning import clean_text
from lstm_core.data.documents.reading.read import read_documents
from lstm_core.data.items.reading.files import GivenFile
from lstm_core.errors import DataError
from lstm_core.spec.documents import DocumentsDataSpec
from tests.data.documents.collections import write_prose
from tests.data.items.reading.given import make_zip

PROSE = write_prose(60)


def read(content: str | bytes, name: str = "story.txt", **choice: object):
    raw = content.encode() if isinstance(content, str) else content
    spec = DocumentsDataSpec(source="file", name=name, **choice) if choice else None
    return read_documents([GivenFile(name, raw)], spec).collection


def read_several(files: dict[str, str]):
    return read_documents([GivenFile(name, text.encode()) for name, text in files.items()])


@pytest.mark.parametrize("name", ["story.txt", "story.md", "story", "story.text", "a.tokens"])
def test_a_text_is_one_document(name: str) -> None:
    collection = read(PROSE, name)
    assert collection.texts.tolist() == [PROSE]
    assert collection.parts is None
    assert collection.groups is None
    assert collection.understood is not None


def test_it_is_read_again_as_it_was_understood() -> None:
    collection = read(PROSE)
    again = read_documents([GivenFile("story.txt", PROSE.encode())], collection.understood)
    assert again.collection.fingerprint == collection.fingerprint


def test_markdown_stays_as_it_is() -> None:
    text = "---\ntitle: x\n---\n\n# Head\n\n```python\nprint('a')\n```\n\n" + PROSE
    assert read(text, "page.md").texts[0] == text


@pytest.mark.parametrize("ending", ["\r\n", "\r"])
def test_line_ends_and_the_mark_of_byte_order(ending: str) -> None:
    raw = b"\xef\xbb\xbf" + PROSE.replace("\n", ending).encode()
    assert read(raw).texts.tolist() == [PROSE]
    assert read(PROSE.encode("utf-16")).texts.tolist() == [PROSE]
    assert read(gzip.compress(raw), "story.txt.gz").texts.tolist() == [PROSE]


def test_letters_are_composed_and_told() -> None:
    collection = read("cafe\u0301 हिन्दी 👩‍👧\n" + PROSE)
    assert collection.texts[0].startswith("café हिन्दी 👩‍👧\n")
    assert any("made one sign" in note for note in collection.notes)
    assert clean_text("a\ud800\0b\r\nc") == "a\ufffdb\nc"


def test_mixed_encodings_are_told() -> None:
    raw = PROSE.encode() + "Grüße aus Köln\n".encode("cp1252") + "Grüße aus Köln\n".encode()
    collection = read(raw)
    assert collection.texts[0].count("Grüße aus Köln\n") == 2
    assert any("Two encodings" in note for note in collection.notes)


def test_a_few_nuls_go_and_are_told() -> None:
    collection = read(PROSE.replace("ship", "sh\0ip", 2))
    assert collection.texts.tolist() == [PROSE]
    assert "2 NUL signs left out." in collection.notes


def test_one_endless_line_is_told() -> None:
    collection = read(PROSE.replace("\n", " ") * 3)
    assert any("one line of" in note for note in collection.notes)


def test_several_files_are_documents_and_folders_are_groups() -> None:
    reading = read_several({
        "ann/one.txt": PROSE, "ann/two.txt": write_prose(9, 1), "bea/one.txt": write_prose(9, 2),
        "bea/empty.txt": " \n", "readme.txt": "About these.",
    })  # fmt: skip
    collection = reading.collection
    assert collection.ids.tolist() == ["ann/one.txt", "ann/two.txt", "bea/one.txt"]
    assert collection.groups is not None
    assert collection.groups.tolist() == ["ann", "ann", "bea"]
    assert any("about the texts" in note for note in collection.notes)
    assert any("without any text" in note for note in collection.notes)


def test_names_say_what_is_kept_apart() -> None:
    files = {f"wiki.{part}.txt": write_prose(30, n) for n, part in enumerate(
        ("train", "valid", "test"))}  # fmt: skip
    collection = read_several(files).collection
    assert collection.parts is not None
    assert collection.parts.tolist() == ["train", "validation", "test"]
    story = read_several({"a test.txt": PROSE, "morning.txt": PROSE}).collection
    assert story.parts is None


def test_a_zip_of_texts_leaves_pictures_out() -> None:
    content = make_zip({"a.txt": PROSE, "b.md": write_prose(9, 1), "c.png": b"\x89PNG\r\n" * 9})
    reading = read_documents([GivenFile("texts.zip", content)])
    assert reading.collection.ids.tolist() == ["a", "b"]
    assert any("no text left out" in note for note in reading.collection.notes)


ROWS = [
    {"id": f"n{n}", "author": "abc"[n % 3], "body": write_prose(2, n), "split": "train" if n < 15
     else "test"}
    for n in range(20)
]  # fmt: skip


def test_a_column_of_texts() -> None:
    lines = "\n".join(json.dumps(row) for row in ROWS)
    reading = read_documents([GivenFile("posts.jsonl", lines.encode())])
    collection = reading.collection
    assert collection.num_documents == 20
    assert collection.texts[3].strip() == ROWS[3]["body"].strip()
    assert collection.ids[:2].tolist() == ["n0", "n1"]
    assert collection.groups is not None
    assert collection.groups[:3].tolist() == ["a", "b", "c"]
    assert collection.parts is not None
    assert collection.parts[-1] == "test"
    assert dict(collection.roles) == {
        "text": "body", "item": "id", "group": "author", "split": "split",
    }  # fmt: skip
    brought = bring(
        DocumentsDataSpec(**begin_section("posts.jsonl"), group="#none"),
        [GivenFile("posts.jsonl", lines.encode())],
    )
    assert brought.collection.groups is None
    assert any('Taken as the text: "body"' in guess for guess in brought.guesses)


def test_a_table_with_quotes_and_a_chosen_column() -> None:
    rows = [f'{n},"short {n}","{write_prose(2, n).strip()}"' for n in range(20)]
    table = "number,title,words\n" + "\n".join(rows)
    assert read(table, "t.csv", text="words").num_documents == 20
    with pytest.raises(DataError, match='no column "wordz"') as caught:
        read(table, "t.csv", text="wordz")
    assert 'Did you mean "words"' in caught.value.remedy
    plain = table.replace("number,title,words", "number\ttitle\twords").replace(',"', '\t"')
    assert read(plain, "t.txt", text="words").num_documents == 20


def test_newer_texts_may_be_short_and_come_otherwise() -> None:
    lines = "\n".join(json.dumps(row) for row in ROWS)
    understood = read_documents([GivenFile("p.jsonl", lines.encode())]).collection.understood
    assert understood is not None
    newer = bring_newer(understood, [GivenFile("new.txt", b"A short one.")])
    assert newer.texts.tolist() == ["A short one."]
    again = bring_newer(understood, [GivenFile("new.jsonl", b'{"body": "Hello there."}')])
    assert again.texts.tolist() == ["Hello there."]


def test_the_card_says_what_there_is() -> None:
    said = describe(read("Привет мир. " * 50 + "\n" + PROSE + PROSE))
    assert said.title.startswith("1 text of ")
    together = " ".join(said.notes)
    for part in ("Latin (", "Cyrillic (", "repeat", "not blank", "are little"):
        assert part in together
    hebrew = describe(read("שלום עולם. " * 300))
    assert any("right to left" in note for note in hebrew.notes)
    assert "All of it is one line." in hebrew.notes
