"""The settings of a search as its charts and its table want them: axes, and values in words."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import pandas as pd

from lstm_core.charts.searches.axes import Axis
from lstm_core.searches.outcome.standing import SearchStanding
from lstm_core.spec.search import ChoiceEntry, Entry, FixedEntry
from pages._ui.search.cockpit.words import read_words
from pages._ui.settings.wordbook import Wordbook

FEW = 5
"""Axes that a screen has room for."""

_DECADE = 8
"""Choices that reach so many times as far as they begin stand better on a log axis."""


def list_axes(standing: SearchStanding) -> dict[str, Axis]:
    """Return an axis for each setting that is not the same for all, by its path."""
    words = read_words(standing)
    return {
        path: _make_axis(words, path, entry)
        for path, entry in standing.plan.space.items()
        if not isinstance(entry, FixedEntry)
    }


def rank_paths(axes: Mapping[str, Axis], importances: Sequence[Mapping[str, Any]]) -> list[str]:
    """Return the settings' paths, those that matter most first; unknown ones in their order."""
    ranked = [found["path"] for found in importances if found["path"] in axes]
    return [*ranked, *(path for path in axes if path not in ranked)]


def make_table(standing: SearchStanding) -> pd.DataFrame:
    """Return the table of trials with choices in words, as the charts want it."""
    table = standing.list_trial_table()
    words = read_words(standing)
    for path, axis in list_axes(standing).items():
        if axis.scale == "choice":
            table[path] = [_say(words, path, value) for value in table[path]]
        else:
            table[path] = pd.to_numeric(table[path], errors="coerce")
    return table


def _make_axis(words: Wordbook, path: str, entry: Entry) -> Axis:
    title = words.title(path)
    if isinstance(entry, ChoiceEntry):
        if not _are_numbers(entry.values):
            said = (_say(words, path, value) or "" for value in entry.values)
            return Axis(path, title, "choice", tuple(dict.fromkeys(said)))
        low, high = min(entry.values), max(entry.values)
        return Axis(path, title, "log" if low > 0 and high >= _DECADE * low else "linear")
    assert not isinstance(entry, FixedEntry)
    return Axis(path, title, entry.scale)


def _are_numbers(values: Sequence[Any]) -> bool:
    return all(isinstance(value, int | float) and not isinstance(value, bool) for value in values)


def _say(words: Wordbook, path: str, value: Any) -> str | None:
    return None if value is None else words.say(path, value)
