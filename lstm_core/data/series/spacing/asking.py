"""Times that suggest no single spacing: the likely ones, each with what it gives."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from lstm_core.data.reading.telling import Choice, Question
from lstm_core.data.series.spacing.calendars.days import DAY
from lstm_core.data.series.spacing.finding.steps import find_distances
from lstm_core.data.series.spacing.frequency import Frequency
from lstm_core.data.series.spacing.grid import build_grid
from lstm_core.data.series.spacing.holidays import find_holidays
from lstm_core.data.series.spacing.spacing import infer_frequency
from lstm_core.data.wording import count_words

ITEM = "data.frequency"

_LADDER = ("s", "10s", "min", "5min", "15min", "30min", "h", "3h", "6h", "12h", "D",
           "W-MON", "MS", "QS-JAN", "YS-JAN")  # fmt: skip
_MOST_MERGED = 0.05
_FEWEST_TAKEN = 0.6
_FEWEST_SENSIBLE = 0.5
_REGULAR_SHARE = 0.7
"""Of neighbours that are one step apart: long gaps make no other spacing."""
_FEWEST_STEPS = 6
_FEWEST_STEPS_OF_ANOTHER = 3
_MOST_CHOICES = 3
_WIDER = 2.5
_MUCH_WIDER = 3
_STEADY_SHARE = 0.8
_FEWEST_ROWS_OF_A_SERIES = 5


@dataclass(frozen=True)
class Spacing:
    """The spacing that is used, and what is asked where others are as likely."""

    frequency: Frequency
    question: Question | None = None


@dataclass(frozen=True)
class _Fit:
    """How rows lie on a spacing.

    Attributes:
        num_steps: from each series' first row to its last.
        num_taken: those with a row.
        num_rows: rows that there are.
        next_share: of neighbours on different steps, how many are one step apart.
        is_exact: whether rows lie on the steps as they are, nearly all of them.
    """

    frequency: Frequency
    num_steps: int
    num_taken: int
    num_rows: int
    next_share: float
    is_exact: bool

    @property
    def taken(self) -> float:
        return self.num_taken / self.num_steps

    @property
    def merged(self) -> float:
        return 1 - self.num_taken / self.num_rows

    def say(self) -> str:
        words = f"{count_words(self.num_steps, 'step')}, {self.taken:.0%} of them with a row"
        return f"{words}; {self.num_rows / self.num_taken:.1f} rows each" if self.merged else words


def find_spacing(
    codes: np.ndarray, times: np.ndarray, is_calendar: bool, *, is_event: bool = False
) -> Spacing:
    """Return the spacing of rows, with a question where their times leave it open.

    Args:
        codes: int64, each row's series; rows are sorted by series, then by time, and two rows of
            a series follow each other.
        times: int64; nanoseconds since 1970 or plain numbers.
        is_calendar: whether the numbers are nanoseconds.
        is_event: whether a step without a row is one in which nothing happened: then many can be.
    """
    frequency = infer_frequency(codes, times, is_calendar)
    if not is_calendar or is_event:
        return Spacing(frequency)
    mixed = _find_mixed(codes, times)
    if mixed is not None:
        return mixed
    fit = _fit(frequency, codes, times)
    if _is_regular(fit):
        return Spacing(frequency)
    fits = _find_sensible(fit, codes, times)
    if not fits:
        return Spacing(frequency)
    if len(fits) == 1:
        return Spacing(fits[0].frequency)
    sentence = "The rows have no fixed spacing. Which one shall they be put on?"
    return _ask(sentence, fits)


def _ask(sentence: str, fits: Sequence[_Fit]) -> Spacing:
    choices = [Choice(fit.frequency.alias, fit.frequency.label, fit.say()) for fit in fits]
    return Spacing(fits[0].frequency, Question(ITEM, sentence, tuple(choices)))


def _fit(frequency: Frequency, codes: np.ndarray, times: np.ndarray) -> _Fit:
    grid = build_grid(frequency, times)
    ordinals = grid.to_ordinals(times)
    is_new = np.ones(len(codes), dtype=bool)
    same, apart = np.diff(codes) == 0, np.diff(ordinals)
    is_new[1:] = ~same | (apart != 0)
    starts = np.flatnonzero(np.diff(codes, prepend=codes[0] - 1))
    first = ordinals[starts]
    last = ordinals[np.append(starts[1:], len(codes)) - 1]
    holidays = find_holidays(grid, ordinals)
    free = np.searchsorted(holidays, last, side="right") - np.searchsorted(holidays, first)
    num_apart = max(1, int((same & (apart > 0)).sum()))
    return _Fit(
        frequency,
        num_steps=int((last - first + 1 - free).sum()),
        num_taken=int(is_new.sum()),
        num_rows=len(codes),
        next_share=int((same & (apart == 1)).sum()) / num_apart,
        is_exact=float((grid.to_times(ordinals) == times).mean()) >= 1 - _MOST_MERGED,
    )


def _is_regular(fit: _Fit) -> bool:
    if fit.merged > _MOST_MERGED:
        return False
    fewest = _FEWEST_SENSIBLE if fit.is_exact else _FEWEST_TAKEN
    return fit.taken >= fewest or fit.next_share >= _REGULAR_SHARE


def _find_sensible(fit: _Fit, codes: np.ndarray, times: np.ndarray) -> list[_Fit]:
    """Return up to three spacings on which most steps have a row, the first one preferred."""
    span = int(times.max()) - int(times.min())
    middle = float(np.median(find_distances(codes, times)))
    fits = [fit]
    for alias, length in zip(_LADDER, _lengths(), strict=True):
        if alias != fit.frequency.alias and middle / 4 <= length <= span / 2:
            fits.append(_fit(Frequency(alias), codes, times))
    sensible = [
        each
        for each in fits
        if each.taken >= _FEWEST_SENSIBLE and each.num_taken >= _FEWEST_STEPS_OF_ANOTHER
    ]
    sensible.sort(key=lambda each: -each.num_steps)
    usable = [each for each in sensible if each.num_taken >= _FEWEST_STEPS]
    if not usable:
        return []
    first = next((each for each in usable if each.taken >= _FEWEST_TAKEN), usable[0])
    finer = [each for each in usable if each.num_steps >= _WIDER * first.num_steps]
    chosen = [first, *finer[-1:]]
    for each in sensible:
        narrowest = min(kept.num_steps for kept in chosen)
        if each.num_steps * _WIDER <= narrowest and len(chosen) < _MOST_CHOICES:
            chosen.append(each)
    return chosen


def _lengths() -> list[int]:
    """Return the nanoseconds of each spacing of the ladder, about."""
    second = DAY // 86_400
    seconds = (1, 10, 60, 300, 900, 1_800, 3_600, 10_800, 21_600, 43_200)
    return [*(each * second for each in seconds), *(days * DAY for days in (1, 7, 30, 91, 365))]


def _find_mixed(codes: np.ndarray, times: np.ndarray) -> Spacing | None:
    """Return the wider of two spacings, and ask, where some series have the one, some the other.

    The narrower one would invent values between the rows of the others.
    """
    starts = np.flatnonzero(np.diff(codes, prepend=codes[0] - 1))
    if len(starts) < 2:
        return None
    ends = np.append(starts[1:], len(codes))
    is_long = ends - starts >= _FEWEST_ROWS_OF_A_SERIES
    medians = np.array(
        [float(np.median(np.diff(times[one:other]))) for one, other in
         zip(starts[is_long], ends[is_long], strict=True)]
    )  # fmt: skip
    if not len(medians) or medians.max() < _MUCH_WIDER * medians.min():
        return None
    is_wide = medians * np.sqrt(_MUCH_WIDER) > medians.max()
    of_row = np.repeat(np.arange(len(starts)), ends - starts)
    frequencies = []
    for which in (is_wide, ~is_wide):
        rows = np.isin(of_row, np.flatnonzero(is_long)[which])
        distances = find_distances(codes[rows], times[rows])
        narrow = infer_frequency(codes[rows], times[rows], True)
        fit = _fit(narrow, codes[rows], times[rows])
        if fit.taken < _STEADY_SHARE or not len(distances):
            return None  # rows are written now and then, such as sales of what sells rarely
        frequencies.append(narrow)
    wide, narrow = frequencies
    if wide == narrow:
        return None
    sentence = (
        f"Some series are {narrow.label_inside}, others {wide.label_inside}. "
        "Which spacing shall all of them have?"
    )
    return _ask(sentence, [_fit(wide, codes, times), _fit(narrow, codes, times)])
