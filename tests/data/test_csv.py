import codecs
import io
import time
import zipfile

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from lstm_core.data.reading.read import read_table
from lstm_core.errors import DataError

PLAIN = "day,value,city\n2024-01-01,1.5,Bonn\n2024-01-02,2.5,Köln\n"


def read(text: str | bytes, name: str = "table.csv") -> pd.DataFrame:
    return read_table(text if isinstance(text, bytes) else text.encode(), name).frame


@pytest.mark.parametrize(
    "content",
    [
        PLAIN.encode(),
        PLAIN.encode("utf-8-sig"),
        PLAIN.encode("utf-16"),
        PLAIN.encode("utf-16-le"),
        PLAIN.encode("utf-16-be"),
        codecs.BOM_UTF16_BE + PLAIN.encode("utf-16-be"),
        PLAIN.encode("cp1252"),
        PLAIN.replace("\n", "\r\n").encode(),
        PLAIN.replace("\n", "\r").encode(),
    ],
    ids=[
        "utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "bom-be", "cp1252", "crlf", "cr"
    ],
)  # fmt: skip
def test_encodings_and_line_ends_give_the_same_table(content: bytes) -> None:
    frame = read(content)
    assert list(frame.columns) == ["day", "value", "city"]
    assert frame["value"].tolist() == [1.5, 2.5]
    assert frame["city"].tolist() == ["Bonn", "Köln"]


@pytest.mark.parametrize("separator", [",", ";", "\t", "|"])
def test_separators_are_found(separator: str) -> None:
    frame = read(PLAIN.replace(",", separator))
    assert list(frame.columns) == ["day", "value", "city"]
    assert frame["value"].tolist() == [1.5, 2.5]


def test_decimal_comma_and_thousands_point() -> None:
    table = read_table(b"day;x;y\n01.02.2024;1.234,56;12,5\n02.02.2024;1.234.567,00;3\n", "t")
    assert table.frame["x"].tolist() == [1234.56, 1234567.0]
    assert table.frame["y"].tolist() == [12.5, 3.0]
    assert any("decimal comma" in note for note in table.notes)


def test_decimal_point_under_semicolons() -> None:
    assert read("a;b\n1.234;0.5\n2.345;0.7\n")["a"].tolist() == [1.234, 2.345]


def test_thousands_comma_in_quotation_marks() -> None:
    assert read('a,b\n"1,234.5",1\n"12,000.0",2\n')["a"].tolist() == [1234.5, 12000.0]


def test_one_column_with_decimal_commas_stays_one_column() -> None:
    frame = read("value\n1,5\n2,25\n")
    assert frame["value"].tolist() == [1.5, 2.25]


def test_na_is_text_in_text_and_missing_in_numbers() -> None:
    frame = read("country,value\nNA,1\nDE,NA\nFR,n/a\nNA,\n")
    assert frame["country"].tolist() == ["NA", "DE", "FR", "NA"]
    assert frame["value"].isna().tolist() == [False, True, True, True]


def test_quoted_header_over_two_lines() -> None:
    frame = read('"a\nlong name",b\n1,2\n3,4\n')
    assert list(frame.columns) == ["a long name", "b"]
    assert frame["b"].tolist() == [2, 4]


def test_excels_separator_line_and_trailing_separators_are_dropped() -> None:
    frame = read("sep=;\na;b;\n1;2;\n3;4;\n")
    assert list(frame.columns) == ["a", "b"]
    assert frame["a"].tolist() == [1, 3]


def test_empty_rows_are_left_out_and_told() -> None:
    table = read_table(b"a,b\n1,2\n,\n3,4\n", "t")
    assert len(table.frame) == 2
    assert "Empty rows left out: 1." in table.notes


def test_a_file_without_header_keeps_its_first_row() -> None:
    table = read_table(b"2024-01-01,5\n2024-01-02,6\n2024-01-03,7\n", "t")
    assert list(table.frame.columns) == ["column 1", "column 2"]
    assert table.frame["column 2"].tolist() == [5, 6, 7]
    assert any("no header" in note for note in table.notes)


def make_workbook() -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        archive.writestr("xl/workbook.xml", "<workbook/>")
    return buffer.getvalue()


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"", "is empty"),
        (b" \n\n ", "is empty"),
        (b"\xef\xbb\xbf", "is empty"),
        (b"a,b\n", "only a header"),
        (b"a,b", "only a header"),
        (b"a,b\n1,2\n", "only one row"),
        (b"\x89PNG\r\n\x1a\n" + bytes(100), "PNG picture"),
        (make_workbook(), "as a workbook"),
        (b"a,b\n1,2\n\x00\x01\x02\x03", "binary data"),
        (bytes(range(1, 32)) * 20, "binary data"),
        (b"<!DOCTYPE html><html></html>", "a web page"),
    ],
)
def test_refusals_say_what_is_wrong_and_what_to_do(content: bytes, words: str) -> None:
    with pytest.raises(DataError) as caught:
        read(content, "my file.csv")
    assert words in caught.value.what
    assert "my file.csv" in caught.value.what
    assert caught.value.remedy


@pytest.mark.parametrize(
    ("content", "told"),
    [
        (b"a,b,a\n1,2,3\n4,5,6\n", 'Several columns are called "a"'),
        (b"a,b\n1,2,3\n4,5,6\n", 'without a name was called "column 3"'),
        (b"My report\n2024-01-01,1,2\n2024-01-02,3,4\n", "1 line above the table was left out"),
        (b"a,b\n1,2\n2,3\n3,4,5\n", "set aside (line 4)"),
        (b"a,b\n1,2,9\n3,4\n5,6\n", "set aside (line 2)"),
        (b'a,b\n1,"2\n3,4\n5,6\n', "stray quotation mark was left out (line 2)"),
    ],
)
def test_what_does_not_fit_is_told(content: bytes, told: str) -> None:
    table = read_table(content, "my file.csv")
    assert any(told in note for note in table.notes), table.notes


@pytest.mark.parametrize("one", [b"x", b"1,", b'"', b"a,b\n" + b"7", b";,"])
def test_ten_megabytes_in_one_line_are_refused_at_once(one: bytes) -> None:
    content = one + one[-1:] * 10_000_000
    began = time.perf_counter()
    with pytest.raises(DataError, match=r"has a line of|is empty"):
        read(content)
    assert time.perf_counter() - began < 10  # without reading the line as a table


@given(st.binary(max_size=400))
def test_any_bytes_give_a_table_or_a_message(content: bytes) -> None:
    try:
        frame = read(content)
    except DataError:
        return
    assert len(frame) >= 2


@given(st.text(alphabet='ab1,;.|\t"\n -', max_size=120))
def test_any_text_gives_a_table_or_a_message(text: str) -> None:
    try:
        frame = read(text)
    except DataError:
        return
    assert frame.columns.is_unique


def test_one_row_is_enough_where_that_is_said() -> None:
    assert read_table(b"a,b\n1,2\n", "edits.csv", fewest_rows=1).frame["b"].tolist() == [2]
    with pytest.raises(DataError, match="only a header"):
        read_table(b"a,b\n", "edits.csv", fewest_rows=1)
