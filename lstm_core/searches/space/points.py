"""The points of a space: which values an entry has, which entries matter, how many there are.

A point is ``{"section.key": value}`` for all entries that matter under its other values.
"""

from __future__ import annotations

import json
import math
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from lstm_core.spec.search import ChoiceEntry, Entry, FixedEntry, FloatEntry, IntEntry, Space

NUM_SAMPLES = 10
"""Values that stand for a range without steps."""

MOST_STEPS = 1_000
"""Values that are listed of a range."""

_ROUNDING = 1e-8


def write_value(value: Any) -> str:
    """Return a value's JSON: what tells 1 from true, and finds a list equal to a tuple."""
    return json.dumps(value)


def is_among(value: Any, values: Sequence[Any]) -> bool:
    return write_value(value) in map(write_value, values)


def is_active(entry: Entry, values: Mapping[str, Any]) -> bool:
    """Whether an entry matters, given the values of the entries before it."""
    return all(
        path in values and is_among(values[path], allowed) for path, allowed in entry.when.items()
    )


def is_continuous(entry: Entry) -> bool:
    """Whether there are infinitely many values."""
    return isinstance(entry, FloatEntry) and entry.step is None and entry.low < entry.high


def count_values(entry: Entry) -> int:
    """Return how many values an entry has that is not continuous."""
    if isinstance(entry, ChoiceEntry):
        return len(entry.values)
    if isinstance(entry, FixedEntry) or entry.low == entry.high:
        return 1
    if entry.scale == "log" and entry.step is not None:
        return int(math.log(entry.high / entry.low, entry.step) + _ROUNDING) + 1
    return int((entry.high - entry.low) / (entry.step or 1) + _ROUNDING) + 1


def list_values(entry: Entry) -> Sequence[Any]:
    """Return the values in order; ``NUM_SAMPLES`` at most of a range whose steps are not given.

    Whole numbers on a linear scale have steps of 1, and may be any number.
    """
    if isinstance(entry, ChoiceEntry):
        return entry.values
    if isinstance(entry, FixedEntry):
        return (entry.value,)
    if entry.low == entry.high:
        return (entry.low,)
    if has_no_steps(entry):
        return _sample(entry)
    if isinstance(entry, IntEntry) and entry.scale == "linear":
        return range(entry.low, entry.high + 1, entry.step or 1)
    low, step = entry.low, entry.step
    assert step is not None
    if isinstance(entry, IntEntry):
        return [low * step**number for number in range(count_values(entry))]
    return [
        _tidy(low * step**number if entry.scale == "log" else low + number * step)
        for number in range(count_values(entry))
    ]


def has_no_steps(entry: Entry) -> bool:
    """Whether the values are not listed, but samples of them."""
    return (
        isinstance(entry, IntEntry | FloatEntry)
        and entry.step is None
        and entry.low < entry.high
        and (isinstance(entry, FloatEntry) or entry.scale == "log")
    )


def _sample(entry: IntEntry | FloatEntry) -> list[Any]:
    shares = [number / (NUM_SAMPLES - 1) for number in range(NUM_SAMPLES)]
    if entry.scale == "log":
        values = [entry.low * (entry.high / entry.low) ** share for share in shares]
    else:
        values = [entry.low + (entry.high - entry.low) * share for share in shares]
    if isinstance(entry, IntEntry):
        return sorted({round(value) for value in values})
    return [entry.low, *map(_tidy, values[1:-1]), entry.high]


def _tidy(value: float) -> float:
    """Take away what adding up binary fractions left behind."""
    return float(f"{value:.12g}")


def make_grid(space: Space) -> Space:
    """Return the space with a finite list in the place of each range whose steps are not given."""
    return {
        path: ChoiceEntry(values=tuple(list_values(entry)), when=entry.when)
        if has_no_steps(entry)
        else entry
        for path, entry in space.items()
    }


def count_points(space: Space) -> int | None:
    """Return how many different points there are, with conditions counted in; none: no end.

    Goes through the entries once, and keeps how many ways lead to each set of later entries that
    are known not to matter.
    """
    ways: Counter[frozenset[str]] = Counter({frozenset(): 1})
    for path, entry in space.items():
        children = {later: other.when[path] for later, other in space.items() if path in other.when}
        after: Counter[frozenset[str]] = Counter()
        for switched_off, count in ways.items():
            if path in switched_off:
                after[switched_off.union(children) - {path}] += count
            elif is_continuous(entry):
                return None
            else:
                for more, times in _group_values(entry, children).items():
                    after[switched_off | more] += count * times
        ways = after
    return ways.total()


def _group_values(entry: Entry, children: Mapping[str, Sequence[Any]]) -> Counter[frozenset[str]]:
    """Return how many of an entry's values switch off which of its children."""
    if not children:
        return Counter({frozenset(): count_values(entry)})
    allowed = {path: set(map(write_value, values)) for path, values in children.items()}
    groups: Counter[frozenset[str]] = Counter()
    named = set().union(*allowed.values())
    met = [text for text in named if has_value(entry, json.loads(text))]
    for text in met:
        groups[frozenset(path for path in children if text not in allowed[path])] += 1
    groups[frozenset(children)] += count_values(entry) - len(met)
    return +groups


def has_value(entry: Entry, value: Any) -> bool:
    """Whether a value is one of those of an entry that is not continuous."""
    if isinstance(entry, IntEntry):
        return type(value) is int and value in _list_all(entry)
    return is_among(value, list_values(entry))


def list_points(space: Space) -> Iterator[dict[str, Any]]:
    """Yield every point of a space without continuous entries, the last entry changing fastest."""
    paths = list(space)

    def extend(point: dict[str, Any], number: int) -> Iterator[dict[str, Any]]:
        if number == len(paths):
            yield point
            return
        entry = space[paths[number]]
        if not is_active(entry, point):
            yield from extend(point, number + 1)
            return
        for value in _list_all(entry):
            yield from extend({**point, paths[number]: value}, number + 1)

    return extend({}, 0)


def _list_all(entry: Entry) -> Sequence[Any]:
    if isinstance(entry, IntEntry) and has_no_steps(entry):
        return range(entry.low, entry.high + 1)
    return list_values(entry)
