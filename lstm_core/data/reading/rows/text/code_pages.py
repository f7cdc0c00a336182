"""Which code page a text is in that is not UTF-8, from the few bytes of it that are not ASCII.

Headers of two or three words have to be enough, so each page is judged by how common its letters
are in the languages that were written in it; a general detector needs whole sentences.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

from lstm_core.data.reading.rows.text.single_byte import (
    find_doubt,
    find_words,
    is_clean,
    rank_pages,
)

_WESTERN = dict.fromkeys("éäöüßáíóñçåøæ", 4.0) | dict.fromkeys("èàâêôîûãúùÉÄÖÜÅØÆÑ", 3.0)
_WESTERN |= dict.fromkeys("òõì", 1.0)
_WESTERN |= dict.fromkeys("ëïÿœÁÀÇÈÊÍÓÚ€°£µ²³½–—’“”«»º·§…™®©\u00a0±×", 2.0)
_LETTERS = {
    "cp1252": _WESTERN,
    "cp1250": dict.fromkeys("ąęłśżćčěřšůýžőűăáéíóúöüäß", 4.0)
    | dict.fromkeys("ďňťźńôđâîşţŠČŘŽŁŚŻÁÉÍÖÜÓ€°", 3.0),
    "cp1254": dict.fromkeys("ığşİ", 5.0) | dict.fromkeys("çöüÇÖÜŞĞ€°", 3.0),
    "cp1257": dict.fromkeys("āēīūšžčėųģķļņįąę", 3.5) | dict.fromkeys("ŠŽČĀĒĪŪõäöüÕÄÖÜ€°", 2.5),
    "cp1251": dict.fromkeys("оеаинтсрвлкмдпуязыбгьчйхжшющцэфіїєёъ", 4.2)
    | dict.fromkeys("ОЕАИНТСРВЛКМДПУЯЗЫБГЧЙХЖШЮЦЭФІ№€°–—«»", 2.5),
    "koi8_r": dict.fromkeys("оеаинтсрвлкмдпуязыбгьчйхжшющцэфъ", 4.1)
    | dict.fromkeys("ОЕАИНТСРВЛКМДПУЯЗБГЧХЖШЦЭФ", 2.5),
    "cp866": dict.fromkeys("оеаинтсрвлкмдпуязыбгьчйхжшющцэфъ", 4.0)
    | dict.fromkeys("ОЕАИНТСРВЛКМДПУЯЗБГЧХЖШЦЭФ", 2.4),
    "cp1253": dict.fromkeys("αεηιοντσςρκλμπυγδθχωφβξζψάέήίόύώ", 4.1)
    | dict.fromkeys("ΑΕΗΙΟΝΤΣΡΚΛΜΠΥΓΔΘΧΩΦΒ€°", 2.5),
}
_LATIN = ("cp1252", "cp1250", "cp1254", "cp1257", "mac_roman", "cp850")
_LETTERS["mac_roman"] = _LETTERS["cp850"] = _WESTERN
_SINGLE = (*_LATIN, "cp1251", "koi8_r", "cp866", "cp1253")
_DOUBLE = ("gb18030", "cp932", "cp949", "big5", "euc_jp")
_MOSTLY_ALONE = 0.6
_PRIOR = 1.2
"""Windows-1252 is the commonest by far; where letters beyond ASCII stand alone, that is."""
_WORDS = {
    "gb18030": "日期 时间 价格 数量 名称 编号 温度 湿度 地区 城市 销售 金额 收盘 "
    "开盘 最高 最低 成交 数值 单位 合计 店 年 月 日 小时 用电 人数 产品 备注",
    "big5": "日期 時間 價格 數量 名稱 編號 溫度 濕度 地區 城市 銷售 金額 收盤 "
    "開盤 最高 最低 成交 數值 單位 合計 年 月 日 備註",
    "cp932": "日付 日時 時刻 時間 値 売上 気温 温度 店舗 名前 合計 年 月 日 "
    "数量 価格 金額 地域 備考",
    "cp949": "날짜 시간 값 가격 수량 온도 판매 매출 지역 합계 이름 일자 종가 "
    "시가 도시 비고 년 월 일",
}
_WORDS["euc_jp"] = _WORDS["cp932"]
NAMES = {
    "cp1252": "Windows-1252 (Western Europe)",
    "cp1250": "Windows-1250 (Central Europe)",
    "cp1254": "Windows-1254 (Turkish)",
    "cp1257": "Windows-1257 (Baltic)",
    "mac_roman": "Mac OS Roman",
    "cp850": "DOS 850 (Western Europe)",
    "cp1251": "Windows-1251 (Cyrillic)",
    "koi8_r": "KOI8-R (Cyrillic)",
    "cp866": "DOS 866 (Cyrillic)",
    "cp1253": "Windows-1253 (Greek)",
    "iso8859_7": "ISO 8859-7 (Greek)",
    "iso8859_15": "ISO 8859-15 (Western Europe)",
    "iso8859_2": "ISO 8859-2 (Central Europe)",
    "cp852": "DOS 852 (Central Europe)",
    "koi8_u": "KOI8-U (Ukrainian)",
    "iso8859_5": "ISO 8859-5 (Cyrillic)",
    "mac_cyrillic": "Mac OS Cyrillic",
    "cp1255": "Windows-1255 (Hebrew)",
    "cp1256": "Windows-1256 (Arabic)",
    "iso8859_6": "ISO 8859-6 (Arabic)",
    "cp874": "Windows-874 (Thai)",
    "iso2022_jp": "ISO 2022-JP (Japanese)",
    "gb18030": "GB 18030 (Chinese)",
    "cp932": "Shift JIS (Japanese)",
    "cp949": "Korean (CP949)",
    "big5": "Big5 (Chinese)",
    "euc_jp": "EUC-JP (Japanese)",
    "utf-16": "UTF-16",
    "utf-16-le": "UTF-16",
    "utf-16-be": "UTF-16",
    "utf-32": "UTF-32",
    "utf-32-le": "UTF-32",
    "utf-32-be": "UTF-32",
}


@dataclass(frozen=True)
class Page:
    """The likeliest code page of a text.

    Attributes:
        other: one that may be meant as well; empty where the letters decide.
        word: one of the text as ``name`` spells it; ``other_word``: as the other does.
    """

    name: str
    other: str = ""
    word: str = ""
    other_word: str = ""


def find_code_page(hard: bytes) -> Page:
    """Return the likeliest code page of lines that hold bytes beyond ASCII."""
    hard = _take_each_once(hard)
    runs = re.findall(rb"[\x80-\xff]+", hard)
    num_high = sum(map(len, runs))
    if not num_high:
        return Page("cp1252")
    inside = re.findall(rb"(?<=[A-Za-z])[\x80-\xff]{2}(?=[A-Za-z])", hard)
    alone = (sum(len(run) == 1 for run in runs) + 2 * len(inside)) / num_high
    singles, doubles = (_LATIN, ("cp932",)) if alone >= _MOSTLY_ALONE else (_SINGLE, _DOUBLE)
    scores = {page: _judge_single(hard, page) for page in singles}
    scores["cp1252"] += _PRIOR * alone
    scores |= {page: _judge_double(hard, page) for page in doubles}
    best = max(scores, key=lambda page: scores[page])
    words = find_words(hard)
    ranked = rank_pages(words, is_latin=alone >= _MOSTLY_ALONE)
    if best in _DOUBLE and not (_has_gaps(words, best) and is_clean(words, ranked[0][0])):
        return Page(best)
    return Page(ranked[0][0], *find_doubt(words, ranked))


def _take_each_once(hard: bytes) -> bytes:
    """Return the different cells: a word that stands in every row says no more than once."""
    cells = re.split(rb'[,;\t"\n]+', hard)  # none of them is the second byte of a sign
    kept = dict.fromkeys(re.sub(rb"\d+", b"0", cell) for cell in cells)
    return b"\n".join(cell for cell in kept if not cell.isascii())


def _judge_single(hard: bytes, page: str) -> float:
    text = f" {hard.decode(page, 'replace')} "
    signs = [at for at, sign in enumerate(text) if ord(sign) > 127]
    total = sum(_judge_letter(text[at - 1], text[at], text[at + 1], page) for at in signs)
    return total / max(len(signs), 1)


def _judge_letter(before: str, sign: str, after: str, page: str) -> float:
    if sign == "\ufffd" or "\x80" <= sign < "\xa0":
        return -5.0
    if before.islower() and sign.isupper():
        return -2.0
    if before.isdigit() and (after.isdigit() or sign == "\xa0"):
        return 4.0 if sign in "\xa0’·" else -2.0
    between_letters = before.isalpha() and after.isalpha()
    if between_letters and not sign.isalpha() and sign not in "’–·":
        return -2.0
    of_another_script = ord(sign) > 0x36F and sign.isalpha()
    beside_latin = (before.isascii() and before.isalpha()) or (after.isascii() and after.isalpha())
    if of_another_script and beside_latin:
        return -3.0
    return _LETTERS[page].get(sign, 0.5 if sign.isalpha() else -1.0)


def _has_gaps(words: Sequence[bytes], page: str) -> bool:
    """Whether bytes of the words stand for nothing, or for a sign that nobody has named."""
    text = " ".join(word.decode(page, "replace") for word in words)
    return any(sign == "\ufffd" or "\ue000" <= sign <= "\uf8ff" for sign in text)


def _judge_double(hard: bytes, page: str) -> float:
    text = hard.decode(page, "replace")
    signs = [sign for sign in text if ord(sign) > 127]
    total = sum(_weigh(sign, page) for sign in signs)
    total -= 6.0 * len(re.findall(r"[A-Za-z][^\x00-\x7f]{1,2}(?=[A-Za-z])", text))
    total -= 3.0 * len(re.findall(r"[a-z][^\x00-\x7f]|[^\x00-\x7f][a-z]", text))
    words = sum(1.0 + len(word) for word in _WORDS[page].split() if word in text)
    return total / max(len(signs), 1) + min(3.0, 6.0 * words / max(len(signs), 1))


@cache
def _weigh(sign: str, page: str) -> float:
    """How common a sign is: the older the plane of the page it stands in, the more so."""
    if sign == "\ufffd":
        return -8.0
    try:
        spelt = sign.encode(page)
    except UnicodeEncodeError:
        return -8.0
    lead, trail = spelt[0], spelt[-1]
    if len(spelt) != 2:
        return 0.3  # katakana of half width; signs of four bytes
    if page == "gb18030":
        if trail < 0xA1:
            return 0.3
        return 3.0 if 0xB0 <= lead <= 0xD7 else 2.0 if 0xA1 <= lead <= 0xA3 else 0.8
    if page == "cp949":
        if trail < 0xA1 or lead < 0xA1:
            return 0.3
        return 3.1 if 0xB0 <= lead <= 0xC8 else 2.0 if 0xA1 <= lead <= 0xA3 else 0.0
    if page == "big5":
        return 3.0 if 0xA4 <= lead <= 0xC6 else 1.5 if 0xA1 <= lead <= 0xA3 else 0.3
    if page == "euc_jp":
        return 4.0 if lead in (0xA4, 0xA5) else 2.5 if 0xB0 <= lead <= 0xCF else 0.5
    if lead in (0x82, 0x83):
        return 4.0
    return 3.2 if 0x88 <= lead <= 0x97 else 2.0 if lead == 0x81 else 0.5
