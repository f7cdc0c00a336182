"""Several seasons at once: taken apart by MSTL, then each smoothed beside level and trend.

Sources: Bandara, Hyndman and Bergmeir, "MSTL: A Seasonal-Trend Decomposition Algorithm for Time
Series with Multiple Seasonal Patterns", International Journal of Operational Research 52 (2025),
for the decomposition, with exponential smoothing on what the seasons leave; Taylor, "Short-term
electricity demand forecasting using double seasonal exponential smoothing", Journal of the
Operational Research Society 54 (2003), for seasons that go on changing by parts of each error.
"""

from __future__ import annotations

import warnings
from collections.abc import Sequence
from dataclasses import replace
from itertools import product

import numpy as np

from lstm_core.tasks.forecasting.baselines.smoothing import (
    TRENDS,
    choose_best,
    correct_criterion,
    fit_recursion,
    measure_spread,
    repeat_last,
)
from lstm_core.tasks.forecasting.baselines.smoothing_models import Adjustment, SmoothingModel
from lstm_core.tasks.forecasting.baselines.work import count_fits

MOST_ROWS = 9_000
FEWEST_ROWS = 1_000
SEASONS_READ = 4
"""Of the longest one."""
RATES = (0.0, 0.05, 0.2)
"""Parts of the last error that a season may be corrected by; one for each season."""
SHARES = (1.0, 0.3, 0.1)
"""Of the parts that level and trend are corrected by."""
_MOST_POINTS_IN_A_SEASON = 5
"""Of the shortest season: between so many points, local lines are drawn straight."""


def count_rows(num_rows: int, seasons: Sequence[int]) -> int:
    """Count the last rows that are read."""
    return min(num_rows, max(SEASONS_READ * seasons[-1] + 1, FEWEST_ROWS), MOST_ROWS)


def has_room(num_rows: int, seasons: Sequence[int]) -> bool:
    """Whether the longest season is there twice in the rows that are read."""
    return 2 * seasons[-1] < count_rows(num_rows, seasons)


def count_work(lines: Sequence[np.ndarray], seasons: Sequence[int]) -> float:
    """Return what fitting to training rows ``(rows,)`` costs; see ``work``.

    What MSTL takes grows with the rows, and with the points that its local lines are drawn through.
    """
    points = sum(1.5 * season for season in seasons) / _choose_jump(seasons)
    costs = 0.0
    for values in lines:
        num_rows = count_rows(len(values), seasons)
        trials = len(SHARES) * len(RATES) ** len(seasons) * num_rows / 5_000
        costs += num_rows * points / 9_000 + len(TRENDS) * count_fits(num_rows) + trials
    return costs


def fit_several(values: np.ndarray, seasons: Sequence[int]) -> SmoothingModel:
    """Fit on training rows ``(rows,)``; seasons in steps, the shorter first.

    The member of exponential smoothing on what the seasons leave is the one with the least AICc.
    How fast it and each season follow is what errs least over a short season ahead, within the
    rows: the likelihood is that of one step.

    No data stops it: where it can't be fitted, the last value is repeated.
    """
    num_rows = count_rows(len(values), seasons)
    try:
        with warnings.catch_warnings(), np.errstate(all="ignore"):
            warnings.simplefilter("ignore")
            model = _fit(values[-num_rows:], seasons)
    except (ValueError, ArithmeticError):
        return repeat_last("mstl", values, seasons[0])
    model = replace(model, first_row=len(values) - num_rows)
    candidates = [
        replace(
            model,
            alpha=share * model.alpha,
            beta=share * model.beta,
            gamma=rates[0],
            longer_gammas=rates[1:],
        )
        for share in SHARES
        for rates in product(RATES, repeat=len(seasons))
    ]
    return choose_best([each for each in candidates if each.is_finite], values)


def _fit(rows: np.ndarray, seasons: Sequence[int]) -> SmoothingModel:
    from statsmodels.tsa.seasonal import MSTL

    adjustment = Adjustment(offset=float(np.median(rows)), scale=measure_spread(rows))
    adjusted = adjustment.remove(rows, np.zeros(len(rows), dtype=int))
    jump = _choose_jump(seasons)
    apart = MSTL(
        adjusted, periods=tuple(seasons), stl_kwargs={"trend_jump": jump, "low_pass_jump": jump}
    ).fit()
    effects = np.asarray(apart.seasonal).reshape(len(rows), -1)  # (rows, seasons)
    rest = adjusted - effects.sum(axis=1)
    fitted = [(trend, *fit_recursion(rest, trend, 1)) for trend in TRENDS]
    _, best, _ = min(
        fitted,
        key=lambda found: correct_criterion(
            found[2], 3 + 2 * (found[0] != "none") + (found[0] == "damped"), len(rows)
        ),
    )
    states = [tuple(effects[:season, number].tolist()) for number, season in enumerate(seasons)]
    return replace(
        best,
        kind="mstl",
        season=seasons[0],
        adjustment=adjustment,
        seasonal=states[0],
        longer=tuple(states[1:]),
        longer_gammas=(0.0,) * (len(states) - 1),
    )


def _choose_jump(seasons: Sequence[int]) -> int:
    return max(1, seasons[0] // _MOST_POINTS_IN_A_SEASON)
