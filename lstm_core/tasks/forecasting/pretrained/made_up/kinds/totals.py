"""Running totals: what has come together so far."""

from __future__ import annotations

import numpy as np

from lstm_core.tasks.forecasting.pretrained.made_up.draws import Draws
from lstm_core.tasks.forecasting.pretrained.made_up.kinds.kind import Kind
from lstm_core.tasks.forecasting.pretrained.made_up.kinds.structural import draw_structure
from lstm_core.tasks.forecasting.pretrained.made_up.rhythms import Rhythm
from lstm_core.tasks.forecasting.pretrained.made_up.scales import multiply
from lstm_core.tasks.forecasting.pretrained.made_up.signals import Signal


def make_totals(draws: Draws, rhythm: Rhythm, length: int) -> Signal:
    """Sums of positive amounts, from nothing or from much; one in three begins anew each season.

    Meters and members never fall; budgets and rain of the year so far start again.
    """
    course = draws.log_uniform(0.1, 1) * draw_structure(draws, rhythm, length)
    flow = multiply(course - course.mean(1, keepdims=True))
    flow = flow / flow.mean(1, keepdims=True)
    flow = flow * draws.some(0.3, draws.rng.random((draws.count, length)) < 0.4, 1.0)
    total = np.cumsum(flow, 1)
    whole = total + draws.some(0.5, draws.log_uniform(1, 300))
    season = rhythm.longest
    anew = draws.chance(1 / 3) & (season > 2)
    steps = np.arange(length)[None] + draws.rng.integers(0, max(season, 1), (draws.count, 1))
    starts = np.maximum(np.arange(length)[None] - steps % season - 1, -1)
    from_zero = np.concatenate([np.zeros((draws.count, 1)), total], 1)
    before = np.take_along_axis(from_zero, starts + 1, 1)
    values = np.where(anew, total - before, whole)
    return Signal.positive(values)


TOTALS = Kind(
    "running totals",
    2,
    "Meters, members, sales of the year so far: they never fall, or fall to nothing on a day that"
    " is known.",
    make_totals,
)
