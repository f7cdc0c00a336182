"""Rows within the hours of a session alone: trading hours, opening hours, readings at seven."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cached_property

import numpy as np
import pandas as pd
from pandas.tseries.frequencies import to_offset

from lstm_core.data.series.spacing.calendars.days import DAY, Days
from lstm_core.data.series.spacing.calendars.names import join_words, say_days

_WEEK = 7 * DAY
_MONDAY = 4 * DAY  # 1970-01-05
_ALIAS = re.compile(r"S-(\d*[A-Za-z]+)((?:-[01]{7}(?:-\d{4,6}-\d{4,6})+)+)")
_GROUP = re.compile(r"-([01]{7})((?:-\d{4,6}-\d{4,6})+)(?=-[01]{7}-|$)")
_ONES = {"min": "minute", "h": "hour", "s": "second"}


@dataclass(frozen=True)
class SessionGrid:
    """The same times in every week; ``places`` are nanoseconds after Monday's midnight, sorted."""

    places: np.ndarray

    def to_ordinals(self, times: np.ndarray) -> np.ndarray:
        weeks, rest = np.divmod(times - _MONDAY, _WEEK)
        around = np.concatenate([self.places[-1:] - _WEEK, self.places, self.places[:1] + _WEEK])
        middles = (around[1:] + around[:-1]) // 2
        return weeks * len(self.places) + np.searchsorted(middles, rest, side="right") - 1

    def to_times(self, ordinals: np.ndarray) -> np.ndarray:
        weeks, place = np.divmod(ordinals, len(self.places))
        return _MONDAY + weeks * _WEEK + self.places[place]

    def day_of(self, ordinals: np.ndarray) -> np.ndarray:
        """Return the days since 1970 of steps."""
        return np.floor_divide(self.to_times(ordinals), DAY)


@dataclass(frozen=True)
class Group:
    """Days of the week with the same sessions.

    ``mask`` as in ``Weekdays``; ``spans`` are the first and the last time of each session, in
    nanoseconds after midnight.
    """

    mask: str
    spans: tuple[tuple[int, int], ...]

    @property
    def days(self) -> list[int]:
        return [day for day, mark in enumerate(self.mask) if mark == "1"]


@dataclass(frozen=True)
class Sessions:
    """The alias ``S-30min-1111100-0930-1600``: each half hour, Mondays to Fridays, in a session.

    A session is written by its first and its last time (``HHMM``, or ``HHMMSS``); several of them
    follow each other, and so do groups of days whose sessions differ. With ``D`` for a step each
    session has one time.
    """

    step: str
    groups: tuple[Group, ...]

    @classmethod
    def read(cls, alias: str) -> Sessions | None:
        found = _ALIAS.fullmatch(alias)
        if found is None:
            return None
        groups = []
        for mask, spans in _GROUP.findall(found[2]):
            clocks = [_read_clock(clock) for clock in spans.strip("-").split("-")]
            groups.append(Group(mask, tuple(zip(clocks[::2], clocks[1::2], strict=True))))
        sessions = cls(found[1], tuple(groups))
        try:
            is_usable = len(sessions.places) > 0 and sessions.length > 0
        except ValueError:
            return None
        return sessions if is_usable else None

    @property
    def alias(self) -> str:
        parts = [f"S-{self.step}"]
        for group in self.groups:
            parts.append(group.mask)
            parts.extend(_write_clock(clock) for span in group.spans for clock in span)
        return "-".join(parts)

    @property
    def length(self) -> int:
        """Nanoseconds from one row to the next."""
        if self.step == "D":
            return DAY
        text = self.step if self.step[0].isdigit() else f"1{self.step}"
        return int(pd.Timedelta(text).value)

    @cached_property
    def places(self) -> np.ndarray:
        """The times of a week, int64, ``(steps in a week,)``; see ``SessionGrid``."""
        found = [
            np.arange(first, last + 1, self.length) + day * DAY
            for group in self.groups
            for day in group.days
            for first, last in group.spans
        ]
        return np.unique(np.concatenate(found)) if found else np.array([], np.int64)

    @property
    def label(self) -> str:
        lead = self._say_step()
        if len(self.groups) > 1:
            every = sorted(day for group in self.groups for day in group.days)
            return f"{lead}, in sessions, {say_days(every)}"
        group = self.groups[0]
        days = "" if len(group.days) == 7 else f", {say_days(group.days)}"
        if self.step == "D":
            return f"At {join_words([_say_clock(first) for first, _ in group.spans])}{days}"
        if group.spans[0][0] == 0 and group.spans[0][1] + self.length >= DAY:
            return lead + days
        spans = [f"{_say_clock(first)} to {_say_clock(last)}" for first, last in group.spans]
        return f"{lead}{days}, {join_words(spans)}"

    @property
    def unit(self) -> str:
        return _ONES.get(self.step, "step")

    @property
    def usual_season(self) -> int:
        """A day where all days have as many steps, else a week."""
        per_day = np.unique(np.bincount(self.places // DAY, minlength=7))
        per_day = per_day[per_day > 0]
        return int(per_day[0]) if len(per_day) == 1 else len(self.places)

    def build_grid(self, times: np.ndarray, days: Days) -> SessionGrid:
        return SessionGrid(self.places)

    def _say_step(self) -> str:
        if self.step == "D":
            return "Several times a day"
        offset = to_offset(self.step)
        one = _ONES.get(offset.base.freqstr, offset.base.freqstr)
        if offset.n == 1:
            return "Hourly" if one == "hour" else f"Every {one}"
        return f"Every {offset.n} {one}s"


def _read_clock(text: str) -> int:
    hours, minutes, seconds = int(text[:2]), int(text[2:4]), int(text[4:6] or 0)
    return (hours * 3_600 + minutes * 60 + seconds) * 1_000_000_000


def _write_clock(clock: int) -> str:
    seconds = clock // 1_000_000_000
    text = f"{seconds // 3_600:02}{seconds // 60 % 60:02}"
    return text + (f"{seconds % 60:02}" if seconds % 60 else "")


def _say_clock(clock: int) -> str:
    text = _write_clock(clock)
    return ":".join(text[place : place + 2] for place in range(0, len(text), 2))
