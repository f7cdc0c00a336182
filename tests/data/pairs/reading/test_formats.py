"""Every way in which pairs come gives the same pairs."""

import io
import json
import zipfile

import pandas as pd
import pytest

from lstm_core.errors import DataError
from tests.data.pairs.reading.given import (
    PAIRS,
    list_pairs,
    read,
    read_files,
    write_side,
    write_table,
)


def write_excel(head: bool = True) -> bytes:
    buffer = io.BytesIO()
    rows = [("english", "german"), *PAIRS] if head else PAIRS
    with zipfile.ZipFile(buffer, "w") as archive:
        archive.writestr("[Content_Types].xml", "<Types/>")
        archive.writestr("xl/workbook.xml", "<workbook/>")
        cells = "".join(
            f'<row r="{number}"><c r="A{number}" t="inlineStr"><is><t>{first}</t></is></c>'
            f'<c r="B{number}" t="inlineStr"><is><t>{second}</t></is></c></row>'
            for number, (first, second) in enumerate(rows, 1)
        )
        archive.writestr(
            "xl/worksheets/sheet1.xml", f"<worksheet><sheetData>{cells}</sheetData></worksheet>"
        )
    return buffer.getvalue()


def write_tmx(before: str = "", first: str = "en", units: str = "") -> str:
    body = "".join(
        f'<tu><tuv xml:lang="{first}"><seg>{one}</seg></tuv>'
        f'<tuv xml:lang="de-DE"><seg>{other}</seg></tuv></tu>'
        for one, other in PAIRS
    )
    return (
        f'<?xml version="1.0" encoding="utf-8"?>{before}<tmx version="1.4">'
        f'<header srclang="en"/><body>{body}{units}</body></tmx>'
    )


TATOEBA = "\n".join(
    f"{one}\t{other}\tCC-BY 2.0 (France) Attribution: tatoeba.org #{n * 7919 % 9973} (CK)"
    for n, (one, other) in enumerate(PAIRS)
)
TATOEBA_NUMBERS = "\n".join(
    f"{1276 + 3 * n}\t{one}\t{77 + 5 * n}\t{other}" for n, (one, other) in enumerate(PAIRS)
)
JSON = "\n".join(json.dumps({"translation": {"en": one, "de": other}}) for one, other in PAIRS)
PLAIN_JSON = "\n".join(
    json.dumps({"id": n, "source": one, "target": other}) for n, (one, other) in enumerate(PAIRS)
)
ONE_FILE = {
    "a.tsv": write_table(),
    "a.csv": pd.DataFrame(PAIRS, columns=["english", "german"]).to_csv(index=False),
    "semicolons.csv": write_table(mark=";", head="english;german"),
    "headless.tsv": write_table(head=None),
    "a.txt": write_table(head=None),
    "a.xlsx": write_excel(),
    "headless.xlsx": write_excel(head=False),
    "deu.txt": TATOEBA,
    "numbered.tsv": TATOEBA_NUMBERS,
    "a.jsonl": JSON,
    "plain.jsonl": PLAIN_JSON,
    "list.json": json.dumps([{"en": one, "de": other} for one, other in PAIRS]),
    "a.tmx": write_tmx(),
    "doctype.tmx": write_tmx('<!DOCTYPE tmx SYSTEM "tmx14.dtd">'),
    "utf16.tmx": write_tmx().replace("utf-8", "utf-16").encode("utf-16"),
    "bom.tsv": b"\xef\xbb\xbf" + write_table().encode(),
    "utf16.tsv": write_table().encode("utf-16"),
    "windows.tsv": write_table().encode("cp1252"),
}  # fmt: skip
SIDES = (
    ("train.en", "train.de"),
    ("europarl-v7.en-de.en", "europarl-v7.en-de.de"),
    ("en.txt", "de.txt"),
    ("source.txt", "target.txt"),
    ("corpus/train_src.txt", "corpus/train_tgt.txt"),
    ("one.txt", "other.txt"),
)


@pytest.mark.parametrize("name", ONE_FILE)
def test_one_file_gives_all_pairs(name: str) -> None:
    assert list_pairs(read(ONE_FILE[name], name)) == PAIRS


@pytest.mark.parametrize("names", SIDES)
def test_two_files_of_lines_belong_together(names: tuple[str, str]) -> None:
    reading = read_files({names[0]: write_side(0), names[1]: write_side(1)})
    assert list_pairs(reading) == PAIRS


def test_direction_is_by_name_and_not_by_the_order_of_coming() -> None:
    one, other = write_side(0), write_side(1)
    for names in (("b.en-de.en", "b.en-de.de"), ("x.source", "x.target")):
        assert list_pairs(read_files({names[1]: other, names[0]: one})) == PAIRS
    assert (
        list_pairs(read("\n".join(["target\tsource", *(f"{b}\t{a}" for a, b in PAIRS)]))) == PAIRS
    )


def test_several_files_are_parts() -> None:
    files = {
        "train.tsv": write_table(PAIRS[:60]),
        "dev.tsv": write_table(PAIRS[60:70]),
        "test.tsv": write_table(PAIRS[70:]),
    }
    collection = read_files(files).collection
    assert [(collection.parts == part).sum() for part in ("train", "validation", "test")] == [
        60,
        10,
        10,
    ]


def test_parts_come_in_a_zip_of_sides() -> None:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        archive.writestr("corpus/README", "Two sides.")
        for part, pairs in (("train", PAIRS[:60]), ("test", PAIRS[60:])):
            for place, side in enumerate(("en", "de")):
                archive.writestr(f"corpus/{part}.{side}", write_side(place, pairs))
    reading = read(buffer.getvalue(), "corpus.zip")
    assert list_pairs(reading) == PAIRS
    assert (reading.collection.parts == "test").sum() == 20


def test_a_chosen_column_counts() -> None:
    reading = read(write_table(), given="german")
    assert list_pairs(reading) == [(other, one) for one, other in PAIRS]
    with pytest.raises(DataError, match="no column"):
        read(write_table(), given="finnish")


def test_other_pairs_than_of_languages() -> None:
    dates = [
        (f"{n % 28 + 1} March {1900 + n}", f"{1900 + n}-03-{n % 28 + 1:02}") for n in range(90)
    ]
    assert list_pairs(read(write_table(dates, head="written\tiso"))) == dates
    assert list_pairs(read(write_table(dates, head=None))) == dates
    sounds = [
        (f"w{'ae'[n % 2]}rd{n * 'x'}", f"W {'AE'[n % 2]} R D {n * 'X '}".strip()) for n in range(60)
    ]
    assert list_pairs(read(write_table(sounds, head=None))) == sounds


def test_a_group_stays_known() -> None:
    rows = "\n".join(f"{a}\t{b}\tbook {n % 7}" for n, (a, b) in enumerate(PAIRS))
    reading = read(f"english\tgerman\tdocument\n{rows}")
    assert set(reading.collection.groups) == {f"book {n}" for n in range(7)}


def test_formatting_in_a_memory_is_no_text() -> None:
    unit = (
        '<tu><tuv xml:lang="en"><seg>A <bpt i="1">&lt;b&gt;</bpt>bold<ept i="1">&lt;/b&gt;</ept> '
        '<hi>word</hi></seg></tuv><tuv xml:lang="de-de"><seg>Ein Wort</seg></tuv></tu>'
    )
    assert list_pairs(read(write_tmx(units=unit), "a.tmx"))[-1] == ("A bold word", "Ein Wort")


@pytest.mark.parametrize(
    "declared",
    [
        '<!DOCTYPE tmx [<!ENTITY a "lol"><!ENTITY b "&a;&a;">]>',
        '<!DOCTYPE tmx [<!ENTITY x SYSTEM "file:///etc/passwd">]>',
        '<!DOCTYPE tmx [<!ENTITY % p SYSTEM "http://example.org/x.dtd"> %p;]>',
    ],
)
@pytest.mark.parametrize("encoding", ["utf-8", "utf-16", "utf-16-be"])
def test_entities_are_refused_before_anything_is_parsed(declared: str, encoding: str) -> None:
    content = write_tmx(declared).replace("utf-8", encoding).encode(encoding)
    with pytest.raises(DataError, match="entities"):
        read(content, "a.tmx")


def test_a_memory_that_is_nested_without_end_does_no_harm() -> None:
    deep = f"{'<hi>' * 50_000}Tief{'</hi>' * 50_000}"
    unit = (
        f'<tu><tuv xml:lang="en"><seg>{deep}</seg></tuv>'
        '<tuv xml:lang="de-de"><seg>Ein Wort</seg></tuv></tu>'
    )
    assert list_pairs(read(write_tmx(units=unit), "a.tmx"))[-1] == ("Tief", "Ein Wort")


@pytest.mark.parametrize("name", ["<script>", '"; drop', "=1+1", "\u202egnp", "x" * 300])
def test_hostile_names_of_columns_survive(name: str) -> None:
    reading = read(write_table(head=f"english\t{name}".replace('"', "'")), header=True)
    assert list_pairs(reading) == PAIRS


def test_a_damaged_memory_is_said() -> None:
    with pytest.raises(DataError, match="damaged"):
        read(write_tmx()[:-30], "a.tmx")
    with pytest.raises(DataError, match="languages"):
        read('<tmx version="1.4"><body></body></tmx>', "a.tmx")


def test_new_texts_need_no_targets() -> None:
    understood = read(write_table()).collection.understood
    assert understood is not None
    choice = understood.model_dump(exclude={"kind", "source", "name"})
    lines = "the dog, the cat; and\tmore\n\nit is not\n"
    found = read_files({"new.txt": lines}, paired=False, **choice).collection
    assert found.sources.tolist() == ["the dog, the cat; and more", "it is not"]
    assert not found.is_known.any()
    table = read_files({"new.csv": "english\nthe dog\n"}, paired=False, **choice).collection
    assert table.sources.tolist() == ["the dog"]
    both = read_files({"new.tsv": write_table(PAIRS[:2])}, paired=False, **choice).collection
    assert both.targets.tolist() == [other for _, other in PAIRS[:2]]
    one = read_files({"new.txt": "a dog"}, paired=False, **choice).collection
    assert one.sources.tolist() == ["a dog"]
