"""Files that are no plain text: archives, workbooks, pages, columns, JSON."""

from __future__ import annotations

import bz2
import gzip
import io
import json
import lzma
import zipfile
from collections.abc import Sequence
from decimal import Decimal

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.feather
import pyarrow.parquet
import pytest

from lstm_core.data.reading.rows.containers import packed
from lstm_core.data.reading.rows.containers.apart import list_sheets, read_apart
from lstm_core.data.reading.rows.reading import read_rows
from lstm_core.data.reading.table import Rows
from lstm_core.errors import DataError
from lstm_core.spec.reading import ReadingPlan

CSV = b"day,load\n2024-01-05,1.5\n2024-01-06,2.5\n2024-01-07,4\n"


def read(content: bytes, name: str = "file", **plan: object) -> Rows:
    return read_rows(content, name, ReadingPlan.model_validate(plan))


def make_zip(**members: bytes) -> bytes:
    packed_bytes = io.BytesIO()
    with zipfile.ZipFile(packed_bytes, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in members.items():
            archive.writestr(name.replace("__", "."), content)
    return packed_bytes.getvalue()


def make_workbook(**sheets: Sequence[Sequence[object]]) -> bytes:
    """Write the few members of an .xlsx that hold cells; dates are of style 1."""
    spreadsheet = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
    office = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    package = "http://schemas.openxmlformats.org/package/2006"
    names = list(sheets)
    members = {
        "[Content_Types].xml": f'<Types xmlns="{package}/content-types">'
        '<Default Extension="xml" ContentType="application/xml"/></Types>',
        "_rels/.rels": f'<Relationships xmlns="{package}/relationships"><Relationship Id="r1" '
        f'Type="{office}/officeDocument" Target="xl/workbook.xml"/></Relationships>',
        "xl/workbook.xml": f'<workbook xmlns="{spreadsheet}" xmlns:r="{office}"><sheets>'
        + "".join(
            f'<sheet name="{name}" sheetId="{at}" r:id="r{at}"/>'
            for at, name in enumerate(names, 1)
        )
        + "</sheets></workbook>",
        "xl/_rels/workbook.xml.rels": f'<Relationships xmlns="{package}/relationships">'
        + "".join(
            f'<Relationship Id="r{at}" Type="{office}/worksheet" '
            f'Target="worksheets/sheet{at}.xml"/>'
            for at in range(1, len(names) + 1)
        )
        + f'<Relationship Id="s" Type="{office}/styles" Target="styles.xml"/>'
        "</Relationships>",
        "xl/styles.xml": f'<styleSheet xmlns="{spreadsheet}"><cellXfs>'
        '<xf numFmtId="0"/><xf numFmtId="14"/></cellXfs></styleSheet>',
    }
    for number, rows in enumerate(sheets.values(), 1):
        lines = []
        for at, row in enumerate(rows, 1):
            cells = "".join(
                _write_cell(f"{chr(65 + place)}{at}", cell) for place, cell in enumerate(row)
            )
            lines.append(f'<row r="{at}">{cells}</row>')
        members[f"xl/worksheets/sheet{number}.xml"] = (
            f'<worksheet xmlns="{spreadsheet}"><sheetData>{"".join(lines)}</sheetData></worksheet>'
        )
    return make_zip(**{name: text.encode() for name, text in members.items()})


def _write_cell(place: str, cell: object) -> str:
    if cell is None:
        return ""
    if isinstance(cell, pd.Timestamp):
        return f'<c r="{place}" s="1"><v>{(cell - pd.Timestamp("1899-12-30")).days}</v></c>'
    if isinstance(cell, bool):
        return f'<c r="{place}" t="b"><v>{int(cell)}</v></c>'
    if isinstance(cell, int | float):
        return f'<c r="{place}"><v>{cell}</v></c>'
    return f'<c r="{place}" t="inlineStr"><is><t>{cell}</t></is></c>'


def days(number: int) -> list[pd.Timestamp]:
    return list(pd.date_range("2024-01-05", periods=number))


@pytest.mark.parametrize(
    "pack", [gzip.compress, bz2.compress, lzma.compress], ids=["gz", "bz2", "xz"]
)
def test_packed_text_is_read(pack: object) -> None:
    rows = read(pack(CSV), "named.csv")  # type: ignore[operator]
    assert rows.frame["load"].tolist() == ["1.5", "2.5", "4"]


def test_the_table_of_an_archive_is_found() -> None:
    rows = read(make_zip(readme__txt=b"about " * 900, data__csv=CSV, __MACOSX__csv=CSV))
    assert rows.plan.member == "data.csv"
    assert rows.members == ("data.csv",)
    assert not rows.questions


def test_it_is_asked_which_of_several_tables() -> None:
    archive = make_zip(a__csv=CSV, b__csv=CSV + b"2024-01-08,7\n")
    rows = read(archive)
    assert [choice.value for choice in rows.questions[0].choices] == ["b.csv", "a.csv"]
    assert rows.questions[0].item == "data.reading.member"
    chosen = read(archive, member="a.csv")
    assert len(chosen.frame) == 3
    assert not chosen.questions
    with pytest.raises(DataError, match="holds no file"):
        read(archive, member="c.csv")


def test_what_comes_out_of_an_archive_is_bounded(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(packed, "MOST_BYTES", 1_000_000)
    for content in (gzip.compress(b"0" * 3_000_000), make_zip(a__csv=b"0,1\n" * 900_000)):
        with pytest.raises(DataError, match="more than"):
            read(content)


def test_archives_in_archives_end() -> None:
    content = CSV
    for _ in range(6):
        content = gzip.compress(content)
    with pytest.raises(DataError, match="archives in archives"):
        read(content)


@pytest.mark.parametrize(
    "content",
    [gzip.compress(CSV)[:-12], make_zip(a__csv=CSV)[:60], make_zip(a__png=b"x"), make_zip()],
    ids=["cut gzip", "cut zip", "picture", "nothing"],
)
def test_damaged_and_empty_archives_are_refused(content: bytes) -> None:
    with pytest.raises(DataError):
        read(content)


def test_the_sheet_with_the_table_is_read() -> None:
    table = [["day", "load", "on", "note"]]
    table += [[day, 10.5 + at, at % 2 == 0, f"n{at}"] for at, day in enumerate(days(9))]
    book = make_workbook(
        Info=[["Made by hand"]], Data=[["Report"], [None], *table, ["Total", 130.5]]
    )
    rows = read(book, "book.xlsx")
    assert rows.plan.member == "Data"
    assert rows.members == ("Info", "Data")
    assert rows.frame["day"].tolist() == days(9)
    assert rows.frame["load"].dtype == np.float64
    assert rows.frame["on"].dtype == bool
    assert rows.lines.tolist() == list(range(4, 13))
    assert [each.line for each in rows.set_aside] == [13]
    assert read(book, "book.xlsx", member="Data").frame.equals(rows.frame)
    assert rows.head[2] == "day\tload\ton\tnote"


def test_a_workbook_is_read_apart_as_it_is_here() -> None:
    rows = [["day", "load", "on"], *([day, 10.5, True] for day in days(3))]
    book = make_workbook(Data=rows, Other=[["x"]])
    assert read_apart(book, None, 100) == list_sheets(book, None, 100)
    assert read_apart(book, "Data", 100)[1][2] == []
    with pytest.raises(OverflowError):
        read_apart(book, None, 5)


def test_what_ends_the_process_that_reads_it_is_refused() -> None:
    legacy = bytes.fromhex("d0cf11e0a1b11ae1") + bytes(range(256)) * 40
    with pytest.raises(DataError, match="damaged, locked"):
        read(legacy, "old.xls")


def test_objects_without_names_are_no_table() -> None:
    with pytest.raises(DataError, match="empty"):
        read(b"{}\n{}", "nothing.jsonl")


def test_it_is_asked_which_of_several_sheets() -> None:
    sheets = {
        f"y{year}": [["day", "load"], *([day, year + at] for at, day in enumerate(days(6)))]
        for year in (2022, 2023)
    }
    rows = read(make_workbook(**sheets), "book.xlsx")
    assert [choice.value for choice in rows.questions[0].choices] == ["y2022", "y2023"]
    assert rows.frame["load"].tolist() == [2022 + at for at in range(6)]
    assert not read(make_workbook(**sheets), "book.xlsx", member="y2023").questions


def test_damaged_workbooks_are_refused() -> None:
    whole = make_workbook(Data=[["a", "b"], [1, 2]])
    for content in (b"\xd0\xcf\x11\xe0" + b"\0" * 600, make_zip(**{"xl/workbook.xml": b"<a"})):
        with pytest.raises(DataError):
            read(content)
    with pytest.raises(DataError):
        read(whole[: len(whole) // 2])


def test_tables_of_web_pages_are_read() -> None:
    lines = "".join(f"<tr><td>2024-01-{day:02}</td><td>{day}.5</td></tr>" for day in range(1, 8))
    page = (
        "<html><body><table><tr><td>menu</td></tr></table><table>"
        f"<tr><th>day</th><th>load</th></tr>{lines}</table></body></html>"
    )
    rows = read(page.encode(), "saved.xls")
    assert rows.frame["load"].tolist()[:2] == ["1.5", "2.5"]
    assert len(rows.frame) == 7
    with pytest.raises(DataError, match="without a table"):
        read(b"<html><body>nothing</body></html>")


def test_excel_xml_is_read_without_entities() -> None:
    start = '<?xml version="1.0"?><!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/hostname">]>'
    rows = "".join(
        f'<Row><Cell><Data ss:Type="String">2024-01-0{day}</Data></Cell>'
        f'<Cell><Data ss:Type="Number">{day}.5</Data></Cell></Row>'
        for day in range(1, 6)
    )
    book = (
        f'{start}<Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet" '
        'xmlns:ss="urn:schemas-microsoft-com:office:spreadsheet"><Worksheet ss:Name="S"><Table>'
        "<Row><Cell><Data>day</Data></Cell><Cell><Data>lo&e;ad</Data></Cell></Row>"
        f"{rows}</Table></Worksheet></Workbook>"
    )
    read_back = read(book.encode(), "book.xls")
    assert list(read_back.frame.columns) == ["day", "lo&e;ad"]
    assert read_back.frame["lo&e;ad"].tolist() == [1.5, 2.5, 3.5, 4.5, 5.5]


def test_columns_keep_their_types() -> None:
    frame = pd.DataFrame(
        {
            "load": [1.5, 2.5, None],
            "kind": pd.Categorical(["a", "b", "a"]),
            "price": [Decimal("1.25"), Decimal("2.5"), None],
            "note": ["x", None, "z"],
        },
        index=pd.Index(days(3), name="day"),
    )
    parquet = io.BytesIO()
    frame.to_parquet(parquet)
    rows = read(parquet.getvalue())
    assert list(rows.frame.columns) == ["day", "load", "kind", "price", "note"]
    assert rows.frame["day"].dtype == "datetime64[ns]"
    assert rows.frame["price"].tolist()[:2] == [1.25, 2.5]
    assert rows.frame["kind"].tolist() == ["a", "b", "a"]
    feather = io.BytesIO()
    pyarrow.feather.write_feather(pa.table({"a": [1, 2], "b": ["x", "y"]}), feather)
    assert read(feather.getvalue()).frame["a"].tolist() == [1, 2]
    with pytest.raises(DataError):
        read(parquet.getvalue()[:-20])


RECORDS = [{"day": f"2024-01-0{at}", "load": at + 0.5, "on": at % 2 == 0} for at in range(1, 6)]
COLUMNS = {key: [record[key] for record in RECORDS] for key in RECORDS[0]}


@pytest.mark.parametrize(
    "value",
    [
        RECORDS,
        COLUMNS,
        {"meta": {"unit": "kW"}, "data": RECORDS},
        {"hourly": COLUMNS, "latitude": 5},
        {key: dict(enumerate(values)) for key, values in COLUMNS.items()},
        {
            "columns": list(COLUMNS),
            "index": [0, 1, 2, 3, 4],
            "data": [[*r.values()] for r in RECORDS],
        },
        {"response": {"data": {"rows": RECORDS}}},
    ],
    ids=["records", "columns", "data", "hourly", "pandas columns", "pandas split", "nested"],
)
def test_shapes_of_json(value: object) -> None:
    rows = read(json.dumps(value).encode())
    assert list(rows.frame.columns) == ["day", "load", "on"]
    assert rows.frame["load"].tolist() == [1.5, 2.5, 3.5, 4.5, 5.5]
    assert rows.frame["on"].dtype == bool


def test_times_as_names_of_json_become_a_column() -> None:
    series = {f"2024-01-0{at}": {"open": str(at), "close": str(at + 1)} for at in range(1, 6)}
    rows = read(json.dumps({"Meta": {"a": "b"}, "Series (Daily)": series}).encode())
    assert rows.frame.shape == (5, 3)
    assert rows.frame.iloc[0].tolist() == ["2024-01-01", "1", "2"]


def test_lines_of_json_that_are_none_are_set_aside() -> None:
    lines = [json.dumps(record) for record in RECORDS]
    rows = read("\n".join([*lines[:2], '{"day": "2024-', *lines[2:]]).encode())
    assert [each.line for each in rows.set_aside] == [3]
    assert rows.lines.tolist() == [1, 2, 4, 5, 6]


def test_deep_json_is_refused() -> None:
    with pytest.raises(DataError, match="too deeply"):
        read(b"[" * 100_000 + b"]" * 100_000)


def test_series_of_the_monash_archive() -> None:
    rows = read(
        b"@relation x\n@attribute series_name string\n@attribute start_timestamp date\n"
        b"@frequency monthly\n@data\nT1:2024-01-01 00-00-00:1,2,?\nT2:2024-03-01 00-00-00:5\n"
    )
    assert rows.frame["time"].dt.strftime("%Y-%m-%d").tolist() == [
        "2024-01-01",
        "2024-02-01",
        "2024-03-01",
        "2024-03-01",
    ]
    assert rows.lines.tolist() == [6, 6, 6, 7]


def test_rows_of_weka() -> None:
    rows = read(
        b"% made by hand\n@relation x\n@attribute day date 'yyyy-MM-dd'\n"
        b"@attribute 'the load' real\n"
        b"@data\n2024-01-01,1.5\n% a remark\n2024-01-02,?\n"
    )
    assert list(rows.frame.columns) == ["day", "the load"]
    assert rows.lines.tolist() == [6, 8]


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"%PDF-1.7 ...", "a PDF document"),
        (b"\x89PNG\r\n\x1a\n", "a PNG picture"),
        (b"\x80\x04\x95\x10\x00\x00\x00\x00\x00\x00\x00}", "pickle"),
        (b"CREATE TABLE t (a int);\nINSERT INTO t (a) VALUES (1);\n", "SQL"),
        (b"SQLite format 3\0", "an SQLite database"),
    ],
    ids=["pdf", "png", "pickle", "sql", "sqlite"],
)
def test_other_files_are_refused_by_their_kind(content: bytes, words: str) -> None:
    with pytest.raises(DataError, match=words) as refused:
        read(content)
    assert refused.value.remedy


def test_records_of_xml() -> None:
    series = "".join(
        f'<Series AREA="{area}">'
        + "".join(f'<Obs T="2024-0{at}" V="{at}.5"/>' for at in range(1, 6))
        + "</Series>"
        for area in ("DE", "FR")
    )
    rows = read_rows(f'<?xml version="1.0"?><D>{series}</D>'.encode(), "d.xml", ReadingPlan())
    assert list(rows.frame.columns) == ["AREA", "T", "V"]
    assert rows.frame.iloc[5].tolist() == ["FR", "2024-01", "1.5"]
    fields = "".join(
        f'<row><f name="day">2024-01-0{at}</f><f name="load">{at}</f></row>' for at in range(1, 6)
    )
    rows = read_rows(f'<?xml version="1.0"?><D>{fields}</D>'.encode(), "d.xml", ReadingPlan())
    assert list(rows.frame.columns) == ["day", "load"]
    assert len(rows.frame) == 5


def test_names_over_names_in_a_web_page() -> None:
    head = "<tr><th rowspan=2>Day<th colspan=2>North<th colspan=2>South</tr>"
    head += "<tr><th>a<th>b<th>a<th>b</tr>"
    body = "".join(f"<tr><td>2024-01-0{at}{'<td>5' * 4}</tr>" for at in range(1, 9))
    rows = read_rows(f"<table>{head}{body}</table>".encode(), "d.html", ReadingPlan())
    assert list(rows.frame.columns) == ["Day", "North a", "North b", "South a", "South b"]


def test_both_marks_in_arff() -> None:
    content = b"@relation r\n@attribute d string\n@attribute s string\n@data\n"
    content += b'"2024-01-01",\'it\\\'s, so\'\n"2024-01-02",plain\n"2024-01-03",\'b "c"\'\n'
    rows = read_rows(content, "r.arff", ReadingPlan())
    assert rows.frame["s"].tolist() == ["it's, so", "plain", 'b "c"']


def test_an_archive_whose_member_stands_nowhere_is_refused() -> None:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        archive.writestr("a.csv", "day,v\n2024-01-01,1\n")
    content = bytearray(buffer.getvalue())
    at = content.rfind(b"PK\x05\x06")
    content[at + 16 : at + 20] = (len(content) + 60).to_bytes(4, "little")
    with pytest.raises(DataError):
        read_rows(bytes(content), "a.zip", ReadingPlan())


def test_damaged_offsets_in_arrow_are_refused() -> None:
    buffer = io.BytesIO()
    table = pa.table({"shop": [f"shop {at}" for at in range(40)], "v": list(range(40))})
    pyarrow.feather.write_feather(table, buffer, compression="uncompressed")
    content = buffer.getvalue()
    at = content.index((6).to_bytes(4, "little") + (12).to_bytes(4, "little"))
    damaged = content[:at] + b"\xff\xff\xff\x6f" + content[at + 4 :]
    with pytest.raises(DataError):
        read_rows(damaged, "a.feather", ReadingPlan())


def test_the_first_feather_is_refused() -> None:
    with pytest.raises(DataError, match="first version"):
        read_rows(b"FEA1" + bytes(60) + b"FEA1", "a.feather", ReadingPlan())


@pytest.mark.parametrize("mark", [",", ";"])
def test_lines_of_a_text_in_the_first_column_of_a_sheet_are_cut(mark: str) -> None:
    lines = [[f"date{mark}sales"], *([f"2024-01-{day:02}{mark}{day}.5"] for day in range(1, 9))]
    rows = read(make_workbook(Data=lines), "book.xlsx")
    assert list(rows.frame.columns) == ["date", "sales"]
    assert rows.frame["sales"].tolist()[:2] == ["1.5", "2.5"]
    assert rows.lines.tolist()[0] == 2
