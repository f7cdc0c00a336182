"""What a column is in a table of prices: by the words of its name, in the languages of exchanges.

Where names say nothing, the values do: of each period a highest and a lowest price bound an opening
one, which is near the closing one of the period before.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import lru_cache
from itertools import permutations
from typing import Literal

import numpy as np

from lstm_core.data.columns.splitting import split_words

Part = Literal[
    "open", "high", "low", "close", "adjusted", "settlement", "price", "volume", "change"
]


def _list_words(text: str) -> frozenset[str]:
    return frozenset(split_words(text))


_WORDS: Mapping[Part, frozenset[str]] = {
    "adjusted": _list_words("adj adjusted adjclose bereinigt ajusté ajustado rettificato"),
    "settlement": _list_words("settle settlement settled abrechnungspreis"),
    "close": _list_words(
        "close closing closed last latest schluss schlusskurs schlußkurs zuletzt cierre último "
        "clôture dernier chiusura ultimo fechamento slotkoers slot laatste zamknięcie zamkniecie "
        "ostatnio stängning senaste lukning seneste slutkurs päätös viimeisin закрытие закр "
        "kapanış şimdi son závěr zárás κλείσιμο τελευταία penutupan terakhir đóng إغلاق الإغلاق "
        "الأخير סגירה"
    ),
    "open": _list_words(
        "open opening eröffnung eröffn eröffnungskurs erster apertura ouverture ouv abertura "
        "otwarcie öppning öppen åbning avaus открытие откр açılış otevření nyitó άνοιγμα "
        "pembukaan mở مفتوح افتتاح פתיחה"
    ),
    "high": _list_words(
        "high highest max maximum hoch höchst hoog máximo máxima massimo haut najwyższy najwyzszy "
        "högst høj ylin макс максимум yüksek υψηλό tertinggi cao عالي גבוה"
    ),
    "low": _list_words(
        "low lowest min minimum tief tiefst laag mínimo mínima minimo bas najniższy najnizszy "
        "lägst lav alin мин минимум düşük χαμηλό terendah thấp منخفض נמוך"
    ),
    "price": _list_words(
        "price kurs kurz cours cotation precio preço prezzo prijs koers cena pris hinta цена fiyat "
        "ár τιμή harga giá nav vwap quote quotation mid bid ask سعر שער"
    ),
    "volume": _list_words(
        "volume volumes vol volumen volym volum wolumen wol hacim hac объем объём όγκος objem "
        "stücke trades الحجم נפח kl"
    ),
    "change": _list_words(
        "change chg veränderung variation var variación variazione zmiana изм изменение fark "
        "değişim μετ perubahan التغير שינוי"
    ),
}
_STEMS: Mapping[Part, tuple[str, ...]] = {
    "volume": ("成交", "交易量", "出来高", "売買高", "거래량", "거래대금"),
    "change": ("涨跌", "漲跌", "変化", "騰落", "前日比", "변동", "등락"),
    "adjusted": ("复权", "復權", "調整後", "수정종가"),
    "close": ("收盘", "收盤", "終値", "终值", "종가"),
    "open": ("开盘", "開盤", "始値", "시가"),
    "high": ("最高", "高値", "고가"),
    "low": ("最低", "安値", "저가"),
    "price": ("价", "価格", "株価", "가격", "kurs", "preis"),
}  # fmt: skip
"""Of languages that write words without blanks between them."""
_CHARACTERS: Mapping[str, Part] = {"高": "high", "低": "low", "开": "open", "收": "close"}
_LETTERS: Mapping[str, Part] = {
    "o": "open", "h": "high", "l": "low", "c": "close", "v": "volume",
}  # fmt: skip

_ORDER: tuple[Part, ...] = (
    "volume", "change", "settlement", "adjusted", "close", "open", "high", "low", "price",
)  # fmt: skip
"""Which part a name has that speaks of several: "Closing price", "Price change", "Last volume"."""

_NEARLY_ALL = 0.98
_NEAR = 0.5
"""A gap overnight is this small beside what happens in a day."""
_FEWEST_ROWS = 8
_MOST_COLUMNS = 12


def find_parts(names: Iterable[str]) -> dict[str, Part]:
    """Return the parts of those columns whose names speak of one."""
    return dict(_find_parts(tuple(names)))


@lru_cache(maxsize=8)  # each column of a table asks for those of all
def _find_parts(names: tuple[str, ...]) -> Mapping[str, Part]:
    letters = {name.strip().lower() for name in names}
    if letters >= {"o", "h", "l", "c"}:
        return {
            name: _LETTERS[name.strip().lower()]
            for name in names
            if name.strip().lower() in _LETTERS
        }
    found = {name: _find_part(name) for name in names}
    return {name: part for name, part in found.items() if part is not None}


def rank_in_market(name: str, names: Iterable[str]) -> float | None:
    """Say how strongly a column asks to be predicted among the prices of a table.

    Args:
        names: all of the table.

    Returns:
        3.5 of what is settled officially, 3 of what closes, 2 of an adjusted close and of any
        other price, 0 of what stands beside it, -1 of changes; None where the table's names do
        not speak of a market.
    """
    parts = find_parts(names)
    part, all_parts = parts.get(name), set(parts.values())
    num_bars = len(all_parts & {"open", "high", "low"})
    if part is None or not (num_bars >= 2 or ("volume" in all_parts and part != "price")):
        return None
    closes = all_parts & {"close", "settlement", "adjusted"}
    if not closes and not (num_bars >= 2 and "price" in all_parts):
        return None
    if part == "price":
        return None if num_bars < 2 else 0 if closes - {"adjusted"} else 3
    ranks: Mapping[Part, float] = {"settlement": 3.5, "close": 3, "adjusted": 2, "change": -1}
    return ranks.get(part, 0)


def find_quotes(names: Iterable[str]) -> list[str]:
    """Return the columns named a price beside one of what was traded at it."""
    parts = find_parts(names)
    if "volume" not in parts.values():
        return []
    return [name for name, part in parts.items() if part == "price"]


def find_closing(values: Mapping[str, np.ndarray]) -> str | None:
    """Return the closing price among columns that the values show to be prices of periods.

    Args:
        values: by name, ``(rows,)``; in the order of time; some rows are enough.
    """
    if not 4 <= len(values) <= _MOST_COLUMNS or len(next(iter(values.values()))) < _FEWEST_ROWS:
        return None
    for high, low in permutations(values, 2):
        within = [
            name
            for name in values
            if name not in (high, low) and _is_between(values[name], values[low], values[high])
        ]
        for opening, close in permutations(within, 2):
            if _is_bar(values[opening], values[high], values[low], values[close]):
                return close
    return None


def _find_part(name: str) -> Part | None:
    words = frozenset(split_words(name))
    if len(words) == 1 and "".join(words) in _CHARACTERS:
        return _CHARACTERS["".join(words)]
    for part in _ORDER:
        stems = _STEMS.get(part, ())
        if words & _WORDS[part] or any(stem in word for stem in stems for word in words):
            return part
    return None


def _is_between(values: np.ndarray, low: np.ndarray, high: np.ndarray) -> bool:
    known = ~np.isnan(values + low + high)
    inside = (low <= values) & (values <= high)
    return bool(known.any()) and float(inside[known].mean()) >= _NEARLY_ALL


def _is_bar(opening: np.ndarray, high: np.ndarray, low: np.ndarray, close: np.ndarray) -> bool:
    """Whether a period begins where the one before ended, and goes somewhere else from there."""
    moved, spread = np.nanmedian(np.abs(close - opening)), np.nanmedian(high - low)
    gap = np.nanmedian(np.abs(opening[1:] - close[:-1]))
    other_gap = np.nanmedian(np.abs(close[1:] - opening[:-1]))
    return bool(0 < moved <= spread and gap <= _NEAR * moved and gap < other_gap)
