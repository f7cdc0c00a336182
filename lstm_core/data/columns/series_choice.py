"""Which columns tell several series of one table apart, when nobody said."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from itertools import combinations

import numpy as np
import pandas as pd

from lstm_core.data.columns.derived import join_names, read_flag
from lstm_core.data.columns.words import names_owner
from lstm_core.data.reading.layouts.by_order import BY_ORDER, count_at_each
from lstm_core.data.reading.layouts.headings import read_month
from lstm_core.data.reading.table import SourceTable
from lstm_core.data.reading.telling import Choice, Question
from lstm_core.data.reading.times import ParsedTimes, has_time_name
from lstm_core.data.wording import count_words
from lstm_core.spec import SeriesDataSpec

ITEM = "data.reading.keys"

_FEW_REPEATS = 0.05
"""Share of repeated times that makes nobody look for several series."""
_MUCH_FEWER = 0.5
"""A column that takes away this share of the repeats may be what tells series apart."""
_FULL = 0.6
"""Share of the times between its first and last row that a series has a row for."""
_MOST_TRIED_TOGETHER = 8
_NUM_SAMPLE_ROWS = 50_000
_FEWEST_SAMPLE_TIMES = 4
_FEWEST_ROWS = 3
_OFTEN_ALTERNATING = 3
_MOST_PARTS = 400
_NUM_TRIED = 1_000
_CLOCK = re.compile(r"\d{1,2}([:.h]\d{2}){1,2}(\s?[AaPp]\.?[Mm]\.?)?|\d{1,2}\s?[-–]\s?\d{1,2}")
_WEEKDAYS = frozenset({
    "mon", "tue", "wed", "thu", "fri", "sat", "sun", "monday", "tuesday", "wednesday", "thursday",
    "friday", "saturday", "sunday", "mo", "di", "mi", "do", "fr", "sa", "so", "montag",
    "dienstag", "mittwoch", "donnerstag", "freitag", "samstag", "sonnabend", "sonntag", "lundi",
    "mardi", "mercredi", "jeudi", "vendredi", "samedi", "dimanche", "lunes", "martes",
    "miércoles", "jueves", "viernes", "sábado", "domingo", "lunedì", "martedì", "mercoledì",
    "giovedì", "venerdì", "sabato", "domenica",
})  # fmt: skip


@dataclass(frozen=True)
class SeriesChoice:
    """What tells series apart.

    Attributes:
        name: a column, or several with their names joined; None for a single series.
        questions: what else could.
    """

    name: str | None
    questions: tuple[Question, ...] = ()


@dataclass
class _Rows:
    """Rows that have a time, as codes; those of columns are made when they are asked for."""

    frame: pd.DataFrame
    stamps: np.ndarray
    spelt: Mapping[str, pd.Series]
    known: dict[str, np.ndarray] = field(default_factory=dict)

    def find_codes(self, names: Sequence[str]) -> np.ndarray:
        """Return int64, ``(rows,)``: equal for equal cells in all of the columns."""
        codes = np.zeros(len(self.stamps), dtype=np.int64)
        for name in names:
            if name not in self.known:
                cells = self.frame[name]
                if name in self.spelt:
                    cells = self.spelt[name].loc[cells.index]
                self.known[name] = pd.factorize(cells)[0].astype(np.int64)
            own = self.known[name]
            codes = pd.factorize(codes * (own.max() + 1) + own)[0].astype(np.int64)
        return codes

    def measure_repeats(self, names: Sequence[str]) -> float:
        """Return the share of rows at a time that their series has already."""
        if not len(self.stamps):
            return 0.0
        codes = self.find_codes(names)
        both = codes * (int(self.stamps.max()) + 1) + self.stamps
        return float(pd.Series(both).duplicated().mean())

    def take_some(self) -> _Rows:
        """Return all rows of some times, where there are many."""
        share = _NUM_SAMPLE_ROWS / len(self.stamps)
        if share >= 1:
            return self
        num_times = int(self.stamps.max()) + 1
        every = max(1, min(int(1 / share), num_times // _FEWEST_SAMPLE_TIMES))
        return self.take(np.flatnonzero(self.stamps % every == 0))

    def take(self, rows: np.ndarray) -> _Rows:
        stamps = pd.factorize(self.stamps[rows])[0].astype(np.int64)
        return _Rows(self.frame.iloc[rows], stamps, self.spelt)


def choose_series(
    table: SourceTable, spec: SeriesDataSpec, time: str | None, times: ParsedTimes | None
) -> SeriesChoice:
    """Return what tells several series apart, and ask where that is not sure.

    It is looked for where many times repeat: a column without gaps, of text before numbers, or
    two or three together, that leave no time twice in a series. Where times don't repeat, a
    column that names owners of series, such as sensors, is one if its rows alternate.
    """
    if spec.series is not None or times is None:
        return SeriesChoice(spec.series)
    if spec.reading.keys is not None:
        return SeriesChoice(join_names(spec.reading.keys) if spec.reading.keys else None)
    has_time = times.values.notna().to_numpy()
    frame = table.frame if has_time.all() else table.frame[has_time]
    stamps = _number(times.values[has_time])
    rows = _Rows(frame, stamps, table.spelt)
    repeats = rows.measure_repeats(())
    if repeats < _FEW_REPEATS:
        return SeriesChoice(None) if spec.time else _choose_alternating(rows, table, spec)
    names = _list_candidates(table, spec, time)
    found = _find_telling(rows, names)
    if found:
        return _doubt(rows, found)
    if rows.take_some().frame.duplicated().any():
        rows = rows.take(np.flatnonzero(~frame.duplicated().to_numpy()))
        if rows.measure_repeats(()) < _FEW_REPEATS:
            return SeriesChoice(None)
        found = _find_telling(rows, names)
        if found:
            return _doubt(rows, found)
    return _ask_for_best(rows, names)


def _number(times: pd.Series) -> np.ndarray:
    """Return each time's place among the different ones, from 0."""
    stamps = times.to_numpy()
    if bool((stamps[1:] > stamps[:-1]).all()):
        return np.arange(len(stamps))
    return pd.factorize(times, sort=True)[0].astype(np.int64)


def may_name_series(column: pd.Series) -> bool:
    """Whether a column has a name for every row: no gaps, no fractions, no part of a time."""
    if pd.api.types.is_datetime64_any_dtype(column) or column.isna().any():
        return False
    if pd.api.types.is_numeric_dtype(column):
        if has_time_name(str(column.name)):
            return False
        if not pd.api.types.is_float_dtype(column):
            return True
        some = column.iloc[:_NUM_TRIED]
        return not (bool((some % 1 != 0).any()) or bool((column % 1 != 0).any()))
    return not _is_part_of_time(column)


def _list_candidates(table: SourceTable, spec: SeriesDataSpec, time: str | None) -> list[str]:
    """Return the columns that may tell series apart, texts first, those with few names first."""
    frame = table.frame
    roles = {time, *spec.targets, *spec.covariates}
    names = [str(name) for name in frame.columns if name not in roles]
    numbers = [
        name
        for name in names
        if pd.api.types.is_numeric_dtype(frame[name]) and name not in table.spelt
    ]
    if not spec.targets and len(numbers) == 1:
        names.remove(numbers[0])  # the only column that can be the target
    names = [name for name in names if may_name_series(frame[name])]
    return sorted(
        names,
        key=lambda name: (
            pd.api.types.is_numeric_dtype(frame[name]) and name not in table.spelt,
            frame[name].iloc[:_NUM_SAMPLE_ROWS].nunique(),
        ),
    )


def _find_telling(rows: _Rows, names: list[str]) -> tuple[str, ...]:
    """Return the fewest columns that tell series apart; tried on some times, seen on all."""
    some = rows.take_some()
    together = [name for name in names if read_flag(some.frame[name]) is None]
    tried = [(name,) for name in names]
    for count in (2, 3):
        tried += list(combinations(together[:_MOST_TRIED_TOGETHER], count))  # type: ignore[arg-type]
    for keys in tried:
        if _tells_apart(some, keys) and (some is rows or _tells_apart(rows, keys)):
            return keys
    return ()


def _tells_apart(rows: _Rows, keys: Sequence[str]) -> bool:
    count = int(rows.find_codes(keys).max()) + 1
    if not 2 <= count <= len(rows.stamps) // 2:
        return False
    return rows.measure_repeats(keys) < _FEW_REPEATS


def _doubt(rows: _Rows, keys: tuple[str, ...]) -> SeriesChoice:
    """Ask where most series would have no row at most times: they may be attributes of events."""
    codes = rows.find_codes(keys)
    spans = pd.DataFrame({"series": codes, "time": rows.stamps}).groupby("series")["time"]
    lengths = spans.max() - spans.min() + 1
    if len(codes) >= _FULL * int(lengths.sum()):
        return SeriesChoice(join_names(keys))
    if any(pd.api.types.is_numeric_dtype(rows.frame[name]) for name in keys) and not _is_owned(
        keys
    ):
        return SeriesChoice(None)  # measured numbers differ at one time as well
    question = _ask(rows, [keys, ()] if _is_owned(keys) else [(), keys])
    return SeriesChoice(join_names(keys) if _is_owned(keys) else None, (question,))


def _ask_for_best(rows: _Rows, names: list[str]) -> SeriesChoice:
    """Ask about the column that leaves the fewest repeats, where one leaves much fewer."""
    some = rows.take_some()
    left = {
        name: some.measure_repeats((name,))
        for name in names
        if (names_owner(name) or not pd.api.types.is_numeric_dtype(rows.frame[name]))
        and 2 <= int(some.find_codes((name,)).max()) + 1 <= len(some.stamps) // 2
    }
    best = min(left, key=lambda name: left[name], default="")
    if not best or left[best] > _MUCH_FEWER * some.measure_repeats(()):
        return _ask_by_order(rows)
    is_likely = _is_owned((best,))
    choices: list[tuple[str, ...]] = [(best,), ()] if is_likely else [(), (best,)]
    return SeriesChoice(best if is_likely else None, (_ask(rows, choices),))


def _ask_by_order(rows: _Rows) -> SeriesChoice:
    """Ask whether the rows of a time are a series each, where there are always as many."""
    number = count_at_each(rows.stamps)
    if not number:
        return SeriesChoice(None)
    each = count_words(len(rows.stamps) // number, "row")
    apart = Choice(
        [BY_ORDER],
        "By their order",
        f"{number} series of {each}: the first row of each time, the second, and so on",
    )
    asked = f"Each time has {number} rows. Are these several series, in the same order each time?"
    return SeriesChoice(None, (Question(ITEM, asked, (_choose(rows, ()), apart)),))


def _choose_alternating(rows: _Rows, table: SourceTable, spec: SeriesDataSpec) -> SeriesChoice:
    """Ask about a column of owners whose rows alternate in time, each time with one row."""
    taken = {*spec.targets, *spec.covariates}
    names = [
        str(name)
        for name in table.frame.columns
        if names_owner(str(name))
        and name not in taken
        and (name in table.spelt or not pd.api.types.is_numeric_dtype(table.frame[name]))
        and may_name_series(table.frame[name])
    ]
    order = np.argsort(rows.stamps, kind="stable") if names else np.array([], dtype=np.int64)
    for name in names:
        codes = rows.find_codes((name,))
        sizes = np.bincount(codes)
        if len(sizes) < 2 or sizes.min() < _FEWEST_ROWS:
            continue
        num_turns = int((np.diff(codes[order]) != 0).sum())
        if num_turns >= _OFTEN_ALTERNATING * len(sizes):
            return SeriesChoice(name, (_ask(rows, [(name,), ()]),))
    return SeriesChoice(None)


def _is_owned(keys: Sequence[str]) -> bool:
    return any(names_owner(name) for name in keys)


def _ask(rows: _Rows, choices: Sequence[tuple[str, ...]]) -> Question:
    return Question(
        ITEM,
        "Are these several series, and which column tells them apart?",
        tuple(_choose(rows, keys) for keys in choices),
    )


def _choose(rows: _Rows, keys: tuple[str, ...]) -> Choice:
    if not keys:
        count = count_words(len(rows.stamps), "row")
        return Choice([], "One series", f"One series of {count}")
    codes = rows.find_codes(keys)
    first = join_names(tuple(str(rows.frame[name].iloc[0])[:40] for name in keys))
    own = int((codes == codes[0]).sum())
    return Choice(
        list(keys),
        f"By {' and '.join(name[:40] for name in keys)}",
        f'{int(codes.max()) + 1:,} series, such as "{first}" with {count_words(own, "row")}',
    )


def _is_part_of_time(column: pd.Series) -> bool:
    """Whether texts are clocks, months or days of the week."""
    texts = column.iloc[:_MOST_PARTS].astype("str").str.strip().unique()
    return all(
        _CLOCK.fullmatch(text) or read_month(text) is not None or text.lower() in _WEEKDAYS
        for text in texts
    )
