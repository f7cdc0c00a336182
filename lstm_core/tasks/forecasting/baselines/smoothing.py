"""Exponential smoothing and the Theta method fitted: once, on the training rows of each series.

Predicting needs no statsmodels; see ``smoothing_models``.

Sources: Hyndman, Koehler, Ord and Snyder, *Forecasting with Exponential Smoothing* (2008), for
the error correction form, the members (A,N,N) to (A,Ad,A) and the choice among them by AICc.
Gardner and McKenzie, "Forecasting trends in time series", Management Science 31 (1985), for the
damped trend. Assimakopoulos and Nikolopoulos, "The theta model: a decomposition approach to
forecasting", International Journal of Forecasting 16 (2000), in the form of Hyndman and Billah,
"Unmasking the Theta method", International Journal of Forecasting 19 (2003): simple exponential
smoothing with a drift of half the slope of the trend line.
"""

from __future__ import annotations

import warnings
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Any, Literal, TypeVar

import numpy as np

from lstm_core.tasks.forecasting.baselines.smoothing_models import Adjustment, SmoothingModel
from lstm_core.tasks.forecasting.baselines.work import count_fits

Trend = Literal["none", "undamped", "damped"]
TRENDS: tuple[Trend, ...] = ("none", "undamped", "damped")
SeasonWay = Literal["none", "smoothed", "fixed"]

FEWEST_ROWS = 10
FITS_OF_THETA = 4.0
"""What it costs, in members of exponential smoothing; how many rows there are tells little."""
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
class Member:
    """A fitted member of exponential smoothing.

    Attributes:
        aicc: Akaike's criterion corrected for few rows, in the units of the data: members on values
            and on their logarithms can be compared.
    """

    model: SmoothingModel
    aicc: float


Fitted = TypeVar("Fitted", SmoothingModel, Member)


def fit_theta(values: np.ndarray, season: int) -> SmoothingModel:
    """Fit the Theta method on training rows ``(rows,)``.

    A season that the autocorrelation shows is taken away by classical decomposition: divided by
    where all values are positive and no effect is tiny, subtracted otherwise. Positive values are
    tried on their logarithms too, because a trend line is straight where growth is not.
    """
    num_rows = count_rows(values, season)
    models = [
        attempt(_fit_theta_member, values, num_rows, season, log)
        for log in list_scales(values[-num_rows:])
    ]
    if not any(models):
        return repeat_last("theta", values, season)
    return choose_best(models, values)


def fit_ets(values: np.ndarray, season: int) -> SmoothingModel:
    """Fit additive exponential smoothing on training rows ``(rows,)`` and choose its member.

    Without a trend, with one and with a damped one; with a season that is smoothed and without,
    where there is one; the member with the least AICc. A season too long to be smoothed is taken
    away beforehand. Positive values with a season are tried on their logarithms too, but for an
    undamped trend: it would grow without bounds.
    """
    num_rows = count_rows(values, season)
    members = [
        attempt(_fit_ets_member, values, num_rows, season, log, trend, way)
        for log, trend, way in _list_members(values[-num_rows:], season)
    ]
    known = [member for member in members if member is not None and np.isfinite(member.aicc)]
    if not known:
        return repeat_last("ets", values, season)
    return min(known, key=lambda member: member.aicc).model


def count_ets_work(lines: Sequence[np.ndarray], season: int) -> float:
    """Return what fitting to training rows ``(rows,)`` costs; see ``work``."""
    costs = 0.0
    for values in lines:
        num_rows = count_rows(values, season)
        num_members = sum(1 for _ in _list_members(values[-num_rows:], season))
        costs += num_members * count_fits(num_rows)
    return costs


def count_theta_work(lines: Sequence[np.ndarray]) -> float:
    """Return what fitting the Theta method costs, its import of a season's profile among it."""
    return len(lines) * FITS_OF_THETA


def _list_members(rows: np.ndarray, season: int) -> Iterator[tuple[bool, Trend, SeasonWay]]:
    """Yield what is to be tried: on logarithms or not, the trend, and what becomes of a season."""
    has_room = season >= 2 and 2 * season <= len(rows)
    smooths = has_room and season <= LONGEST_SMOOTHED_SEASON
    ways: list[SeasonWay] = ["none"]
    if has_room:
        ways.append("smoothed" if smooths else "fixed")
    for log in list_scales(rows) if has_room else (False,):
        for trend in TRENDS:
            if not (log and trend == "undamped"):
                yield from ((log, trend, way) for way in ways)


def _fit_theta_member(values: np.ndarray, num_rows: int, season: int, log: bool) -> SmoothingModel:
    from statsmodels.tsa.forecasting.theta import ThetaModel

    rows = values[-num_rows:]
    # A factor is a part of the value itself, so dividing allows no other zero than that of the
    # values.
    centred = log or rows.min() <= 0
    adjustment = adjust_scale(rows, log, centred=centred)
    adjustment = adjust_season(adjustment, rows, season, may_divide=not centred)
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
    values: np.ndarray, num_rows: int, season: int, log: bool, trend: Trend, way: SeasonWay
) -> Member:
    rows = values[-num_rows:]
    adjustment = adjust_scale(rows, log, centred=True)
    if way == "fixed":
        adjustment = adjust_season(adjustment, rows, season, may_divide=False)
        if len(adjustment.profile) == 1:
            raise ValueError("no season shows")
    adjusted = adjustment.remove(rows, np.arange(num_rows))
    size = season if way == "smoothed" else 1
    model, likelihood = fit_recursion(adjusted, trend, size)
    states = len(model.seasonal) if way == "smoothed" else 0
    effects = season - 1 if way == "fixed" else 0
    # Alpha, the level and the variance; the trend and its part; what damps it; the season's part.
    count = 3 + 2 * (trend != "none") + (trend == "damped") + states + effects
    # The density of the values themselves, not of what was made of them.
    likelihood -= num_rows * float(np.log(adjustment.scale))
    if log:
        likelihood -= float(np.log(rows).sum())
    fitted = replace(model, season=season, first_row=len(values) - num_rows, adjustment=adjustment)
    return Member(fitted, correct_criterion(likelihood, count, num_rows))


def fit_recursion(adjusted: np.ndarray, trend: Trend, season: int) -> tuple[SmoothingModel, float]:
    """Fit one member to ``(rows,)`` of a spread of one; return its logarithm of likelihood too.

    Args:
        season: that is smoothed; 1 for none.

    Raises:
        ValueError, ArithmeticError: the rows don't allow it.
    """
    from statsmodels.tsa.exponential_smoothing.ets import ETSModel

    has_trend, is_damped, has_season = trend != "none", trend == "damped", season > 1
    # To estimate the states of a season by numerical gradients takes twenty times the evaluations.
    fitted = ETSModel(
        adjusted,
        trend="add" if has_trend else None,
        damped_trend=is_damped,
        seasonal="add" if has_season else None,
        seasonal_periods=season if has_season else None,
        initialization_method="heuristic",
    ).fit(disp=False, maxiter=MOST_ITERATIONS)
    model = SmoothingModel(
        kind="ets",
        season=season,
        first_row=0,
        adjustment=Adjustment(),
        level=float(fitted.initial_level),
        trend=float(fitted.initial_trend) if has_trend else 0.0,
        seasonal=tuple(fitted.initial_seasonal.tolist()) if has_season else (0.0,),
        alpha=float(fitted.alpha),
        beta=float(fitted.beta) if has_trend else 0.0,
        gamma=float(fitted.gamma) if has_season else 0.0,
        phi=float(fitted.phi) if is_damped else 1.0,
    )
    return model, float(fitted.llf)


def correct_criterion(likelihood: float, count: int, num_rows: int) -> float:
    """Return AICc of a logarithm of likelihood and ``count`` parameters; infinite for few rows."""
    room = num_rows - count - 1
    if room <= 0:
        return float("inf")
    return -2.0 * likelihood + 2.0 * count + 2.0 * count * (count + 1) / room


def repeat_last(
    kind: Literal["ets", "theta", "mstl"], values: np.ndarray, season: int
) -> SmoothingModel:
    """Return simple exponential smoothing that forgets everything but the last value."""
    first_row = len(values) - count_rows(values, season)
    return SmoothingModel(kind, season, first_row, Adjustment(), float(values[first_row]))


def count_rows(values: np.ndarray, season: int) -> int:
    """Count the last rows to fit on: four seasons where they are affordable."""
    return min(len(values), int(np.clip(4 * season, MOST_ROWS, MOST_ROWS_OF_LONG_SEASONS)))


def measure_spread(values: np.ndarray) -> float:
    """Return the mean distance from the median.

    Raises:
        ValueError: too few rows, or nothing that varies.
    """
    spread = float(np.abs(values - np.median(values)).mean())
    if len(values) < FEWEST_ROWS or not 0 < spread < np.inf:
        raise ValueError("nothing to fit a recursion to")
    return spread


def list_scales(rows: np.ndarray) -> tuple[bool, ...]:
    """List whether to take logarithms: where all rows are positive both ways are open."""
    return (False, True) if rows.min() > 0 else (False,)


def adjust_scale(rows: np.ndarray, log: bool, *, centred: bool) -> Adjustment:
    """Bring rows to a spread of one, which the optimiser's steps are made for.

    Raises:
        ValueError: see ``measure_spread``.
    """
    scaled = np.log(rows) if log else rows
    return Adjustment(
        log=log,
        floor=float(rows.min()) if log else 0.0,
        offset=float(np.median(scaled)) if centred else 0.0,
        scale=measure_spread(scaled),
    )


def adjust_season(
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


def attempt(fit: Callable[..., Fitted], *arguments: Any) -> Fitted | None:
    """Fit a member; None where the rows don't allow it."""
    with warnings.catch_warnings(), np.errstate(all="ignore"):
        # A fit that did not converge is judged by its error like any other.
        warnings.simplefilter("ignore")
        try:
            found = fit(*arguments)
        except (ValueError, ArithmeticError):
            return None
    model = found.model if isinstance(found, Member) else found
    return found if model.is_finite else None


def choose_best(candidates: Sequence[SmoothingModel | None], values: np.ndarray) -> SmoothingModel:
    """Return the candidate whose forecasts within the training rows err least.

    Forecasts reach about one season ahead, from cutoffs over the later half of the rows that are
    fitted on: judging a handful of parameters there costs no second fit. The first of two equals
    wins.
    """
    models = [model for model in candidates if model is not None]
    if len(models) == 1:
        return models[0]
    num_rows = count_rows(values, models[0].season)
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


def import_statsmodels() -> None:
    """Import what the fits need, which takes seconds."""
    import statsmodels.tsa.exponential_smoothing.ets
    import statsmodels.tsa.forecasting.theta
    import statsmodels.tsa.seasonal  # noqa: F401
