"""Texts in code pages: the words as they were written, or a question between two spellings."""

from __future__ import annotations

import pytest

from lstm_core.data.reading.rows.reading import read_rows
from lstm_core.data.reading.table import Rows
from lstm_core.spec.reading import ReadingPlan

WORDS = {
    "Größe Straße Übermaß": ["cp1252", "iso8859_15", "mac_roman", "cp850"],
    "Élève Théâtre Forêt Français": ["cp1252", "iso8859_15", "mac_roman"],
    "São Açúcar Pão Estações": ["cp1252", "cp850"],
    "Żółw Źródło Łąka Mięso": ["cp1250", "iso8859_2", "cp852"],
    "Příští Řeka Žádost Kůň": ["cp1250", "iso8859_2", "cp852"],
    "Őrség Fűtés Gyümölcs Híd": ["cp1250", "iso8859_2"],
    "Şeker Ağaç Işık İnek": ["cp1254"],
    "Šaltinis Ąžuolas Žąsis Ėjimas": ["cp1257"],
    "Расход Приход Остаток Итого": ["cp1251", "koi8_r", "cp866", "iso8859_5", "mac_cyrillic"],
    "РАСХОД ПРИХОД ОСТАТОК": ["cp1251", "koi8_r", "cp866"],
    "Кількість Місяць Їжак": ["cp1251", "koi8_u"],
    "Ποσό Ημέρα Κατάστημα": ["cp1253", "iso8859_7"],
    "כמות מחיר חנות": ["cp1255"],
    "الكمية السعر المتجر": ["cp1256", "iso8859_6"],
    "ปริมาณ ราคาขาย ร้านค้า": ["cp874"],
    "数量 商店 价格": ["gb18030"],
    "数量 店舗 価格": ["cp932", "euc_jp", "iso2022_jp"],
    "수량 가게 가격": ["cp949"],
    "Ärger Ölpreis": ["utf-16-le", "utf-16-be", "utf-32-le", "utf-32-be", "utf-32"],
}


def read(text: str, encoding: str) -> Rows:
    return read_rows(text.encode(encoding), "table.csv", ReadingPlan())


@pytest.mark.parametrize(
    ("words", "encoding"), [(words, each) for words, pages in WORDS.items() for each in pages]
)
def test_names_of_columns(words: str, encoding: str) -> None:
    names = ["day", *words.split()]
    lines = [";".join(names), *(";".join([f"2024-01-{at:02}", *"123456"]) for at in range(1, 9))]
    lines = [";".join(line.split(";")[: len(names)]) for line in lines]
    assert list(read("\r\n".join(lines), encoding).frame.columns) == names


def test_a_letter_that_decides_nothing_is_asked_about() -> None:
    rows = read("day;količina\n2024-01-01;1\n2024-01-02;2\n", "cp1250")
    (question,) = rows.questions
    assert question.item == "data.reading.encoding"
    assert {"količina", "kolièina"} == {
        choice.gives.removeprefix("a word reads ") for choice in question.choices
    }
    chosen = next(choice.value for choice in question.choices if "količina" in choice.gives)
    content = "day;količina\n2024-01-01;1\n2024-01-02;2\n".encode("cp1250")
    again = read_rows(content, "table.csv", ReadingPlan(encoding=chosen))
    assert list(again.frame.columns) == ["day", "količina"]
    assert not again.questions


def test_letters_that_decide_are_not_asked_about() -> None:
    assert not read("Datum;Größe;Über\n2024-01-01;1;2\n2024-01-02;3;4\n", "cp1252").questions
