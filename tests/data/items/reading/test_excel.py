from xml.sax.saxutils import escape

import pytest

from lstm_core.errors import DataError
from tests.data.items.reading.given import REVIEWS, make_zip, read, roles

NAMESPACE = 'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'
STYLES = (
    f'<styleSheet {NAMESPACE}><numFmts><numFmt numFmtId="170" formatCode="yyyy\\-mm\\-dd"/>'
    '</numFmts><cellXfs><xf numFmtId="0"/><xf numFmtId="170"/><xf numFmtId="14"/></cellXfs>'
    "</styleSheet>"
)


def make_workbook(rows: list[list[str]], shared: list[str], *, empty_first: bool = False) -> bytes:
    """Write cells that are XML already into the members that a workbook needs."""
    lines = "".join(f'<row r="{n}">{"".join(row)}</row>' for n, row in enumerate(rows, start=1))
    sheet = f"<worksheet {NAMESPACE}><sheetData>{lines}</sheetData></worksheet>"
    strings = "".join(shared)
    members = {
        "[Content_Types].xml": "<Types/>",
        "xl/workbook.xml": f"<workbook {NAMESPACE}/>",
        "xl/styles.xml": STYLES,
        "xl/sharedStrings.xml": f"<sst {NAMESPACE}>{strings}</sst>",
        "xl/worksheets/sheet10.xml": sheet,
    }
    if empty_first:
        members["xl/worksheets/sheet2.xml"] = f"<worksheet {NAMESPACE}><sheetData/></worksheet>"
    return make_zip(members)


def write_reviews(*, empty_first: bool = False) -> bytes:
    shared = [f"<si><t>{escape(text)}</t></si>" for text, _ in REVIEWS]
    shared[0] = (
        "<si><r><t>I love</t></r><r><t xml:space='preserve'> it</t></r><rPh><t>x</t></rPh></si>"
    )
    rows = [
        ['<c r="A1" t="inlineStr"><is><t>when</t></is></c>', '<c r="B1" t="str"><v>text</v></c>',
         '<c r="D1" t="str"><v>label</v></c>']
    ]  # fmt: skip
    for number, (_, label) in enumerate(REVIEWS):
        place = number + 2
        rows.append(
            [
                f'<c r="A{place}" s="{1 + number % 2}"><v>{45_000 + number}</v></c>',
                f'<c r="B{place}" t="s"><v>{number}</v></c>',
                f'<c r="D{place}" t="str"><f>1+1</f><v>{label}</v></c>',
            ]
        )
    return make_workbook(rows, shared, empty_first=empty_first)


@pytest.mark.parametrize("empty_first", [False, True])
def test_a_workbook_is_read_as_a_table(empty_first: bool) -> None:
    reading = read(write_reviews(empty_first=empty_first), "reviews.xlsx")
    collection = reading.collection
    assert collection.texts.tolist() == [text for text, _ in REVIEWS]
    assert collection.labels.tolist() == [label for _, label in REVIEWS]
    assert roles(reading)["time"] == "when"
    assert str(collection.times[0])[:10] == "2023-03-15"


def test_numbers_booleans_and_errors_of_cells() -> None:
    rows = [
        [
            f'<c r="{"ABC"[n]}1" t="str"><v>{name}</v></c>'
            for n, name in enumerate(("text", "y", "z"))
        ]
    ]
    for number in range(2, 12):
        rows.append(
            [
                f'<c r="A{number}" t="str"><v>some words in row {number}</v></c>',
                f'<c r="B{number}"><v>{number % 2}.0</v></c>',
                f'<c r="C{number}" t="e"><v>#N/A</v></c>',
            ]
        )
    collection = read(make_workbook(rows, []), "x.xlsx", label="y").collection
    assert collection.label_names == ("0", "1")


@pytest.mark.parametrize(
    "sheet",
    [
        "<worksheet><sheetData><row><c",
        '<worksheet><row><c r="A1" t="s"><v>7</v></c></row></worksheet>',
        '<worksheet><row><c r="ZZZ1"><v>7</v></c></row></worksheet>',
        '<worksheet><row><c r="A1" s="1"><v>1e300</v></c></row></worksheet>',
    ],
    ids=["cut", "no text", "no column", "no date"],
)
def test_a_damaged_workbook_is_told(sheet: str) -> None:
    content = make_zip(
        {
            "[Content_Types].xml": "<Types/>",
            "xl/workbook.xml": "<workbook/>",
            "xl/styles.xml": STYLES,
            "xl/worksheets/sheet1.xml": sheet,
        }
    )
    with pytest.raises(DataError, match="is damaged"):
        read(content, "x.xlsx")


def test_entities_that_grow_are_stopped() -> None:
    levels = "".join(f'<!ENTITY a{n} "{f"&a{n - 1};" * 10}">' for n in range(1, 10))
    sheet = '<worksheet><row><c t="str"><v>&a9;</v></c></row></worksheet>'
    bomb = f'<!DOCTYPE x [<!ENTITY a0 "lol">{levels}]>{sheet}'
    content = make_zip(
        {
            "[Content_Types].xml": "<Types/>",
            "xl/workbook.xml": "<workbook/>",
            "xl/worksheets/sheet1.xml": bomb,
        }
    )
    with pytest.raises(DataError, match="is damaged"):
        read(content, "x.xlsx")


def test_other_office_documents_are_told() -> None:
    content = make_zip({"[Content_Types].xml": "<Types/>", "word/document.xml": "<w/>"})
    with pytest.raises(DataError, match="no Excel workbook"):
        read(content, "x.docx")
    with pytest.raises(DataError, match="is empty"):
        read(make_workbook([], []), "x.xlsx")
