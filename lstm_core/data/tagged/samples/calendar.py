"""Made-up requests to a calendar, in which the context says what a word is.

June is a friend or a month, Austin a colleague or a town, three an hour, a length or a number of
people. Some names occur in a sentence or two, so that what was never seen has to be told by what
stands around it.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

import numpy as np

from lstm_core.data.items.collection import as_objects
from lstm_core.data.tagged.collection import TaggedCollection
from lstm_core.data.tagged.entities import BEGIN, INSIDE, OUTSIDE

_SEED = 20_260_401
_NUM_REQUESTS = 2_500
_SHARE_OF_SLIPS = 0.02
"""Entities with a wrong tag; about one step in a hundred, as in any collection by people."""
_SHARE_OF_STRANGERS = 0.25
"""Persons and places with a name that hardly anybody else has."""
_SHARE_IN_SMALL = 0.4
"""Requests that are written in small letters, as people type them."""

_PERSONS = (
    "June", "April", "May", "Austin", "Paris", "Jordan", "Florence", "Mark", "Rose", "Will",
    "Anna", "Omar", "Lena", "Ravi", "Chloe", "Mr Brook", "Doctor Field", "my sister", "grandma",
    "Tim and Ada", "the plumber",
)  # fmt: skip
_PLACES = (
    "Austin", "Paris", "Jordan Street", "Florence", "the office", "the Rose Garden", "room four",
    "Harbour Café", "the old mill", "Union Square", "the dentist", "Mark Lane", "the station",
    "my place", "May Hill", "platform two",
)  # fmt: skip
_EVENTS = (
    "lunch", "dinner", "a meeting", "the review", "Sunday roast", "a call", "piano lesson",
    "the dentist", "a game of chess", "team breakfast", "the spring concert", "yoga",
    "an interview", "the Friday quiz", "a long walk", "coffee", "parents evening",
)  # fmt: skip
_DAYS = (
    "Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday", "tomorrow",
    "today", "next Monday", "the second of June", "May 3", "April 12", "next week",
    "the first Friday of May", "Christmas Eve", "the day after tomorrow", "this weekend",
)  # fmt: skip
_WITHOUT_ON = ("tomorrow", "today", "next", "this")
_NUMBERS = ("one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten")
_STARTS = ("Ba", "Do", "El", "Fi", "Gar", "Ha", "Il", "Ka", "Lo", "Mi", "Nor", "Ol", "Per", "Su")
_MIDDLES = ("ra", "li", "no", "ve", "ta", "mi", "do", "sha", "")
_ENDS = ("n", "na", "ck", "l", "th", "rio", "sson", "ya", "met", "vin")
_TYPES = ("person", "place", "day", "time", "duration", "event")

_REQUESTS = (
    "put {event} with {person} {on_day} at {time}",
    "add {event} at {place} {on_day}",
    "am I free {on_day} at {time} ?",
    "move {event} from {day} to {day}",
    "cancel {event} with {person}",
    "remind me of {event} in {place} at {time}",
    "book {duration} for {event} {on_day}",
    "when do I see {person} ?",
    "what happens {day} in {place} ?",
    "meet {person} at {place} for {event} , {day} at {time}",
    "block {duration} {day} , from {time}",
    "make {event} last {duration}",
    "is {person} at {place} {day} ?",
    "a table for {count} at {place} , {time} {on_day}",
    "ask {person} whether {time} or {time} is better",
    "{event} {on_day} at {time} with {person} and {count} others",
    "will {person} come to {event} ?",
    "may I move {event} to {time} ?",
    "mark {day} as a holiday",
    "how long is {event} with {person} ?",
    "call {person} at {time} for {duration}",
    "fly to {place} {on_day} , back {on_day}",
    "{person} wants {event} in {place} {on_day}",
    "tell {person} I am {duration} late",
    "no {event} in {month} please",
    "shift everything {day} by {duration}",
    "show me the next {count} entries",
)  # fmt: skip
_CLOSINGS = ("", "", "", "", ".", ".", "please", "please .", ", thanks !", "!")


def make_requests() -> TaggedCollection:
    """Return 2,500 requests in BIO with six types; the same on every machine."""
    generator = np.random.default_rng(_SEED)
    words: list[str] = []
    tags: list[str] = []
    sizes: list[int] = []
    seen: set[tuple[str, ...]] = set()
    while len(sizes) < _NUM_REQUESTS:
        request, marked = _write_request(generator)
        if tuple(request) in seen:
            continue
        seen.add(tuple(request))
        words += request
        tags += marked
        sizes.append(len(request))
    return TaggedCollection(
        content="words",
        scheme="bio",
        ids=as_objects([f"request {number + 1}" for number in range(_NUM_REQUESTS)]),
        tags=as_objects(tags),
        words=as_objects(words),
        sizes=np.array(sizes, dtype=np.int64),
        source="sample",
        name="calendar_requests",
        roles=(("tag", "slot"),),
        notes=("Requests written by a program; about one tag in a hundred is wrong on purpose.",),
    )


def _write_request(generator: np.random.Generator) -> tuple[list[str], list[str]]:
    """Return the words of one request and their tags."""
    words: list[str] = []
    tags: list[str] = []
    pattern = f"{_pick(generator, _REQUESTS)} {_pick(generator, _CLOSINGS)}"
    if "?" in pattern:
        pattern = pattern.partition("?")[0] + "?"
    for part in pattern.split():
        if not part.startswith("{"):
            words.append(part)
            tags.append(OUTSIDE)
            continue
        kind = part.strip("{}").removeprefix("on_")
        filled = _FILLERS[kind](generator).split()
        if "on_" in part and filled[0] not in _WITHOUT_ON:
            words.append("on")
            tags.append(OUTSIDE)
        words += filled
        tags += _mark(generator, kind, len(filled))
    if generator.random() < _SHARE_IN_SMALL:
        words = [word.lower() for word in words]
    else:
        words[0] = words[0][0].upper() + words[0][1:]
    return words, tags


def _mark(generator: np.random.Generator, kind: str, num_words: int) -> list[str]:
    """Return the tags of what fills a place; a few are wrong."""
    if kind not in _TYPES:
        return [OUTSIDE] * num_words
    if generator.random() < _SHARE_OF_SLIPS:
        slipped = _pick(generator, (*_TYPES, OUTSIDE))
        if slipped == OUTSIDE:
            return [OUTSIDE] * num_words
        kind = slipped
    return [f"{BEGIN}{kind}", *[f"{INSIDE}{kind}"] * (num_words - 1)]


def _fill_person(generator: np.random.Generator) -> str:
    if generator.random() < _SHARE_OF_STRANGERS:
        return _invent(generator)
    return _pick(generator, _PERSONS)


def _fill_place(generator: np.random.Generator) -> str:
    if generator.random() < _SHARE_OF_STRANGERS:
        return f"{_invent(generator)} {_pick(generator, ('Street', 'Hall', 'Park', 'Bridge'))}"
    return _pick(generator, _PLACES)


def _fill_time(generator: np.random.Generator) -> str:
    way, number = int(generator.integers(6)), _pick(generator, _NUMBERS)
    if way == 0:
        return number
    if way == 1:
        return f"half past {number}"
    if way == 2:
        return f"{int(generator.integers(1, 13))} pm"
    if way == 3:
        return f"{int(generator.integers(7, 21))}:{_pick(generator, ('00', '15', '30', '45'))}"
    if way == 4:
        return f"quarter to {number}"
    return _pick(generator, ("noon", "midnight", f"{number} sharp", f"{number} o'clock"))


def _fill_duration(generator: np.random.Generator) -> str:
    way, number = int(generator.integers(5)), _pick(generator, _NUMBERS[1:])
    if way == 0:
        return f"{number} hours"
    if way == 1:
        return f"{_pick(generator, ('10', '20', '30', '45', '90'))} minutes"
    if way == 2:
        return "half an hour"
    if way == 3:
        return f"{number} and a half hours"
    return _pick(generator, ("an hour", "the whole day", f"{number} days", "a second"))


def _invent(generator: np.random.Generator) -> str:
    parts = (_pick(generator, _STARTS), _pick(generator, _MIDDLES), _pick(generator, _ENDS))
    return "".join(parts)


def _pick(generator: np.random.Generator, choices: Sequence[str]) -> str:
    return choices[int(generator.integers(len(choices)))]


_FILLERS: dict[str, Callable[[np.random.Generator], str]] = {
    "person": _fill_person,
    "place": _fill_place,
    "time": _fill_time,
    "duration": _fill_duration,
    "day": lambda generator: _pick(generator, _DAYS),
    "event": lambda generator: _pick(generator, _EVENTS),
    "count": lambda generator: _pick(generator, _NUMBERS[1:]),
    "month": lambda generator: _pick(generator, ("May", "June", "April", "March")),
}
