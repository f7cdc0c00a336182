"""Rows of text files: what separates, what surrounds the table, what doesn't fit."""

from __future__ import annotations

import numpy as np
import pytest

from lstm_core.data.reading.rows.reading import read_rows
from lstm_core.data.reading.table import Rows
from lstm_core.errors import DataError
from lstm_core.spec.reading import ReadingPlan


def read(text: str | bytes, **plan: object) -> Rows:
    content = text if isinstance(text, bytes) else text.encode()
    return read_rows(content, "table.csv", ReadingPlan.model_validate(plan))


def cells(rows: Rows) -> list[list[str]]:
    return rows.frame.fillna("").to_numpy().tolist()


def kinds(rows: Rows) -> set[str]:
    return {remark.kind for remark in rows.remarks}


TABLE = [["2024-01-05", "1.5", "north"], ["2024-01-06", "2.5", "south"], ["2024-01-07", "3", "x"]]


@pytest.mark.parametrize("separator", [",", ";", "\t", "|", "||", "^", "~", "\x01", "   "])
def test_finds_what_separates(separator: str) -> None:
    rows = read("\n".join(separator.join(row) for row in [["day", "load", "site"], *TABLE]))
    assert list(rows.frame.columns) == ["day", "load", "site"]
    assert cells(rows) == TABLE
    assert rows.lines.tolist() == [2, 3, 4]
    again = read("\n".join(separator.join(r) for r in [["day", "load", "site"], *TABLE]))
    assert again.plan == rows.plan


def test_commas_of_decimals_do_not_separate() -> None:
    rows = read("Tag;Last;Preis\n05.01.2024;1.234,50;7,00\n06.01.2024;1.240,00;8,25\n")
    assert cells(rows)[0] == ["05.01.2024", "1.234,50", "7,00"]
    assert read("Preis\n1,5\n2,25\n3,75\n").frame.shape == (3, 1)


def test_blanks_inside_of_cells_do_not_separate() -> None:
    names = ["day", "load", *(f"site {number}" for number in range(8))]
    lines = [
        ",".join([f"2024-01-{day:02}", f"{day}.5", *(f"gate {day * at}" for at in range(8))])
        for day in range(1, 20)
    ]
    assert list(read("\n".join([",".join(names), *lines])).frame.columns) == names


def test_an_empty_column_is_no_doubled_separator() -> None:
    rows = read(
        "day,sales,promo\n" + "".join(f"2024-05-0{day},,{day % 2}\n" for day in range(1, 5))
    )
    assert list(rows.frame.columns) == ["day", "sales", "promo"]
    assert rows.frame["sales"].isna().all()


def test_lines_around_the_table_are_told() -> None:
    rows = read(
        "Report\nmade by hand\n\nday,load\n2024-01-05,1\n2024-01-06,2\n\nSource: us, 2024, ok\n"
    )
    assert list(rows.frame.columns) == ["day", "load"]
    assert (rows.plan.skip_top, rows.plan.skip_bottom, rows.plan.header_rows) == (3, 1, 1)
    assert {"title", "footer"} <= kinds(rows)
    assert rows.lines.tolist() == [5, 6]


def test_a_damaged_row_is_set_aside_by_its_line() -> None:
    good = [f"2024-01-{day:02},{day},{day}.5,a" for day in range(1, 20)]
    for damaged in (
        "2024-02-01,7,a",
        "2024-02-01;7;7.5;a",
        "2024-02-01,7,7.5,a,b",
        '2024-02-01,"7,"7.5,a',
    ):
        lines = ["day,site,load,note", *good[:9], damaged, *good[9:]]
        rows = read("\n".join(lines))
        assert [each.line for each in rows.set_aside] == [11], damaged
        assert rows.set_aside[0].text == damaged
        assert cells(rows) == [line.split(",") for line in good]
        assert rows.lines.tolist() == [*range(2, 11), *range(12, 22)]


def test_a_stray_quotation_mark_is_named() -> None:
    good = [f"2024-01-{day:02},{day},{day}.5,a" for day in range(1, 20)]
    for damaged in ('2024-02-01,"7,7.5,a', '2024-02-01",7,7.5,a', '2024-02-01,7,7."5,a'):
        rows = read("\n".join(["day,site,load,note", *good[:9], damaged, *good[9:]]))
        assert cells(rows)[9] == ["2024-02-01", "7", "7.5", "a"]
        assert next(each for each in rows.remarks if each.kind == "stray_quotes").lines == (11,)
        assert len(rows.frame) == 20


def test_the_first_row_is_never_lost() -> None:
    rows = read("2024-01-05,A,1\n2024-01-06,A,2\n2024-01-07,A,3\n")
    assert list(rows.frame.columns) == ["column 1", "column 2", "column 3"]
    assert len(rows.frame) == 3
    assert "no_header" in kinds(rows)


def test_several_header_lines_make_one() -> None:
    rows = read("Price,Close,Close\nTicker,AA,BB\nDate,,\n2024-01-02,1.0,2.0\n2024-01-03,1.5,2.5\n")
    assert list(rows.frame.columns) == ["Date", "Close AA", "Close BB"]
    units = read("day,temp,wind\n,°C,m/s\n2024-01-02,1.0,2.0\n2024-01-03,1.5,2.5\n")
    assert list(units.frame.columns) == ["day", "temp", "wind"]
    assert "units" in kinds(units)


def test_names_are_made_distinct() -> None:
    rows = read(",day,v,v\n0,2024-01-02,1.0,2.0\n1,2024-01-03,1.5,2.5\n")
    assert list(rows.frame.columns) == ["column 1", "day", "v", "v (2)"]
    assert {"unnamed", "duplicate_names"} <= kinds(rows)


def test_quoted_cells_may_hold_lines() -> None:
    rows = read('day,note,v\n2024-01-02,"one\ntwo",1\n2024-01-03,"a, b",2\n2024-01-04,c,3\n')
    assert cells(rows)[0] == ["2024-01-02", "one\ntwo", "1"]
    assert rows.lines.tolist() == [2, 4, 5]
    assert not rows.set_aside


def test_repeated_headers_and_totals_are_no_rows() -> None:
    rows = read("day,a\n2024-01-02,1\nday,a\n2024-01-03,2\n2024-01-04,2\nTotal,5\n")
    assert cells(rows) == [["2024-01-02", "1"], ["2024-01-03", "2"], ["2024-01-04", "2"]]
    assert "repeated_header" in kinds(rows)
    assert [each.line for each in rows.set_aside] == [6]


@pytest.mark.parametrize(
    ("text", "encoding"),
    [
        ("Année;Débit", "cp1252"),
        ("Дата;Значение", "cp1251"),
        ("日付;売上高", "cp932"),
        ("日期;收盘价", "gb18030"),
        ("날짜;판매량", "cp949"),
        ("Łódź;Wartość", "cp1250"),
        ("Datum;Größe", "utf-16"),
    ],
)
def test_finds_the_code_page(text: str, encoding: str) -> None:
    content = f"{text}\n05.01.2024;1,5\n06.01.2024;2,5\n".encode(encoding)
    rows = read(content)
    assert list(rows.frame.columns) == text.split(";")
    assert "encoding" in kinds(rows)


def test_one_bad_byte_does_not_turn_the_file() -> None:
    lines = [f"2024-01-{day:02},café {day}".encode() for day in range(1, 20)]
    lines[7] = b"2024-01-08,caf\xff 8"
    rows = read(b"\n".join([b"day,note", *lines]))
    assert rows.frame["note"][0] == "café 1"
    assert next(each for each in rows.remarks if each.kind == "bad_bytes").lines == (9,)


def test_what_the_plan_says_is_obeyed() -> None:
    rows = read("a;b,c\n1;2,3\n4;5,6\n", separator=";")
    assert list(rows.frame.columns) == ["a", "b,c"]
    rows = read(
        "x\nday,v\n2024-01-02,1\n2024-01-03,2\nend\n", skip_top=2, header_rows=0, skip_bottom=1
    )
    assert cells(rows) == [["2024-01-02", "1"], ["2024-01-03", "2"]]


@pytest.mark.parametrize(
    "content",
    [b"", b"\n\n", b",,,\n,,,\n", b"\x00\x01\x02" * 100],
    ids=["empty", "blank", "commas", "binary"],
)
def test_no_table_is_said(content: bytes) -> None:
    with pytest.raises(DataError):
        read(content)


def test_lines_count_where_rows_are_left_out() -> None:
    rows = read("day,v\n\n2024-01-02,1\n\n2024-01-03,2\n,\n2024-01-04,3\n")
    assert rows.lines.dtype == np.int64
    assert rows.lines.tolist() == [3, 5, 7]


def test_columns_below_a_ruling_line_are_cut_where_it_says() -> None:
    rows = read(
        "DAY           AMOUNT NOTE\n--------- ---------- ----------\n"
        "05-JAN-24     100.00 as usual\n06-JAN-24            no count\n"
        "07-JAN-24     102.00\n08-JAN-24     103.00 back\n\n4 rows selected.\n"
    )
    assert list(rows.frame.columns) == ["DAY", "AMOUNT", "NOTE"]
    assert cells(rows)[1] == ["06-JAN-24", "", "no count"]
    assert rows.plan.separator == "spaces"
    assert "footer" in kinds(rows)


@pytest.mark.parametrize("second", ["name,n\nx,1\ny,2\n", "name,n,m\nx,1,2\ny,2,3\n"])
def test_a_second_table_is_set_aside(second: str) -> None:
    first = "day,v\n2024-01-01,1\n2024-01-02,2\n2024-01-03,3\n2024-01-04,4\n"
    rows = read(f"{first}\n{second}")
    assert rows.frame["day"].tolist() == [f"2024-01-0{day}" for day in range(1, 5)]
    told = {each.line for each in rows.set_aside} | {
        line for remark in rows.remarks for line in remark.lines
    }
    assert {7, 8, 9} <= told


def test_a_framed_table_is_read() -> None:
    rows = read("| day | v |\n|-----|---:|\n| 2024-01-01 | 5 |\n| 2024-01-02 | 6 |\n")
    assert list(rows.frame.columns) == ["day", "v"]
    assert cells(rows) == [["2024-01-01", "5"], ["2024-01-02", "6"]]


def test_years_may_name_columns() -> None:
    rows = read("Country,1990,1991,1992\nA,5,7,2\nB,2,1,9\nC,8,8,1\n")
    assert list(rows.frame.columns) == ["Country", "1990", "1991", "1992"]


def test_rows_that_end_early_throughout_are_filled() -> None:
    lines = [f"2024-01-{day:02},{day}" + (",seen" if day % 7 == 0 else "") for day in range(1, 29)]
    rows = read("\n".join(["day,v,note", *lines]))
    assert len(rows.frame) == 28
    assert rows.frame["note"].notna().sum() == 4
    assert "filled" in kinds(rows)


def test_a_line_or_a_table_too_wide_is_refused() -> None:
    with pytest.raises(DataError, match="has a line of"):
        read(b"a,b\n" + b"x" * 5_000_000)
    with pytest.raises(DataError, match="more than 20,000 columns"):
        read(",".join(["1"] * 30_000) + "\n")


def test_rows_that_lack_a_cell_in_the_middle_are_no_rows_that_end_early() -> None:
    lines = [f"2024-01-{day:02},{day},{day}.5,a" for day in range(1, 21)]
    for at in (3, 8, 12, 17):
        lines[at] = f"2024-01-{at + 1:02},{at}.5,a"
    rows = read("\n".join(["day,site,load,note", *lines]))
    assert [each.line for each in rows.set_aside] == [5, 10, 14, 19]
    assert len(rows.frame) == 16


def test_two_lines_with_stray_quotation_marks_are_no_cell_of_two_lines() -> None:
    good = [f"2024-01-{day:02},x{day},{day}" for day in range(1, 15)]
    rows = read(
        "\n".join(["day,note,v", *good, '2024-01-20,"y,5', '2024-01-21,z",6', "2024-01-22,w,7"])
    )
    assert len(rows.frame) == 17
    assert cells(rows)[-3:] == [
        ["2024-01-20", "y", "5"],
        ["2024-01-21", "z", "6"],
        ["2024-01-22", "w", "7"],
    ]
    assert next(each for each in rows.remarks if each.kind == "stray_quotes").lines == (16, 17)


def test_a_title_above_a_blank_line_names_no_column() -> None:
    rows = read("Report,by,me\n\nday,v,v\n2024-01-01,1,2\n2024-01-02,3,4\n2024-01-03,5,6\n")
    assert list(rows.frame.columns) == ["day", "v", "v (2)"]


def test_names_may_take_several_lines_in_quotation_marks() -> None:
    rows = read('"Day\n(local)","Load\n[kW]"\n2024-01-01,1\n2024-01-02,2\n2024-01-03,3\n')
    assert list(rows.frame.columns) == ["Day (local)", "Load [kW]"]
    assert rows.lines.tolist() == [4, 5, 6]
