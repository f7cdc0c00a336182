"""Numbers in the ways in which programs and people write them."""

from __future__ import annotations

import numpy as np
import pytest

from tests.data.reading.values.reading_rows import find_remark, kinds_of, read, read_column


@pytest.mark.parametrize(
    ("cells", "values"),
    [
        (["1.5", "-2.25", ".5", "5."], [1.5, -2.25, 0.5, 5.0]),
        (["1,5", "-2,25", ",5", "1.234,5"], [1.5, -2.25, 0.5, 1234.5]),
        (["1,234.50", "12,345.00", "1,234,567.25"], [1234.5, 12345.0, 1234567.25]),
        (["1.234.567,5", "2,5", "1.000"], [1234567.5, 2.5, 1000.0]),
        (["12,34,567.5", "1,23,456.25", "99.5"], [1234567.5, 123456.25, 99.5]),
        (["1 234,50", "1\u00a0234,50", "1\u202f234,50"], [1234.5] * 3),
        (["1'234.5", "1’234.5", "12.5"], [1234.5, 1234.5, 12.5]),
        (["$1,234.50", "-$5.25", "$-5.25", "($1.50)"], [1234.5, -5.25, -5.25, -1.5]),
        (["12,50 €", "1.000,25 €", "-3,10 €"], [12.5, 1000.25, -3.1]),
        (["EUR 1.5", "EUR 2.5", "EUR 3.25"], [1.5, 2.5, 3.25]),
        (["R$ 1.234,50", "R$ 2,00", "R$ 0,10"], [1234.5, 2.0, 0.1]),
        (["R1 234,50", "R950,00", "-R0,10"], [1234.5, 950.0, -0.1]),
        (["RM1,234.50", "RM 2.00", "RM0.10"], [1234.5, 2.0, 0.1]),
        (["S/ 1,234.50", "S/ 2.00", "S/ 0.10"], [1234.5, 2.0, 0.1]),
        (["3.4%", "-0.2 %", "10%"], [3.4, -0.2, 10.0]),
        (["(12.5)", "3.5", "(0.25)"], [-12.5, 3.5, -0.25]),
        (["1,5-", "2,5", "3,5-"], [-1.5, 2.5, -3.5]),
        (["−1.5", "–2.5", "+3.5"], [-1.5, -2.5, 3.5]),
        (["1.2M", "950K", "1.3B", "17"], [1.2e6, 950e3, 1.3e9, 17.0]),
        (["1,5 Mio.", "2,25 Mrd.", "3 Tsd."], [1.5e6, 2.25e9, 3000.0]),
        (["$1.5 million", "$2.25 million", "$3 billion"], [1.5e6, 2.25e6, 3e9]),
        (["1.5万", "2.5億", "3万"], [15e3, 250e6, 30e3]),
        (["1.5E+03", "2.5e-1", "1e2"], [1500.0, 0.25, 100.0]),
        (["1,5E+03", "2,5e-1", "1e2"], [1500.0, 0.25, 100.0]),
        (["１２．５", "３", "４.25"], [12.5, 3.0, 4.25]),
        (["١٢.٥", "٣", "٤.25"], [12.5, 3.0, 4.25]),
        (["21.5 °C", "-3.0 °C", "0.5 °C"], [21.5, -3.0, 0.5]),
        (["1.5 kWh/m2", "2.5 kWh/m2", "10.0 kWh/m2"], [1.5, 2.5, 10.0]),
        (["120mg/dL", "99mg/dL", "100mg/dL"], [120, 99, 100]),
        (["inf", "-Infinity", "1.5", "∞"], [np.inf, -np.inf, 1.5, np.inf]),
        (['="100.5"', '="7"', '="0.25"'], [100.5, 7.0, 0.25]),
        (["'12.5", "'13", "'14.25"], [12.5, 13.0, 14.25]),
        (["12,-", "3.—", "4,--", "5,50"], [12.0, 3.0, 4.0, 5.5]),
        (["$(5.5)", "$1.5", "$2.5"], [-5.5, 1.5, 2.5]),
        (["1.5D+02", "2.5D-01", "3"], [150.0, 0.25, 3.0]),
        (["30:00", "31:07", "1:00:00.5"], [1800.0, 1867.0, 3600.5]),
        (["1e999", "1.5", "2.5"], [np.inf, 1.5, 2.5]),
    ],
)  # fmt: skip
def test_number_is_read(cells: list[str], values: list[float]) -> None:
    assert read_column(cells, ";").tolist() == values


@pytest.mark.parametrize(
    "cells",
    [
        ["1.2.3", "10.0.1", "2.0.0"],
        ["192.168.100.200", "192.168.100.201", "192.168.101.222"],
        ["10.0.0.1", "192.168.1.1", "172.16.0.1"],
        ["+49 170 123 456", "+49 171 123 456", "+49 172 123 456"],
        ["555-1234", "555-1235", "555-1236"],
        ["0x1F", "0x2A", "0xFF"],
        ["1234567890123456", "2234567890123456", "3234567890123456"],
        ["DE", "NA", "US"],
        ["1/2", "3/4", "1/8"],
        ["12A", "13B", "14C"],
        ["10-20", "20-30", "30-40"],
        ["21:01", "22:02", "23:03"],
        ["1½", "2½", "½"],
        ["1 12", "2 34", "3 45"],
        ["10 am", "11 am", "12 pm"],
    ],
)
def test_text_stays_as_it_is(cells: list[str]) -> None:
    column = read_column(cells)

    assert column.dtype == "str"
    assert column.tolist() == cells


def test_whole_numbers_without_gaps_are_integers() -> None:
    table = read({"a": ["1", "2", "3"], "b": ["1", None, "3"], "c": ["1.0", "2.0", "3.0"]})

    assert [str(dtype) for dtype in table.frame.dtypes] == ["int64", "float64", "float64"]
    assert table.frame["b"].isna().tolist() == [False, True, False]


def test_nanoseconds_since_1970_are_read_to_the_last_digit() -> None:
    assert read_column(["1704412800000000001", "1704412800000000002"]).tolist() == [
        1704412800000000001,
        1704412800000000002,
    ]


def test_ids_keep_their_zeros() -> None:
    table = read({"shop": ["007", "07", "12"], "v": ["0.5", "0.25", "0.1"]})

    assert table.frame["shop"].tolist() == [7, 7, 12]
    assert table.spelt["shop"].tolist() == ["007", "07", "12"]
    assert "v" not in table.spelt


def test_long_ids_stay_text_and_are_told() -> None:
    table = read({"id": ["12345678901234567", "22345678901234567", "32345678901234567"]})

    assert '"id"' in find_remark(table, "long_ids").sentence


def test_what_could_be_a_code_and_is_read_as_a_number_is_told() -> None:
    table = read({"code": ["12E4", "34E1", "56E2"], "v": ["1.5E4", "2.5E4", "3E4"]})

    assert '"code"' in find_remark(table, "exponents").sentence
    assert '"v"' not in find_remark(table, "exponents").sentence


def test_unit_is_told_with_the_column() -> None:
    table = read({"load": ["1.5 kWh", "2.5 kWh"], "price": ["$1.5", "2.5"]})

    sentences = {remark.sentence for remark in table.remarks if remark.kind == "units"}
    assert any('"kWh"' in sentence and '"load"' in sentence for sentence in sentences)
    assert any('"$"' in sentence and "1 cell has none" in sentence for sentence in sentences)


def test_units_of_one_kind_are_brought_to_the_commonest() -> None:
    table = read({"p": ["100.0 kW", "0.1112 MW", "103.5 kW"], "m": ["1 GiB", "512 MiB", "2 GiB"]})

    assert table.frame["p"].tolist() == [100.0, 111.2, 103.5]
    assert table.frame["m"].tolist() == [1.0, 0.5, 2.0]
    assert "units_converted" in kinds_of(table)


@pytest.mark.parametrize(
    "cells",
    [
        ["1.5 kg", "2.5 lb", "3.5 kg"],
        ["$1.5", "€2.5", "$3.5"],
        ["1.5 °C", "70.5 °F", "2.5 °C"],
        ["5 m2", "7 m3", "8 m2"],
    ],
)
def test_units_that_differ_are_never_mixed_in_silence(cells: list[str]) -> None:
    table = read({"v": cells})

    assert table.frame["v"].tolist() == cells
    assert table.remarks


def test_marks_of_footnotes_are_left_out_and_told() -> None:
    table = read({"v": ["12.5", "13.5 p", "14.5", "15.5 b", "16.5", "17.5"]})

    assert table.frame["v"].tolist() == [12.5, 13.5, 14.5, 15.5, 16.5, 17.5]
    assert '"p"' in find_remark(table, "footnotes").sentence


def test_kelvin_is_no_thousand() -> None:
    assert read_column(["300.5 K", "301.5 K", "299.5 K"]).tolist() == [300.5, 301.5, 299.5]
