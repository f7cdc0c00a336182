"""What can't be learnt from, or should never be opened: a sentence each, and no traceback."""

import gzip
import io
import random
import struct
import zipfile
from contextlib import suppress

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from lstm_core.data import inflating
from lstm_core.data.items.reading.formats import archives
from lstm_core.errors import DataError
from tests.data.items.reading.given import REVIEWS, make_zip, read, read_files

TABLE = "text,label\n" + "".join(f'"{text}",{label}\n' for text, label in REVIEWS)


def refuse(told: str, content: str | bytes, name: str = "items.csv", **choice: object) -> str:
    with pytest.raises(DataError, match=told) as caught:
        read(content, name, **choice)
    assert caught.value.remedy
    return caught.value.remedy


def label(cells) -> str:
    rows = (f"a text of some words {n},{cell}" for n, cell in enumerate(cells))
    return "text,label\n" + "\n".join(rows)


def test_no_label_column() -> None:
    content = "text,high,wide\n" + "\n".join(
        f"a text of words {n},{n / 7},{n / 3}" for n in range(30)
    )
    remedy = refuse("No column .* holds labels", content)
    assert '"text", "high", "wide"' in remedy
    assert "folders" in refuse(
        "No column .* holds labels",
        make_zip({f"{'abcdefghijkl'[n]}.txt": "x y z" for n in range(12)}),
        "x.zip",
    )


def test_no_text_column() -> None:
    refuse("No column .* holds texts", "a,b\n1,2\n3,4\n5,6\n")


def test_one_label_alone() -> None:
    refuse('All 9 items have the same label, "x"', label("x" * 9))


def test_labels_with_a_single_item() -> None:
    refuse("Of 4 labels, 3 have a single item", label(["a"] * 9 + ["b", "c", "d"]))
    collection = read(label(["a", "b"] * 20 + ["c"])).collection
    assert collection.num_items == 40
    assert any("a label needs two items at least: 1 label" in note for note in collection.notes)


def test_empty_texts() -> None:
    collection = read(TABLE + ",good\n  ,bad\n").collection
    assert collection.num_items == 8
    assert any("without anything in them left out: 2" in note for note in collection.notes)
    refuse("is empty", "text,label\n,good\n,bad\n,good\n,bad\n", text="text", label="label")


def test_missing_labels() -> None:
    collection = read(TABLE + "no label here at all,\n").collection
    assert collection.num_items == 8
    assert any("without a label left out: 1" in note for note in collection.notes)
    refuse("No item has a label", "text,label\n" + "so many words in here,\n" * 9, label="label")


def test_an_item_of_five_megabytes() -> None:
    remedy = refuse("Item 9 has 5,000,000 characters", TABLE + "x" * 5_000_000 + ",good\n")
    assert "Cut it into pieces" in remedy
    members = {f"{each}/{n}.txt": "some words" for n in range(4) for each in "ab"}
    refuse("5,000,000 characters", make_zip(members | {"a/9.txt": "y" * 5_000_000}), "x.zip")
    refuse("5,000,000 characters", f">a label=x\n{'ACGTA' * 1_000_000}\n>b label=y\nACGT\n", "x.fa")


def test_a_signal_without_end() -> None:
    row = "0," * 2_000_001
    refuse(
        "at most 2,000,000 numbers", f"@problemName p\n@classLabel true a b\n@data\n{row}1:a\n1:b\n"
    )


@pytest.mark.parametrize(
    "cells", [range(100), [n / 3 for n in range(100)], [n % 20 / 3 for n in range(400)]]
)
def test_numbers_that_measure_are_no_classes(cells) -> None:
    remedy = refuse("a quantity, not a class", label(cells), label="label")
    assert "ranges" in remedy


def test_a_name_for_each_item_is_no_label() -> None:
    refuse(
        "a name for each item, not a label", label(f"name {n}" for n in range(60)), label="label"
    )


def test_five_hundred_labels() -> None:
    refuse("500 labels for 1,000 items", label(f"name {n % 500}" for n in range(1_000)))
    collection = read(label(f"name {n % 500}" for n in range(5_000))).collection
    assert any("500 labels are many" in note for note in collection.notes)
    refuse("1,001 labels", label(f"name {n % 1001}" for n in range(20_020)))


def test_labels_that_are_many_whole_numbers_are_asked_about() -> None:
    collection = read(label(n % 40 for n in range(400))).collection
    assert any("if they measure something" in note for note in collection.notes)


def test_rows_that_do_not_fit_are_told() -> None:
    content = "a,b,label\n" + "x y z,1,c\n" * 5 + "x y z,2,d,e,f\n" * 5
    refuse("not an even table: row 7 has 5 cells", content)
    many = "text,number,label\n" + "some words,1,a\nother words,2,b\n" * 60 + "a,b,c,d\n"
    assert any("1 row left out" in note for note in read(many).collection.notes)


def test_a_quotation_mark_that_is_never_closed() -> None:
    content = "text,label\n" + '"it began,good\n' + "some words here,bad\nother words,good\n" * 300
    reading = read(content)
    assert reading.collection.num_items > 500


@pytest.mark.parametrize("content", [b"", b" \n\n", b"text,label\n", b"\xef\xbb\xbf", b";;;\n;;\n"])
def test_nothing(content: bytes) -> None:
    with pytest.raises(DataError):
        read(content)
    with pytest.raises(DataError):
        read_files({"a.csv": content, "b.csv": content})


@pytest.mark.parametrize(
    "content",
    [
        b"\x89PNG\r\n\x1a\n\0\0",
        b"%PDF-1.7 \0\0",
        b"\x7fELF\0\0",
        bytes(range(256)) * 40,
        b"MZ\x90\0",
    ],
)
def test_what_is_no_text(content: bytes) -> None:
    refuse("is no text", content)


@pytest.mark.parametrize("encoding", ["gb18030", "cp1251", "shift_jis", "euc_kr"])
def test_an_encoding_that_would_come_out_as_garble(encoding: str) -> None:
    text = {"cp1251": "это совсем не плохо", "shift_jis": "とても良いです", "euc_kr": "아주좋아요"}
    words = text.get(encoding, "这个产品很好")
    rows = "".join(f"{words}{n},{'ab'[n % 2]}\n" for n in range(20))
    remedy = refuse(
        "encoding that is not recognised|no text", f"text,label\n{rows}".encode(encoding)
    )
    assert "UTF-8" in remedy or "CSV" in remedy


def test_no_files_at_all() -> None:
    from lstm_core.data.items.reading.read import read_items

    with pytest.raises(DataError, match="no file"):
        read_items([])


# archives


def test_a_bomb_is_stopped_while_it_comes_out(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(inflating, "_UNSUSPICIOUS_BYTES", 2_000_000)
    bomb = b"0" * 60_000_000
    refuse("unpacks to more than 1,000 times its size", make_zip({"a.txt": bomb}), "x.zip")
    refuse("unpacks to more than 1,000 times its size", gzip.compress(bomb), "x.csv.gz")


def test_no_more_than_the_limit_is_read(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(archives, "MOST_BYTES", 100_000)
    noise = random.Random(1).randbytes(60_000).hex()
    refuse("hold more than", make_zip({"a.txt": noise}), "x.zip")
    refuse("hold more than", gzip.compress(noise.encode()), "x.gz")
    refuse("hold more than", make_zip({f"{n}.txt": noise[:30_000] for n in range(5)}), "x.zip")


def test_a_size_that_lies_is_not_believed() -> None:
    content = bytearray(make_zip({"a.txt": "some words " * 1_000}))
    place = content.rindex(b"PK\x01\x02") + 24
    content[place : place + 4] = struct.pack("<I", 10)
    refuse("damaged", bytes(content), "x.zip")


@pytest.mark.parametrize(
    "path", ["../evil.txt", "/etc/passwd", "a/../../b.txt", "C:\\x.txt", "~/x", "..\\x"]
)
def test_a_path_that_climbs_out(path: str) -> None:
    refuse("a path that leads out of it", make_zip({"ok/a.txt": "x", path: "y"}), "x.zip")


def test_links_and_archives_inside_are_left_out() -> None:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        for number, (text, label) in enumerate(REVIEWS):
            archive.writestr(f"{label}/{number}.txt", text)
        link = zipfile.ZipInfo("good/link.txt")
        link.external_attr = 0o120777 << 16
        archive.writestr(link, "/etc/passwd")
        archive.writestr("good/inner.zip", make_zip({"a.txt": "b"}))
    collection = read(buffer.getvalue(), "x.zip").collection
    assert collection.num_items == 8
    assert any("left out: 2 files" in note for note in collection.notes)


def test_damaged_and_locked_archives() -> None:
    content = make_zip({"pos/a.txt": "some words " * 99, "neg/b.txt": "others " * 99})
    refuse("damaged", content[:-30], "x.zip")
    broken = bytearray(content)
    broken[60:90] = b"\xff" * 30
    refuse("damaged", bytes(broken), "x.zip")
    locked = bytearray(content)
    locked[locked.index(b"PK\x01\x02") + 8] |= 1
    locked[6] |= 1
    refuse("locked with a password", bytes(locked), "x.zip")
    refuse("damaged", gzip.compress(TABLE.encode())[:-20], "x.csv.gz")
    refuse("damaged", b"\x1f\x8b" + b"\0" * 30, "x.csv.gz")
    refuse("empty|no file", make_zip({}), "x.zip")


def test_too_many_files(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(archives, "MOST_FILES", 5)
    refuse("more than", make_zip({f"{n}.txt": "x" for n in range(9)}), "x.zip")


@pytest.mark.parametrize("blank", ["\x85", "\u2028\n", "\u3000;\u3000\n", " ,\t|\n\n"])
def test_a_file_of_nothing_but_space_is_called_empty(blank: str) -> None:
    refuse("is empty", blank.encode("utf-16"), "x.csv")


# whatever comes


@settings(max_examples=80)
@given(
    st.binary(max_size=300), st.sampled_from(["x.csv", "x.zip", "x.fa", "x.ts", "x.json", "x.xlsx"])
)
def test_whatever_the_bytes_are_the_answer_is_for_people(content: bytes, name: str) -> None:
    with suppress(DataError):
        read(content, name, again=False)


PIECES = st.sampled_from(
    ["text", "label", ",", "\t", ";", "\n", '"', "\\n", "'", "1", "2.5", "?", "nan", "a", ">", ":",
     "@data\n", "@relation r\n", "@attribute a numeric\n", "@attribute c {x,y}\n", "[", "]", "|",
     "@problemName p\n", "@classLabel true a b\n", "acgt", "{", "}", '"text": "a b c"', "(0,1)",
     "__label__a ", " ", "train", "1e999", "é", "@attribute r relational\n", "@end r\n"]
)  # fmt: skip


@settings(max_examples=100)
@given(
    st.lists(PIECES, max_size=40),
    st.sampled_from(["x.csv", "x.txt", "x.fa", "x.ts", "x.arff", "x.json"]),
)
def test_pieces_of_formats_in_any_order_are_answered_for_people(
    pieces: list[str], name: str
) -> None:
    content = "".join(pieces)
    for labelled in (True, False):
        with suppress(DataError):
            assert (
                read_files({name: content}, labelled=labelled, again=False).collection.num_items > 0
            )


@settings(max_examples=40)
@given(st.data())
def test_a_table_with_spoilt_bytes_is_answered_for_people(data: st.DataObject) -> None:
    content = bytearray(
        data.draw(
            st.sampled_from(
                [TABLE.encode(), gzip.compress(TABLE.encode()), make_zip({"a.csv": TABLE})]
            )
        )
    )
    for _ in range(data.draw(st.integers(1, 8))):
        content[data.draw(st.integers(0, len(content) - 1))] = data.draw(st.integers(0, 255))
    with suppress(DataError):
        read(bytes(content), again=False)


def test_hostile_names_come_through_as_they_are() -> None:
    names = ("=cmd|' /C calc'!A0", "<script>alert(1)</script>")
    title = "[a](http://x)"
    rows = "".join(f'"{text} {n}","{names[n % 2]}"\n' for n, (text, _) in enumerate(REVIEWS))
    reading = read(f'"{title}","$label$"\n{rows}', header=True, text=title)
    assert set(reading.collection.labels) == set(names)
    assert reading.collection.roles == (("label", "$label$"),)


@pytest.mark.parametrize(
    "content",
    [
        ">" + "a" * 300_000 + " b\nACGT\n",
        "\n" * 300_000 + "@relation",
        "(" * 300_000,
        '"' * 300_001,
        " " * 300_000 + "x,y\n",
        "1 " * 300_000,
        "@problemName p\n@timestamps true\n@data\n" + "(" * 100_000,
        "__label__" * 50_000,
        "a=" * 100_000,
    ],
    ids=range(9),
)
@pytest.mark.timeout(60)
def test_what_is_slow_to_match_is_answered_in_time(content: str) -> None:
    with pytest.raises(DataError):
        read(content, "x.txt")
