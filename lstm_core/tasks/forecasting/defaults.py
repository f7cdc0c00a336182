"""Fill in what the spec leaves open, from the data's own profile, and say why.

Light on purpose: pages call it to fill in the confirm card and the form.
"""

from __future__ import annotations

from typing import Literal

import numpy as np

from lstm_core.data.dataset import Dataset
from lstm_core.data.frequency import Frequency
from lstm_core.data.season import detect_season
from lstm_core.errors import DataError
from lstm_core.spec import ExperimentSpec, ForecastSpec
from lstm_core.tasks.forecasting.framing import (
    check_framing,
    count_needed_rows,
    cut_series,
    is_long_enough,
)

MAX_LOOKBACK = 336
MAX_NAMED = 5
_USUAL_HORIZONS = {
    "hour": 24,
    "day": 30,
    "business day": 20,
    "week": 13,
    "month": 12,
    "quarter": 8,
    "year": 5,
}
_FEWEST_ROWS = 12
"""Below this, no lookback and horizon leave anything to learn from."""


def resolve_spec(spec: ExperimentSpec, dataset: Dataset) -> tuple[ExperimentSpec, dict[str, str]]:
    """Return the spec with every open field of data and forecast set, and a reason for each.

    A spec that comes back can be run on this dataset.

    Reasons are keyed by ``"section.field"``.

    Raises:
        DataError: there are too few rows, or the future of a covariate is missing.
    """
    reasons: dict[str, str] = {}
    roles, forecast = dataset.roles, spec.forecast
    data = spec.data.model_copy(
        update={
            "time": roles.time,
            "targets": roles.targets,
            "series": roles.series,
            "frequency": dataset.frequency.alias,
        }
    )
    num_rows = int(np.median([rows.stop - rows.start for _, rows in dataset.iterate_series()]))
    _check_room_for_choice(num_rows, forecast)
    season, horizon, lookback = forecast.season, forecast.horizon, forecast.lookback
    if season is None:
        season, reasons["forecast.season"] = _find_season(dataset, forecast, num_rows)
    if horizon is None:
        horizon, reasons["forecast.horizon"] = _choose_horizon(
            dataset.frequency, season, num_rows, forecast
        )
        if dataset.roles.known_future_covariates:
            known = _count_known_ahead(dataset)
            if 0 < known < horizon:
                horizon = known
                reasons["forecast.horizon"] = "As far as the known-future covariates are given."
    if lookback is None:
        lookback, reasons["forecast.lookback"] = _choose_lookback(
            season, horizon, num_rows, forecast
        )
    normalisation = forecast.window_normalisation
    if normalisation is None:
        normalisation, reasons["forecast.window_normalisation"] = _choose_normalisation(season)
    forecast = forecast.model_copy(
        update={
            "season": season,
            "horizon": horizon,
            "lookback": lookback,
            "window_normalisation": normalisation,
        }
    )
    left_out = check_framing(dataset, forecast)
    if left_out:
        names = ", ".join(left_out[:MAX_NAMED]) + (", …" if len(left_out) > MAX_NAMED else "")
        reasons["data.series"] = f"Too short and left out: {len(left_out)} series ({names})."
    return spec.model_copy(update={"data": data, "forecast": forecast}), reasons


def _check_room_for_choice(num_rows: int, forecast: ForecastSpec) -> None:
    if forecast.lookback is not None and forecast.horizon is not None:
        return
    least = {"lookback": forecast.lookback or 1, "horizon": forecast.horizon or 1}
    needed = max(_FEWEST_ROWS, count_needed_rows(forecast.model_copy(update=least)))
    if num_rows < needed:
        is_choice = forecast.lookback is None and forecast.horizon is None
        raise DataError(
            f"There are too few rows: {num_rows}, and at least {needed} are needed.",
            "Bring more rows; a few hundred is where a network begins to learn."
            if is_choice
            else "Shorten the lookback or the horizon, or bring more rows.",
        )


def _find_season(dataset: Dataset, forecast: ForecastSpec, num_rows: int) -> tuple[int, str]:
    """Ask the training part only: a season is something that is fitted, too."""
    longest = {"horizon": forecast.horizon or _longest_horizon(num_rows)}
    target = dataset.frame.iloc[:, 0].to_numpy()
    training = []
    for _, rows in dataset.iterate_series():
        train_end, _ = cut_series(rows.stop - rows.start, forecast.model_copy(update=longest))
        training.append(target[rows.start : rows.start + max(0, train_end)])
    return detect_season(training, dataset.frequency)


def _count_known_ahead(dataset: Dataset) -> int:
    """Rows that the known-future covariates go ahead, in the series where they are fewest."""
    counts = dataset.future.groupby(level="series").size()
    return int(counts.reindex(dataset.series_names, fill_value=0).min())


def _longest_horizon(num_rows: int) -> int:
    """The longest horizon that is chosen unasked."""
    return max(1, num_rows // 10)


def _choose_normalisation(season: int) -> tuple[Literal["last_value", "mean_std"], str]:
    if season > 1:
        return "mean_std", "With a season, a window's mean says more than its last value."
    return "last_value", "Without a season, the last value is the best known level."


def _choose_horizon(
    frequency: Frequency, season: int, num_rows: int, forecast: ForecastSpec
) -> tuple[int, str]:
    usual = _USUAL_HORIZONS.get(frequency.unit)
    if usual is not None:
        reason = f"Usual where rows are one {frequency.unit} apart."
    elif season > 1:
        usual, reason = season, "One season."
    else:
        usual, reason = 20, "There is no season and no calendar to go by."
    most = _longest_horizon(num_rows)
    if usual > most:
        usual, reason = most, f"A tenth of the {num_rows} rows."
    lookback = forecast.lookback or 1
    for horizon in range(usual, 0, -1):
        tried = forecast.model_copy(update={"lookback": lookback, "horizon": horizon})
        if is_long_enough(num_rows, tried):
            if horizon < usual:
                reason = f"As long as {num_rows} rows and a lookback of {lookback} allow."
            return horizon, reason
    return 1, reason


def _choose_lookback(
    season: int, horizon: int, num_rows: int, forecast: ForecastSpec
) -> tuple[int, str]:
    if season > 1:
        usual, reason = (
            max(2 * season, horizon),
            "Two seasons, so that each of its steps is seen twice.",
        )
    else:
        usual, reason = max(2 * horizon, 16), "Twice the horizon."
    num_held_out = max(round(num_rows * forecast.test_fraction), horizon) + max(
        round(num_rows * forecast.validation_fraction), horizon
    )
    most = min(MAX_LOOKBACK, max(1, (num_rows - num_held_out - horizon) // 2))
    if usual > most:
        return most, (
            f"As much as {num_rows} rows allow."
            if most < MAX_LOOKBACK
            else f"Beyond {MAX_LOOKBACK} steps a plain LSTM forgets."
        )
    return usual, reason
