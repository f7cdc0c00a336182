import json

import pytest

from lstm_core.errors import DataError
from tests.data.tagged.reading.given import SENTENCES, as_lists, list_steps, read

ROWS = [
    {"id": f"s{number}", "tokens": [w for w, _ in each], "ner_tags": [t for _, t in each]}
    for number, each in enumerate(SENTENCES)
]
TEXT = "Ann Lee, of New York, doesn't fly."


def as_lines(rows) -> str:
    return "\n".join(map(json.dumps, rows))


@pytest.mark.parametrize(
    ("content", "name"),
    [
        (as_lines(ROWS), "x.jsonl"),
        (json.dumps(ROWS), "x.json"),
        (json.dumps(ROWS, indent=1), "x.txt"),
        (json.dumps({"version": "1", "data": ROWS}), "x.json"),
        (
            json.dumps({key: [row[key] for row in ROWS] for key in ("tokens", "ner_tags")}),
            "x.json",
        ),
    ],
)
def test_a_list_of_words_beside_a_list_of_tags(content: str, name: str) -> None:
    assert list_steps(read(content, name).collection) == as_lists(SENTENCES)


@pytest.mark.parametrize("names", [("words", "labels"), ("token", "tag"), ("tokens", "pos_tags")])
def test_other_names_for_both(names: tuple[str, str]) -> None:
    rows = [{names[0]: row["tokens"], names[1]: row["ner_tags"]} for row in ROWS]
    assert list_steps(read(as_lines(rows), "x.jsonl").collection) == as_lists(SENTENCES)


def test_tags_that_are_numbers() -> None:
    rows = [{"tokens": row["tokens"], "ner_tags": list(range(len(row["tokens"])))} for row in ROWS]
    collection = read(as_lines(rows), "x.jsonl").collection
    assert collection.scheme == "plain"
    assert collection.types == ["0", "1", "2", "3", "4"]


def test_lists_of_unequal_length_are_told_by_the_object() -> None:
    rows = [*ROWS, {"id": "bad", "tokens": ["a", "b"], "ner_tags": ["O"]}]
    with pytest.raises(DataError, match='"ner_tags" has 1 value and "tokens" has 2'):
        read(as_lines(rows), "x.jsonl")


def test_what_is_said_once_and_lists_of_something_else() -> None:
    rows = [
        {**row, "doc": f"d{number // 4}", "vector": [0.5] * 3} for number, row in enumerate(ROWS)
    ]
    reading = read(as_lines([*rows, {"tokens": [], "ner_tags": []}]), "x.jsonl")
    assert reading.collection.groups.tolist() == [f"d{n // 4}" for n in range(24)]
    assert any("without any step left out: 1" in note for note in reading.collection.notes)


SPANS = [[0, 7, "person"], [12, 20, "city"]]
WANTED = [
    ("Ann", "B-person"), ("Lee", "I-person"), (",", "O"), ("of", "O"), ("New", "B-city"),
    ("York", "I-city"), (",", "O"), ("doesn't", "O"), ("fly", "O"), (".", "O"),
]  # fmt: skip


@pytest.mark.parametrize(
    "content",
    [
        as_lines([{"id": n, "text": TEXT, "label": SPANS} for n in range(4)]),
        as_lines([{"text": TEXT, "entities": SPANS, "Comments": []}] * 4),
        json.dumps([[TEXT, {"entities": SPANS}]] * 4),
        as_lines(
            [
                {
                    "text": TEXT,
                    "tokens": [{"text": "Ann", "start": 0, "end": 3}],
                    "spans": [{"start": a, "end": b, "label": kind} for a, b, kind in SPANS],
                    "answer": "accept",
                }
            ]
            * 4
        ),
        as_lines(
            [
                {
                    "text": TEXT,
                    "entities": [
                        {"id": 1, "label": kind, "start_offset": a, "end_offset": b}
                        for a, b, kind in SPANS
                    ],
                }
            ]
            * 4
        ),
    ],
)
def test_texts_with_marked_stretches(content: str) -> None:
    name = "x.json" if content.startswith("[") else "x.jsonl"
    collection = read(content, name).collection
    assert list_steps(collection) == [WANTED] * 4
    assert any("were cut into words" in note for note in collection.notes)


def test_stretches_that_cut_words_and_each_other() -> None:
    spans = [[1, 7, "person"], [16, 20, "name"], [12, 20, "city"], [90, 95, "far"], [8, 9, "gap"]]
    rows = [{"text": TEXT, "label": spans}] * 4
    collection = read(as_lines(rows), "x.jsonl").collection
    assert list_steps(collection) == [WANTED] * 4
    notes = " ".join(collection.notes)
    assert "4 entities began or ended within a word" in notes
    assert "Entities that overlap others left out: 4" in notes
    assert "outside of their text, left out: 8" in notes


def test_letters_beyond_the_first_plane_keep_their_places() -> None:
    text = "👩‍🔬 Ann 😀 Rome"
    start = text.index("Rome")
    rows = [{"text": text, "label": [[start, start + 4, "city"]]}] * 4
    steps = list_steps(read(as_lines(rows), "x.jsonl").collection)[0]
    assert ("Rome", "B-city") in steps
    assert sum(tag != "O" for _, tag in steps) == 1


def test_rows_of_numbers_with_a_tag_each() -> None:
    rows = [
        {"values": [[step, n / 7] for step in range(6)], "tags": list("aabbca")} for n in range(25)
    ]
    collection = read(as_lines(rows), "x.jsonl").collection
    assert collection.content == "numbers"
    assert collection.lengths.tolist() == [6] * 25
    assert len(collection.channels) >= 1


def test_text_alone_can_be_asked_about() -> None:
    from tests.data.tagged.reading.given import read_files

    rows = [{"text": TEXT}] * 2
    collection = read_files(
        {"x.jsonl": as_lines(rows)}, tagged=False, content="words", token="token", tag="tag"
    ).collection
    assert collection.get_words(0) == [word for word, _ in WANTED]
    assert not collection.is_tagged.any()
