"""Values without their seasons, in four ways: as they are, and less one figure or another."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from lstm_core.tasks.forecasting.pretrained.rules.figures import find_figure, smooth_around
from lstm_core.tasks.forecasting.pretrained.rules.gaps import fill_gaps

_SHRUNK = 0.6
_SHORT_WIDTH, _LONG_WIDTH = 12, 24


@dataclass(frozen=True)
class Adjusted:
    """One way of taking seasons out.

    Attributes:
        filled: ``(count, length)``, without gaps.
        season: what was taken out over the history, the same shape.
        coming: ``(count, steps)``, what is given back ahead.
    """

    filled: np.ndarray
    season: np.ndarray
    coming: np.ndarray


def adjust(
    values: np.ndarray, lengths: np.ndarray, seasons: tuple[int, ...], ahead: np.ndarray
) -> list[Adjusted]:
    """Take seasons out of ``(count, length)``: not, short, long, both.

    Where there is no long season the third way smooths the short figure and the fourth shrinks it.
    """
    count, length = values.shape
    short, long = season_pair(seasons)
    figure = find_figure(values, lengths, short)
    back = (np.arange(length) - length) % max(short, 1)
    forth = (ahead - 1) % max(short, 1)
    ways = [(np.zeros((count, length)), np.zeros((count, len(ahead))))]
    ways.append((figure[:, back], figure[:, forth]))
    if long:
        back_long, forth_long = (np.arange(length) - length) % long, (ahead - 1) % long
        rough = find_figure(values, lengths, long)
        rest = find_figure(values - ways[1][0], lengths, long)
        rest = smooth_around(rest, 2 * (long // _LONG_WIDTH) + 1)
        known = (rough != 0).any(1)[:, None]
        ways.append(
            (
                np.where(known, rough[:, back_long], ways[1][0]),
                np.where(known, rough[:, forth_long], ways[1][1]),
            )
        )
        ways.append((ways[1][0] + rest[:, back_long], ways[1][1] + rest[:, forth_long]))
    else:
        smooth = smooth_around(figure, 2 * (short // _SHORT_WIDTH) + 1)
        ways.append((smooth[:, back], smooth[:, forth]))
        ways.append((_SHRUNK * ways[1][0], _SHRUNK * ways[1][1]))
    return [
        Adjusted(fill_gaps(values - season, lengths), season, coming) for season, coming in ways
    ]


def season_pair(seasons: tuple[int, ...]) -> tuple[int, int]:
    """The short and the long season; 0 for one that is not there."""
    short, long, *_ = (*seasons, 0, 0)
    return short, long
