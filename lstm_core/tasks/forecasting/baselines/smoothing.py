"""Exponential smoothing and the Theta method fitted: once, on the training rows of each series.

Predicting needs no statsmodels; see ``smoothing_models``.

Sources: Hyndman, Koehler, Ord and Snyder, *Forecasting with Exponential Smoothing* (2008), for
the error correction form and the members (A,N,N) to (A,Ad,A). Gardner and McKenzie, "Forecasting
trends in time series", Management Science 31 (1985), for the damped trend. Assimakopoulos and
Nikolopoulos, "The theta model: a decomposition approach to forecasting", International Journal
of Forecasting 16 (2000), in the form of Hyndman and Billah, "Unmasking the Theta method",
International Journal of Forecasting 19 (2003): simple exponential smoothing with a drift of half
the slope of the trend line.
"""

from __future__ import annotations

import time
import warnings
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import Any, Literal

import numpy as np

from lstm_core.tasks.forecasting.baselines.smoothing_models import Adjustment, SmoothingModel

SMOOTHING = ("ets", "theta")

FEWEST_ROWS = 10
MOST_ROWS = 500
MOST_ROWS_OF_LONG_SEASONS = 1000
LONGEST_SMOOTHED_SEASON = 60
MOST_ITERATIONS = 50
NUM_TRIED_CUTOFFS = 24
SHORTEST_TRIAL = 6
# 10% of chi-squared with one degree of freedom, the size that the Theta method was published with.
CRITICAL_SEASONALITY = 1.645**2
# Dividing by a smaller factor blows up whatever noise falls on that step of the season.
SMALLEST_FACTOR = 0.1


@dataclass(frozen=True)
class Smoothing:
    """The smoothing baselines of several series.

    Attributes:
        models: of each kind that was fitted to every series, a model a series.
        left_out: the kinds that time ran out for, each with the reason, for a sentence's end.
    """

    models: dict[str, list[SmoothingModel]]
    left_out: dict[str, str]


def fit_smoothing(
    series: Sequence[np.ndarray],
    season: int,
    *,
    seconds: float,
    kinds: Sequence[str] = SMOOTHING,
) -> Smoothing:
    """Fit the baselines on the last training rows of each series.

    Args:
        series: of each series the training rows ``(rows,)``, at least one, without NaN.
        season: steps in a season; 1 when there is none.
        seconds: of this thread's own work, so that a busy machine leaves nothing out: no fit
            begins once they are used. Importing statsmodels is not counted.
        kinds: of ``SMOOTHING``, those that are wanted.

    Returns:
        A kind that was not fitted for every series in time is left out: it is compared on all of
        them or on none.

    No data stops it: where a member of a family can't be fitted a simpler one stands in, and at
    last simple exponential smoothing that all but repeats the last value.
    """
    if not kinds or seconds <= 0:
        return Smoothing({}, {})
    _import_statsmodels()
    deadline = time.thread_time() + seconds
    fitted: dict[str, list[SmoothingModel]] = {}
    left_out: dict[str, str] = {}
    # The cheap one first: it is not lost when the other runs out of time.
    for kind, fit in (("theta", fit_theta), ("ets", fit_ets)):
        if kind not in kinds:
            continue
        models: list[SmoothingModel] = []
        for values in series:
            if time.thread_time() >= deadline:
                left_out[kind] = (
                    f"fitting it was given up after {len(models):,} of {len(series):,} series, "
                    f"because all such fits may take {seconds:g} seconds together"
                )
                break
            models.append(fit(np.asarray(values, dtype=np.float64), season))
        else:
            fitted[kind] = models
    return Smoothing({kind: fitted[kind] for kind in SMOOTHING if kind in fitted}, left_out)


def fit_theta(values: np.ndarray, season: int) -> SmoothingModel:
    """Fit the Theta method on training rows ``(rows,)``.

    A season that the autocorrelation shows is taken away by classical decomposition: divided by
    where all values are positive and no effect is tiny, subtracted otherwise. Positive values are
    tried on their logarithms too, because a trend line is straight where growth is not.
    """
    num_rows = _count_rows(values, season)
    models = [
        _attempt(_fit_theta_member, values, num_rows, season, log)
        for log in _list_scales(values[-num_rows:])
    ]
    if not any(models):
        return _repeat_last("theta", values, season)
    return _choose_best(models, values)


def fit_ets(values: np.ndarray, season: int) -> SmoothingModel:
    """Fit additive exponential smoothing on training rows ``(rows,)`` and choose its member.

    The fullest member (damped trend and season) is fitted to the values and, where all are
    positive, to their logarithms. Then the better of the two is tried without its trend and
    without its season. What counts is the error of forecasts a season ahead from cutoffs within
    the training rows: one-step likelihoods say little about a whole horizon.
    """
    num_rows = _count_rows(values, season)
    smooths_season = 2 <= season <= LONGEST_SMOOTHED_SEASON and 2 * season <= num_rows

    def fit(log: bool, trend: bool, season_smoothed: bool) -> SmoothingModel | None:
        return _attempt(_fit_ets_member, values, num_rows, season, log, trend, season_smoothed)

    fullest = [fit(log, True, smooths_season) for log in _list_scales(values[-num_rows:])]
    best = _choose_best([_repeat_last("ets", values, season), *fullest], values)
    log = best.adjustment.log
    rest = [fit(log, False, smooths_season)]
    if smooths_season:
        rest.append(fit(log, True, False))
    return _choose_best([best, *rest], values)


def _fit_theta_member(values: np.ndarray, num_rows: int, season: int, log: bool) -> SmoothingModel:
    from statsmodels.tsa.forecasting.theta import ThetaModel

    rows = values[-num_rows:]
    # A factor is a part of the value itself, so dividing allows no other zero than that of the
    # values.
    centred = log or rows.min() <= 0
    adjustment = _adjust_scale(rows, log, centred=centred)
    adjustment = _adjust_season(adjustment, rows, season, may_divide=not centred)
    adjusted = adjustment.remove(rows, np.arange(num_rows))
    slope, alpha = ThetaModel(adjusted, deseasonalize=False).fit().params
    return SmoothingModel(
        kind="theta",
        season=season,
        first_row=len(values) - num_rows,
        adjustment=adjustment,
        level=float(adjusted[0]),
        alpha=float(np.clip(alpha, 1e-6, 1.0)),
        drift=float(slope) / 2.0,
    )


def _fit_ets_member(
    values: np.ndarray,
    num_rows: int,
    season: int,
    log: bool,
    damped_trend: bool,
    smooth_season: bool,
) -> SmoothingModel:
    """Fit one member; a season that is not smoothed is taken away beforehand where it shows."""
    from statsmodels.tsa.exponential_smoothing.ets import ETSModel

    rows = values[-num_rows:]
    adjustment = _adjust_scale(rows, log, centred=True)
    if not smooth_season:
        adjustment = _adjust_season(adjustment, rows, season, may_divide=False)
    # To estimate the states of a season by numerical gradients takes twenty times the evaluations.
    fitted = ETSModel(
        adjustment.remove(rows, np.arange(num_rows)),
        trend="add" if damped_trend else None,
        damped_trend=damped_trend,
        seasonal="add" if smooth_season else None,
        seasonal_periods=season if smooth_season else None,
        initialization_method="heuristic",
    ).fit(disp=False, maxiter=MOST_ITERATIONS)
    return SmoothingModel(
        kind="ets",
        season=season,
        first_row=len(values) - num_rows,
        adjustment=adjustment,
        level=float(fitted.initial_level),
        trend=float(fitted.initial_trend) if damped_trend else 0.0,
        seasonal=tuple(fitted.initial_seasonal.tolist()) if smooth_season else (0.0,),
        alpha=float(fitted.alpha),
        beta=float(fitted.beta) if damped_trend else 0.0,
        gamma=float(fitted.gamma) if smooth_season else 0.0,
        phi=float(fitted.phi) if damped_trend else 1.0,
    )


def _repeat_last(kind: Literal["ets", "theta"], values: np.ndarray, season: int) -> SmoothingModel:
    """Return simple exponential smoothing that forgets everything but the last value."""
    first_row = len(values) - _count_rows(values, season)
    return SmoothingModel(kind, season, first_row, Adjustment(), float(values[first_row]))


def _count_rows(values: np.ndarray, season: int) -> int:
    """Count the last rows to fit on: four seasons where they are affordable."""
    return min(len(values), int(np.clip(4 * season, MOST_ROWS, MOST_ROWS_OF_LONG_SEASONS)))


def _measure_spread(values: np.ndarray) -> float:
    """Return the mean distance from the median.

    Raises:
        ValueError: too few rows, or nothing that varies.
    """
    spread = float(np.abs(values - np.median(values)).mean())
    if len(values) < FEWEST_ROWS or not 0 < spread < np.inf:
        raise ValueError("nothing to fit a recursion to")
    return spread


def _list_scales(rows: np.ndarray) -> tuple[bool, ...]:
    """List whether to take logarithms: where all rows are positive both ways are open."""
    return (False, True) if rows.min() > 0 else (False,)


def _adjust_scale(rows: np.ndarray, log: bool, *, centred: bool) -> Adjustment:
    """Bring rows to a spread of one, which the optimiser's steps are made for.

    Raises:
        ValueError: see ``_measure_spread``.
    """
    scaled = np.log(rows) if log else rows
    return Adjustment(
        log=log,
        floor=float(rows.min()) if log else 0.0,
        offset=float(np.median(scaled)) if centred else 0.0,
        scale=_measure_spread(scaled),
    )


def _adjust_season(
    adjustment: Adjustment, rows: np.ndarray, season: int, *, may_divide: bool
) -> Adjustment:
    """Add the mean profile of a season to an adjustment, where the rows show one."""
    from statsmodels.tsa.seasonal import seasonal_decompose

    scaled = adjustment.remove(rows, np.zeros(len(rows), dtype=int))
    if not _is_seasonal(scaled, season):
        return adjustment
    if may_divide:
        factors = seasonal_decompose(scaled, "multiplicative", period=season).seasonal[:season]
        if factors.min() >= SMALLEST_FACTOR:
            return replace(adjustment, profile=tuple(factors.tolist()), divides=True)
    effects = seasonal_decompose(scaled, "additive", period=season).seasonal[:season]
    return replace(adjustment, profile=tuple(effects.tolist()))


def _is_seasonal(values: np.ndarray, season: int) -> bool:
    """Test the autocorrelation at one season against those at the shorter lags."""
    if season < 2 or len(values) < 2 * season:
        return False
    centred = values - values.mean()
    products = np.array([centred[lag:] @ centred[: len(values) - lag] for lag in range(season + 1)])
    correlations = products / products[0]
    statistic = len(values) * correlations[-1] ** 2 / (correlations[:-1] ** 2).sum()
    return bool(statistic > CRITICAL_SEASONALITY)


def _attempt(fit: Callable[..., SmoothingModel], *arguments: Any) -> SmoothingModel | None:
    """Fit a member; None where the rows don't allow it."""
    with warnings.catch_warnings(), np.errstate(all="ignore"):
        # A fit that did not converge is judged by its error like any other.
        warnings.simplefilter("ignore")
        try:
            model = fit(*arguments)
        except (ValueError, ArithmeticError):
            return None
    return model if model.is_finite else None


def _choose_best(candidates: Sequence[SmoothingModel | None], values: np.ndarray) -> SmoothingModel:
    """Return the candidate whose forecasts within the training rows err least.

    Forecasts reach about one season ahead, from cutoffs over the later half of the rows that are
    fitted on: judging a handful of parameters there costs no second fit. The first of two equals
    wins.
    """
    models = [model for model in candidates if model is not None]
    if len(models) == 1:
        return models[0]
    num_rows = _count_rows(values, models[0].season)
    horizon = min(max(models[0].season, SHORTEST_TRIAL), num_rows // 4)
    first = len(values) - max(num_rows // 2, horizon + 1)
    last = len(values) - 1 - horizon
    cutoffs = np.unique(np.linspace(first, last, NUM_TRIED_CUTOFFS).astype(int))
    actual = values[cutoffs[:, None] + np.arange(1, horizon + 1)]  # (cutoffs, horizon)
    with np.errstate(all="ignore"):
        errors = [
            np.abs(model.predict(values, cutoffs, horizon) - actual).mean() for model in models
        ]
    return models[int(np.argmin(np.where(np.isfinite(errors), errors, np.inf)))]


def _import_statsmodels() -> None:
    """Import what the fits need, which takes seconds, before their clock starts."""
    import statsmodels.tsa.exponential_smoothing.ets
    import statsmodels.tsa.forecasting.theta
    import statsmodels.tsa.seasonal  # noqa: F401
