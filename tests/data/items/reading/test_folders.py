import pytest

from lstm_core.errors import DataError
from tests.data.items.reading.given import BAD, GOOD, make_zip, read, read_files


def members(prefix: str = "", ending: str = ".txt") -> dict[str, str]:
    found = {f"{prefix}pos/{n}{ending}": text for n, text in enumerate(GOOD)}
    return found | {f"{prefix}neg/{n}{ending}": text for n, text in enumerate(BAD)}


@pytest.mark.parametrize("prefix", ["", "reviews/", "deep/er/"])
@pytest.mark.parametrize("ending", [".txt", ""])
def test_a_folder_for_each_label(prefix: str, ending: str) -> None:
    content = make_zip({f"{prefix}README": "About.", **members(prefix, ending)})
    collection = read(content, "reviews.zip").collection
    assert collection.content == "text"
    assert collection.label_counts == {"neg": 4, "pos": 4}
    assert sorted(collection.texts) == sorted([*GOOD, *BAD])


def test_folders_for_train_and_test_are_the_split() -> None:
    both = members("set/train/") | members("set/test/")
    collection = read(make_zip(both), "reviews.zip").collection
    assert collection.label_counts == {"neg": 8, "pos": 8}
    assert sorted(collection.parts) == ["test"] * 8 + ["train"] * 8


def test_files_that_come_with_their_folders_need_no_zip() -> None:
    collection = read_files(members("mail/")).collection
    assert collection.label_counts == {"neg": 4, "pos": 4}


def test_litter_and_what_is_no_text_is_left_out() -> None:
    content = members() | {
        "__MACOSX/pos/._1.txt": "x", ".DS_Store": "x", "pos/9.txt": b"\x89PNG\r\n\x1a\n\0\0"
    }  # fmt: skip
    collection = read(make_zip(content), "x.zip").collection
    assert collection.num_items == 8
    assert any("no text left out" in note for note in collection.notes)


def test_texts_of_several_encodings_and_empty_ones() -> None:
    content = members() | {
        "pos/a.txt": "schön".encode("cp1252"),
        "pos/b.txt": "",
        "neg/c.txt": " \n",
    }
    collection = read(make_zip(content), "x.zip").collection
    assert "schön" in collection.texts.tolist()
    assert collection.num_items == 9
    assert any("without anything in them left out: 2" in note for note in collection.notes)


def test_one_table_in_a_zip_is_that_table() -> None:
    table = "text,label\n" + "".join(f"{text},good\n{text} not,bad\n" for text in GOOD[:3])
    assert read(make_zip({"x/data.csv": table}), "x.zip").collection.num_items == 6


def test_names_carry_the_label_where_no_folder_does() -> None:
    content = {f"spam_{n}.txt": text for n, text in enumerate(BAD * 2)}
    content |= {f"ham_{n}.txt": text for n, text in enumerate(GOOD * 2)}
    assert read(make_zip(content), "x.zip").collection.label_counts == {"ham": 8, "spam": 8}


def test_files_that_do_not_belong_together_are_told() -> None:
    with pytest.raises(DataError, match="don't belong together"):
        read_files({"a.csv": "text,label\na b c,x\nd e f,y\n", "b.csv": "u,v,w\n1,2,3\n4,5,6\n"})
