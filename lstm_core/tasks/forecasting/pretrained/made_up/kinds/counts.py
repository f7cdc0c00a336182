"""Small counts: cases, calls, pieces, visitors."""

from __future__ import annotations

import numpy as np

from lstm_core.tasks.forecasting.pretrained.made_up.counting import count_pieces
from lstm_core.tasks.forecasting.pretrained.made_up.draws import Draws
from lstm_core.tasks.forecasting.pretrained.made_up.kinds.kind import Kind, suit_short_steps
from lstm_core.tasks.forecasting.pretrained.made_up.kinds.structural import draw_structure
from lstm_core.tasks.forecasting.pretrained.made_up.kinds.weekdays import draw_days, is_daily
from lstm_core.tasks.forecasting.pretrained.made_up.kinds.workdays import draw_hours, has_days
from lstm_core.tasks.forecasting.pretrained.made_up.levels import tame
from lstm_core.tasks.forecasting.pretrained.made_up.rhythms import Rhythm
from lstm_core.tasks.forecasting.pretrained.made_up.scales import multiply
from lstm_core.tasks.forecasting.pretrained.made_up.signals import Signal


def draw_rates(draws: Draws, rhythm: Rhythm, length: int) -> np.ndarray:
    """Means of counts, ``(count, length)``, about 1: they move as other series of a rhythm do."""
    if has_days(rhythm):
        course = draws.log_uniform(0.2, 1) * draw_hours(draws, rhythm, length)
    elif is_daily(rhythm):
        course = draw_days(draws, rhythm, length)
    else:
        course = draw_structure(draws, rhythm, length)
    course = tame(course - course.mean(1, keepdims=True), draws.log_uniform(0.3, 5))
    return multiply(course)


def make_counts(draws: Draws, rhythm: Rhythm, length: int) -> Signal:
    """A mean between a half and eight hundred pieces a step."""
    rates = draws.log_uniform(0.6, 800) * draw_rates(draws, rhythm, length)
    return Signal.counted(count_pieces(draws, rates))


COUNTS = Kind(
    "counts",
    7,
    "Accidents, patients, tickets, parts: whole numbers whose scatter follows from their mean, so"
    " that ranges are told by the level, and zero is a floor.",
    make_counts,
    suit_short_steps,
)
