import codecs
import csv
import gzip
import io
import json

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from lstm_core.errors import DataError
from tests.data.items.reading.given import BAD, GOOD, REVIEWS, read, read_files, roles


def write(rows, separator=",", header=("text", "label"), **given) -> str:
    buffer = io.StringIO()
    writer = csv.writer(buffer, delimiter=separator, lineterminator="\n", **given)
    writer.writerows([header] if header else [])
    writer.writerows(rows)
    return buffer.getvalue()


def pairs(reading) -> list[tuple[str, str]]:
    collection = reading.collection
    return list(zip(collection.texts.tolist(), collection.labels.tolist(), strict=True))


@pytest.mark.parametrize("separator", [",", ";", "\t", "|"])
@pytest.mark.parametrize("label_first", [False, True])
@pytest.mark.parametrize("header", [False, True])
def test_a_text_and_its_label_however_the_table_is_written(
    separator: str, label_first: bool, header: bool
) -> None:
    names = ("label", "text") if label_first else ("text", "label")
    rows = [row[::-1] for row in REVIEWS] if label_first else REVIEWS
    reading = read(write(rows, separator, names if header else None))
    assert pairs(reading) == REVIEWS
    assert reading.collection.content == "text"


@pytest.mark.parametrize(
    "encode",
    [
        lambda text: text.encode("utf-8-sig"),
        lambda text: text.encode("utf-16"),
        lambda text: text.encode("utf-16-le"),
        lambda text: text.encode("cp1252"),
        lambda text: gzip.compress(text.encode()),
        lambda text: text.replace("\n", "\r\n").encode(),
        lambda text: codecs.BOM_UTF16_BE + text.encode("utf-16-be"),
    ],
    ids=["bom", "utf-16", "utf-16-le", "cp1252", "gzip", "crlf", "utf-16-be"],
)
def test_encodings_give_the_same_texts(encode) -> None:
    rows = [*REVIEWS, ("schöne Grüße", "good")]
    assert pairs(read(encode(write(rows)))) == rows


def test_lines_of_two_encodings_are_each_read_as_they_are() -> None:
    lines = [f"{text} für uns €,{label}".encode() for text, label in REVIEWS]
    lines += [f"{text} über alles,{label}".encode("cp1252") for text, label in REVIEWS[:3]]
    reading = read(
        b"text,label\n" + b"\n".join(lines).replace(b", w", b" w").replace(b", n", b" n")
    )
    texts = reading.collection.texts.tolist()
    assert texts[0] == "I love it für uns €"
    assert texts[-1] == "works like a charm über alles"
    assert any("Two encodings are mixed" in note for note in reading.collection.notes)


def test_a_text_may_span_lines() -> None:
    rows = [(f"{text}\nand more,\nof it", label) for text, label in REVIEWS]
    assert pairs(read(write(rows))) == rows


def test_commas_in_texts_without_quotation_marks() -> None:
    lines = [f"{text}, really,{label}" for text, label in REVIEWS]
    reading = read("text,label\n" + "\n".join(lines))
    assert pairs(reading)[0] == ("I love it, really", "good")
    assert any("quotation marks" in note for note in reading.collection.notes)


def test_quotation_marks_that_belong_to_the_text() -> None:
    rows = [(f'"{text} he said', label) for text, label in REVIEWS]
    content = "\n".join(f"{label}\t{text}" for text, label in rows)
    reading = read(content, "SMSSpamCollection")
    assert pairs(reading) == rows


def test_labels_that_are_numbers_and_columns_that_have_other_parts() -> None:
    rows = [
        (
            number,
            f"{text} {number}",
            number % 2,
            f"user{number % 5}",
            ("train", "test")[number > 29],
        )
        for number, (text, _) in enumerate(REVIEWS * 5)
    ]
    reading = read(write(rows, header=("id", "tweet", "target", "user", "split")))
    assert roles(reading) == {
        "text": "tweet", "label": "target", "group": "user", "item": "id", "split": "split"
    }  # fmt: skip
    collection = reading.collection
    assert collection.label_names == ("0", "1")
    assert collection.ids[3] == "3"
    assert collection.groups[7] == "user2"
    assert collection.parts.tolist().count("train") == 30


def test_a_column_with_far_fewer_values_is_offered_as_a_group() -> None:
    rows = [(f"{text} {n}", label, f"shop {n % 4}") for n, (text, label) in enumerate(REVIEWS * 5)]
    reading = read(write(rows, header=("text", "label", "branch")))
    finding = reading.understanding.findings["group"]
    assert finding.value is None
    assert finding.asks
    assert finding.others == ("branch",)
    assert "4 values for 40 items" in finding.reason
    chosen = read(write(rows, header=("text", "label", "branch")), group="branch")
    assert set(chosen.collection.groups) == {"shop 0", "shop 1", "shop 2", "shop 3"}


def test_a_label_under_two_names_is_no_group() -> None:
    rows = [(f"{text} {n}", label, len(label)) for n, (text, label) in enumerate(REVIEWS * 5)]
    reading = read(write(rows, header=("text", "label", "label_id")))
    assert reading.understanding.findings["group"].others == ()


def test_a_chosen_column_overrides_what_was_found() -> None:
    rows = [(text, label, ("x", "y")[n % 2]) for n, (text, label) in enumerate(REVIEWS)]
    table = write(rows, header=("text", "label", "kind"))
    assert read(table).collection.label_names == ("bad", "good")
    assert read(table, label="kind").collection.label_names == ("x", "y")
    with pytest.raises(DataError, match=r'no column "kid".* Did you mean "kind"'):
        read(table, label="kid")


def test_labels_with_spaces_and_capitals() -> None:
    rows = [
        *REVIEWS,
        ("fine", "Good"),
        ("fair", " good "),
        ("so so", "not  sure"),
        ("hm", "not sure"),
    ]
    reading = read(write(rows))
    assert reading.collection.label_counts == {"bad": 4, "good": 6, "not sure": 2}
    assert any("capitals" in note for note in reading.collection.notes)


def test_a_and_capital_a_are_two_labels() -> None:
    rows = [(f"{text} {n}", "aA"[n % 2]) for n, (text, _) in enumerate(REVIEWS)]
    assert read(write(rows)).collection.label_names == ("A", "a")


def test_a_text_may_be_called_na_or_null() -> None:
    rows = [*REVIEWS, ("NA", "bad"), ("null", "good"), ("007", "bad")]
    assert pairs(read(write(rows))) == rows


def test_single_words_are_texts_too() -> None:
    rows = [(f"Name{chr(97 + n)}ski", "polish") for n in range(9)]
    rows += [(f"{chr(65 + n)}sen", "danish") for n in range(9)]
    reading = read(write(rows, header=("surname", "language")))
    assert roles(reading) == {"text": "surname", "label": "language"}


def test_fasttext_lines() -> None:
    content = "\n".join(f"__label__{label} {text}" for text, label in REVIEWS)
    assert pairs(read(content, "train.txt")) == REVIEWS


def test_json_lines_and_lists() -> None:
    objects = [
        {"meta": {"id": n}, "review": text, "stars": {"label": label}}
        for n, (text, label) in enumerate(REVIEWS)
    ]
    for content in (
        "\n".join(map(json.dumps, objects)),
        json.dumps(objects),
        json.dumps({"data": objects, "version": 1}),
        json.dumps(objects, indent=1),
    ):
        for name in ("items.jsonl", "items.json", "items"):
            reading = read(content, name)
            assert pairs(reading) == REVIEWS
            assert roles(reading)["label"] == "stars.label"
            assert roles(reading)["item"] == "meta.id"


def test_json_without_objects_is_refused() -> None:
    for content in ('{"a": 1', "[1, 2, 3]", "[" * 100_000, "not json\nat all"):
        with pytest.raises(DataError):
            read(content, "items.json")


def test_files_by_part_are_joined() -> None:
    reading = read_files({"a_train.csv": write(REVIEWS), "a_test.csv": write(REVIEWS[::3])})
    assert reading.collection.num_items == 11
    assert reading.collection.parts.tolist() == ["train"] * 8 + ["test"] * 3


def test_files_named_by_their_label_hold_a_text_a_line() -> None:
    files = {"pos.txt": "\n".join(GOOD * 2), "neg.txt": "\n".join(BAD * 2)}
    reading = read_files(files)
    assert reading.collection.label_counts == {"neg": 8, "pos": 8}
    polarity = read_files({"rt.pos": "\n".join(GOOD * 2), "rt.neg": "\n".join(BAD * 2)})
    assert len(polarity.collection.label_names) == 2


def test_new_items_need_no_label() -> None:
    reading = read_files({"new.csv": "text\nhow nice\nhow, well, dull\n"}, labelled=False)
    assert reading.collection.texts.tolist() == ["how nice", "how, well, dull"]
    assert reading.collection.labels.tolist() == [None, None]


def test_a_specs_columns_may_be_missing_from_new_items() -> None:
    spec = read(write(REVIEWS, header=("text", "mood"))).understanding.spec
    given = spec.model_dump(exclude={"kind", "source", "name", "header"})
    again = read_files({"new.csv": "text,mood\nhow nice,\noh no,bad\n"}, labelled=False, **given)
    assert again.collection.labels.tolist() == [None, "bad"]
    for content in ("text\nhow nice\noh no\n", "how nice\noh no\n"):
        again = read_files({"new.csv": content}, labelled=False, **given)
        assert again.collection.texts.tolist() == ["how nice", "oh no"]


def test_dates_are_times_and_durations_are_offered_alone() -> None:
    rows = [
        (text, label, f"2024-03-{n + 1:02d}", n * 1.5) for n, (text, label) in enumerate(REVIEWS)
    ]
    reading = read(write(rows, header=("text", "label", "sent on", "seconds")))
    assert roles(reading)["time"] == "sent on"
    assert reading.understanding.findings["time"].others == ("seconds",)
    assert str(reading.collection.times[2])[:10] == "2024-03-03"
    chosen = read(write(rows, header=("text", "label", "sent on", "seconds")), time="seconds")
    assert chosen.collection.times.tolist()[:2] == [0, 1.5]


@pytest.mark.parametrize(
    ("name", "content", "texts"),
    [
        ("new.txt", "Good, really.\nBad, sorry.\n", ["Good, really.", "Bad, sorry."]),
        ("one.txt", "a text, and a dull one", ["a text, and a dull one"]),
        ("new.txt", "text,other\nso good,1\nso bad,2\n", ["so good", "so bad"]),
        ("new.csv", "review\nso good\n", ["so good"]),
        ("new.csv", "id,text\n7,so good\n8,so bad\n", ["so good", "so bad"]),
    ],
)
def test_new_texts_may_be_lines_or_a_table(name: str, content: str, texts: list[str]) -> None:
    spec = read(write(REVIEWS)).understanding.spec
    given = spec.model_dump(exclude={"kind", "source", "name"})
    again = read_files({name: content}, labelled=False, **given)
    assert again.collection.texts.tolist() == texts


CELL = st.text(st.characters(codec="utf-8", exclude_categories=("Cc",)), min_size=1, max_size=30)


@settings(max_examples=40)
@given(st.lists(CELL.map(lambda text: f"so {text} it is"), min_size=6, max_size=12, unique=True))
def test_quoted_texts_come_back_as_they_were(texts: list[str]) -> None:
    rows = [(text, ("yes", "no")[n % 2]) for n, text in enumerate(texts)]
    content = write(rows, quoting=csv.QUOTE_ALL)
    assert [text for text, _ in pairs(read(content, again=False))] == [
        text.strip() for text in texts
    ]
