"""Numbers in German words and in English ones: real words of two languages, by rule."""

from __future__ import annotations

import numpy as np

from lstm_core.data.items.collection import as_objects
from lstm_core.data.pairs.collection import PairCollection

_SEED = 20_260_815
_NUM_PAIRS = 4_000
_ROUND = 5
"""One in so many is round, as numbers in use often are."""

_GERMAN = (
    "null", "eins", "zwei", "drei", "vier", "fünf", "sechs", "sieben", "acht", "neun", "zehn",
    "elf", "zwölf", "dreizehn", "vierzehn", "fünfzehn", "sechzehn", "siebzehn", "achtzehn",
    "neunzehn",
)  # fmt: skip
_GERMAN_TENS = (
    "", "", "zwanzig", "dreißig", "vierzig", "fünfzig", "sechzig", "siebzig", "achtzig", "neunzig",
)  # fmt: skip
_ENGLISH = (
    "zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten",
    "eleven", "twelve", "thirteen", "fourteen", "fifteen", "sixteen", "seventeen", "eighteen",
    "nineteen",
)  # fmt: skip
_ENGLISH_TENS = (
    "", "", "twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety",
)  # fmt: skip


def make_numbers() -> PairCollection:
    """Return 4,000 numbers below 100,000, none twice; the same on every machine."""
    generator = np.random.default_rng(_SEED)
    chosen = dict.fromkeys(range(100))
    while len(chosen) < _NUM_PAIRS:
        digits = int(generator.integers(3, 6))
        number = int(generator.integers(10 ** (digits - 1), 10**digits))
        if generator.integers(_ROUND) == 0:
            number -= number % 10 ** int(generator.integers(1, digits))
        chosen[number] = None
    numbers = generator.permutation(np.array(list(chosen)))
    return PairCollection(
        ids=as_objects([str(number) for number in numbers]),
        sources=as_objects([write_german(int(number)) for number in numbers]),
        targets=as_objects([write_english(int(number)) for number in numbers]),
        source="sample",
        name="numbers_in_german",
        roles=(("given", "german"), ("wanted", "english")),
        notes=("Numbers written out by a program.",),
    )


def write_german(number: int) -> str:
    """Return a number from 0 to 99,999 in German words, as one word."""
    if number < 1_000:
        return _write_german_hundreds(number, "eins")
    thousands, rest = divmod(number, 1_000)
    words = f"{_write_german_hundreds(thousands, 'ein')}tausend"
    return words + (_write_german_hundreds(rest, "eins") if rest else "")


def write_english(number: int) -> str:
    """Return a number from 0 to 99,999 in English words, as the British say it."""
    if number < 1_000:
        return _write_english_hundreds(number)
    thousands, rest = divmod(number, 1_000)
    words = f"{_write_english_hundreds(thousands)} thousand"
    if not rest:
        return words
    return f"{words} {'and ' if rest < 100 else ''}{_write_english_hundreds(rest)}"


def _write_german_hundreds(number: int, one: str) -> str:
    """``one``: how a 1 at the end is said: eins, but eintausend."""
    hundreds, rest = divmod(number, 100)
    words = ("ein" if hundreds == 1 else _GERMAN[hundreds]) + "hundert" if hundreds else ""
    if rest == 1:
        return words + one
    if 0 < rest < 20 or not words:
        return words + (_GERMAN[rest] if rest < 20 else _write_german_tens(rest))
    return words + (_write_german_tens(rest) if rest else "")


def _write_german_tens(number: int) -> str:
    tens, ones = divmod(number, 10)
    if not ones:
        return _GERMAN_TENS[tens]
    return f"{'ein' if ones == 1 else _GERMAN[ones]}und{_GERMAN_TENS[tens]}"


def _write_english_hundreds(number: int) -> str:
    hundreds, rest = divmod(number, 100)
    tens, ones = divmod(rest, 10)
    last = (
        _ENGLISH[rest]
        if rest < 20
        else _ENGLISH_TENS[tens] + (f"-{_ENGLISH[ones]}" if ones else "")
    )
    if not hundreds:
        return last
    words = f"{_ENGLISH[hundreds]} hundred"
    return f"{words} and {last}" if rest else words
