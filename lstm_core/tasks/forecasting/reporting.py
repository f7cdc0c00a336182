"""What is said of a trained forecaster where there is no page to look at."""

from __future__ import annotations

from typing import Any

import pandas as pd

from lstm_core.data.series.dataset import Dataset
from lstm_core.data.wording import count_words
from lstm_core.spec import ExperimentSpec
from lstm_core.spec.options import Option
from lstm_core.tasks.forecasting.predicting.totals import TOTAL
from lstm_core.tasks.forecasting.pretrained.preview.past import LEVEL
from lstm_core.tasks.forecasting.pretrained.preview.words import say_value
from lstm_core.tasks.kind import Judged, ReadTable, RunReport

OPTIONS = (Option("horizon", "task.horizon", "steps to predict", metavar="N", is_number=True),)


def say_aim(spec: ExperimentSpec, dataset: Dataset) -> str:
    """``"predicting sales, 12 steps ahead"``."""
    targets = ", ".join(dataset.roles.targets)
    return f"predicting {targets}, {spec.task.horizon} steps ahead"


def report(run: Judged, read_table: ReadTable) -> RunReport:
    """Return how well its ranges hold, and what it forecasts."""
    forecast = read_table("forecast")
    if forecast is None:
        return RunReport(content={"forecast": []})
    coverage = (run.metrics or {}).get("coverage_80")
    notes = (
        () if coverage is None else (f"The 80% range contained {coverage:.0%} of the test part.",)
    )
    totals = list_totals(forecast)
    first, last = forecast["timestamp"].iloc[0], forecast["timestamp"].iloc[-1]
    closing = f"Forecast from {say_time(first)} to {say_time(last)}: run `forecast {run.id}`"
    return RunReport(notes, closing, {"forecast": list_forecast(forecast), "totals": totals})


def list_columns(forecast: pd.DataFrame) -> list[str]:
    """Return the columns of a forecast that people want, ranges (``low_80``) included."""
    ranges = [name for name in forecast.columns if name.startswith(("low_", "high_"))]
    return ["series", "target", "timestamp", "value", *ranges]


def list_forecast(forecast: pd.DataFrame) -> list[dict[str, Any]]:
    """Return a forecast's rows, by the names of ``list_columns``."""
    rows = forecast[list_columns(forecast)].to_dict("records")
    return [
        {str(name): value for name, value in row.items()}
        | {"timestamp": say_time(row["timestamp"])}
        for row in rows
    ]


def list_totals(forecast: pd.DataFrame) -> list[dict[str, Any]]:
    """Return what comes all together, a row for each line of what can be added up."""
    if TOTAL not in forecast:
        return []
    ranges = [name for name in forecast.columns if name.startswith(f"{TOTAL}_")]
    last = forecast[forecast["step"] == forecast["step"].max()].dropna(subset=TOTAL)
    found = last[["series", "target", TOTAL, *ranges]]
    told = found.rename(columns=lambda name: name.removeprefix(f"{TOTAL}_"))
    return [{str(name): value for name, value in row.items()} for row in told.to_dict("records")]


def say_total(forecast: pd.DataFrame, unit: str) -> str:
    """Say what comes of one line all together, where it is counted; empty where it is not.

    Prices and levels that are never negative are no more when they are added up. Where the middle
    of single steps is nothing, theirs adds up to nothing, and says nothing of the sum: its range
    does.

    ``"All 12 months together: about 5,700, between 5,400 and 6,050."``
    """
    found = list_totals(forecast)
    count = len(forecast)
    if not found or count < 2 or (forecast["value"] % 1 != 0).any():
        return ""
    (row,) = found
    low, high = row[f"low_{LEVEL}"], row[f"high_{LEVEL}"]
    total, low, high = (say_value(value, high - low) for value in (row[TOTAL], low, high))
    about = f"about {total}, " if row[TOTAL] > 0 else ""
    return f"All {count_words(count, unit)} together: {about}between {low} and {high}."


def say_time(timestamp: Any) -> Any:
    """ISO 8601 for times of the calendar; numbers stay numbers."""
    return timestamp.isoformat() if isinstance(timestamp, pd.Timestamp) else int(timestamp)
