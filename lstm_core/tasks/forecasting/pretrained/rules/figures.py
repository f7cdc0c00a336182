"""Seasonal figures: what each step of a season usually adds, by classical decomposition.

Source: the moving average and the mean by phase are those of Persons, "Indices of business
conditions", Review of Economics and Statistics 1 (1919); later seasons weigh more here.
"""

from __future__ import annotations

import numpy as np

from lstm_core.tasks.forecasting.pretrained.rules.course import Course

FADING = 0.85
"""What a season weighs beside the one after it."""
_LEAST_COVERED = 0.5


def find_figure(course: Course, season: int) -> np.ndarray:
    """Return ``(count, season)``: effects from the step after the last value on.

    Zeros where a history is shorter than two seasons or half of the figure can't be known.
    """
    if season < 2 or course.length < 2 * season:
        return np.zeros((len(course), max(season, 1)))
    around, known = course.around(season)
    total = _add_phases(known, season)
    figure = _add_phases(around, season) / np.maximum(total, 1e-9)
    figure -= figure.mean(1, keepdims=True)
    enough = (course.lengths >= 2 * season) & ((total > 0).mean(1) > _LEAST_COVERED)
    return np.where(enough[:, None] & (total > 0), figure, 0)


def find_rest(course: Course, short_figure: np.ndarray, season: int) -> np.ndarray:
    """The figure ``(count, season)`` of a long season once a short one is taken out."""
    short = short_figure.shape[1]
    if len(course.gaps) or season % short:
        rest = course.values - repeat_back(short_figure, course.length)
        return find_figure(Course(rest, course.lengths, course.gaps), season)
    rest = find_figure(course, season) - np.tile(short_figure, season // short)
    return np.where((course.lengths >= 2 * season)[:, None], rest, 0)


def repeat_back(figure: np.ndarray, length: int) -> np.ndarray:
    """Figures ``(count, season)`` over ``length`` steps up to the last value."""
    times = -(-length // figure.shape[1])
    return np.tile(figure, times)[:, times * figure.shape[1] - length :]


def smooth_around(figure: np.ndarray, width: int) -> np.ndarray:
    """Average a figure ``(count, season)`` over ``width`` (odd) steps, round its end."""
    half = min(width // 2, (figure.shape[1] - 1) // 2)
    if half < 1:
        return figure
    around = np.concatenate([figure[:, -half:], figure, figure[:, :half]], 1)
    sums = np.cumsum(np.pad(around, ((0, 0), (1, 0))), 1)
    return (sums[:, 2 * half + 1 :] - sums[:, : -2 * half - 1]) / (2 * half + 1)


def _add_phases(around: np.ndarray, season: int) -> np.ndarray:
    """Add up each phase of ``(count, season + length)``, earlier seasons fading: (count, season).

    Of the last season the second half is left out: nothing is known around it.
    """
    count, width = around.shape
    times = -(-(width - season) // season)
    seasons = around[:, width - times * season :].reshape(count, times, season)
    weights = FADING ** np.arange(times - 1, -1, -1)
    total = weights[:-1] @ seasons[:, :-1]
    known = season - season // 2
    total[:, :known] += seasons[:, -1, :known]
    return np.asarray(total)
