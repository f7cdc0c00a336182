"""Dates as people write them, in four languages, and each as ISO 8601 has it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta

import numpy as np

from lstm_core.data.items.collection import as_objects
from lstm_core.data.pairs.collection import PairCollection

_SEED = 20_260_420
_NUM_PAIRS = 4_000
_FIRST, _NUM_DAYS = date(1950, 1, 1), 36_525

_MONTHS = {
    "english": "January February March April May June July August September October November "
    "December",
    "german": "Januar Februar März April Mai Juni Juli August September Oktober November Dezember",
    "french": "janvier février mars avril mai juin juillet août septembre octobre novembre "
    "décembre",
    "spanish": "enero febrero marzo abril mayo junio julio agosto septiembre octubre noviembre "
    "diciembre",
}
_DAYS = {
    "english": "Monday Tuesday Wednesday Thursday Friday Saturday Sunday",
    "german": "Montag Dienstag Mittwoch Donnerstag Freitag Samstag Sonntag",
    "french": "lundi mardi mercredi jeudi vendredi samedi dimanche",
    "spanish": "lunes martes miércoles jueves viernes sábado domingo",
}
_ORDINALS = (
    "first second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth thirteenth "
    "fourteenth fifteenth sixteenth seventeenth eighteenth nineteenth twentieth twenty-first "
    "twenty-second twenty-third twenty-fourth twenty-fifth twenty-sixth twenty-seventh "
    "twenty-eighth twenty-ninth thirtieth thirty-first"
)

Write = Callable[[date, str, str], str]
"""Writes a day, given the names of its month and of its day of the week."""

_WAYS: dict[str, tuple[Write, ...]] = {
    "english": (
        lambda day, month, name: f"{month} {day.day}, {day.year}",
        lambda day, month, name: f"{day.day} {month} {day.year}",
        lambda day, month, name: f"{name}, {month} {_count(day.day)}, {day.year}",
        lambda day, month, name: f"the {_count(day.day)} of {month} {day.year}",
        lambda day, month, name: f"the {_ORDINALS.split()[day.day - 1]} of {month}, {day.year}",
        lambda day, month, name: f"{month[:3]} {day.day} {day.year}",
        lambda day, month, name: f"{day.day:02}-{month[:3]}-{day.year}",
        lambda day, month, name: f"{name[:3]} {day.day} {month[:3]} {day.year}",
        lambda day, month, name: f"{month.upper()} {day.day} {day.year}",
    ),
    "german": (
        lambda day, month, name: f"{day.day}. {month} {day.year}",
        lambda day, month, name: f"{name}, der {day.day}. {month} {day.year}",
        lambda day, month, name: f"{name}, {day.day}.{day.month}.{day.year}",
        lambda day, month, name: f"am {day.day:02}.{day.month:02}.{day.year}",
        lambda day, month, name: f"{day.day}. {month[:3]}. {day.year}",
    ),
    "french": (
        lambda day, month, name: f"{name} {_count_french(day.day)} {month} {day.year}",
        lambda day, month, name: f"le {_count_french(day.day)} {month} {day.year}",
    ),
    "spanish": (
        lambda day, month, name: f"{day.day} de {month} de {day.year}",
        lambda day, month, name: f"{name}, {day.day} de {month} de {day.year}",
    ),
}


def make_dates() -> PairCollection:
    """Return 4,000 days in the way of somebody, none written twice; the same on every machine.

    Days of figures alone, which may be of March or of April, are in none of the ways.
    """
    generator = np.random.default_rng(_SEED)
    ways = [(language, way) for language, own in _WAYS.items() for way in own]
    written: dict[str, str] = {}
    while len(written) < _NUM_PAIRS:
        day = _FIRST + timedelta(days=int(generator.integers(_NUM_DAYS)))
        language, way = ways[int(generator.integers(len(ways)))]
        month = _MONTHS[language].split()[day.month - 1]
        text = way(day, month, _DAYS[language].split()[day.weekday()])
        written.setdefault(text, day.isoformat())
    return PairCollection(
        ids=as_objects([f"date {number + 1}" for number in range(_NUM_PAIRS)]),
        sources=as_objects(list(written)),
        targets=as_objects(list(written.values())),
        source="sample",
        name="written_dates",
        roles=(("given", "written"), ("wanted", "iso")),
        notes=("Dates written out by a program.",),
    )


def _count(day: int) -> str:
    ending = {1: "st", 2: "nd", 3: "rd"}.get(day % 10, "th") if day not in (11, 12, 13) else "th"
    return f"{day}{ending}"


def _count_french(day: int) -> str:
    return "1er" if day == 1 else str(day)
