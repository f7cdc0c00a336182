import pytest

from tests.data.items.reading.given import make_zip
from tests.data.tagged.reading.given import (
    SENTENCES,
    as_lists,
    list_steps,
    read,
    read_files,
    write_conll,
    write_table,
)


def roles(reading) -> dict[str, str]:
    return reading.collection.understood.columns


@pytest.mark.parametrize("mark", [",", ";", "\t", "|"])
def test_a_row_is_a_word_with_the_number_of_its_sentence(mark: str) -> None:
    reading = read(write_table().replace(",", mark), "x.csv")
    assert roles(reading) == {"token": "token", "tag": "tag", "item": "sentence_id"}
    assert list_steps(reading.collection) == as_lists(SENTENCES)
    assert reading.collection.ids.tolist() == [str(n) for n in range(len(SENTENCES))]


def test_a_number_that_stands_in_the_first_row_alone() -> None:
    rows = [
        f"{f'Sentence: {number + 1}' if step == 0 else ''},{word},NN{step % 2},{tag}"
        for number, sentence in enumerate(SENTENCES)
        for step, (word, tag) in enumerate(sentence)
    ]
    reading = read("\n".join(["Sentence #,Word,POS,Tag", *rows]), "ner.csv")
    assert roles(reading) == {"token": "Word", "tag": "Tag", "item": "Sentence #"}
    assert "POS" in reading.understanding.findings["tag"].others
    assert list_steps(reading.collection) == as_lists(SENTENCES)
    assert any("filled in below" in note for note in reading.collection.notes)


@pytest.mark.parametrize("blank", ["", ",", " , "])
@pytest.mark.parametrize("head", ["token,tag\n", ""])
def test_blank_rows_between_sentences(blank: str, head: str) -> None:
    content = head + write_conll(mark=",", gap=blank)
    reading = read(content, "x.csv")
    assert list_steps(reading.collection) == as_lists(SENTENCES)


def test_marks_in_quotation_marks() -> None:
    table = write_table() + '\n99,",",O\n99,"""",O\n99,Rome,B-city'
    assert list_steps(read(table, "x.csv").collection)[-1] == [
        (",", "O"), ('"', "O"), ("Rome", "B-city")
    ]  # fmt: skip


def test_sentences_whose_numbers_begin_again_in_each_document() -> None:
    rows = [
        f"{document},{number},{word},{tag}"
        for document in ("a", "b", "c")
        for number, sentence in enumerate(SENTENCES[:4])
        for word, tag in sentence
    ]
    reading = read("\n".join(["document,sentence,word,ner", *rows]), "x.csv")
    assert list_steps(reading.collection) == as_lists(SENTENCES[:4]) * 3
    assert reading.collection.groups.tolist() == ["a"] * 4 + ["b"] * 4 + ["c"] * 4
    assert len(set(reading.collection.ids)) == 12


def test_a_column_that_says_train_or_test() -> None:
    rows = [
        f"{number},{word},{tag},{'test' if number > 15 else 'train'}"
        for number, sentence in enumerate(SENTENCES)
        for word, tag in sentence
    ]
    reading = read("\n".join(["id,token,tag,split", *rows]), "x.csv")
    assert reading.collection.parts.tolist() == ["train"] * 16 + ["test"] * 8


def test_rows_of_sentences_that_are_mixed_come_together() -> None:
    rows = [
        (step, f"{number},{word},{tag}")
        for number, sentence in enumerate(SENTENCES)
        for step, (word, tag) in enumerate(sentence)
    ]
    rows.sort(key=lambda row: row[0])
    content = "\n".join(["sentence_id,token,tag", *(row for _, row in rows)])
    assert list_steps(read(content, "x.csv").collection) == as_lists(SENTENCES)


def test_chosen_columns_are_kept() -> None:
    rows = [
        f"{number},{word},{tag},x{step % 2}"
        for number, sentence in enumerate(SENTENCES)
        for step, (word, tag) in enumerate(sentence)
    ]
    content = "\n".join(["s,a,b,c", *rows])
    reading = read(content, "x.csv", token="a", tag="c", item="s")
    assert reading.collection.types == ["x0", "x1"]
    assert reading.understanding.findings["tag"].reason == "You chose it."


def test_files_in_an_archive() -> None:
    members = {"README.md": "About.", "a/train.csv": write_table(), "a/test.csv": write_table()}
    collection = read(make_zip(members), "x.zip").collection
    assert collection.num_sequences == 48
    assert sorted(set(collection.parts)) == ["test", "train"]


def test_a_test_part_may_lack_its_tags() -> None:
    bare = "sentence_id,token\n" + "\n".join(f"{n // 3},word" for n in range(9))
    collection = read_files({"train.csv": write_table(), "test.csv": bare}).collection
    assert int((~collection.is_tagged).sum()) == 3
    assert any("Sequences without any tag" in note for note in collection.notes)


def write_sheet(*, has_ids: bool, gap: int) -> bytes:
    lines, number = [["id", "token", "tag"] if has_ids else ["token", "tag"]], 2
    numbers = [1]
    for place, sentence in enumerate(SENTENCES):
        for word, tag in sentence:
            lines.append([str(place), word, tag] if has_ids else [word, tag])
            numbers.append(number)
            number += 1
        number += gap
    rows = "".join(
        f'<row r="{at}">'
        + "".join(f'<c t="inlineStr"><is><t>{cell}</t></is></c>' for cell in line)
        + "</row>"
        for at, line in zip(numbers, lines, strict=True)
    )
    return make_zip(
        {
            "[Content_Types].xml": "<Types/>",
            "xl/workbook.xml": "<workbook/>",
            "xl/worksheets/sheet1.xml": f"<worksheet><sheetData>{rows}</sheetData></worksheet>",
        }
    )


@pytest.mark.parametrize(("has_ids", "gap"), [(True, 0), (True, 1), (False, 1), (False, 3)])
def test_a_workbook_with_numbers_or_blank_rows(has_ids: bool, gap: int) -> None:
    collection = read(write_sheet(has_ids=has_ids, gap=gap), "x.xlsx").collection
    assert list_steps(collection) == as_lists(SENTENCES)
