"""Several rows of one series at one time: what they may become, and how that is asked."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np
import pandas as pd

from lstm_core.data.columns.derived import read_column
from lstm_core.data.columns.kinds import Kind, Layout
from lstm_core.data.columns.words import names_level, names_mean, names_price, names_sum
from lstm_core.data.reading.table import SourceTable
from lstm_core.data.reading.telling import Choice, Question, Remark
from lstm_core.data.wording import say_number
from lstm_core.spec.reading import Repeats

ITEM = "data.reading.repeats"

_MOST_SHOWN = 4
_NUM_TRIED = 50_000
"""Rows at shared times; where none of so many is there twice, it is no file written twice."""
_LABELS: dict[Repeats, str] = {
    "sum": "Add them up",
    "mean": "Take their mean",
    "first": "Take the first",
    "last": "Take the last",
    "count": "Count them",
}
_DONE: dict[Repeats, str] = {
    "sum": "added up",
    "mean": "averaged",
    "first": "left out but for the first",
    "last": "left out but for the last",
    "count": "counted",
}
_OFTEN = 0.2
"""Of times with several rows, before these are how it is, and no slip of somebody's."""
_STEADY_SHARE = 0.9
"""Of times with the same number of rows: rows that are written evenly, not as things happen."""


@dataclass(frozen=True)
class RepeatsChoice:
    """What becomes of several rows of one series at one time.

    Attributes:
        way: what is made of them; None where there are none, or only the same row again.
        left_out: int64; rows of the table that stand in it already.
    """

    way: Repeats | None = None
    left_out: np.ndarray = field(default_factory=lambda: np.array([], dtype=np.int64))
    remarks: tuple[Remark, ...] = ()
    questions: tuple[Question, ...] = ()


def choose_repeats(
    table: SourceTable,
    layout: Layout,
    target: str,
    kinds: Mapping[str, Kind],
    wanted: Repeats | None,
) -> RepeatsChoice:
    """Leave out rows that are there twice, and ask about those that differ.

    The same row again is a mistake where few times have several rows. Where many have, as in a
    list of what was sold, it has happened twice.

    Args:
        wanted: what a person said.
    """
    if not layout.repeats.any():
        return RepeatsChoice(wanted)
    frame = table.frame
    shares = layout.repeats.copy()
    shares[:-1] |= layout.repeats[1:]
    rows = layout.order[shares]
    told = [name for name in frame.columns if kinds[str(name)] != "counter"]
    is_same = np.zeros(len(rows), dtype=bool)
    some = rows[:_NUM_TRIED]
    if len(rows) <= _NUM_TRIED or frame[told].iloc[some].duplicated().any():
        is_same = frame[told].iloc[rows].duplicated().to_numpy()
    num_same = int(is_same.sum())
    num_differing = int(layout.repeats.sum()) - num_same
    left_out = np.array([], dtype=np.int64)
    remarks: list[Remark] = []
    if wanted is None and num_same and num_same >= num_differing:
        left_out = np.sort(rows[is_same])
        words = "1 row is" if num_same == 1 else f"{num_same:,} rows are"
        remarks.append(
            Remark(
                "duplicates",
                f"{words} in the table twice; the same row counts once.",
                table.find_lines(left_out),
            )
        )
        if not num_differing:
            return RepeatsChoice(None, left_out, tuple(remarks))
    kept = ~np.isin(layout.order, left_out) if len(left_out) else np.ones(len(shares), dtype=bool)
    group = np.cumsum(~layout.repeats)[kept]
    values = read_column(frame, target).to_numpy(np.float64, na_value=np.nan)[layout.order][kept]
    sizes = np.bincount(group)[1:]
    num_rows = int(sizes[sizes > 1].sum())
    if wanted is not None:
        return RepeatsChoice(wanted, left_out, tuple(remarks))
    ways = rank_ways(target, values, sizes)
    place = _find_example(group, values)
    when = say_time(layout.times[kept][place] if layout.times is not None else None)
    example = values[group == group[place]]
    if layout.falls:
        example = example[::-1]
    question = ask_repeats(ways, example, when, num_rows, target)
    return RepeatsChoice(ways[0], left_out, tuple(remarks), (question,))


def rank_ways(name: str, values: np.ndarray, sizes: np.ndarray) -> tuple[Repeats, ...]:
    """Return what rows at one time may become, the likelier first.

    By the name where it tells: what is sold or paid adds up, a temperature or a price does not.
    Else by the rows: how many there are at a time is always the same where somebody measures, and
    differs where things happen.

    Args:
        name: of the column that is predicted.
        values: float64, of all rows.
        sizes: int64; how many rows each time has.
    """
    known = values[~np.isnan(values)]
    if names_level(name):
        return ("last", "mean", "sum")
    if names_sum(name):
        return ("sum", "mean", "last", "count")
    if names_mean(name) or names_price(name):
        return ("mean", "last", "sum")
    if is_event(sizes) and not (known < 0).any():
        return ("sum", "mean", "last", "count")
    return ("mean", "sum", "last")


def is_event(sizes: np.ndarray) -> bool:
    """Whether rows are written as things happen, so that a time without a row has none of them."""
    often = len(sizes) > 0 and float((sizes > 1).mean()) >= _OFTEN
    return often and not _is_steady(sizes)


def ask_repeats(
    ways: Sequence[Repeats],
    example: np.ndarray,
    when: str,
    num_rows: int,
    name: str,
    what: str = "time",
) -> Question:
    """Ask what to do with several rows at one time.

    Args:
        example: float64, the values of the rows at one such time.
        when: that time, for people.
        num_rows: how many rows share their time with another.
        name: of the column.
        what: rows have in common.
    """
    shown = [say_number(value) for value in example[:_MOST_SHOWN]]
    rest = len(example) - len(shown)
    listed = ", ".join(shown) + (f" and {rest:,} more" if rest else "")
    choices = [
        Choice(way, _LABELS[way], f"{when}: {listed} become {say_number(unite(example, way))}")
        for way in ways
    ]
    sentence = f"{num_rows:,} rows have a {what} that another row has as well."
    return Question(ITEM, f'{sentence} What is "{name[:40]}" then?', tuple(choices))


def say_repeats(num_rows: int, way: Repeats, which: str = "with the same time") -> str:
    """Say what was done with so many rows."""
    return f"{num_rows:,} rows {which} were {_DONE[way]}."


def unite(values: np.ndarray, way: Repeats) -> float:
    """Return one value for several, gaps left out; NaN for gaps alone, and 0 as their count."""
    known = values[~np.isnan(values)]
    if way == "count":
        return float(len(known))
    if not len(known):
        return float("nan")
    pick: dict[str, Callable[[np.ndarray], float]] = {
        "sum": np.sum,
        "mean": np.mean,
        "first": lambda each: each[0],
        "last": lambda each: each[-1],
    }
    return float(pick[way](known))


def _find_example(group: np.ndarray, values: np.ndarray) -> int:
    """Return a row at whose time values differ; else the first that shares its time."""
    shares = np.flatnonzero(np.diff(group) == 0)
    differs = values[shares] != values[shares + 1]
    return int(shares[differs.argmax()])


def say_time(time: pd.Timestamp | None) -> str:
    """Say a time without the clock at midnight, or that it is none."""
    if time is None:
        return "At one step"
    return str(time.date()) if time == time.normalize() else str(time)


def _is_steady(sizes: np.ndarray) -> bool:
    if not len(sizes):
        return True
    _, counts = np.unique(sizes, return_counts=True)
    return bool(counts.max() >= _STEADY_SHARE * len(sizes))
