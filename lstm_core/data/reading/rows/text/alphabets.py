"""Letters beyond ASCII that languages are written with, the commonest first, and their pages."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from math import log

_RUSSIAN = "оеаинтсрвлкмдпуяыьгзбчйхжшюцщэфъё"
_LETTERS: Mapping[str, str] = {
    "german": "äüöß",
    "french": "éàèêçâôîûùïëœ",
    "spanish": "óíáéñúüº¿¡ª",
    "portuguese": "ãçáéíóêõâôúàºª",
    "italian": "àèòùìé",
    "dutch": "ëéïöèü",
    "danish": "åøæé",
    "swedish": "äåöé",
    "icelandic": "áíéóðúæöýþ",
    "estonian": "äõüöšž",
    "polish": "łąęóżśćńź",
    "czech": "íáěéžščřýůúňóťď",
    "slovak": "áíčéžšýúľťôňäóďĺŕ",
    "hungarian": "áéöőóíüúű",
    "romanian": "ăşţâî",
    "croatian": "čšžćđ",
    "turkish": "ıişüğçöâî",
    "lithuanian": "ėšųžįčūąę",
    "latvian": "āīēšņļūžķģč",
    "russian": _RUSSIAN,
    "ukrainian": "оанивітерсклудмпязьбгйчхжцюшїщєфґ",
    "bulgarian": "аиоентрвслкдпмзуягбчъцхщйшжюфь",
    "serbian": "аоиенрстуклдвјмпзбгцшчжћњхђљфџ",
    "greek": "αοιετσνηυρπκμλςάίόέδγήωχύθώφβξζψϊϋ",
    "hebrew": "יוהלאמרתבשנכדחעםקטפגזסצןךףץ",
    "arabic": "اليمونرتبةعدسفكهحقجأشصطخضزذثغىءئإؤآظ",
    "persian": "ايرنهدتمبوشسکزلگفخقعپجحچآغصذطضژ",
    "thai": "านรอกเ่งม้วลยสตทบปคั์ีะหดิุจไใืแพึูขชำโฟซถ็ผธภณศษฐฉญ๊๋ฎฏฆ",
}
_WESTERN = ("german", "french", "spanish", "portuguese", "italian", "dutch", "danish", "swedish")
_CENTRAL = ("polish", "czech", "slovak", "hungarian", "romanian", "croatian", "german")
_CYRILLIC = ("russian", "bulgarian")
LANGUAGES: Mapping[str, tuple[str, ...]] = {
    "cp1252": (*_WESTERN, "icelandic", "estonian"),
    "iso8859_15": (*_WESTERN, "estonian"),
    "mac_roman": _WESTERN,
    "cp850": (*_WESTERN, "icelandic"),
    "cp1250": _CENTRAL,
    "iso8859_2": _CENTRAL,
    "cp852": _CENTRAL,
    "cp1254": ("turkish",),
    "cp1257": ("lithuanian", "latvian", "estonian"),
    "cp1251": (*_CYRILLIC, "ukrainian", "serbian"),
    "koi8_r": _CYRILLIC,
    "koi8_u": ("ukrainian",),
    "cp866": _CYRILLIC,
    "iso8859_5": (*_CYRILLIC, "serbian"),
    "mac_cyrillic": (*_CYRILLIC, "ukrainian"),
    "cp1253": ("greek",),
    "iso8859_7": ("greek",),
    "cp1255": ("hebrew",),
    "cp1256": ("arabic", "persian"),
    "iso8859_6": ("arabic",),
    "cp874": ("thai",),
}
"""The pages that are tried, and what is written in them."""
COMMONNESS: Mapping[str, float] = {
    "cp1252": 0.0,
    "cp1251": -0.5,
    "cp1250": -1.0,
    "mac_roman": -2.5,
    "cp850": -2.5,
    "cp852": -3.0,
    "iso8859_15": -1.0,
    "iso8859_2": -2.0,
    "iso8859_7": -2.5,
    "iso8859_6": -2.5,
    "koi8_u": -2.0,
    "mac_cyrillic": -3.0,
    "iso8859_5": -2.5,
}
"""Logarithms, up to a constant; -1.5 for the others."""
_SIGNS = frozenset("€£°µ²³½–—’“”„«»·§…™®©\u00a0±×№")
_LEAST_SHARE = 0.03
_LEAST_OF_FEW = 0.2
_FEW = 5
_SIGN, _FOREIGN, _STRANGE = -3.0, -6.2, -7.5


def weigh_letter(letter: str, language: str) -> float:
    """Return the logarithm of how likely the letter is among a language's beyond ASCII."""
    known = _weights(language).get(letter)
    if known is not None:
        return known
    if letter in _SIGNS:
        return _SIGN
    return _FOREIGN if letter.isalpha() else _STRANGE


@cache
def _weights(language: str) -> dict[str, float]:
    """Return logarithms of shares that fall evenly from the first letter to the last."""
    letters = _LETTERS[language]
    least = _LEAST_SHARE if len(letters) > _FEW else _LEAST_OF_FEW
    step = log(least) / len(letters)
    total = sum(least ** (at / len(letters)) for at in range(len(letters)))
    return {letter: at * step - log(total) for at, letter in enumerate(letters)}
