"""Values without their seasons, in four ways: as they are, and less one figure or another."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from lstm_core.tasks.forecasting.pretrained.rules.course import Course
from lstm_core.tasks.forecasting.pretrained.rules.figures import (
    find_figure,
    find_rest,
    repeat_back,
    smooth_around,
)

_SHRUNK = 0.6
_SHORT_WIDTH, _LONG_WIDTH = 12, 24


@dataclass(frozen=True)
class Adjusted:
    """One way of taking seasons out.

    Attributes:
        filled: ``(count, length or less)``, the latest values, without gaps.
        season: what was taken out of them; the same shape, or one that stretches to it.
        figures: ``(count, season)`` each, from the step after the last value on.
    """

    filled: np.ndarray
    season: np.ndarray
    figures: tuple[np.ndarray, ...]

    def give_back(self, ahead: np.ndarray) -> np.ndarray:
        """What comes on top at some steps ahead, ``(count, steps)``."""
        coming = np.zeros((len(self.filled), len(ahead)))
        for figure in self.figures:
            coming += figure[:, (ahead - 1) % figure.shape[1]]
        return coming


def adjust(course: Course, seasons: tuple[int, ...], latest: int) -> list[Adjusted]:
    """Take seasons out: not, short, long, both.

    Where there is no long season the third way smooths the short figure and the fourth shrinks it.

    Args:
        latest: how many values are asked for; of the second way there are all.
    """
    short, long = season_pair(seasons)
    figure = find_figure(course, short)
    third: tuple[np.ndarray, ...]
    fourth: tuple[np.ndarray, ...]
    if long:
        rough = find_figure(course, long)
        rest = smooth_around(find_rest(course, figure, long), 2 * (long // _LONG_WIDTH) + 1)
        known = (rough != 0).any(1)[:, None]
        third = (rough, np.where(known, 0, figure))
        fourth = (figure, rest)
    else:
        third = (smooth_around(figure, 2 * (short // _SHORT_WIDTH) + 1),)
        fourth = (_SHRUNK * figure,)
    ways = [((), latest), ((figure,), course.length), (third, latest), (fourth, latest)]
    return [_take_out(course, figures, number) for figures, number in ways]


def _take_out(course: Course, figures: tuple[np.ndarray, ...], latest: int) -> Adjusted:
    """Take the sum of figures out of the latest values; of all of them where there are gaps."""
    length = course.length if len(course.gaps) else min(latest, course.length)
    values = course.values[:, course.length - length :]
    season = np.zeros((len(course), 1))
    for figure in figures:
        if figure.any():
            season = season + repeat_back(figure, length)
    gaps = course.gaps.of_lengths(np.minimum(course.lengths, length))
    return Adjusted(gaps.fill(values - season if season.any() else values), season, figures)


def season_pair(seasons: tuple[int, ...]) -> tuple[int, int]:
    """The short and the long season; 0 for one that is not there."""
    short, long, *_ = (*seasons, 0, 0)
    return short, long
