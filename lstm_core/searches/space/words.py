"""Spaces in words."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Any

from lstm_core.spec.search import ChoiceEntry, Entry, FixedEntry, IntEntry, Space


def say_value(value: Any) -> str:
    """Say a setting's value for people."""
    if value is None:
        return "Auto"
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, float):
        return f"{value:.6g}"
    if isinstance(value, list | tuple):
        return " + ".join(map(say_value, value)) or "nothing"
    return str(value)


def say_entry(
    entry: Entry,
    path: str = "",
    *,
    say: Callable[[str, Any], str] = lambda path, value: say_value(value),
    title: Callable[[str], str] = str,
) -> str:
    """Say what an entry may be, and when it matters.

    Args:
        path: the entry's own, for ``say``.
        say: says a value of the setting at a path.
        title: says what the setting at a path is called.
    """
    said = _say_values(entry, partial(say, path))
    conditions = [
        f"{title(parent)} is {_join_or([say(parent, value) for value in values])}"
        for parent, values in entry.when.items()
    ]
    return f"{said}, where {' and '.join(conditions)}" if conditions else said


def _say_values(entry: Entry, say: Callable[[Any], str]) -> str:
    if isinstance(entry, FixedEntry):
        return f"always {say(entry.value)}"
    if isinstance(entry, ChoiceEntry):
        return _join_or([say(value) for value in entry.values])
    said = f"{say(entry.low)} to {say(entry.high)}"
    if entry.scale == "log":
        times = f", each time × {say_value(entry.step)}" if entry.step is not None else ""
        return f"{said} on a log scale{times}"
    if entry.step is None or (isinstance(entry, IntEntry) and entry.step == 1):
        return said
    return f"{said}, every {say(entry.step)}"


def _join_or(words: list[str]) -> str:
    return " or ".join([", ".join(words[:-1]), words[-1]]) if len(words) > 1 else words[0]


def compare_spaces(old: Space, new: Space) -> list[str]:
    """Say what differs, a sentence each; nothing: they are the same."""
    said = [f"{path} is no longer searched." for path in old if path not in new]
    for path, entry in new.items():
        if path not in old:
            said.append(f"{path} is new: {say_entry(entry)}.")
        # As JSON: 1, 1.0 and true are equal to Python.
        elif entry.model_dump_json() != old[path].model_dump_json():
            said.append(f"{path} was {say_entry(old[path])}, and is now {say_entry(entry)}.")
    if not said and list(old) != list(new):
        said.append("The settings are the same, in another order.")
    return said
