"""Exponential smoothing as models that were kept before chose it: by its error within the rows.

Now its member is chosen by AICc (``smoothing.fit_ets``). A kept model that is mixed with the rule
goes on with the one that its weight was chosen for.
"""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from lstm_core.tasks.forecasting.baselines.smoothing import (
    LONGEST_SMOOTHED_SEASON,
    adjust_scale,
    adjust_season,
    attempt,
    choose_best,
    count_rows,
    fit_recursion,
    list_scales,
    repeat_last,
)
from lstm_core.tasks.forecasting.baselines.smoothing_models import SmoothingModel


def fit_ets_by_error(values: np.ndarray, season: int) -> SmoothingModel:
    """Fit additive exponential smoothing on training rows ``(rows,)`` and choose its member.

    The fullest member (damped trend and season) is fitted to the values and, where all are
    positive, to their logarithms. Then the better of the two is tried without its trend and
    without its season. What counts is the error of forecasts a season ahead from cutoffs within
    the training rows.
    """
    num_rows = count_rows(values, season)
    smooths = 2 <= season <= LONGEST_SMOOTHED_SEASON and 2 * season <= num_rows

    def fit(log: bool, trend: bool, with_season: bool) -> SmoothingModel | None:
        return attempt(_fit_member, values, num_rows, season, log, trend, with_season)

    fullest = [fit(log, True, smooths) for log in list_scales(values[-num_rows:])]
    best = choose_best([repeat_last("ets", values, season), *fullest], values)
    log = best.adjustment.log
    rest = [fit(log, False, smooths)]
    if smooths:
        rest.append(fit(log, True, False))
    return choose_best([best, *rest], values)


def _fit_member(
    values: np.ndarray, num_rows: int, season: int, log: bool, trend: bool, with_season: bool
) -> SmoothingModel:
    """Fit one member; a season that is not smoothed is taken away beforehand where it shows."""
    rows = values[-num_rows:]
    adjustment = adjust_scale(rows, log, centred=True)
    if not with_season:
        adjustment = adjust_season(adjustment, rows, season, may_divide=False)
    adjusted = adjustment.remove(rows, np.arange(num_rows))
    model, _ = fit_recursion(adjusted, "damped" if trend else "none", season if with_season else 1)
    return replace(model, season=season, first_row=len(values) - num_rows, adjustment=adjustment)
