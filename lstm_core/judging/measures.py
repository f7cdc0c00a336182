"""What a result is judged by: one number each, which says of itself how it is to be read.

Light, so that pages, races, searches and the command line can speak of any task's measures.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

Direction = Literal["smaller", "larger"]
"""Which way is better."""


@dataclass(frozen=True)
class Measure:
    """One number that results are judged by.

    Attributes:
        key: what it is called in records, files and settings.
        title: what people read, the field's own name for it.
        help: what it means and how it is to be read, a sentence.
        better: which way.
        optimum: its value for a perfect result.
        digits: how it is written; a ``format`` specification such as ``.3f``.
    """

    key: str
    title: str
    help: str
    better: Direction
    optimum: float
    digits: str = ".3g"

    def is_better(self, value: float, other: float) -> bool:
        """Whether a value is better than another; what is no number is better than none."""
        if math.isnan(value) or math.isnan(other):
            return not math.isnan(value) and math.isnan(other)
        return value < other if self.better == "smaller" else value > other

    def loss(self, value: float) -> float:
        """Return how far a value is from the best one: smaller is better, whatever the measure."""
        return value - self.optimum if self.better == "smaller" else self.optimum - value

    @property
    def is_larger_better(self) -> bool:
        return self.better == "larger"

    @property
    def name(self) -> str:
        """What it is called within a sentence: ``"accuracy"``, ``"MASE"``."""
        begins_a_word = self.title[1:2].islower() and self.title[:1].isupper()
        return self.title[:1].lower() + self.title[1:] if begins_a_word else self.title

    def format(self, value: float | None) -> str:
        """Return a value as people read it; a dash where there is none."""
        if value is None or not math.isfinite(value):
            return "–"
        return f"{value:{self.digits}}"


def choose_measure(
    measures: Sequence[Measure], results: Iterable[Mapping[str, float | None]]
) -> Measure:
    """Return the first that all results have; the first of all where there is no such measure."""
    found = list(results)
    for measure in measures:
        if all(result.get(measure.key) is not None for result in found):
            return measure
    return measures[0]


def put_first(first: Measure, measures: Iterable[Measure]) -> tuple[Measure, ...]:
    """Return all measures, the one that decides before the others."""
    return (first, *(measure for measure in measures if measure.key != first.key))
