"""What forecasts are judged by; light, so that pages can say it."""

from __future__ import annotations

from lstm_core.judging.measures import Measure

MEASURES = (
    Measure(
        "mase",
        "MASE",
        "The mean absolute error, divided by that of repeating the last season: below 1 is better "
        "than that.",
        "smaller",
        0.0,
        ".4g",
    ),
    Measure(
        "mae", "MAE", "The mean absolute error, in the units of the data.", "smaller", 0.0, ".4g"
    ),
    Measure(
        "rmse",
        "RMSE",
        "The root of the mean squared error, in the units of the data: large misses count more.",
        "smaller",
        0.0,
        ".4g",
    ),
    Measure(
        "smape",
        "sMAPE",
        "The error relative to the size of values and predictions, in percent of 0 to 200.",
        "smaller",
        0.0,
        ".4g",
    ),
    Measure(
        "r2", "R²", "The share of the variance that is explained: 1 is all.", "larger", 1.0, ".4g"
    ),
)
"""The first decides wherever all results have it."""
