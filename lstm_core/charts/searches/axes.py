"""A searched setting as an axis: where its values lie, and what is written beside them."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Any, Literal

import numpy as np
import pandas as pd

from lstm_core.charts.core.palette import label_name

MOST_TICKS = 6
LONGEST_WORD = 16
"""Of a longer choice an axis shows the beginning."""

INACTIVE = "–"
"""Written where a setting did not matter to a trial."""

EVEN_STEPS = (0.7548776662466927, 0.5698402909980532)
"""Multiples of one, less their whole part, fill a line evenly; of both, a square.

Source: Roberts, "The Unreasonable Effectiveness of Quasirandom Sequences" (2018), R2.
"""

_JITTER = 0.5
"""Over how much of a word's room its dots are spread."""


@dataclass(frozen=True)
class Axis:
    """One setting of a search's space.

    Attributes:
        path: the column of the trials, such as ``"model.units"``.
        title: its name for people.
        scale: how numbers lie; ``"choice"`` for values that are words, in the order of ``choices``.
    """

    path: str
    title: str
    scale: Literal["linear", "log", "choice"]
    choices: tuple[str, ...] = ()

    def list_words(self, values: pd.Series) -> list[str]:
        """Return the choices, and after them words that only the values have.

        The default spec may lie outside of the space.
        """
        others = [str(value) for value in values.dropna().unique()]
        return list(dict.fromkeys((*self.choices, *others)))

    def locate(self, values: pd.Series) -> np.ndarray:
        """Return where values lie on an even axis, ``(values,)``; NaN where they can't be drawn.

        Numbers lie where they are, on a log axis at their logarithm to base 10, and words at their
        place in ``list_words``.
        """
        if self.scale == "choice":
            places = {word: place for place, word in enumerate(self.list_words(values))}
            located = [math.nan if pd.isna(value) else places[str(value)] for value in values]
            return np.asarray(located, dtype="float64")
        numbers = pd.to_numeric(values, errors="coerce").to_numpy("float64", na_value=math.nan)
        if self.scale == "linear":
            return np.where(np.isfinite(numbers), numbers, math.nan)
        is_drawn = np.isfinite(numbers) & (numbers > 0)
        return np.log10(numbers, out=np.full(len(numbers), math.nan), where=is_drawn)

    def make_ticks(
        self, values: pd.Series, most: int = MOST_TICKS
    ) -> tuple[list[float], list[str]]:
        """Return ticks where ``locate`` puts them, and their texts, safe as labels.

        Args:
            values: those of the trials.
            most: how many numbers there is room for; all words are written.
        """
        if self.scale == "choice":
            words = self.list_words(values)
            return [float(place) for place in range(len(words))], [
                label_name(_shorten(word)) for word in words
            ]
        located = self.locate(values)
        located = located[np.isfinite(located)]
        if not len(located):
            return [], []
        if self.scale == "log":
            numbers = 10**located
            are_sizes = bool(np.allclose(numbers, numbers.round()))
            numbers = choose_log_ticks(numbers.min(), numbers.max(), most, are_sizes)
            return [math.log10(number) for number in numbers], [
                write_number(number) for number in numbers
            ]
        numbers = choose_ticks(located.min(), located.max(), most)
        return numbers, [write_number(number) for number in numbers]

    def make_layout(self, values: pd.Series, most: int = MOST_TICKS) -> dict[str, Any]:
        """Return plotly's options for an axis on which ``locate``'s places are drawn."""
        places, texts = self.make_ticks(values, most)
        layout: dict[str, Any] = {
            "title": {"text": label_name(self.title)},
            "tickmode": "array",
            "tickvals": places,
            "ticktext": texts,
            "showgrid": False,
            "zeroline": False,
        }
        if self.scale == "choice":
            layout["range"] = [-0.6, max(0, len(places) - 1) + 0.6]
        return layout


def choose_ticks(low: float, high: float, most: int = MOST_TICKS) -> list[float]:
    """Return at most ``most`` round numbers from ``low`` to ``high``."""
    if low == high:
        return [low]
    magnitude = 10.0 ** math.floor(math.log10((high - low) / most))
    for step in (magnitude * factor for factor in (1, 2, 5, 10, 20)):
        first, last = math.ceil(low / step - 1e-9), math.floor(high / step + 1e-9)
        if last - first < most:
            return [float(f"{place * step:.12g}") for place in range(first, last + 1)]
    raise AssertionError("a step of twenty times the magnitude is always wide enough")


def choose_log_ticks(
    low: float, high: float, most: int = MOST_TICKS, are_sizes: bool = False
) -> list[float]:
    """Return at most ``most`` round numbers between two positive ones, spread by ratio.

    Args:
        low, high: the ends, above 0.
        most: at least two.
        are_sizes: whether powers of two are the round ones.
    """
    room = 1 + 1e-9
    first, last = math.floor(math.log10(low)), math.ceil(math.log10(high))
    decades = range(first, last + 1)
    ladders = [
        [factor * 10.0**decade for decade in decades for factor in factors]
        for factors in ((1, 2, 5), (1, 3), (1,))
    ]
    if are_sizes:
        ladders[:0] = [[2.0**power for power in range(0, 31, step)] for step in (1, 2)]
    ladders.extend([10.0**d for d in decades if d % step == 0] for step in (2, 4, 8, 16, 64))
    for ladder in ladders:
        ticks = [tick for tick in ladder if low / room <= tick <= high * room]
        if 2 <= len(ticks) <= most:
            return ticks
    return sorted({float(f"{end:.4g}") for end in (low, high)})


def spread_words(places: pd.Series, trials: pd.Series, step: float = EVEN_STEPS[0]) -> pd.Series:
    """Move dots that stand at one word apart, each trial by an amount of its own."""
    return places + _JITTER * (trials * step % 1 - 0.5)


def describe_values(values: pd.Series, title: str) -> list[str]:
    """Return a line for each trial that says the value of one setting, safe as a label."""
    return [f"<br>{label_name(title)}: {_write_value(value)}" for value in values]


def _write_value(value: Any) -> str:
    if pd.isna(value):
        return INACTIVE
    return label_name(value) if isinstance(value, str) else f"{value:.4g}"


def write_number(number: float) -> str:
    """Write a number in few characters: ``0.0005``, ``1e-5``, ``2,000``."""
    if abs(number) >= 1000 and float(number).is_integer() and abs(number) < 1e6:
        return f"{number:,.0f}"
    mantissa, _, exponent = f"{number:.6g}".partition("e")
    return f"{mantissa}e{int(exponent)}" if exponent else mantissa


def _shorten(word: str) -> str:
    return word if len(word) <= LONGEST_WORD else f"{word[: LONGEST_WORD - 1]}…"
